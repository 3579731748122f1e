"""PDFs whose pages are numbered."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.samples.drawing import saved


def labelled(data: bytes, *runs: tuple[int, str, str, int]) -> bytes:
    """A PDF with these runs of page labels: the index of their first page, style, prefix and first number."""
    pdf = pikepdf.open(io.BytesIO(data))
    numbers = [item for run in runs for item in (run[0], _run(*run[1:]))]
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbers))
    return saved(pdf)


def _run(style: str, prefix: str, number: int) -> Dictionary:
    run = Dictionary(P=String(prefix), St=number)
    if style:
        run.S = Name(f"/{style}")
    return run

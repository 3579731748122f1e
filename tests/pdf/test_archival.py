"""What a PDF for the archive must have."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from pliego.pdf.archival import lacking, tell_colours
from pliego.pdf.sample import sample_archival


def font(pdf: Pdf) -> None:
    pdf.Root.X = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.Root.X = pdf.make_indirect(pdf.Root.X)


def script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=b"1"))


def attachment(pdf: Pdf) -> None:
    pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, b"a", filename="a.txt")


def nameless(pdf: Pdf) -> None:
    del pdf.Root.Metadata


def compressed(pdf: Pdf) -> None:
    pdf.Root.X = pdf.make_stream(b"", Filter=Name.LZWDecode)


def opened() -> Pdf:
    return pikepdf.open(io.BytesIO(sample_archival()))


def test_a_good_one_lacks_nothing_and_its_colours_are_told_once() -> None:
    with opened() as pdf:
        tell_colours(pdf)
        tell_colours(pdf)
        assert list(lacking(pdf)) == []
        (intent,) = pdf.Root.OutputIntents
        assert isinstance(pdf.Root.OutputIntents, Array)
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"


@pytest.mark.parametrize(
    ("spoil", "what"),
    [(font, "fonts"), (script, "actions"), (attachment, "attachments or scripts"), (nameless, "metadata"),
     (compressed, "compression")],
)  # fmt: skip
def test_what_is_lacking_is_named(spoil: Callable[[Pdf], None], what: str) -> None:
    with opened() as pdf:
        spoil(pdf)
        assert what in list(lacking(pdf))

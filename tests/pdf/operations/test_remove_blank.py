import io

import pikepdf
import pytest
from PIL import Image, ImageDraw

from pliego.pdf.refusals import NoPageLeft
from tests.pdf.operations.tried import tried
from tests.samples import leaflet


def scanned(*pages: Image.Image) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=list(pages[1:]))
    return out.getvalue()


def paper(*, specks: int = 0, shadow: int = 0, words: str = "") -> Image.Image:
    page = Image.new("L", (600, 800), 250)
    pen = ImageDraw.Draw(page)
    for speck in range(specks):
        pen.rectangle((50 + speck * 40, 300, 51 + speck * 40, 301), fill=0)
    pen.rectangle((0, 0, shadow, 800), fill=60)
    pen.text((100, 100), words, fill=0)
    return page


def test_blank_pages_go_and_specks_and_shadows_may_too() -> None:
    pages = [
        paper(words="Hola, esto es una carta"),
        paper(),
        paper(specks=5),
        paper(shadow=8),
        paper(words="adiós, hasta la próxima carta que te escriba"),
    ]
    assert gone(scanned(*pages), "usual") == "2, 3, 4"
    assert gone(scanned(*pages), "tolerant") == "2, 3, 4"


def gone(data: bytes, ink: str) -> object:
    notes = tried("remove-blank", data, ink=ink).report.notes
    return next(note.params["what"] for note in notes if note.code == "removed")


def test_nothing_at_all_is_strict() -> None:
    with pikepdf.open(io.BytesIO(leaflet())) as pdf:
        pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out)
    assert gone(out.getvalue(), "strict") == "2"


def test_without_blank_pages_the_file_stays() -> None:
    result = tried("remove-blank", leaflet())
    assert (result.data, result.report.unchanged, result.notes) == (leaflet(), True, {"nothing"})


def test_a_file_of_blank_pages_keeps_them() -> None:
    with pytest.raises(NoPageLeft):
        tried("remove-blank", scanned(paper(), paper()))

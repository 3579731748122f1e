import io
from contextlib import closing
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Name, Page, String

from pliego.pdf.placing import shown_size
from tests.pdf.operations.tried import assert_sound, pictures, tried
from tests.samples.drawing import changed
from tests.samples.ordinary import set_text

UNSEEN = "a crop box beside the page"
"""Nothing of such a page is shown until it is put onto a sheet."""
ODD: dict[str, dict[str, Any]] = {
    "turned by no quarter": {"/Rotate": 45},
    "turned backwards": {"/Rotate": -450},
    "turned by a word": {"/Rotate": String("a")},
    "a crop box beyond the page": {"/CropBox": Array([-50, 100, 900, 900])},
    UNSEEN: {"/CropBox": Array([900, 900, 950, 950])},
    "half a crop box": {"/CropBox": Array([10, 20])},
    "a crop box of words": {"/CropBox": Array([String("a"), 0, Name.b, 2])},
    "a box upside down": {"/MediaBox": Array([595, 842, 0, 0]), "/Rotate": 90},
    "an empty box": {"/MediaBox": Array([0, 0, 0, 0])},
    "a box that is none": {"/MediaBox": 7, "/CropBox": Array([20, 20, 600, 790])},
}


def odd(name: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in ODD[name].items():
            pdf.pages[0].obj[key] = value

    return changed(set_text("Una línea", "y otra"), change)


@pytest.mark.parametrize("name", [name for name in ODD if name != UNSEEN])
def test_a_page_is_as_large_as_readers_show_it(name: str) -> None:
    with pikepdf.open(io.BytesIO(odd(name))) as pdf, closing(pypdfium2.PdfDocument(odd(name))) as shown:
        assert shown_size(Page(pdf.pages[0])) == pytest.approx(shown[0].get_size(), abs=0.01)


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize(
    ("tool", "options"),
    [
        ("nup", {}),
        ("booklet", {}),
        ("resize", {}),
        ("number", {}),
        ("crop", {"left": 1, "top": 1}),
        ("watermark", {"text": "x"}),
    ],
)
def test_tools_place_the_oddest_pages(tool: str, options: dict[str, Any], name: str) -> None:
    result = tried(tool, odd(name), **options)
    if name != UNSEEN or tool not in {"number", "watermark"}:
        assert_sound(result.data)
        assert any(picture.getextrema() != (255, 255) for picture in pictures(result.data))

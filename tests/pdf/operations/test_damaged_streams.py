"""Content streams that hold bytes of no operator, as damage leaves them."""

import io

import pikepdf
import pytest

from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import assert_sound, tried, words


def damaged() -> bytes:
    with pikepdf.open(io.BytesIO(sample_pdf(1))) as pdf:
        pdf.pages[0].contents_add(b"q\xd81\xcd k \xe9 Q BT 3 Tr /F1 12 Tf 50 50 Td (secreto) Tj ET")
        pdf.save(out := io.BytesIO())
    return out.getvalue()


@pytest.mark.parametrize("name", ["clean", "compress", "extract-images", "inspect"])
def test_they_keep_no_tool_from_working(name: str) -> None:
    assert tried(name, damaged()).data


def test_hidden_text_of_one_goes() -> None:
    assert "secreto" in words(damaged())[0]
    result = tried("clean", damaged(), hidden_text=True)
    assert "secreto" not in words(result.data)[0]
    assert_sound(result.data)

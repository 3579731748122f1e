"""The references: pypdfium2 and Pillow by themselves, as a short script would use them."""

import io
import sys
from pathlib import Path

import pypdfium2


def text(pdf: bytes | Path) -> int:
    """Read the plain text of every page, by the faster of the two ways there are; give the number of pages."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        page.get_textpage().get_text_range()
    return len(document)


def picture(pdf: bytes | Path, number: int, width: int) -> int:
    """Open, render and encode one page, with what Pillow does by itself; give the number of bytes."""
    page = pypdfium2.PdfDocument(pdf)[number - 1]
    image = page.render(scale=width / page.get_width()).to_pil()
    out = io.BytesIO()
    image.save(out, "WEBP")
    return len(out.getvalue())


if __name__ == "__main__":
    for name in sys.argv[1:]:
        try:
            print(text(Path(name)))
        except pypdfium2.PdfiumError:
            print(0)

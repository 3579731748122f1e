"""A tool tried out: its result as bytes, its report, and looks at them."""

import io
import os
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image, ImageChops

from pliego.pdf.bookmarks import Bookmark, read_bookmarks
from pliego.pdf.child import Job
from pliego.pdf.destinations import places_of
from pliego.pdf.operation import declared
from pliego.pdf.report import Report
from pliego.pdf.work import function_of, operate


@dataclass(frozen=True)
class Tried:
    """What a tool gave."""

    data: bytes
    report: Report
    progress: list[dict[str, Any]]

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.data))

    @property
    def notes(self) -> set[str]:
        return {note.code for note in self.report.notes}


def tried(name: str, *inputs: bytes, passwords: Sequence[str] = (), further: dict[str, bytes] | None = None,
          brought: dict[str, bytes] | None = None, names: Sequence[str] = (), **options: Any) -> Tried:  # fmt: skip
    """Run a tool on these files, which must not change. ``brought``: further files that are no options."""
    files = [*inputs, *(further or {}).values(), *(brought or {}).values(), b""]
    told = declared(function_of(name))
    with ExitStack() as stack:
        opened = [stack.enter_context(tempfile.TemporaryFile()) for _ in files]
        for file, content in zip(opened, files, strict=True):
            file.write(content)
            file.flush()
        request = {
            "operation": name,
            "options": {**options, **dict.fromkeys(further or {}, "file.png")},
            "names": list(names) or [f"input {number}.pdf" for number in range(1, len(inputs) + 1)],
            "passwords": list(passwords),
            "further": [*(further or {}), *(brought or {})],
        }
        progress: list[Any] = []
        (answer,) = operate(Job(request, [file.fileno() for file in opened], progress.append))
        assert isinstance(answer, dict)
        after = [os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0) for file in opened]
        assert after[:-1] == files[:-1], "an input was changed"
    report = Report.from_child(answer, told, (sum(map(len, inputs)), len(after[-1])))
    return Tried(after[-1], report, progress)


def assert_sound(data: bytes, password: str = "") -> None:
    """Both engines open it without a word, and every page can be drawn."""
    with pikepdf.open(io.BytesIO(data), password=password) as pdf:
        problems = [problem for problem in pdf.check_pdf_syntax() if "linearization" not in problem]
        assert problems == []
        count = len(pdf.pages)
    assert len(pictures(data, password=password)) == count


def pictures(data: bytes, scale: float = 0.2, password: str = "") -> list[Image.Image]:
    """The pages as they are seen, small and grey."""
    with closing(pypdfium2.PdfDocument(data, password=password or None)) as document:
        document.init_forms()
        return [page.render(scale=scale, grayscale=True).to_pil() for page in document]


def alike(one: Image.Image, other: Image.Image, most: float = 3.0) -> bool:
    """Whether two pictures are the same to the eye: the mean difference of their pixels, of 255."""
    if one.size != other.size:
        return False
    histogram = ImageChops.difference(one.convert("L"), other.convert("L")).histogram()
    return sum(value * count for value, count in enumerate(histogram)) / (one.width * one.height) <= most


def same_pages(one: list[Image.Image], other: list[Image.Image]) -> bool:
    return len(one) == len(other) and all(map(alike, one, other))


def words(data: bytes) -> list[str]:
    """The text of each page."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def titles(pdf: pikepdf.Pdf) -> list[tuple[str, int | None, list[Any]]]:
    """The bookmarks: title, page from 1 (None: leads nowhere), those below."""

    def told(bookmark: Bookmark) -> tuple[str, int | None, list[Any]]:
        page = None if bookmark.page is None else bookmark.page + 1
        return bookmark.title, page, [told(child) for child in bookmark.children]

    return [told(bookmark) for bookmark in read_bookmarks(pdf, places_of(pdf))]

"""Real text for benchmarks: the PDFs, web pages and plain texts of a folder, as documents of pages.

Any folder will do. On Debian `apt-get download rust-doc linux-doc-6.1 python3.11-doc postgresql-doc-15` and
`dpkg -x NAME.deb FOLDER` for each give about 100,000 pages. Without a folder, books of random words are made.
"""

import gzip
import html
import random
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pypdfium2

PAGE = 2500
"""Characters of a page that is cut from a text without pages."""
LONGEST = 300
"""Pages of a document that is made of the texts of one folder."""
MADE = (40, 50)
"""Documents, and pages of each, where no folder is given."""

Document = tuple[str, list[str]]
"""A title and the texts of its pages."""

_PLAIN = {".txt", ".md", ".rst", ".adoc", ".texi"}
_WEB = {".html", ".htm", ".xhtml"}
_SILENT = re.compile(r"<!--.*?-->|<(script|style|nav|head)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|div|li|td|th|tr|dt|dd|h[1-6]|section|br|pre)\b[^>]*>", re.IGNORECASE)
_HYPHEN = re.compile("[\x02\ufffe]\\s*")  # as PDFium marks the end of a line within a word
_TAG = re.compile(r"<[^>]*>")


def documents(folder: Path | None, most: int) -> Iterator[Document]:
    """Documents with ``most`` pages together, fewer when the folder holds no more."""
    left = most
    for title, pages in read(folder) if folder else made():
        yield title, pages[:left]
        left -= len(pages)
        if left <= 0:
            return


def read(folder: Path) -> Iterator[Document]:
    """The PDFs of a folder, then the texts of each folder within it as one document or several."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    for path in paths:
        if path.suffix == ".pdf" and (pages := pages_of(path)):
            yield path.stem, pages
    for parent, files in groupby(paths, key=lambda path: path.parent):
        cut = [page for path in files for page in cut_up(text_of(path))]
        for first in range(0, len(cut), LONGEST):
            yield f"{parent.parent.name} {parent.name} {first // LONGEST + 1}", cut[first : first + LONGEST]


def pages_of(path: Path) -> list[str]:
    """The pages of a PDF as bare pypdfium2 reads them; none of one that it cannot open."""
    try:
        document = pypdfium2.PdfDocument(path)
        texts = [page.get_textpage().get_text_bounded() for page in document]
    except pypdfium2.PdfiumError:
        return []
    return [_HYPHEN.sub("", text).encode(errors="replace").decode() for text in texts]


def text_of(path: Path) -> str:
    """The text of a web page or a plain text, packed or not; "" of anything else."""
    packed = path.suffix == ".gz"
    kind = path.with_suffix("").suffix if packed else path.suffix
    if kind not in _PLAIN | _WEB:
        return ""
    raw = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    text = raw.decode("utf-8", "replace")
    return html.unescape(_TAG.sub("", _BLOCK.sub("\n", _SILENT.sub("", text)))) if kind in _WEB else text


def cut_up(text: str) -> Iterator[str]:
    """A text in pages that end where a line does."""
    page: list[str] = []
    size = 0
    for line in filter(None, map(str.strip, text.splitlines())):
        page.append(line[:PAGE])
        size += len(page[-1]) + 1
        if size >= PAGE:
            yield "\n".join(page)
            page, size = [], 0
    if page:
        yield "\n".join(page)


def made() -> Iterable[Document]:
    """Books of words whose frequencies fall as in a language (Zipf)."""
    chance = random.Random(11)
    words = ["".join(chance.choices("aeioulnrstcdmp", k=chance.randint(3, 10))) for _ in range(20_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    for number in range(MADE[0]):
        yield f"book {number}", [" ".join(chance.choices(words, weights, k=400)) for _ in range(MADE[1])]

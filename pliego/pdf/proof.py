"""That something is gone from a document: what could still tell it is taken out, and then it is looked for."""

import re
from collections.abc import Callable, Mapping, Sequence

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String, sanitize

from pliego.pdf.blackening import EDGE, pixels
from pliego.pdf.finding import Box, tells, text_of
from pliego.pdf.refusals import NotRedacted
from pliego.pdf.source import Source

_CATALOG = (
    "/Metadata", "/StructTreeRoot", "/MarkInfo", "/AcroForm", "/PieceInfo", "/Threads", "/OpenAction", "/AA",
    "/Collection", "/AF", "/SpiderInfo", "/Legal", "/DSS", "/Perms",
)  # fmt: skip
_PAGE = ("/Metadata", "/PieceInfo", "/Thumb", "/B", "/AA", "/StructParents", "/AF")
BLACK = 40
"""A grey as dark as this, of 255, is black."""
SCALE = 2.0
LEAST_LETTERS = 4
"""Of a word that is looked for among bytes: shorter ones stand there by chance."""
_COVER = "\u2588\u2588\u2588"


def strip_document(pdf: Pdf, wanted: Sequence[str], *, whole: bool) -> None:
    """Take out metadata, attachments, scripts, structure, and every string that tells one of the words."""
    sanitize.remove_javascript(pdf)
    sanitize.remove_attachments(pdf)
    for key in ("/Info", "/ID"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    for holder, keys in ((pdf.Root, _CATALOG), *((page.obj, _PAGE) for page in pdf.pages)):
        for key in keys:
            if key in holder:
                del holder[key]
    for thing in pdf.objects:
        if isinstance(thing, Dictionary | Stream | Array):
            _cover(thing, wanted, whole=whole)


def _cover(thing: pikepdf.Object, wanted: Sequence[str], *, whole: bool) -> None:
    """Cover the words in all strings of an object: addresses of links, titles of bookmarks, names of places."""
    waiting: list[pikepdf.Object] = [thing]
    while waiting:
        holder = waiting.pop()
        pairs = list(enumerate(holder)) if isinstance(holder, Array) else list(holder.items())
        for key, value in pairs:
            if isinstance(value, String) and tells(_words(value), wanted, whole=whole):
                holder[key] = String(_COVER)
            elif isinstance(value, Dictionary | Array) and not value.is_indirect:
                waiting.append(value)


def _words(string: String) -> str:
    try:
        return str(string)
    except UnicodeDecodeError:
        return bytes(string).decode("latin-1")


def spelled(content: bytes, wanted: Sequence[str]) -> bool:
    """Whether bytes spell one of the words, in Latin letters or in UTF-16; words of fewer than four letters apart."""
    lower = content.lower()
    for word in wanted:
        for encoding, letter in (("cp1252", rb"[a-z0-9]"), ("utf-16-be", rb"\0[a-z0-9]")):
            written = _encoded(word, encoding)
            if (
                len(word) >= LEAST_LETTERS
                and written
                and written in lower  # which is looked for in a moment, the pattern is not
                and re.search(rb"(?<!%b)%b(?!%b)" % (letter, re.escape(written), letter), lower)
            ):
                return True
    return False


def _encoded(word: str, encoding: str) -> bytes:
    """The word in small letters, nothing when the encoding has not all of its letters."""
    try:
        return word.encode(encoding).lower()
    except UnicodeEncodeError:
        return b""


def check(
    source: Source,
    wanted: Sequence[str],
    areas: Mapping[int, Sequence[Box]],
    *,
    whole: bool,
    tell: Callable[[int, int], None],
) -> None:
    """Raise NotRedacted when a word can be read or an area is not black. ``tell`` hears how many pages are read."""
    with source.qpdf() as pdf:
        count = len(pdf.pages)
        for document, number in source.page_by_page(1, count):
            tell(number, count)
            index = number - 1
            page = document[index]
            if tells(text_of(page), wanted, whole=whole):
                raise NotRedacted
            if index in areas:
                _check_black(page, pdf.pages[index], areas[index])
            page.close()
        for thing in pdf.objects:
            _check_object(thing, wanted, whole=whole)


def _check_black(page: pypdfium2.PdfPage, told: pikepdf.Page, areas: Sequence[Box]) -> None:
    image = page.render(scale=SCALE, grayscale=True).to_pil()
    for left, bottom, right, top in areas:
        inner = (left + EDGE / 2, bottom + EDGE / 2, right - EDGE / 2, top - EDGE / 2)
        if inner[0] >= inner[2] or inner[1] >= inner[3]:
            continue
        x, y, far, low = pixels(inner, told, SCALE, image.height)
        x, y, far, low = max(x + 1, 0), max(y + 1, 0), min(far - 1, image.width), min(low - 1, image.height)
        if x < far and y < low and image.crop((x, y, far, low)).getextrema()[1] > BLACK:
            raise NotRedacted


def _check_object(thing: pikepdf.Object, wanted: Sequence[str], *, whole: bool) -> None:
    """Strings as they are read, and streams as they are unpacked, in the spellings that text has in a PDF."""
    if isinstance(thing, Stream):
        if thing.get("/Subtype") == Name.Image:
            return
        try:
            content = thing.read_bytes()
        except pikepdf.PdfError:
            return
        if spelled(content, wanted):
            raise NotRedacted
    holders = [thing] if isinstance(thing, Dictionary | Stream | Array) else []
    while holders:
        holder = holders.pop()
        for value in list(holder) if isinstance(holder, Array) else list(holder.values()):
            if isinstance(value, String) and tells(_words(value), wanted, whole=whole):
                raise NotRedacted
            if isinstance(value, Dictionary | Array) and not value.is_indirect:
                holders.append(value)

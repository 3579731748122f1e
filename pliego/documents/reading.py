"""What readers see of a document: the text and the pictures of its pages, each at a cost that does not depend on the
document's length. Pictures are drawn when they are asked for, at fixed widths, and kept in a cache with a cap."""

import json
import tempfile
import threading
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from pliego.documents.engines import TEXT_VERSION, blobs, derived, hurried_reader, pictures, reader, sidecar
from pliego.documents.models import File
from pliego.documents.safekeeping import absent
from pliego.documents.sidecar import CHUNK_PAGES
from pliego.errors import BadRequest, NotFound, ReaderBusy, ReaderStopped, StorageFails, UnreadablePdf
from pliego.pdf.spans import Measured
from pliego.pdf.values import Extent, Link, PageText, json_line, links_from
from pliego.storage.space import require_room

WIDTHS = (200, 400, 800, 1200, 1600, 2400, 3200)
"""Widths of page pictures in pixels."""
FIRST_WIDTH = 800
"""That of the picture of the first page, drawn before anybody asks for it."""
PICTURE_VERSION = 1
WORDS_VERSION = 3
LINKS_VERSION = 1
EXCERPT_MOST = 200
"""Pages taken out at a time."""
READING_COPY = "reading-copy.pdf"


class Places:
    """So many may do a thing at once and as many more wait a while for it as are told; any other comes again later."""

    def __init__(self, at_once: int, waiting: int, within: float = 20.0) -> None:
        self._room = threading.BoundedSemaphore(at_once + waiting)
        self._places = threading.BoundedSemaphore(at_once)
        self._within = within

    def __enter__(self) -> None:
        """Take a place. Raise ReaderBusy."""
        if not self._room.acquire(blocking=False):
            raise ReaderBusy
        if not self._places.acquire(timeout=self._within):
            self._room.release()
            raise ReaderBusy

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        self._places.release()
        self._room.release()


AT_LENGTH = Places(4, waiting=32)
"""Held while the words of many pages are in memory, which of a small file may be 100 MB: four at once are as quick as
more, since one process makes them."""


def readable_path(file: File) -> Path:
    """The bytes to read: the reading copy where there is one, else the original."""
    if file.has_reading_copy:
        copy: Path = derived().path(file.sha256, READING_COPY)
        if copy.exists():
            return copy
    return blobs().path(file.sha256)


def check_page(file: File, number: int) -> None:
    """Raise NotFound for a page that the document does not have; page 1 may be asked for before the facts are read."""
    if not 1 <= number <= max(file.readable_pages, 1):
        raise NotFound


def page_text(file: File, number: int) -> PageText | None:
    """The words of a page; None while they are not read."""
    page: PageText | None = sidecar(file.sha256).page(number)
    return page


def texts_of(file: File, numbers: Collection[int]) -> dict[int, str]:
    """The reading texts of some pages, as far as they are read, in the order of the document."""
    return sidecar(file.sha256).texts(numbers)


def reading_texts(file: File, last: int) -> Iterator[tuple[int, str]]:
    """Number and reading text of each page up to ``last``, as far as they are read, a chunk at a time."""
    last = min(last, file.readable_pages)
    for first in range(1, last + 1, CHUNK_PAGES):
        yield from texts_of(file, range(first, min(first + CHUNK_PAGES, last + 1))).items()


def page_texts(file: File, first: int, last: int) -> Iterator[PageText]:
    """The words of a run of pages, as far as they are read."""
    return sidecar(file.sha256).pages(first, min(last, file.readable_pages))


def word_places(file: File, page: PageText, *, measure: bool = True) -> list[Measured]:
    """Where the words lie on each line of a page; [] for a line, or instead of all, where that is not known.

    Those of recognised words stand with them. Others are measured when a page is first looked at closely, then kept
    beside its pictures. Nobody waits long for it, and with ``measure`` off not at all.
    """
    if not page.lines or page.problem:
        return []
    if page.places:
        return _fitting(page.places, page)
    name = _words_name(page.number)
    kept = pictures().get(file.sha256, name)
    if kept is not None:
        return _fitting(json.loads(kept), page)
    if not measure:
        return []
    try:
        measured = hurried_reader().words(readable_path(file), page.number)
    except (FileNotFoundError, ReaderBusy, UnreadablePdf):
        return []
    except ReaderStopped:  # it would be again
        measured = []
    with suppress(StorageFails):
        pictures().put(file.sha256, name, json.dumps(measured, separators=(",", ":")).encode())
    return _fitting(measured, page)


def page_links(file: File, number: int) -> list[Link] | None:
    """The links of a page that lead to a page that is there or to the web; None where they are not known.

    They are looked for when a page is first looked at closely, and kept, as `word_places` does with words.
    """
    name = _links_name(number)
    kept = pictures().get(file.sha256, name)
    try:
        links = hurried_reader().links(readable_path(file), number) if kept is None else links_from(json.loads(kept))
    except (FileNotFoundError, ReaderBusy, UnreadablePdf, NotFound):
        return None
    except ReaderStopped:  # it would be again
        links = []
    if kept is None:
        with suppress(StorageFails):
            pictures().put(file.sha256, name, json_line(links))
    return [link for link in links if link.page <= file.readable_pages]


def known_of(file: File, number: int) -> str:
    """What was told of a page before: "w" once its words were measured, "l" once its links were looked for."""
    names = {"w": _words_name(number), "l": _links_name(number)}
    return "".join(mark for mark, name in names.items() if pictures().has(file.sha256, name))


def _words_name(number: int) -> str:
    return f"words-{TEXT_VERSION}.{WORDS_VERSION}-{number}"


def _links_name(number: int) -> str:
    return f"links-{LINKS_VERSION}-{number}"


def _fitting(measured: list[list[Extent]], page: PageText) -> list[Measured]:
    """What was measured, as far as it agrees with the lines that were read."""
    if len(measured) != len(page.lines):
        return []
    pairs = zip(measured, page.lines, strict=True)
    return [
        Measured(extents if sum(extent[0] for extent in extents) == len("".join(line.text.split())) else [])
        for extents, line in pairs
    ]


def picture(file: File, number: int, width: int) -> bytes:
    """The picture of a page as WebP.

    Raise BadRequest for a width that is not offered, NotFound for a page that is not there, and UnreadablePdf where
    the page cannot be drawn; a page that ended its reader is remembered and not drawn again until the cache drops it.
    """
    if width not in WIDTHS:
        raise BadRequest(what="w")
    check_page(file, number)
    kept = pictures().get(file.sha256, _picture_name(number, width))
    if kept is None:
        kept = _drawn(file, number, width)
        keep_picture(file, number, width, kept)
    if not kept:
        raise UnreadablePdf
    return kept


def keep_picture(file: File, number: int, width: int, drawn: bytes) -> None:
    """Keep a picture for a while, b"" of a page that cannot be drawn. Raise NotFound when the file was deleted."""
    with suppress(StorageFails):  # a full disk keeps nobody from reading
        pictures().put(file.sha256, _picture_name(number, width), drawn)
    if not File.objects.filter(pk=file.pk).exists():
        pictures().delete(file.sha256)
        raise NotFound


def _picture_name(number: int, width: int) -> str:
    return f"{PICTURE_VERSION}-{number}-{width}"


def excerpt(file: File, first: int, last: int) -> BinaryIO:
    """Pages ``first`` to ``last`` as a PDF of their own, in a file that is gone once it is closed.

    Raise NotFound for pages that are not there, BadRequest for more than EXCERPT_MOST, DiskFull, FileDamaged,
    UnreadablePdf or ReaderStopped.
    """
    check_page(file, first)
    check_page(file, last)
    if not 0 <= last - first < EXCERPT_MOST:
        raise BadRequest(what="to")
    path = readable_path(file)
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise absent(file) from error
    require_room(settings.DATA, settings.MIN_FREE_MB << 20, size)
    output = tempfile.TemporaryFile(dir=settings.DATA)  # noqa: SIM115 - the caller closes it
    try:
        reader().excerpt(path, first, last, output.fileno())
        output.seek(0)
    except BaseException:
        output.close()
        raise
    return output


def _drawn(file: File, number: int, width: int) -> bytes:
    """The picture, b"" of a page that cannot be drawn. A crash is tried again: perhaps the parser itself was ended."""
    for _ in range(2):
        try:
            return reader().picture(readable_path(file), number, width)
        except FileNotFoundError as error:  # deleted meanwhile
            raise NotFound from error
        except UnreadablePdf:
            break
        except ReaderStopped as error:
            if error.reason != "crash":
                break
    return b""

"""What a text is about, and its fingerprint: told once it is read, and told again when the archive has doubled.

A short text is told before it is indexed. A long one is found by its words first and told afterwards.
"""

import threading
from contextlib import suppress

from pliego.documents.engines import index
from pliego.documents.models import Document, File
from pliego.documents.outlines import outline
from pliego.documents.reading import reading_texts, texts_of
from pliego.errors import ReaderBusy
from pliego.pdf.values import OutlineEntry
from pliego.search.duplicates import shingles, signature
from pliego.search.keywords import SAMPLED_PAGES, Archive, keywords
from pliego.search.records import SearchUnavailable

SHORT = 40
"""Pages of a text that is told at once."""
FINGERPRINTED_PAGES = 1000
"""Pages that a fingerprint is taken of: those of a longer text would take much memory and tell no more."""
HEADINGS = 300
"""Titles of parts that are looked at: those of a reference work name everything."""
AT_ONCE = 100
"""Texts that are told before they are indexed and others get their turn."""
AGAIN = 10
"""Texts that are told again in one go."""

_turn = threading.Lock()


def tell_short(sha256: str) -> int:
    """Tell the subject of a file that was just read, unless it is long; return how many were told."""
    return sum(map(tell, File.objects.untold().filter(pk=sha256, pages__lte=SHORT)))


def tell_untold() -> int:
    """Tell the subject of every file that lacks it, unless another thread is at it; return how many were told."""
    told = 0
    if _turn.acquire(blocking=False):
        try:
            while (file := File.objects.untold().first()) and told < AT_ONCE:
                told += tell(file)
        finally:
            _turn.release()
    return told


def tell_again() -> int:
    """Tell the subjects of a few files anew with what the archive knows by now; return their number."""
    archive = Document.objects.count()
    return sum(map(tell, File.objects.told_long_ago(archive)[:AGAIN]))


def tell(file: File) -> bool:
    """Save what a text is about and its fingerprint. Its documents are to be indexed again when that is news."""
    before = list(file.key_phrases), bytes(file.signature)
    columns = {
        "key_phrases": key_phrases(file),
        "signature": fingerprint(file) if file.subject_told is None else before[1],
        "subject_told": Document.objects.count(),
    }
    known = File.objects.filter(pk=file.pk).update(**columns)
    if known and before != (columns["key_phrases"], columns["signature"]):
        Document.objects.filter(file=file.pk).revised()
    return bool(known)


def key_phrases(file: File) -> list[str]:
    """What its text is about, best first."""
    return keywords(_sample(file), file.language, _archive(), headings=_headings(file))


def _headings(file: File) -> list[str]:
    """Its title, and those of its parts as far as they are known."""
    entries: list[OutlineEntry] = []
    with suppress(ReaderBusy, FileNotFoundError):  # what a text is about is told without its bytes too
        entries = outline(file)[:HEADINGS]
    return [file.facts_json.get("title", ""), file.guessed_title, *(entry.title for entry in entries)]


def _archive() -> Archive | None:
    try:
        return index().snapshot()
    except SearchUnavailable:
        return None


def _sample(file: File) -> list[str]:
    """The texts of all pages, of a long document in even distances."""
    count = file.readable_pages
    if count <= SAMPLED_PAGES:
        return [text for _, text in reading_texts(file, count)]
    return list(texts_of(file, [1 + at * count // SAMPLED_PAGES for at in range(SAMPLED_PAGES)]).values())


def fingerprint(file: File) -> bytes:
    """The MinHash of its text."""
    return signature(shingles_of(file))


def shingles_of(file: File) -> set[int]:
    """The shingles of its text."""
    return shingles(text for _, text in reading_texts(file, FINGERPRINTED_PAGES))

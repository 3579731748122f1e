"""The table of contents of a document: its bookmarks, else the headings that its type sizes and numbers give away."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from pliego.documents.engines import TEXT_VERSION, derived, reader, sidecar
from pliego.documents.models import File, State
from pliego.documents.reading import readable_path
from pliego.errors import ReaderStopped, StorageFails, UnreadablePdf
from pliego.pdf.headings import find_headings
from pliego.pdf.values import OutlineEntry, PageText

NAME = f"outline-{TEXT_VERSION}.1.json"
"""The derived file, by the versions of the text and of what is made of it here."""


class Source(StrEnum):
    """Where an outline comes from."""

    BOOKMARKS = "bookmarks"
    HEADINGS = "headings"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Outline:
    """The entries in their order and where they come from."""

    source: Source
    entries: list[OutlineEntry]


def outline(file: File) -> list[OutlineEntry]:
    """The entries in the order of the document, [] when it has none or is not read yet."""
    return outline_of(file).entries


def chapters(file: File) -> list[OutlineEntry]:
    """The entries of the highest level that has several; [] while no outline is kept, for nobody waits for one here."""
    kept = _kept(file)
    entries = kept.entries if kept else []
    for level in sorted({entry.level for entry in entries}):
        alike = [entry for entry in entries if entry.level == level]
        if len(alike) > 1:
            return alike
    return []


def outline_of(file: File) -> Outline:
    """The outline as it is kept; made and kept when it is not there and the text is read. Raise ReaderBusy."""
    kept = _kept(file)
    if kept is None and file.text_state in (State.DONE, State.PARTIAL):
        kept = make_outline(file)
    return kept or Outline(Source.NONE, [])


def make_outline(file: File) -> Outline:
    """Read the outline anew and keep it; without room on the disk it is only given. Raise ReaderBusy."""
    return keep_outline(file, _bookmarks(file), sidecar(file.sha256).pages(1, file.readable_pages))


def keep_outline(file: File, bookmarks: list[OutlineEntry], pages: Iterable[PageText]) -> Outline:
    """Keep the bookmarks, without any the headings on all pages; without room on the disk the outline is only given."""
    made = _outline(bookmarks, pages)
    data = {"source": made.source, "entries": [entry.to_json() for entry in made.entries]}
    with suppress(StorageFails):
        derived().write(file.sha256, NAME, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
    return made


def _kept(file: File) -> Outline | None:
    """None when there is none or the file is torn."""
    content = derived().read(file.sha256, NAME)
    if content is None:
        return None
    try:
        data = json.loads(content)
        return Outline(Source(data["source"]), [OutlineEntry.from_json(entry) for entry in data["entries"]])
    except (ValueError, KeyError, TypeError):
        return None


def _bookmarks(file: File) -> list[OutlineEntry]:
    try:
        return reader().outline(readable_path(file))
    except (ReaderStopped, UnreadablePdf):
        return []


def _outline(bookmarks: list[OutlineEntry], pages: Iterable[PageText]) -> Outline:
    if bookmarks:
        return Outline(Source.BOOKMARKS, bookmarks)
    entries = find_headings(pages)
    return Outline(Source.HEADINGS if entries else Source.NONE, entries)

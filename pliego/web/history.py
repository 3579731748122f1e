"""The versions of a document as pages list them, each with what it changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import localize
from django.utils.translation import gettext, ngettext

from pliego.documents import comparing, scans
from pliego.documents.comparing import Changes
from pliego.documents.models import Document, Version


@dataclass(frozen=True, slots=True)
class Entry:
    """One version."""

    document: Document
    """The document as it was then, or as it is."""
    changes: list[str]
    """What it changed, in sentences; none of the first, and where nothing is known."""
    withheld: bool = False
    """The operator has taken its bytes down."""

    @property
    def newest(self) -> bool:
        """Whether it is the document as it is."""
        return not self.document.pinned


def entries(document: Document, earlier: Sequence[Version], withheld: Iterable[str] = ()) -> list[Entry]:
    """The document and its earlier versions, both as far as the reader may see them, the newest first."""
    return [
        Entry(shown, sentences(changes) if changes else [], shown.file_id in withheld)
        for shown, changes in comparing.history(document, earlier)
    ]


def sentences(changes: Changes) -> list[str]:
    """Say which pages are changed, new and gone."""
    said = []
    if changes.changed:
        words = ngettext("Page %(pages)s is changed.", "Pages %(pages)s are changed.", len(changes.changed))
        said.append(words % {"pages": listed(changes.changed)})
    if changes.added:
        words = ngettext("Page %(pages)s is new.", "Pages %(pages)s are new.", len(changes.added))
        said.append(words % {"pages": listed(changes.added)})
    if changes.removed:
        words = ngettext("%(count)s page is gone.", "%(count)s pages are gone.", len(changes.removed))
        said.append(words % {"count": localize(len(changes.removed))})
    return said or [gettext("Every page reads as before.")]


def listed(numbers: Iterable[int]) -> str:
    """Page numbers in order, runs of them drawn together."""
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in scans.runs_of(numbers))

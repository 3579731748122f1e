"""The facts of files that were read before there was more to tell of them: what is new is added in the background."""

from contextlib import suppress

from pliego.documents.engines import FACTS_VERSION, reader
from pliego.documents.models import Document, File, State
from pliego.documents.reading import readable_path
from pliego.errors import PliegoError, ReaderBusy
from pliego.pdf.numbering import Run

AT_ONCE = 20
"""Files that are told anew before others get their turn."""


def retell_some() -> bool:
    """Add what is new to the facts of a few files; whether there are more, which is false while nobody can read."""
    old = list(File.objects.filter(facts_state=State.DONE).exclude(facts_version=FACTS_VERSION)[:AT_ONCE])
    try:
        for file in old:
            _retell(file)
    except ReaderBusy:
        return False
    return len(old) == AT_ONCE


def _retell(file: File) -> None:
    """The other facts stay as they are: a damaged file's were told of the file itself, not of its copy."""
    labels = _page_labels(file)
    facts = file.facts_json | {"page_labels": labels}
    same = File.objects.filter(pk=file.pk, facts_version=file.facts_version, facts_state=State.DONE)
    if same.update(facts_json=facts, facts_version=FACTS_VERSION) and labels:
        Document.objects.holding(file.pk).revised()


def _page_labels(file: File) -> list[Run]:
    with suppress(FileNotFoundError):
        try:
            return reader().facts(readable_path(file)).page_labels
        except ReaderBusy:
            raise
        except PliegoError:  # it could be read once, but not with this reader
            return []
    return []

"""Documents as people name them: by their address, by their identifier, or by words that they are found by."""

import re
from collections.abc import Callable

from pliego.accounts.viewer import Viewer
from pliego.documents import catalog, searching
from pliego.documents.identifiers import PINNED
from pliego.documents.models import Document
from pliego.documents.searching import Question
from pliego.errors import NotFound

MOST_WORDS = 400
"""Characters of what somebody looks for."""
_NAME = re.compile(rf"(?:.*/d/)?({PINNED})(?:[/?#].*)?", re.DOTALL)


ViewerOf = Callable[[str], Viewer]
"""Who asks for the document of an identifier: what somebody holds may open one document and no other."""


def document_named(viewer_of: ViewerOf, named: str) -> Document:
    """The document of an address or identifier, if this person may see it. Raise NotFound or TakenDown."""
    found = _NAME.fullmatch(named.strip())
    if not found:
        raise NotFound
    return catalog.document_for(viewer_of(found[1]), found[1])


def documents_meant(viewer_of: ViewerOf, words: str) -> list[Document]:
    """The one that an address names, else the best that hold the words. Raise SearchUnavailable."""
    if _NAME.fullmatch(words.strip()):
        try:
            return [document_named(viewer_of, words)]
        except NotFound:
            return []
    return [each.document for each in searching.search(viewer_of(""), Question(words[:MOST_WORDS])).documents]

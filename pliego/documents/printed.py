"""The numbers printed on the pages of a document, where they are not those of their places in the file."""

from pliego.documents.models import Document
from pliego.pdf.numbering import PageLabels


def labels_of(document: Document) -> PageLabels:
    """The labels of its pages; none of a locked one, and of one that was read before labels were told."""
    told = [] if document.locked else document.file.facts_json.get("page_labels", [])
    return PageLabels.from_json(told, max(document.file.readable_pages, 1))


def number_on(document: Document, page: int) -> str:
    """What people call a page: the number printed on it, else its place in the file."""
    return labels_of(document).of(page) or str(page)

"""The reading text of a document as blocks: headings, paragraphs, lists, footnotes."""

from collections.abc import Iterator

from pliego.documents.models import File
from pliego.documents.reading import page_texts
from pliego.pdf.flow import Block, Kind


def flow(file: File, first: int, last: int) -> Iterator[Block]:
    """The blocks that begin on pages ``first`` to ``last``, as far as those are read.

    A paragraph that runs on beyond the last page is given whole with the page it begins on, and not again.
    """
    for page in page_texts(file, first, last):
        for order, paragraph in enumerate(page.paragraphs, 1):
            yield Block(Kind.PARAGRAPH, paragraph, page.number, f"p{page.number}-{order}")

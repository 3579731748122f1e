"""The reading text of a document as blocks: headings, paragraphs, lists, footnotes."""

from collections.abc import Iterator
from itertools import takewhile

from pliego.documents.models import File
from pliego.documents.outlines import outline
from pliego.documents.reading import page_texts
from pliego.pdf.flow import Block
from pliego.pdf.layout import WINDOW, bodies
from pliego.pdf.reflow import reflow

LONGEST = 5
"""Pages that a paragraph is followed over, beyond those asked for."""


def flow(file: File, first: int, last: int) -> Iterator[Block]:
    """The blocks that begin on pages ``first`` to ``last``, as far as those are read.

    A paragraph that runs on beyond the last page is given whole with the page it begins on, and not again.
    """
    # Running heads are told by the pages around; a paragraph that begins before the first page does not begin on it.
    around = bodies(page_texts(file, first - 1 - WINDOW, last + LONGEST + WINDOW))
    near = (body for body in around if first - 1 <= body.page.number <= last + LONGEST)
    blocks = takewhile(lambda block: block.page <= last, reflow(near, outline(file)))
    return (block for block in blocks if block.page >= first)

"""Areas of pages as people write them or draw them.

One on each line: page: left, top, width, height, from the top left of the page as shown, in points or per cent of it.
"""

import re

from pikepdf import Pdf, Rectangle

from pliego.errors import BadRequest
from pliego.pdf.finding import Box
from pliego.pdf.placing import LEAST_SIDE, shown_size, upright

_LENGTH = r"\s*(-?[0-9]{1,6}(?:\.[0-9]+)?\s*%?)\s*"
_AREA = re.compile(r"\s*([0-9]{1,6})\s*:" + ",".join(4 * [_LENGTH]))
Areas = dict[int, list[Box]]
"""Boxes in the page's own space by the index of the page."""


def read_areas(words: str, pdf: Pdf) -> Areas:
    """The areas, each in its page's own space. Raise BadRequest."""
    marked: Areas = {}
    for index, shown in shown_areas(words, pdf):
        box = upright(pdf.pages[index]).inverse().transform(shown)
        marked.setdefault(index, []).append((box.llx, box.lly, box.urx, box.ury))
    return marked


def shown_areas(words: str, pdf: Pdf) -> list[tuple[int, Rectangle]]:
    """The index of the page and where on it, in points of the page as shown, from its BOTTOM left. Raise BadRequest."""
    return [_area(part, pdf) for part in re.split(r"[;\n]", words) if part.strip()]


def _area(words: str, pdf: Pdf) -> tuple[int, Rectangle]:
    match = _AREA.fullmatch(words)
    if not match or not 1 <= int(match[1]) <= len(pdf.pages):
        raise BadRequest(what=words.strip()[:60])
    index = int(match[1]) - 1
    across, down = shown_size(pdf.pages[index])
    told = zip(match.groups()[1:], (across, down, across, down), strict=True)
    left, top, width, height = (_points(length, side) for length, side in told)
    if width < LEAST_SIDE / 10 or height < LEAST_SIDE / 10:
        raise BadRequest(what=words.strip()[:60])
    return index, Rectangle(left, down - top - height, left + width, down - top)


def _points(length: str, side: float) -> float:
    """A length in points, or in per cent of a side of the page."""
    return float(length[:-1]) / 100 * side if length.endswith("%") else float(length)

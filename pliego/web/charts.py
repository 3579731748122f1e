"""Numbers as the bars of a drawing that the server makes: plain SVG, no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pliego.documents.statistics import Day

WIDTH, HEIGHT = 720, 160
"""Of the drawing, in its own units; the page stretches it to its width."""
DAYS_AT_MOST = 90
"""A longer time is drawn by weeks."""
_STEPS = (1, 2, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Bar:
    """One day, or week, in the drawing: the place of its column, and the heights of its two bars."""

    day: date
    views: int
    downloads: int
    x: float
    width: float
    view_height: float
    download_height: float

    @property
    def view_y(self) -> float:
        """Where the bar of the views begins."""
        return HEIGHT - self.view_height

    @property
    def download_y(self) -> float:
        """Where the bar of the downloads begins."""
        return HEIGHT - self.download_height

    @property
    def inner_x(self) -> float:
        """Where the narrower bar of the downloads stands."""
        return self.x + self.width * 0.3

    @property
    def inner_width(self) -> float:
        """How wide that is."""
        return self.width * 0.4


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: its bars, and the number at its upper edge."""

    bars: list[Bar]
    top: int
    weekly: bool


def chart(days: Sequence[Day]) -> Chart:
    """Draw some days, oldest first; more than a few months of them as weeks."""
    weekly = len(days) > DAYS_AT_MOST
    shown = _weeks(days) if weekly else list(days)
    top = _round_up(max((max(day.views, day.downloads) for day in shown), default=0))
    column = WIDTH / max(len(shown), 1)
    bars = [
        Bar(
            day=day.day,
            views=day.views,
            downloads=day.downloads,
            x=round(column * (place + 0.12), 2),
            width=round(column * 0.76, 2),
            view_height=round(HEIGHT * day.views / top, 2),
            download_height=round(HEIGHT * day.downloads / top, 2),
        )
        for place, day in enumerate(shown)
    ]
    return Chart(bars, top, weekly)


def _weeks(days: Sequence[Day]) -> list[Day]:
    """Seven days each, counted back from the last one; the first week may be shorter."""
    short = len(days) % 7
    cuts = ([0] if short else []) + list(range(short, len(days), 7))
    stretches = [days[start:end] for start, end in zip(cuts, [*cuts[1:], len(days)], strict=True)]
    return [Day(week[0].day, sum(d.views for d in week), sum(d.downloads for d in week)) for week in stretches]


def _round_up(number: int) -> int:
    """The next number of one digit and zeros."""
    size = 1
    while size * 10 < number:
        size *= 10
    return next(size * step for step in _STEPS if size * step >= number)

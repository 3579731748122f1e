"""From the last byte of a 455-page, 10 MB book to its page with the first picture, and to the text of every page.

Aim: page and picture in 3 times what opening, rendering and encoding take in bare pypdfium2 and Pillow, and in less
than a second; all text in 3 times a bare extraction.
"""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from statistics import median

from bench import bare
from bench.measurement import Measurement, seconds
from bench.site import Client, Site, picture_of, throw_away_site
from tests import samples
from tests.journeys.site import form

PAGES = 455
PHOTOGRAPHS = 6
ROUNDS = 7
WIDTH = 800


def measure() -> Iterator[Measurement]:
    """Share the book again and again, never quite the same bytes."""
    book = samples.book(PAGES, PHOTOGRAPHS)
    rows: list[tuple[float, float, float, float]] = []
    with throw_away_site() as site:
        site.page_of(samples.leaflet())
        site.wait_until_read()  # the parser process starts a moment after the web server
        for number in range(ROUNDS):
            site.wait_until_settled()  # the worker has nothing left to do for the one before
            unlike = book + b"\n%% %d\n" % number
            seen, read = share(site, unlike)
            drawn = seconds(partial(bare.picture, unlike, 1, WIDTH))
            rows.append((seen, read, drawn, seconds(partial(bare.text, unlike))))
    seen, read, drawn, extracted = (median(column) for column in zip(*rows, strict=True))
    what = f"{len(book) / 1e6:.0f} MB book, last byte to page with picture"
    yield Measurement(what, seen * 1000, "ms", 3, "open, render, encode", drawn * 1000)
    yield Measurement(what, seen, "s", 1)
    yield Measurement("last byte to text of every page", read, "s", 3, "bare text", extracted)


def share(site: Site, pdf: bytes) -> tuple[float, float]:
    """Seconds from the last byte to the page with its first picture, and to every page read."""
    with closing(site.client()) as client:
        client.send_form(form(pdf, "book.pdf"))
        seen = seconds(lambda: read_first_page(client))
        return seen, seen + seconds(site.wait_until_read)


def read_first_page(client: Client) -> None:
    """Follow the answer to the page and load its first picture."""
    page = client.page_of_form()
    for path in (page, picture_of(page, 1, WIDTH)):
        client.get(path, expected=200)

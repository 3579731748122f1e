"""The page of a document as anybody gets it over HTTP: kept in memory, made anew, not modified; and deep in a document.

Aim: kept at 2.5 times the rate of made anew, not modified at 3.5 times; page 7,000 of 8,000 within 1.2 times the time
of page 1, with its picture drawn.
"""

import io
from collections.abc import Iterator
from contextlib import closing
from itertools import count

import pikepdf

from bench.measurement import Measurement, seconds, side_by_side
from bench.site import Client, picture_of, throw_away_site
from tests import samples

PAGES = 8000
DEEP = 7000
ROUNDS = 40
REQUESTS = 5
WIDTH = 800
_hosts = count(20_000)


def measure() -> Iterator[Measurement]:
    """Share a document of 8,000 pages, then look at it from both ends."""
    with throw_away_site() as site, closing(site.client()) as client:
        shared = site.page_of(long_document())
        site.wait_until_settled()
        page = client.lasting(shared)
        yield from measure_freshness(client, page)
        yield measure_depth(client, page)


def measure_freshness(client: Client, page: str) -> Iterator[Measurement]:
    """Rates of requests one after the other over one connection."""
    etag = str(client.get(page)[0].headers["ETag"])
    kept, anew = side_by_side(lambda: rate(client, page), lambda: rate(client, page, anew=True), ROUNDS)
    yield Measurement("document page, kept", kept, "/s", 2.5, "made anew", anew, at_least=True)
    unmodified, anew = side_by_side(
        lambda: rate(client, page, 304, If_None_Match=etag), lambda: rate(client, page, anew=True), ROUNDS
    )
    yield Measurement("document page, not modified", unmodified, "/s", 3.5, "made anew", anew, at_least=True)


def rate(client: Client, path: str, expected: int = 200, *, anew: bool = False, **headers: str) -> float:
    """Requests per second. A page is made anew for each host that it is asked under."""

    def ask() -> None:
        for _ in range(REQUESTS):
            host = {"Host": f"127.0.0.1:{next(_hosts)}"} if anew else {}
            client.get(path, expected, **headers, **host)

    return REQUESTS / seconds(ask)


def measure_depth(client: Client, page: str) -> Measurement:
    """A page and its picture, neither asked for before, from both ends of the document."""
    ends = {1: count(2), DEEP: count(DEEP)}

    def read(end: int) -> float:
        number = next(ends[end])
        wanted = (f"{page}p/{number}", picture_of(page, number, WIDTH))
        return seconds(lambda: [client.get(path) for path in wanted]) * 1000

    deep, first = side_by_side(lambda: read(DEEP), lambda: read(1), ROUNDS)
    return Measurement(f"page {DEEP} of {PAGES} and its picture", deep, "ms", 1.2, "page 1", first)


def long_document() -> bytes:
    """The pages of a book over and over, each a page object of its own."""
    with pikepdf.open(io.BytesIO(samples.book(500))) as book, pikepdf.new() as pdf:
        for _ in range(PAGES // len(book.pages)):
            pdf.pages.extend(book.pages)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()

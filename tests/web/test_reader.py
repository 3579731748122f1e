"""What the parts of the reader show."""

import re
from pathlib import Path

import pytest
from django.test import Client

from pliego.documents import reading
from pliego.pdf.reader import Reader
from pliego.pdf.values import PdfFacts
from pliego.web import reader
from pliego.web.reader import OutlineView, Words
from tests import samples
from tests.people import Shared, share, visit
from tests.samples.linked import linked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def lines(*levels: int) -> list[OutlineView]:
    return [OutlineView(f"{place}", "", place, 0.0, level) for place, level in enumerate(levels, 1)]


def written(entries: list[OutlineView]) -> str:
    """The outline as brackets: what the template writes."""
    return "".join(("(" if entry.opens else "-") + ")" * len(entry.closes) for entry in entries)


@pytest.mark.parametrize(
    ("levels", "brackets"),
    [
        ((1, 1), "--"),
        ((1, 2, 1), "(-)-"),
        ((1, 2, 3, 3, 1), "((--))-"),
        ((1, 3, 2, 1), "(--)-"),
        ((2, 3, 1), "(-)-"),
        ((1, 2, 3), "((-))"),
    ],
)
def test_outline_levels_nest(levels: tuple[int, ...], brackets: str) -> None:
    entries = lines(*levels)
    reader.nest(entries)
    assert written(entries) == brackets


def test_the_section_of_a_page_is_marked_and_unfolded() -> None:
    entries = lines(1, 2, 2, 1, 2)
    reader.mark_section(entries, 3)
    assert [entry.current for entry in entries] == [False, False, True, False, False]
    assert [entry.unfolded for entry in entries] == [True, False, True, False, False]


def test_bookmarks_that_leap_back_do_not_take_over() -> None:
    entries = [OutlineView(str(page), "", page, 0.0, 1) for page in (1, 4, 9, 2)]
    reader.mark_section(entries, 5)
    assert [entry.current for entry in entries] == [False, True, False, False]


def test_a_page_before_the_first_section_marks_none() -> None:
    entries = lines(1)
    reader.mark_section(entries, 0)
    assert not entries[0].current


def test_sizes_are_runs() -> None:
    shared = share("tamanos", pdf=samples.book(5))
    assert reader.sizes(shared.document.file) == "595.3x841.9*5"


def test_sizes_do_not_grow_with_equal_pages() -> None:
    shared = share("muchas")
    shared.document.file.facts_json = PdfFacts("1.7", 9000, [(595.0, 842.0, 9000)]).to_json()
    assert len(reader.sizes(shared.document.file)) < 20


@pytest.fixture
def book() -> Shared:
    return share("libro", pdf=samples.book(5))


def test_hits_count_within_their_page(book: Shared) -> None:
    hits = reader.found(book.document, Words("lluvia")).hits
    orders = [hit.order for hit in hits if hit.page == 2]
    assert orders == list(range(len(orders)))


def test_hits_and_marks_are_the_same(book: Shared) -> None:
    hits = [hit for hit in reader.found(book.document, Words("lluvia")).hits if hit.page == 2]
    marks = reader.marks(book.document, 2, Words("lluvia"))
    assert [(hit.order, hit.y) for hit in hits] == [(mark.hit, mark.y) for mark in marks]
    assert [hit.x for hit in hits] == pytest.approx([mark.x for mark in marks], abs=4)  # only the marks are measured


def test_no_words_find_nothing(book: Shared) -> None:
    assert reader.found(book.document, Words("")).total == 0
    assert reader.marks(book.document, 1, Words("")) == []


def test_small_pictures_end_with_the_document(book: Shared) -> None:
    assert [near.number for near in reader.strip(book.document, 5, 3)] == [3, 4, 5]
    assert [near.number for near in reader.strip(book.document, 1, 12)] == [1, 2, 3, 4, 5]


def test_markup_in_a_search_stays_words(book: Shared) -> None:
    path = f"{book.document.page_url(1)}?q=<script>alert(1)</script>"
    assert "<script>alert" not in Client().get(path).content.decode()


def test_a_page_of_a_long_document_is_as_small_as_of_a_short_one(book: Shared) -> None:
    long_one = share("largo", pdf=samples.book(200))
    sizes = [len(Client().get(shared.document.page_url(2)).content) for shared in (book, long_one)]
    assert sizes[1] < sizes[0] + 200


def test_every_page_and_answer_is_whole(book: Shared) -> None:
    leaf = Client().get(f"/d/{book.document.pk}/p/2.html?q=lluvia").content.decode()
    assert re.search(r"<svg class=\"marks\".*<rect", leaf)
    assert "<text" in leaf
    assert "<img" not in leaf


@pytest.mark.parametrize(("privacy", "packed"), [("public", True), ("unlisted", True), ("private", False)])
def test_what_repeats_a_search_is_packed_unless_private(privacy: str, packed: bool) -> None:
    shared = share(f"paquete{privacy}", privacy)
    path = f"/d/{shared.document.pk}/find?q=lugar"
    answer = visit("owner", shared).get(path, headers={"accept-encoding": "gzip"})
    assert answer.headers.get("Content-Encoding") == ("gzip" if packed else None)


@pytest.mark.parametrize("query", ["", "?q=lluvia"])
def test_the_answer_names_what_is_needed_first(book: Shared, query: str) -> None:
    answer = Client().get(book.document.page_url(2) + query)
    named = re.findall(r"<(/[^>]+)>; rel=preload; as=style", answer["Link"])
    linked = re.findall(r'<link rel="stylesheet" href="([^"]+)"', answer.content.decode())
    assert named == linked
    picture = re.search(r'<img src="([^"]+)" srcset="([^"]+)" sizes="([^"]+)"', answer.content.decode())
    assert picture
    src, srcset, sizes = (part.replace("&lt;", "<") for part in picture.groups())
    assert (
        f'<{src}>; rel=preload; as=image; fetchpriority=high; imagesrcset="{srcset}"; imagesizes="{sizes}"'
        in (answer["Link"])
    )


def test_nobody_waits_for_the_measuring_of_words(book: Shared) -> None:
    url, leaf = book.document.page_url(4), f"/d/{book.document.pk}/p/4.html"
    assert "data-measured" not in Client().get(url).content.decode()
    assert "data-measured" in Client().get(leaf).content.decode()
    assert "data-measured" in Client().get(url).content.decode()


def links_on(path: str) -> list[str]:
    """The links that lie on the picture of a page."""
    layer = Client().get(path).content.decode().partition('class="link-layer"')[2].partition("</svg>")[0]
    return re.findall(r"<a [^>]*>", layer)


def test_links_of_the_pdf_lead_within_the_document_and_out_of_it() -> None:
    shared = share("enlaces", pdf=linked(3, "https://example.org/?a=1&b=2"))
    for path in (shared.document.page_url(1), f"/d/{shared.document.pk}/p/1.html"):  # nobody has looked closely before
        within, out = links_on(path)
        assert f'href="{shared.document.page_url(3)}" data-page="3" data-y="300.0"' in within
        assert 'href="https://example.org/?a=1&amp;b=2" target="_blank" rel="nofollow noopener noreferrer ugc"' in out


def test_a_page_in_the_preview_does_not_count_as_opened(own_data: Path) -> None:
    document = share("vista previa").document
    reader_of_it = Client(headers={"user-agent": "Mozilla/5.0 Firefox"})
    for query in ("?preview", ""):
        assert reader_of_it.get(f"/d/{document.pk}/p/1.html{query}").status_code == 200
        assert bool(list((own_data / "views").glob("*"))) == (not query)


def test_links_of_the_pdf_stay_in_a_frame() -> None:
    shared = share("enmarcada", pdf=linked(3, "https://example.org"))
    within, out = links_on(f"/embed/{shared.document.pk}/")
    assert 'href="?p=3" aria-label=' in within
    assert 'href="https://example.org" target="_blank" rel="nofollow noopener noreferrer ugc"' in out


def test_links_that_could_not_be_looked_for_come_with_the_next_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = share("luego", pdf=linked(3))
    paths = shared.document.page_url(1), f"/embed/{shared.document.pk}/"
    with monkeypatch.context() as nobody:
        nobody.setattr(reading, "hurried_reader", lambda: Reader(Path("/nobody")))
        assert [links_on(path) for path in paths] == [[], []]
    assert reading.page_links(shared.document.file, 1)
    assert [len(links_on(path)) for path in paths] == [1, 1]


def test_lit_words_are_measured_at_once(book: Shared) -> None:
    assert "data-measured" in Client().get(f"{book.document.page_url(5)}?q=lluvia").content.decode()


@pytest.mark.parametrize("part", ["p/1", "text"])
def test_a_file_without_a_page_has_nothing_to_read(client: Client, part: str) -> None:
    broken = share("rota", pdf=b"%PDF-1.7\nnada\n%%EOF\n").document
    assert client.get(broken.get_absolute_url()).status_code == 200
    assert client.get(f"{broken.get_absolute_url()}{part}", follow=True).status_code == 404

"""Passing on what one reads: citations, passages, frames on other sites; and pages of unusual kinds."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pliego.pdf import recognition
from tests import samples
from tests.journeys.reading import DESK, PHONE, at, open_reader, reading, shared, violations
from tests.journeys.site import Site

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@contextmanager
def another_site(html: str) -> Iterator[str]:
    """A site of one page; gives its address. A made-up answer would not do: browsers guard what is on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><link rel=icon href=data:,><title>x</title>" + html.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def embedded(path: str, query: str = "") -> str:
    return f"/embed/{path.split('/')[2]}/{query}"


def test_the_way_to_a_citation_of_a_page(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/6")
    desk.get_by_role("button", name="View and more").click()
    desk.get_by_role("link", name="Cite").click()
    for style in ("APA", "Chicago", "MLA", "ISO 690"):
        expect(desk.locator("dt", has_text=style)).to_be_visible()
    expect(desk.locator(".citations dd p").first).to_contain_text("p. 6")
    desk.get_by_role("button", name="Copy").first.click()
    assert "(p. 6)" in desk.evaluate("navigator.clipboard.readText()")
    for ending, word in (("bib", "@"), ("ris", "TY  - "), ("json", "container-title")):
        record = desk.request.get(f"{book}cite.{ending}?p=6")
        assert record.ok
        assert word in record.text() or ending == "json"


@SIZES
def test_citations_and_frames_are_accessible(browser: Browser, site: Site, book: str, size: ViewportSize) -> None:
    with reading(browser, site, size, bypass_csp=True) as page:
        for path in (f"{book}cite?p=6", f"{book}text", embedded(book), embedded(book, "?p=6&quote=nowhere+at+all")):
            page.goto(path, wait_until="networkidle")
            assert violations(page) == [], path


@pytest.mark.parametrize(("width", "height"), [(320, 240), (320, 440), (560, 760)])
def test_a_document_on_another_site(desk: Page, site: Site, book: str, width: int, height: int) -> None:
    address = f"http://127.0.0.1:{site.port}{embedded(book, '?p=6')}"
    with another_site(f"<iframe src='{address}' width={width} height={height} title=x></iframe>") as elsewhere:
        desk.goto(elsewhere)
        frame = desk.frame_locator("iframe")
        expect(frame.locator(".leaf img")).to_be_in_viewport()
        box = frame.locator(".leaf img").bounding_box()
        assert box
        assert box["width"] <= width
        frame.get_by_role("link", name="Next page").click()
        expect(frame.locator("nav")).to_contain_text("Page 7 of 60")


def test_no_other_page_can_be_framed(browser: Browser, site: Site, book: str) -> None:
    page = browser.new_page()
    with another_site(f"<iframe src='http://127.0.0.1:{site.port}{book}p/6' title=x></iframe>") as elsewhere:
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.goto(elsewhere)
        assert page.frame_locator("iframe").locator("pliego-reader").count() == 0
    page.close()


def test_a_passage_in_a_frame_is_lit(desk: Page, book: str) -> None:
    desk.goto(f"{book}p/6")
    words = " ".join((desk.locator(".text-layer text").nth(3).text_content() or "").split()[:6])
    desk.goto(embedded(book, f"?p=6&quote={words}"))
    expect(desk.locator(".marks rect").first).to_be_attached()


def test_a_passage_that_has_moved_is_followed_and_has_a_card(desk: Page, book: str) -> None:
    desk.goto(f"{book}p/6")
    words = " ".join(" ".join(desk.locator(".text-layer text").all_text_contents()[3:6]).split()[:20])
    open_reader(desk, f"{book}p/9?quote={words}")
    there = desk.get_by_role("link", name="now it stands on page")
    number = int((there.text_content() or "").split()[-1])
    there.click()
    at(desk, number)
    expect(desk.locator(f".leaf[data-page='{number}'] .marks rect").first).to_be_in_viewport()
    card = desk.request.get(desk.get_attribute("meta[property='og:image']", "content") or "")
    assert card.headers["content-type"] == "image/jpeg"
    assert len(card.body()) > 5000


def test_the_light_lies_on_the_words(desk: Page, site: Site) -> None:
    canvas = Canvas(out := io.BytesIO(), A4)
    canvas.drawString(72, 700, f"Prólogo {'. ' * 60}")
    canvas.drawString(480, 700, "1234")
    canvas.save()
    path = shared(site, out.getvalue(), "indice.pdf")
    open_reader(desk, f"{path}p/1?q=1234")
    assert float(desk.locator(".marks rect").get_attribute("x") or 0) == pytest.approx(480, abs=0.5)
    written = desk.locator(".text-layer tspan", has_text="1234")
    assert float(written.get_attribute("x") or 0) == pytest.approx(480, abs=0.5)


@pytest.mark.parametrize(
    ("pdf", "word"),
    [(samples.paper(), "lluvia"), (samples.slides(), "lluvia"), (samples.rotated(90), "Feria")],
    ids=["two columns", "slides", "rotated"],
)
def test_pages_of_other_kinds(desk: Page, site: Site, pdf: bytes, word: str) -> None:
    open_reader(desk, f"{shared(site, pdf, 'otro.pdf')}p/1?q={word}")
    leaf, mark = (desk.locator(each).first.bounding_box() for each in (".leaf", ".marks rect"))
    assert leaf
    assert mark
    assert leaf["x"] <= mark["x"] <= mark["x"] + mark["width"] <= leaf["x"] + leaf["width"] + 1


def test_a_document_from_right_to_left(browser: Browser, site: Site) -> None:
    path = shared(site, samples.book(pages=5), "hebreo.pdf")
    site.rows("UPDATE documents_document SET own_language = 'he' WHERE id = ?", path.split("/")[2])
    with reading(browser, site, bypass_csp=True) as page:
        open_reader(page, f"{path}p/2")
        page.keyboard.press("ArrowLeft")
        at(page, 3)
        page.get_by_role("link", name="Next page").click()
        at(page, 4)
        on, back = (page.locator(f"[data-do={name}]").bounding_box() for name in ("next", "previous"))
        assert on
        assert back
        assert on["x"] < back["x"]
        page.evaluate("document.querySelector('pliego-reader').shape({ view: 'two' })")
        right, left = (page.locator(f".leaf[data-page='{number}']").bounding_box() for number in (4, 5))
        assert right
        assert left
        assert left["x"] < right["x"]
        assert violations(page) == []


def test_notes_lead_there_and_back(desk: Page, site: Site) -> None:
    path = shared(site, samples.footnoted(), "notas.pdf")
    desk.goto(f"{path}text")
    mark = desk.locator(".flow sup a").first
    note = mark.get_attribute("href") or ""
    mark.click()
    expect(desk.locator(note)).to_be_in_viewport()
    desk.locator(f"{note} .back").click()
    assert desk.url.endswith("-ref")


@pytest.mark.skipif("es" not in recognition.installed(), reason="Tesseract is not installed")
@SIZES
def test_a_scan_is_recognised_found_and_selectable(browser: Browser, site: Site, size: ViewportSize) -> None:
    path = shared(site, samples.scanned_text(), "escaneado.pdf")
    site.recognise_all()
    with reading(browser, site, size, bypass_csp=True) as page:
        page.goto(path)
        expect(page.get_by_text("recognised by a program")).to_be_visible()
        open_reader(page, f"{path}p/1?q=cap%C3%ADtulo")
        leaf, mark = (page.locator(each).first.bounding_box() for each in (".leaf", ".marks rect"))
        assert leaf
        assert mark
        assert mark["y"] < leaf["y"] + leaf["height"] / 3
        assert page.locator(".text-layer text").count() > 10
        assert violations(page) == []

"""The face of the site in a real browser: sharing, reading, both themes, with and without scripts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests import samples
from tests.journeys.reading import RULES, SHIFTS
from tests.journeys.site import Site

CARRY = """(bytes) => {
  const carried = new DataTransfer();
  carried.items.add(new File([Uint8Array.from(bytes)], "carried.pdf", { type: "application/pdf" }));
  document.body.dispatchEvent(%s);
}"""


@pytest.fixture
def address(site: Site) -> str:
    return f"http://127.0.0.1:{site.port}"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page whose console must stay empty: no error, no report of the content policy."""
    page = browser.new_page(locale="en", base_url=address)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.close()
    assert said == []


@pytest.fixture
def plain_page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(locale="en", base_url=address, java_script_enabled=False)
    yield page
    page.close()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "libro.pdf"
    path.write_bytes(samples.book(pages=12))
    return path


def share(page: Page, *files: Path) -> None:
    page.goto("/en/")
    page.wait_for_selector("pliego-upload[data-ready]")
    page.set_input_files("#file", list(files))


def open_shared(page: Page, file: Path) -> None:
    share(page, file)
    page.wait_for_url("**/d/*/*/")
    page.wait_for_selector("pliego-status", state="detached")  # read to its end: the page no longer loads itself anew


def test_a_dropped_file_gets_its_page(page: Page, book: Path) -> None:
    open_shared(page, book)
    assert page.evaluate("document.querySelector('.leaf img').complete")
    assert "/m/" in page.input_value(".notice .copy input")


@pytest.mark.parametrize(
    "event", ["new DragEvent('drop', {dataTransfer: ...})", "new ClipboardEvent('paste', {clipboardData: ...})"]
)
def test_a_file_dropped_on_the_page_or_pasted_gets_its_page(page: Page, event: str) -> None:
    page.goto("/en/")
    page.wait_for_selector("pliego-upload[data-ready]")
    page.evaluate(CARRY % event.replace("...", "carried, bubbles: true"), list(samples.leaflet(event)))
    page.wait_for_url("**/d/*/*/")


def test_the_sheet_shows_that_a_file_may_be_dropped(page: Page) -> None:
    page.goto("/en/")
    page.wait_for_selector("pliego-upload[data-ready]")
    page.evaluate(CARRY % "new DragEvent('dragover', {dataTransfer: carried, bubbles: true})", [])
    expect(page.locator("html")).to_have_class("dragging")
    page.evaluate(CARRY % "new DragEvent('dragleave', {bubbles: true})", [])
    expect(page.locator("html")).not_to_have_class("dragging")


def test_several_files_stay_in_a_list_with_their_links(page: Page, book: Path, tmp_path: Path) -> None:
    (tmp_path / "hoja.pdf").write_bytes(samples.leaflet())
    share(page, book, tmp_path / "hoja.pdf")
    expect(page.locator("[data-part=open]:visible")).to_have_count(2, timeout=30_000)
    assert "/d/" in page.input_value("[data-part=page] >> nth=0")
    assert "/m/" in page.input_value("[data-part=manage] >> nth=0")


def test_the_sharer_of_the_same_bytes_is_told(page: Page, book: Path) -> None:
    open_shared(page, book)
    share(page, book, book)
    page.wait_for_selector("[data-part=twin]:not([hidden]) a[href*='/d/']")


def test_a_file_that_is_no_pdf_is_refused_in_a_sentence(page: Page, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_text("hello")
    share(page, tmp_path / "x.pdf")
    page.wait_for_selector("li[data-state=failed]")
    assert page.text_content("[data-part=stage]") == "This file is not a PDF."


def drop(page: Page, *paths: Path) -> None:
    """Drop files and folders of the disk on the sheet, as a hand does."""
    hand = page.context.new_cdp_session(page)
    carried = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        hand.send("Input.dispatchDragEvent", {"type": kind, "x": 400, "y": 350, "data": carried})


def test_a_folder_stands_for_the_pdfs_in_it(browser: Browser, address: str, tmp_path: Path) -> None:
    inner = tmp_path / "informes/2026"
    inner.mkdir(parents=True)
    for path in (tmp_path / "informes/10.pdf", tmp_path / "informes/9.pdf", inner / "mayo.PDF"):
        path.write_bytes(samples.leaflet(path.name))
    (inner / "nota.txt").write_text("hello")
    (tmp_path / "nada").mkdir()
    page = browser.new_page(locale="en", base_url=address)  # its console tells of the folder that cannot be read
    page.goto("/en/")
    page.wait_for_selector("pliego-upload[data-ready]")
    drop(page, tmp_path / "informes", tmp_path / "nada")
    expect(page.locator("[data-state=done] .name")).to_have_text(["9.pdf", "10.pdf", "mayo.PDF"], timeout=30_000)
    expect(page.locator("[data-state=failed]")).to_contain_text("This cannot be read: a folder without PDFs")
    expect(page.locator(".sum")).to_have_text("3 of 4 files have arrived · not shared: 1")
    page.close()


def test_the_words_of_a_page_can_be_selected(page: Page, book: Path) -> None:
    open_shared(page, book)
    script = "getSelection().selectAllChildren(document.querySelector('.text-layer')), String(getSelection())"
    assert len(page.evaluate(script).split()) > 3


def test_arrow_keys_turn_the_page(page: Page, book: Path) -> None:
    open_shared(page, book)
    page.get_by_role("link", name="Read", exact=True).click()
    page.wait_for_url("**/p/1")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/p/2")


def test_links_from_another_terminal_lead_to_the_site(site: Site, book: Path, page: Page) -> None:
    told = dict(line.split(": ", 1) for line in site.terminal("add", "--quiet", str(book)).splitlines() if ": " in line)
    assert told["page"].startswith(f"http://127.0.0.1:{site.port}/")
    answer = page.goto(told["page"])
    assert answer is not None
    assert answer.ok


def test_a_page_that_loads_itself_anew_is_as_it_was_left(page: Page, book: Path) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_shared(page, book)
    unfolded = page.locator("details", has_text="Show it on another site")
    unfolded.locator("summary").click()
    before = unfolded.locator("summary").evaluate("(each) => each.getBoundingClientRect().top")
    with page.expect_navigation():
        page.evaluate("""() => {
          document.querySelector("main").prepend(document.createElement("hr")); // gone afterwards
          const [{ name }] = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/afresh."));
          import(name).then((module) => module.loadAfresh());
        }""")
    expect(unfolded.locator("summary")).to_be_focused()
    assert unfolded.get_attribute("open") is not None
    after = unfolded.locator("summary").evaluate("(each) => each.getBoundingClientRect().top")
    assert abs(after - before) < 2


def test_what_sends_a_file_is_fetched_once_somebody_comes_near(page: Page) -> None:
    page.goto("/en/")
    page.wait_for_selector("pliego-upload[data-ready]")
    assert page.evaluate("typeof tus") == "undefined"
    with page.expect_response("**/tus.min.*.js"):
        page.hover(".drop")


def test_the_chosen_theme_stays(page: Page) -> None:
    page.goto("/en/")
    page.click(".theme [value=dark]")
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"


def test_without_scripts_a_file_is_shared_and_read(plain_page: Page, book: Path) -> None:
    plain_page.goto("/en/")
    plain_page.set_input_files("#file", book)
    plain_page.click(".send")
    plain_page.wait_for_url("**/d/**")
    plain_page.goto(plain_page.url + "p/1")
    plain_page.get_by_role("link", name="Next", exact=True).click()
    assert plain_page.url.endswith("/p/2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_are_accessible_and_do_not_jump(
    browser: Browser, address: str, book: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    size = ViewportSize(width=width, height=844)
    # axe is put into the page as a script, which the content policy would refuse.
    context = browser.new_context(color_scheme=scheme, viewport=size, bypass_csp=True, locale="en", base_url=address)
    page = context.new_page()
    open_shared(page, book)
    for url in [page.url, page.url + "p/2", "/en/", "/en/documents/"]:
        page.goto(url, wait_until="networkidle")
        assert page.evaluate(SHIFTS) < 0.01, url
        assert Axe().run(page, options=RULES).response["violations"] == [], url
    context.close()

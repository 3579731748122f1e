"""Reading in a real browser: views, sizes, keys, fingers, memory, with and without scripts."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests import samples
from tests.journeys.reading import DESK, PHONE, SHIFTS, at, open_reader, reading, shared, violations
from tests.journeys.site import Site
from tests.samples.labelled import labelled
from tests.samples.linked import linked


@pytest.fixture(scope="module")
def long_one(site: Site) -> str:
    return shared(site, samples.many_pages(8000), "largo.pdf")


def shape(page: Page, **changes: object) -> None:
    page.evaluate("(changes) => document.querySelector('pliego-reader').shape(changes)", changes)


def leaves(page: Page) -> list[int]:
    return [int(leaf.get_attribute("data-page") or 0) for leaf in page.query_selector_all(".pages .leaf")]


def width_of(page: Page, number: int) -> float:
    box = page.locator(f".pages .leaf[data-page='{number}']").bounding_box()
    assert box
    return box["width"]


@pytest.mark.parametrize(
    ("key", "number"),
    [("ArrowRight", 8), ("ArrowLeft", 6), ("Home", 1), ("End", 60)],
)
def test_keys_go_to_pages(desk: Page, book: str, key: str, number: int) -> None:
    open_reader(desk, f"{book}p/7")
    desk.keyboard.press(key)
    at(desk, number)
    expect(desk.get_by_role("status").filter(has_text=f"Page {number} of 60")).to_be_attached()


def test_screens_and_lines_scroll(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/7")
    before = desk.evaluate("document.querySelector('.pages').scrollTop")
    desk.keyboard.press("PageDown")
    desk.keyboard.press("ArrowDown")
    assert desk.evaluate("document.querySelector('.pages').scrollTop") > before + 700


def test_a_number_leads_to_its_page(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/1")
    desk.keyboard.press("g")
    desk.keyboard.type("41")
    desk.keyboard.press("Enter")
    at(desk, 41)
    assert desk.title().startswith("Page 41 of ")
    desk.go_back()
    at(desk, 1)


def test_scrolling_changes_page_and_address(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/1")
    desk.evaluate("document.querySelector('.pages').scrollBy(0, 3000)")
    at(desk, 3)


def test_pages_that_scrolled_by_are_let_go(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/1")
    desk.route(re.compile(r"\.webp"), lambda route: None)  # a picture that never comes is called off with its page
    devtools = desk.context.new_cdp_session(desk)

    def nodes() -> int:
        devtools.send("HeapProfiler.collectGarbage")
        counted: int = devtools.send("Memory.getDOMCounters")["nodes"]
        return counted

    def scroll(screens: int) -> None:
        for _ in range(screens):
            desk.evaluate("document.querySelector('.pages').scrollBy(0, innerHeight)")
            desk.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        desk.wait_for_load_state()

    scroll(5)
    before = nodes()
    scroll(70)
    assert desk.evaluate("document.querySelector('pliego-reader').page") > 40
    assert nodes() < before + 2000


def test_only_a_few_pages_are_in_the_document(desk: Page, long_one: str) -> None:
    open_reader(desk, f"{long_one}p/1")
    most = 0
    for _ in range(40):
        desk.evaluate("document.querySelector('.pages').scrollBy(0, 16000)")
        desk.evaluate("new Promise(requestAnimationFrame)")
        most = max(most, len(leaves(desk)))
    assert desk.evaluate("document.querySelector('pliego-reader').page") > 400
    assert most <= 8
    assert desk.evaluate("document.querySelectorAll('*').length") < 800


@pytest.mark.parametrize("number", [1, 4000, 7000, 8000])
def test_a_far_page_opens_like_the_first(desk: Page, long_one: str, number: int) -> None:
    answer = desk.goto(f"{long_one}p/{number}")
    assert answer
    assert len(answer.body()) < 40_000
    desk.wait_for_selector("pliego-reader[data-ready]")
    box = desk.locator(f".pages .leaf[data-page='{number}']").bounding_box()
    assert box
    assert 0 < box["y"] < DESK["height"]
    desk.keyboard.press("ArrowLeft")
    at(desk, max(number - 1, 1))


@pytest.mark.parametrize("view", ["single", "two"])
def test_pages_one_at_a_time(desk: Page, book: str, view: str) -> None:
    open_reader(desk, f"{book}p/6")
    shape(desk, view=view)
    assert leaves(desk) == ([6] if view == "single" else [6, 7])
    desk.keyboard.press("PageDown")
    at(desk, 7 if view == "single" else 8)


def test_sizes(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/6")
    widths = []
    for zoom in ["page", 1, "auto", "width", 4]:
        shape(desk, zoom=zoom)
        widths.append(width_of(desk, 6))
    assert widths == sorted(widths)
    assert widths[1] == pytest.approx(595.276 * 4 / 3, rel=0.01)
    assert widths[4] == pytest.approx(4 * widths[1], rel=0.01)


def test_a_large_page_is_sharp(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/6")
    shape(desk, zoom=4)
    expect(desk.locator(".leaf[data-page='6'] img")).to_have_attribute("src", re.compile(r"w=3200$"), timeout=20_000)


def test_keys_change_the_size_and_keep_the_place(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/6")
    desk.keyboard.press("PageDown")
    for key in ["+", "+", "-", "0"]:
        desk.keyboard.press(key)
    assert desk.evaluate("document.querySelector('pliego-reader').page") == 6
    assert width_of(desk, 6) == pytest.approx(896, abs=1)


def test_pages_can_be_turned(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/6")
    desk.keyboard.press("r")
    box = desk.locator(".leaf[data-page='6']").bounding_box()
    picture = desk.locator(".leaf[data-page='6'] img").bounding_box()
    assert box
    assert picture
    assert box["width"] > box["height"]
    assert picture == pytest.approx(box, abs=1)


def test_place_and_shape_are_remembered(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/1")
    shape(desk, view="single")
    desk.keyboard.press("ArrowRight")
    at(desk, 2)
    desk.goto(book)
    desk.get_by_role("link", name="Read on from page 2").click()
    desk.wait_for_selector("pliego-reader[data-ready]")
    assert leaves(desk) == [2]


def test_the_toolbar_is_one_stop(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/6")
    stops = desk.locator("[role=toolbar] :is(a, button, input)[tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    desk.keyboard.press("ArrowRight")
    expect(desk.locator("[data-do=thumbnails]").first).to_be_focused()
    desk.keyboard.press("End")
    expect(desk.locator("[popovertarget=view]")).to_be_focused()


def test_what_has_popped_up_never_lies_over_what_has_the_focus(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/6")
    view = desk.locator("#view")
    desk.click("[popovertarget=view]")
    desk.keyboard.press("Escape")
    expect(view).not_to_be_visible()
    expect(desk.locator("[popovertarget=view]")).to_be_focused()
    desk.keyboard.press("Enter")
    view.get_by_role("button", name="Keys and gestures").focus()
    desk.keyboard.press("Tab")
    expect(view).not_to_be_visible()
    expect(desk.locator("pliego-pages")).to_be_focused()


@pytest.mark.parametrize("width", [320, 360])
def test_the_tools_fit_a_narrow_screen(browser: Browser, site: Site, width: int) -> None:
    """Also with the number that is printed on the page and its place in a long file beside it (WCAG 2.2, 1.4.10)."""
    address = shared(site, labelled(samples.many_pages(1200), (0, "r", "", 1)), "folios.pdf")
    with reading(browser, site, ViewportSize(width=width, height=640)) as page:
        open_reader(page, f"{address}p/1188")
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_escape_leads_back_to_the_pages(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/6")
    for key, place in (("f", "#panel [name=q]"), ("g", "[role=toolbar] [name=n]")):
        desk.keyboard.press(key)
        expect(desk.locator(place)).to_be_focused()
        desk.keyboard.type("8")
        desk.keyboard.press("Escape")
        expect(desk.locator("pliego-pages")).to_be_focused()
        expect(desk.locator("#panel")).not_to_be_visible()
    expect(desk.locator("[role=toolbar] [name=n]")).to_have_value("6")


def test_single_letters_can_be_switched_off(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/6")
    desk.keyboard.press("?")
    desk.get_by_label("Use single letters").uncheck()
    desk.keyboard.press("Escape")
    desk.reload()
    desk.wait_for_selector("pliego-reader[data-ready]")
    desk.keyboard.press("t")
    expect(desk.locator("#panel")).not_to_be_visible()
    desk.keyboard.press("ArrowRight")
    at(desk, 7)


def test_small_pictures(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/30")
    desk.keyboard.press("t")
    small = desk.locator("pliego-thumbnails a")
    expect(desk.locator("pliego-thumbnails [aria-current=page]")).to_have_attribute("data-page", "30")
    assert small.count() < 20
    desk.locator("pliego-thumbnails a[data-page='31']").click()
    at(desk, 31)


def test_a_page_of_five_metres_grows_step_by_step(desk: Page, site: Site) -> None:
    open_reader(desk, f"{shared(site, samples.giant_page(), 'plano.pdf')}p/1")
    width = width_of(desk, 1)
    desk.keyboard.press("+")
    assert width_of(desk, 1) == pytest.approx(1.25 * width, rel=0.02)
    desk.evaluate("document.querySelector('pliego-pages').zoomAt(1.2, 200, 200)")
    assert width_of(desk, 1) == pytest.approx(1.5 * width, rel=0.02)
    desk.keyboard.press("-")
    assert width_of(desk, 1) == pytest.approx(1.2 * width, rel=0.02)


def test_the_outline_leads_to_its_sections(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/30")
    desk.keyboard.press("o")
    expect(desk.locator("pliego-outline [aria-current=location]")).to_contain_text("Capítulo 3")
    desk.locator("pliego-outline a", has_text="Capítulo 5").click()
    at(desk, 49)
    expect(desk.locator("pliego-outline [aria-current=location]")).to_contain_text("Capítulo 5")
    desk.go_back()
    at(desk, 30)


def test_a_link_of_the_pdf_leads_to_its_place_and_back(desk: Page, site: Site) -> None:
    path = shared(site, linked(5, pages=6), "enlaces.pdf")
    open_reader(desk, f"{path}p/1")
    desk.locator(".link-layer a").click()
    at(desk, 5)
    desk.go_back()
    at(desk, 1)
    desk.locator(".link-layer a").focus()
    desk.keyboard.press("Enter")
    at(desk, 5)


def test_help_and_print(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/6")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Keys and gestures")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.evaluate("document.querySelector('pliego-reader').do('print')")
    desk.locator("dialog.print [name=to]").fill("9")
    form = desk.locator("dialog.print form")
    assert form.get_attribute("target") == "_blank"
    pages = desk.request.get(f"{form.get_attribute('action')}?from=6&to=9")
    assert pages.headers["content-type"] == "application/pdf"


@pytest.mark.parametrize("theme", ["sepia", "night"])
def test_paper(desk: Page, book: str, theme: str) -> None:
    open_reader(desk, f"{book}p/6")
    desk.click("[popovertarget=view]")
    desk.click(f"#view [value={theme}]")
    desk.reload()
    assert desk.get_attribute("html", "data-theme") == theme


def test_a_swipe_turns_a_single_page(phone: Page, book: str) -> None:
    open_reader(phone, f"{book}p/6")
    shape(phone, view="single")
    swipe = """(far) => {
      const pages = document.querySelector("pliego-pages");
      const touch = (type, x) => {
        const finger = new Touch({ identifier: 1, target: pages, clientX: x, clientY: 400 });
        const down = type === "touchend" ? [] : [finger];
        const options = { bubbles: true, cancelable: true, touches: down, changedTouches: [finger] };
        pages.dispatchEvent(new TouchEvent(type, options));
      };
      touch("touchstart", 200);
      touch("touchend", 200 + far);
    }"""
    phone.evaluate(swipe, -120)
    at(phone, 7)
    phone.evaluate(swipe, 120)
    at(phone, 6)


def test_a_tap_at_the_side_turns_a_single_page(phone: Page, book: str) -> None:
    open_reader(phone, f"{book}p/6")
    shape(phone, view="single")
    phone.touchscreen.tap(370, 400)
    at(phone, 7)


def test_two_fingers_enlarge(phone: Page, book: str) -> None:
    open_reader(phone, f"{book}p/6")
    before = width_of(phone, 6)
    phone.evaluate("""() => {
      const pages = document.querySelector("pliego-pages");
      const touch = (type, apart) => {
        const fingers = [-1, 1].map((side) => new Touch({
          identifier: side + 2, target: pages, clientX: 195 + side * apart, clientY: 400 }));
        const options = { bubbles: true, cancelable: true, touches: type === "touchend" ? [] : fingers,
          changedTouches: fingers };
        pages.dispatchEvent(new TouchEvent(type, options));
      };
      touch("touchstart", 50);
      touch("touchmove", 100);
      touch("touchend", 100);
    }""")
    assert width_of(phone, 6) == pytest.approx(2 * before, rel=0.02)


def test_tools_are_large_enough_for_a_finger(phone: Page, book: str) -> None:
    open_reader(phone, f"{book}p/6")
    for tool in phone.locator("[role=toolbar] :is(a, button, input):visible").all():
        box = tool.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
        assert box["x"] + box["width"] <= PHONE["width"]


def test_without_scripts(browser: Browser, site: Site, book: str) -> None:
    with reading(browser, site, java_script_enabled=False) as page:
        page.goto(f"{book}p/6")
        page.get_by_role("link", name="Next page").click()
        assert page.url.endswith("/p/7")
        page.fill(".tools [name=n]", "41")
        page.keyboard.press("Enter")
        at(page, 41)
        page.get_by_role("link", name="Outline").click()
        page.locator(".outline a", has_text="Capítulo 2").click()
        assert page.url.endswith("/p/13")
        page.get_by_role("link", name="Find in this document").click()
        page.fill("pliego-find [name=q]", "corazon")
        page.keyboard.press("Enter")
        expect(page.locator(".hits mark").nth(5)).to_be_visible()
        page.locator(".hits a").nth(5).click()
        expect(page.locator(".marks rect").first).to_be_attached()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_it_is_accessible_and_does_not_jump(
    browser: Browser, site: Site, book: str, scheme: Literal["light", "dark"], size: ViewportSize
) -> None:
    with reading(browser, site, size, scheme, bypass_csp=True) as page:
        for query in ["", "?q=lluvia", "?panel=outline", "?panel=find"]:
            page.goto(f"{book}p/6{query}", wait_until="networkidle")
            assert page.evaluate(SHIFTS) < 0.01, query
            assert violations(page) == [], query
        page.click("[popovertarget=view]")
        assert violations(page) == []
        page.keyboard.press("Escape")
        page.keyboard.press("t")
        page.wait_for_selector("pliego-thumbnails a")
        assert violations(page) == []

"""Words in the reader: finding them, taking them along, and reading them as plain text."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.reading import DESK, PHONE, SHIFTS, at, open_reader, reading, violations
from tests.journeys.site import Site

SELECT = """([page, first, last]) => {
  const lines = document.querySelectorAll(`.leaf[data-page="${page}"] .text-layer text`);
  const [from, to] = [lines[first].firstElementChild.firstChild, lines[last].lastElementChild.firstChild];
  getSelection().setBaseAndExtent(from, 0, to, to.length);
}"""


def find(page: Page, words: str) -> None:
    page.keyboard.press("f")
    page.keyboard.type(words)
    page.locator(".findings .hits li").first.wait_for()


def lit(page: Page) -> int:
    return page.locator(".marks rect.now").count()


def test_hits_are_listed_and_lit(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/6")
    find(desk, "corazon del pueblo")
    expect(desk.locator(".hits mark").first).to_have_text("corazón del pueblo")
    expect(desk.locator(".pages .marks rect").first).to_be_attached()
    assert "q=corazon" in desk.url


def test_enter_goes_from_hit_to_hit(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/20")
    find(desk, "Capítulo 4")
    desk.keyboard.press("Enter")
    at(desk, 37)
    expect(desk.locator(".marks rect.now")).to_have_count(1)
    desk.keyboard.press("Enter")
    at(desk, 38)
    desk.get_by_role("button", name="Previous hit").first.click()
    at(desk, 37)


def test_a_hit_of_the_list_is_shown(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/1")
    find(desk, "Capítulo 5")
    desk.locator(".hits a").first.click()
    at(desk, 49)
    expect(desk.locator(".marks rect.now")).to_be_in_viewport()


def test_whole_words_only(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/1")
    find(desk, "camin")
    desk.get_by_label("Whole words only").check()
    expect(desk.locator(".findings")).to_contain_text("Nothing found.")
    expect(desk.get_by_role("status").filter(has_text="Nothing found.")).to_be_attached()
    assert "whole=1" in desk.url


def test_the_address_brings_hits(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/38?q=cap%C3%ADtulo+4")
    expect(desk.locator(".marks rect.now")).to_have_count(1)
    desk.reload()
    expect(desk.locator(".hits li").first).to_be_visible()


def test_on_a_phone_a_bar_leads_through_the_hits(phone: Page, book: str) -> None:
    open_reader(phone, f"{book}p/37?q=cap%C3%ADtulo+4")
    expect(phone.locator("#panel")).to_be_hidden()
    phone.locator(".hit-bar").get_by_role("button", name="Next hit").click()
    at(phone, 38)
    phone.locator(".hit-bar [data-step='0']").click()
    expect(phone.locator(".marks rect")).to_have_count(0)
    assert "q=" not in phone.url


def test_selected_words_are_copied_as_running_text(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/6")
    desk.evaluate(SELECT, [6, 2, 4])
    desk.get_by_role("button", name="Copy").click()
    expect(desk.get_by_role("status").filter(has_text="Copied")).to_be_attached()
    words = desk.evaluate("navigator.clipboard.readText()")
    assert len(words.split()) > 20
    assert "\n" not in words


@pytest.mark.parametrize("lines", [1, 3, 5, 7, 9, 15])
def test_the_link_to_a_passage_lights_it(desk: Page, book: str, lines: int) -> None:
    open_reader(desk, f"{book}p/6")
    desk.evaluate(SELECT, [6, 2, 1 + lines])
    desk.get_by_role("button", name="Link").click()
    expect(desk.get_by_role("status").filter(has_text="Copied")).to_be_attached()
    address = desk.evaluate("navigator.clipboard.readText()")
    open_reader(desk, address)
    expect(desk.locator(".leaf[data-page='6'] .marks rect")).to_have_count(lines)


def test_a_citation_comes_with_the_words(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/6")
    desk.evaluate(SELECT, [6, 2, 2])
    desk.get_by_role("button", name="With citation").click()
    expect(desk.get_by_role("status").filter(has_text="Copied")).to_be_attached()
    assert "p. 6" in desk.evaluate("navigator.clipboard.readText()")


def test_a_passage_that_is_gone_is_said(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/6?quote=estas+palabras+no+est%C3%A1n")
    expect(desk.locator(".reader .notice")).to_contain_text("is not in this document")


def test_reading_text_goes_on_in_parts(desk: Page, book: str) -> None:
    desk.goto(f"{book}text")
    assert desk.locator(".flow h2").count() >= 2
    desk.get_by_role("link", name="Read on").click()
    expect(desk.locator("#page-21")).to_be_visible()
    desk.locator("#page-22").click()
    at(desk, 22)


def test_how_the_text_is_set_is_remembered(desk: Page, book: str) -> None:
    desk.goto(f"{book}text")
    size = "parseFloat(getComputedStyle(document.querySelector('.flow p')).fontSize)"
    before = desk.evaluate(size)
    desk.get_by_role("button", name="Type").click()
    for name in ["larger", "wide", "loose", "sans"]:
        desk.check(f"#type [value={name}]")
    desk.reload()
    assert desk.evaluate(size) > before
    assert desk.get_attribute("html", "data-type") == "larger wide loose sans"


def test_the_text_leads_back_to_the_page_read_last(desk: Page, book: str) -> None:
    open_reader(desk, f"{book}p/29")
    desk.keyboard.press("ArrowRight")
    at(desk, 30)
    desk.locator("[role=toolbar]").get_by_role("link", name="Reading text").click()
    expect(desk.locator("#page-30")).to_be_in_viewport()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_text_is_accessible_and_does_not_jump(browser: Browser, site: Site, book: str, size: object) -> None:
    with reading(browser, site, size, bypass_csp=True) as page:  # type: ignore[arg-type]
        page.goto(f"{book}text", wait_until="networkidle")
        assert page.evaluate(SHIFTS) < 0.01
        assert violations(page) == []
        page.get_by_role("button", name="Type").click()
        assert violations(page) == []

"""The numbers printed on pages, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from pliego.pdf.numbering import PageLabels, Run
from tests import samples
from tests.journeys.reading import at, open_reader, shared
from tests.journeys.site import Site
from tests.samples.labelled import labelled

NAMED = """async (runs) => {
  const { Labels } = await import([...document.scripts].find((each) => each.src.includes("/labels")).src);
  const labels = new Labels(JSON.stringify(runs), 60);
  return Array.from({ length: 60 }, (_, at) => labels.of(at + 1));
}"""
"""What the script calls the pages of a document."""


@pytest.fixture(scope="module")
def labelled_one(site: Site) -> str:
    """Twenty pages: T-1, i to v, 1 to 14."""
    return shared(site, labelled(samples.book(20), (0, "D", "T-", 1), (1, "r", "", 1), (6, "D", "", 1)), "contado.pdf")


@pytest.mark.parametrize(("typed", "number"), [("iv", 5), ("IV", 5), ("4", 10), ("#4", 4), ("T-1", 1), ("99", 20)])
def test_a_printed_number_leads_to_its_page(desk: Page, labelled_one: str, typed: str, number: int) -> None:
    open_reader(desk, f"{labelled_one}p/8")
    desk.keyboard.press("g")
    desk.keyboard.type(typed)
    desk.keyboard.press("Enter")
    at(desk, number)
    name = {1: "T-1", 4: "iii", 5: "iv"}.get(number, str(number - 6))
    assert desk.title().startswith(f"Page {name} of ")
    expect(desk.get_by_role("status").first).to_have_text(f"Page {name} · {number} of 20")
    expect(desk.locator(".tools input")).to_have_value(name)
    expect(desk.locator(".tools .go")).to_contain_text(f"{number} of 20")
    expect(desk.locator(f".leaf[data-page='{number}'] img")).to_have_attribute("alt", f"Page {name}")


def test_no_page_is_said_to_be_none(desk: Page, labelled_one: str) -> None:
    open_reader(desk, f"{labelled_one}p/8")
    desk.keyboard.press("g")
    desk.keyboard.type("xyz")
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.querySelector('.tools input').validationMessage") == "There is no such page."
    desk.keyboard.type("1")
    assert desk.evaluate("document.querySelector('.tools input').validity.valid")


def test_scripts_and_addresses_name_pages_alike(desk: Page, labelled_one: str) -> None:
    open_reader(desk, f"{labelled_one}p/8")
    runs = [
        Run(1, "A", "", 25),
        Run(30, "", "x", 1),
        Run(31, "R", "§", 4990),
        Run(36, "a", "", 205),
        Run(44, "D", "", 7),
    ]
    labels = PageLabels(runs, 60)
    assert desk.evaluate(NAMED, runs) == [labels.of(page) or str(page) for page in range(1, 61)]

"""Searching in a real browser: from the box to the page with its words lit, by keyboard, with and without scripts."""

import re
import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from pliego.pdf.typeset import Leaflet, Section, write
from tests.archive import BEES, BRIDGES, HIVES
from tests.journeys.site import Site

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def leaflet(title: str, texts: tuple[str, ...]) -> bytes:
    return write(Leaflet(title, "Clara Ruiz", "es", (Section(title, texts),)))


def wait_until_indexed(site: Site) -> None:
    deadline = time.monotonic() + 60
    while site.rows("SELECT 1 FROM documents_document WHERE indexed_revision <> revision"):
        assert time.monotonic() < deadline, site.log()
        time.sleep(0.05)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("search") / "data")
    for title, texts in (("Abejas", BEES), ("Colmenas", HIVES), ("Puentes de piedra", BRIDGES)):
        site.share(leaflet(title, texts), f"{title}.pdf")
    site.read_all()
    wait_until_indexed(site)
    yield site
    site.kill()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page whose console must stay empty."""
    page = browser.new_page(locale="en", base_url=f"http://127.0.0.1:{site.port}")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.close()
    assert said == []


@pytest.fixture
def plain_page(browser: Browser, site: Site) -> Iterator[Page]:
    page = browser.new_page(locale="en", base_url=f"http://127.0.0.1:{site.port}", java_script_enabled=False)
    yield page
    page.close()


def test_from_the_box_to_the_lit_words(page: Page) -> None:
    page.goto("/en/")
    page.get_by_role("combobox", name="Search all documents").fill("abejas reinas")
    page.keyboard.press("Enter")
    expect(page.locator(".result mark").first).to_have_text("Abejas")
    page.locator(".places a").first.click()
    expect(page.locator(".leaf .marks rect")).not_to_have_count(0)


def test_the_choices_stand_beside_what_was_found(page: Page) -> None:
    page.goto("/en/search/?q=puente")
    found, choice = (page.locator(one).bounding_box() for one in (".results", ".narrow-down li a >> nth=0"))
    assert found
    assert choice
    assert choice["x"] > found["x"] + found["width"]
    page.locator(".narrow-down li a").last.click()
    expect(page.locator(".result")).to_have_count(1)


def test_suggestions_by_keyboard(page: Page) -> None:
    page.goto("/en/")
    box = page.get_by_role("combobox", name="Search all documents")
    box.press_sequentially("colm")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    box.press("Escape")
    expect(box).to_have_value("colm")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_suggestions_by_mouse(page: Page) -> None:
    page.goto("/en/")
    page.get_by_role("combobox", name="Search all documents").press_sequentially("puent")
    page.get_by_role("option", name="Puentes de piedra").click()
    expect(page.locator(".result h2")).to_have_text(["Puentes de piedra"])


def test_without_scripts(plain_page: Page) -> None:
    plain_page.goto("/en/")
    plain_page.get_by_label("Search all documents").fill("puente")
    plain_page.get_by_role("button", name="Search").click()
    plain_page.locator(".places a").first.click()
    expect(plain_page).to_have_url(re.compile(r"/p/1\?q=puente$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["search/?q=abeja", "search/?q=xylotrupes", "search/", "explore/"])
def test_nothing_to_complain_of(page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"/en/{path}")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", ["search/?q=abeja&lang=es", "explore/"])
def test_nothing_sticks_out_on_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/en/{path}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

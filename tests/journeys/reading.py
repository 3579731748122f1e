"""Somebody reading in a browser: what the journeys through the reader share."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.journeys.site import Site

DESK, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SHIFTS = """new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => resolve(sum), 50));
})"""


def shared(site: Site, pdf: bytes, name: str) -> str:
    """Share a PDF and wait until it is read; the path of its page."""
    path = urlsplit(site.share(pdf, name)["page"]).path
    site.read_all()
    moved = site.ask("GET", path).headers["Location"]
    return urlsplit(moved).path if moved else path


@contextmanager
def reading(
    browser: Browser,
    site: Site,
    size: ViewportSize = DESK,
    scheme: Literal["light", "dark"] = "light",
    **options: Any,
) -> Iterator[Page]:
    """A page of a new person whose console must stay empty: no error, no report of the content policy."""
    address = f"http://127.0.0.1:{site.port}"
    context = browser.new_context(viewport=size, color_scheme=scheme, locale="en", base_url=address, **options)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


def open_reader(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_selector("pliego-reader[data-ready]")


def at(page: Page, number: int) -> None:
    """Wait until the reader has come to a page and the address says so."""
    page.wait_for_url(lambda url: urlsplit(url).path.endswith(f"/p/{number}"))


def violations(page: Page) -> list[str]:
    """What axe finds. It comes into the page as a script, so the context must bypass the content policy."""
    return [violation["id"] for violation in Axe().run(page, options=RULES).response["violations"]]

"""The first pages on the page of a document: their links, their words, and the search that leads on from there."""

from playwright.sync_api import Browser, ViewportSize

from tests import samples
from tests.journeys.reading import at, reading, shared
from tests.journeys.site import Site
from tests.samples.linked import linked


def test_a_page_that_is_looked_at_gets_its_links(browser: Browser, site: Site) -> None:
    path = shared(site, linked(3), "enlaces.pdf")
    with reading(browser, site) as page:
        page.goto(path)
        page.locator('.leaf[data-page="1"] .link-layer a').click()
        at(page, 3)
        page.goto(path)
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        page.emulate_media(media="print")  # on paper a page is as white as it was made
        assert page.evaluate("getComputedStyle(document.querySelector('.leaf img')).filter") == "none"


def test_all_that_is_beside_the_pages_is_seen_while_they_go_by(browser: Browser, site: Site) -> None:
    path = shared(site, samples.book(pages=25), "novela.pdf")
    with reading(browser, site) as page:
        page.goto(path)
        edges = "(each) => [each.getBoundingClientRect().top, each.getBoundingClientRect().bottom]"
        assert page.locator(".margin").evaluate(edges)[0] == page.locator(".reading").evaluate(edges)[0]
        page.locator('.leaf[data-page="3"]').evaluate("(leaf) => leaf.scrollIntoView({ behavior: 'instant' })")
        bottom, window = page.locator(".margin").evaluate(edges)[1], page.evaluate("innerHeight")
        assert window - 40 < bottom <= window


def test_words_are_looked_for_from_the_page_of_the_document(browser: Browser, site: Site) -> None:
    path = shared(site, samples.book(pages=26), "libro.pdf")
    with reading(browser, site, java_script_enabled=False) as page:
        page.goto(path)
        assert page.get_by_role("region", name="Outline").get_by_role("link").count() > 1
        box = page.get_by_role("search", name="Find in this document").get_by_role("searchbox")
        box.fill("lluvia")
        box.press("Enter")
        page.wait_for_url("**/p/*?q=*")
        assert page.locator(".hits mark").count()


def test_nothing_is_wider_than_a_narrow_screen(browser: Browser, site: Site) -> None:
    path = shared(site, samples.book(pages=60), "libro largo.pdf")
    with reading(browser, site, ViewportSize(width=296, height=640)) as page:
        page.goto("/language/de/")  # the longest words
        for address in ("/de/", path, f"{path}cite", f"{path}text?from=21", f"{path}p/30", "/de/hilfe/"):
            page.goto(address)
            beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(beyond) <= 0, address

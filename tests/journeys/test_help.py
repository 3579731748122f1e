"""Help, contact and statistics in a browser: without a fault that axe knows, and within the window."""

import pytest
from playwright.sync_api import Browser

from tests import samples
from tests.journeys.reading import DESK, PHONE, reading, violations
from tests.journeys.site import Site

PATHS = ("/ayuda/?q=enlace", "/en/help/", "/en/help/search/", "/contacto/", "/privacidad/")


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_the_pages_are_for_everybody(browser: Browser, site: Site, size: object, scheme: str) -> None:
    manage = site.share(samples.book(2))["manage"]
    with reading(browser, site, size, scheme, bypass_csp=True) as page:  # type: ignore[arg-type]
        page.goto(manage)
        page.click("a[href$='/statistics']")
        page.wait_for_url("**/statistics")
        for path in ("", *PATHS):
            if path:
                page.goto(path)
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_message_is_sent_by_keyboard_without_scripts(browser: Browser, site: Site) -> None:
    with reading(browser, site, java_script_enabled=False) as page:
        page.goto("/en/contact/")
        page.get_by_label("Your message").fill("How do I change the title?")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("ana@example.org")
        page.keyboard.press("Enter")
        assert "press Send once more" in page.get_by_role("alert").inner_text()
        page.wait_for_timeout(3000)  # the form takes it from a person, who is slower
        page.get_by_role("button", name="Send", exact=True).click()
        assert page.get_by_role("heading", name="Your message has arrived").count() == 1
    assert site.rows("SELECT text, email FROM moderation_message") == [
        ("How do I change the title?", "ana@example.org")
    ]

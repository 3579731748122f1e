"""What journeys share: the browser, a site for each file of them, somebody at a desk and somebody with a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import samples
from tests.journeys.reading import PHONE, reading, shared
from tests.journeys.site import Site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site") / "data")
    yield site
    site.kill()


@pytest.fixture(scope="module")
def book(site: Site) -> str:
    return shared(site, samples.book(pages=60), "libro.pdf")


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[Page]:
    with reading(browser, site) as page:
        yield page


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    with reading(browser, site, PHONE, has_touch=True, is_mobile=True, device_scale_factor=2) as page:
        yield page

"""The five languages in a real browser: nothing runs out of a narrow page, and scripts speak the language too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests import samples
from tests.journeys.site import Site

HOMES = {"es": "/", "en": "/en/", "fr": "/fr/", "pt": "/pt/", "de": "/de/"}
LISTS = {"es": "Documentos", "en": "Documents", "fr": "Documents", "pt": "Documentos", "de": "Dokumente"}
NAMES = {"es": "Español", "en": "English", "fr": "Français", "pt": "Português", "de": "Deutsch"}
CUT = """() => [...document.querySelectorAll("a, button, label, legend, p, h1, h2, dt, dd, summary")]
  .filter((part) => part.checkVisibility() && !part.closest(".unseen, .skip, .leaf"))
  .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
  .map((part) => part.textContent.trim())"""


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A narrow browser of somebody who reads no language of the site, so that the default shows."""
    size = ViewportSize(width=360, height=780)
    page = browser.new_page(locale="fi", base_url=f"http://127.0.0.1:{site.port}", viewport=size)
    yield page
    page.close()


@pytest.fixture(scope="module")
def leaflet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "folleto.pdf"
    path.write_bytes(samples.leaflet())
    return path


def share(page: Page, code: str, file: Path) -> None:
    page.goto(HOMES[code])
    page.wait_for_selector("pliego-upload[data-ready]")
    page.set_input_files("#file", file)


@pytest.mark.parametrize("code", HOMES)
def test_long_words_fit_a_narrow_page(phone: Page, leaflet: Path, code: str) -> None:
    share(phone, code, leaflet)
    phone.wait_for_url("**/d/*/*/")
    phone.wait_for_selector("pliego-status", state="detached")  # read to its end: the page no longer loads itself anew
    phone.click(f".footer a[lang={code}]")
    document = phone.url
    manage = document.rstrip("/").rpartition("/")[0] + "/manage"
    for address in [document, document + "p/1", manage, HOMES[code], HOMES[code] + "x/"]:
        phone.goto(address)
        assert phone.get_attribute("html", "lang") == code
        assert phone.evaluate(CUT) == [], address


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("es", "Este archivo no es un PDF."),
        ("en", "This file is not a PDF."),
        ("fr", "Ce fichier n’est pas un PDF."),
        ("pt", "Este arquivo não é um PDF."),
        ("de", "Diese Datei ist kein PDF."),
    ],
)
def test_scripts_speak_the_language_of_the_page(phone: Page, tmp_path: Path, code: str, said: str) -> None:
    (tmp_path / "x.pdf").write_text("hello")
    share(phone, code, tmp_path / "x.pdf")
    phone.wait_for_selector("li[data-state=failed]")
    assert phone.text_content("[data-part=stage]") == said


@pytest.mark.parametrize("code", HOMES)
def test_the_switch_at_the_foot_leads_on_in_its_language(phone: Page, code: str) -> None:
    phone.goto("/en/documents/")
    phone.click(f".footer a[lang={code}]")
    assert phone.text_content("h1") == LISTS[code]
    assert phone.text_content(".footer [aria-current]") == NAMES[code]

"""Passing documents on in a real browser: share links that leave no trace, the ways out of a page, collections."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from pliego.pdf.typeset import Leaflet, Section, write
from tests.journeys.reading import DESK, PHONE, reading, violations
from tests.journeys.site import Site


def leaflet(title: str) -> bytes:
    return write(Leaflet(title, "Clara Ruiz", "es", (Section(title, ("El molino muele de noche.",)),)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("passing") / "data")
    yield site
    site.kill()


@pytest.fixture(scope="module")
def link(browser: Browser, site: Site) -> str:
    """A share link to a private document, with a password, as its owner makes it by keyboard."""
    manage = urlsplit(site.share(leaflet("Memoria"), "memoria.pdf", privacy="private")["manage"]).path
    site.read_all()
    with reading(browser, site, bypass_csp=True) as page:
        page.goto(manage)
        page.get_by_role("link", name="Share links").click()
        page.get_by_label("For whom").fill("Ana")
        page.get_by_label("Password").fill("la clave")
        page.keyboard.press("Enter")
        given = page.locator("header pliego-copy input").input_value()
        assert violations(page) == []
        page.get_by_role("button", name="Revoke").wait_for()
    return urlsplit(given).path


def come_in(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Password").fill("la clave")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Memoria")).to_be_visible()


def test_the_secret_leaves_no_trace(browser: Browser, site: Site, link: str) -> None:
    token, told = link.split("/")[2], list[str]()
    with reading(browser, site) as page:
        page.on("request", lambda request: told.append(f"{request.url} {request.headers.get('referer', '')}"))
        come_in(page, link)
        page.get_by_role("link", name="Read", exact=True).click()
        page.wait_for_selector("pliego-reader[data-ready]")
        assert token not in page.url
    asked = [line for line in told if token in line]
    assert len(asked) == 1  # the link itself
    assert asked[0].split()[1:] == []
    assert all(urlsplit(line).hostname in {"127.0.0.1", None} for line in told)
    assert token not in site.log()
    assert "/l/***/" in site.log()


def test_without_scripts_the_link_lets_in_too(browser: Browser, site: Site, link: str) -> None:
    with reading(browser, site, PHONE, java_script_enabled=False) as page:
        come_in(page, link)


def test_a_phone_offers_its_own_share_sheet(browser: Browser, site: Site) -> None:
    path = urlsplit(site.share(leaflet("Móvil"), "movil.pdf")["page"]).path
    site.read_all()
    with reading(browser, site, PHONE) as page:
        page.add_init_script("navigator.share = async (said) => { window.said = said; }")
        page.goto(path)
        page.get_by_role("button", name="Share with…").click()
        assert page.evaluate("said.url") == page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ways_out_of_a_page(browser: Browser, site: Site, scheme: str) -> None:
    path = urlsplit(site.share(leaflet(f"Abierta {scheme}"), "abierta.pdf")["page"]).path
    site.read_all()
    with reading(browser, site, DESK, scheme, bypass_csp=True) as page:  # type: ignore[arg-type]
        page.goto(path)
        share = page.locator(".share")
        for summary in ("QR code", "Short link", "Show it on another site"):
            share.get_by_text(summary, exact=True).focus()
            page.keyboard.press("Enter")
        share.get_by_role("button", name="Show the short link").press("Enter")
        short = share.locator("pliego-short input")
        expect(short).to_be_focused()
        assert page.evaluate("document.querySelector('img.qr').complete")
        assert violations(page) == []
        page.goto(short.input_value())
        expect(page.get_by_role("heading", name=f"Abierta {scheme}").first).to_be_visible()


def test_files_put_together(browser: Browser, site: Site, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.pdf" for name in ("uno", "dos")]
    for file in files:
        file.write_bytes(leaflet(file.stem))
    with reading(browser, site, PHONE, bypass_csp=True) as page:
        page.goto("/en/")
        page.set_input_files("#file", files)
        page.get_by_label("Title of the collection").fill("Los dos")
        page.get_by_role("button", name="Make a collection").click()
        expect(page.get_by_role("heading", name="Los dos")).to_be_visible()
        assert violations(page) == []
        with page.expect_download() as download:
            page.get_by_role("link", name="Download all").click()
        assert download.value.suggested_filename == "Los dos.zip"
        page.get_by_role("link", name="Manage", exact=True).click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def gathered(site: Site) -> str:
    """The manage link of a collection of three."""
    named = " ".join(site.share(leaflet(name))["page"] for name in ("Uno", "Dos", "Tres"))
    body = urlencode({"title": "Números", "documents": named}).encode()
    answer = site.ask("POST", "/c/", body, Content_Type="application/x-www-form-urlencoded")
    lines = answer.body.decode().splitlines()  # type: ignore[attr-defined]
    site.read_all()
    return urlsplit(dict(line.split(": ", 1) for line in lines)["manage"]).path


def places(page: Page, first: int, second: int) -> list[tuple[float, float]]:
    """The middle of the grips of two rows, brought into view."""
    grips = page.locator(".order [data-grip]")
    grips.nth(first).scroll_into_view_if_needed()
    boxes = [grips.nth(number).bounding_box() for number in (first, second)]
    return [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box]


def in_order(page: Page) -> list[str]:
    """The titles of a collection, once its order is kept, and as they stand after a reload."""
    expect(page.get_by_text("The order is kept.")).to_be_visible()
    shown = page.locator(".order li a").all_inner_texts()
    page.reload()
    assert page.locator(".order li a").all_inner_texts() == shown
    return shown


def test_a_collection_is_put_in_order_by_mouse_finger_and_keyboard(browser: Browser, site: Site, gathered: str) -> None:
    with reading(browser, site, bypass_csp=True) as page:
        page.goto(gathered)
        (x, y), (_, end) = places(page, 2, 0)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x, (y + end) / 2, steps=3)
        page.mouse.move(x, end - 8, steps=3)
        page.mouse.up()
        assert in_order(page) == ["Tres", "Uno", "Dos"]
        page.get_by_role("button", name="Move “Tres” down").press("Enter")
        expect(page.get_by_role("button", name="Move “Tres” down")).to_be_focused()
        assert page.locator(".order li a").all_inner_texts() == ["Uno", "Tres", "Dos"]
        assert violations(page) == []
    with reading(browser, site, PHONE, has_touch=True, is_mobile=True) as page:
        page.goto(gathered)
        (x, y), (_, end) = places(page, 0, 2)
        finger = page.context.new_cdp_session(page)
        for kind, at in (("touchStart", y), ("touchMove", y + 20), ("touchMove", end + 8)):
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": at}]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert in_order(page) == ["Tres", "Dos", "Uno"]
        page.get_by_role("link", name="Open its page").click()
        page.locator("pliego-listed:defined").wait_for(state="attached")
        page.goto("/en/files/")
        expect(page.get_by_role("link", name="Números")).to_be_visible()


def test_what_is_deleted_lies_in_the_trash_and_comes_back(browser: Browser, site: Site) -> None:
    told = site.share(leaflet("Perdido"))
    with reading(browser, site, bypass_csp=True) as page:
        page.goto(urlsplit(told["manage"]).path)
        page.get_by_role("link", name="Delete this document").click()
        page.get_by_role("button", name="Delete it").click()
        expect(page.get_by_role("heading", name="In the trash")).to_be_visible()
        assert violations(page) == []
    assert site.ask("GET", urlsplit(told["page"]).path).status == 404
    with reading(browser, site) as page:
        page.goto(urlsplit(told["manage"]).path)
        page.get_by_role("button", name="Bring it back").click()
        expect(page.get_by_role("link", name="Manage")).to_be_visible()
    assert site.ask("GET", urlsplit(told["page"]).path).status in {200, 302}

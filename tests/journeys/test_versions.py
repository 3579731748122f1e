"""The owner replaces the file of a document in the browser while somebody reads it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import samples
from tests.journeys.reading import DESK, PHONE, at, open_reader, reading, violations
from tests.journeys.site import Site


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    made = {"good": samples.book(14), "broken": b"%PDF-1.7\n" + b"x" * 3000, "none": b"hello"}
    for name, content in made.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    return {name: tmp_path / f"{name}.pdf" for name in made}


def send(page: Page, file: Path) -> None:
    page.wait_for_load_state()  # where there are scripts, one is to send it and not the form
    page.get_by_label("The new PDF").set_input_files(file)
    page.get_by_role("button", name="Replace the file").click()


def test_from_the_manage_link_to_a_new_version(site: Site, browser: Browser, files: dict[str, Path]) -> None:
    told = site.share(samples.book(12), "libro.pdf")
    site.read_all()
    reader = browser.new_context(viewport=DESK, locale="en").new_page()
    open_reader(reader, f"{told['page']}p/1")
    with reading(browser, site) as owner:
        owner.goto(told["manage"])
        owner.get_by_role("link", name="Replace the file").click()
        send(owner, files["none"])
        expect(owner.get_by_text("This file is not a PDF. The document stays as it was.")).to_be_visible()
        send(owner, files["good"])
        owner.wait_for_url("**/versions?done")
        site.read_all()
        expect(owner.get_by_role("heading", name="Version 2")).to_be_visible()
        while not owner.get_by_text("Pages 13–14 are new.").is_visible():
            owner.reload()
        for size in (DESK, PHONE):
            owner.set_viewport_size(size)
            assert violations(owner) == []
        owner.get_by_role("link", name="Open").last.click()
        expect(owner.get_by_text("This is version 1")).to_be_visible()
        assert violations(owner) == []
    expect(reader.get_by_text("This file has just been replaced.")).to_have_count(0)
    reader.keyboard.press("End")
    at(reader, 12)
    expect(reader.get_by_text("This file has just been replaced.")).to_be_visible()
    reader.get_by_role("link", name="The newest version").click()
    expect(reader.get_by_text("14", exact=True).first).to_be_visible()
    reader.context.close()


def test_what_has_begun_goes_on_after_a_reload(site: Site, browser: Browser, files: dict[str, Path]) -> None:
    told = site.share(samples.book(4), "cuaderno.pdf")
    site.read_all()
    with reading(browser, site) as owner:
        begun: list[str] = []
        owner.on("request", lambda request: begun.append(request.url) if request.url.endswith("/upload") else None)
        owner.goto(told["manage"])
        owner.get_by_role("link", name="Replace the file").click()
        owner.route("**/subidas/**", lambda _: None)  # its bytes never arrive
        with owner.expect_request("**/subidas/**"):
            send(owner, files["good"])
        owner.reload()
        owner.unroute("**/subidas/**")
        send(owner, files["good"])
        owner.wait_for_url("**/versions?done")
    assert len(begun) == 1


def test_without_scripts_and_what_is_damaged(site: Site, browser: Browser, files: dict[str, Path]) -> None:
    told = site.share(samples.book(3), "folleto.pdf")
    site.read_all()
    with browser.new_context(locale="en", java_script_enabled=False) as context:
        owner = context.new_page()
        owner.goto(told["manage"])
        owner.get_by_role("link", name="Replace the file").click()
        send(owner, files["broken"])
        expect(owner.get_by_role("alert")).to_contain_text("could not be read. The document stays as it was.")
        send(owner, files["good"])
        expect(owner.get_by_role("heading", name="Version 2")).to_be_visible()
        owner.get_by_role("button", name="Bring back").click()
        expect(owner.get_by_role("heading", name="Version 3")).to_be_visible()
        owner.get_by_role("link", name="Delete").first.click()
        owner.get_by_role("button", name="Delete for good").click()
        expect(owner.get_by_role("heading", name="Version 2")).to_be_hidden()
        expect(owner.get_by_role("heading", name="Version 1")).to_be_visible()

"""The toolbox in a real browser, on a real site."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from pliego.pdf.ranges import parse
from pliego.pdf.sample import sample_pdf
from tests import samples
from tests.journeys.reading import DESK, PHONE, SHIFTS, reading, shared, violations
from tests.journeys.site import EDGE, LONG_AGO, Site, form

MULTIPART = f"multipart/form-data; boundary={EDGE}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("tools") / "data")
    yield site
    site.kill()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pdf")
    (folder / "libro.pdf").write_bytes(samples.book(pages=6))
    (folder / "hoja.pdf").write_bytes(samples.leaflet())
    return [folder / "libro.pdf", folder / "hoja.pdf"]


def choose(page: Page, tool: str, files: list[Path]) -> None:
    page.goto(f"/en/tools/{tool}/")
    page.set_input_files("#file", files)
    expect(page.locator(".files li")).to_have_count(len(files), timeout=30_000)


def finish(page: Page) -> None:
    page.click(".tool button.main")
    page.wait_for_selector(".outcome")


def test_files_are_put_in_order_by_keyboard_and_merged(browser: Browser, site: Site, files: list[Path]) -> None:
    with reading(browser, site) as page:
        choose(page, "merge", files)
        page.get_by_role("button", name="Move up").nth(1).press("Enter")
        expect(page.locator(".files .name").first).to_have_text("hoja.pdf")
        finish(page)
        assert page.text_content(".outcome .name") == "hoja-merge.pdf"
        with page.expect_download() as download:
            page.click(".outcome .button.main")
        assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def test_pages_are_chosen_by_their_pictures(browser: Browser, site: Site, files: list[Path]) -> None:
    with reading(browser, site, PHONE) as page:
        choose(page, "extract", files[:1])
        for number in (2, 3, 5):
            tile(page, number).click()
        assert page.input_value("[name='0-pages']") == "2-3,5"
        expect(page.locator(".board .drawn")).to_have_count(6)
        page.fill("[name='0-pages']", "last, odd")
        assert marked(page) == ["1", "3", "5", "6"]
        tile(page, 2).click()
        assert page.input_value("[name='0-pages']") == "6,1,3,5,2"
        finish(page)


def test_pages_are_chosen_and_cut_by_keyboard(browser: Browser, site: Site, files: list[Path]) -> None:
    with reading(browser, site) as page:
        choose(page, "remove", files[:1])
        tile(page, 1).focus()
        for key in ("ArrowRight", "Space", "Shift+ArrowRight", "End", "Enter"):
            page.keyboard.press(key)
        assert page.input_value("[name='0-pages']") == "2-3,6"
        assert page.locator(".board [tabindex='0']").count() == 1
        page.get_by_role("button", name="Even").press("Enter")
        assert marked(page) == ["2", "4", "6"]
        choose(page, "rotate", files[:1])
        page.get_by_role("button", name="None").press("Enter")
        assert page.locator("#o0-pages").evaluate("(field) => field.matches(':invalid')")
        choose(page, "split", files[:1])
        page.get_by_label("By ranges").check()
        for number in (3, 6):
            tile(page, number).press("Space")
        assert page.input_value("[name='0-ranges']") == "1-2,3-5,6"
        page.fill("[name='0-ranges']", "1-2,5-6")
        tile(page, 4).press("Space")
        assert page.input_value("[name='0-ranges']") == "1-2,4,5-6"


def test_pages_are_put_in_order_by_dragging_and_by_keys(browser: Browser, site: Site, files: list[Path]) -> None:
    with reading(browser, site) as page:
        choose(page, "reorder", files[:1])
        tile(page, 5).drag_to(tile(page, 2), target_position={"x": 5, "y": 40})
        assert page.input_value("[name='0-order']") == "1,5"
        page.keyboard.press("Alt+ArrowLeft")
        assert page.input_value("[name='0-order']") == "5"
        for number in (2, 4):
            tile(page, number).click()
        page.get_by_role("button", name="Later").click()
        assert page.locator(".board li").all_text_contents() == ["5", "1", "3", "2", "4", "6"]
        page.fill("[name='0-order']", "last-1")
        assert page.locator(".board li").all_text_contents() == ["6", "5", "4", "3", "2", "1"]
        finish(page)


def test_pages_are_turned_doubled_and_left_out_in_one_go(browser: Browser, site: Site, files: list[Path]) -> None:
    with reading(browser, site) as page:
        choose(page, "organise", files[:1])
        tile(page, 2).hover()
        page.locator(".board li:hover [data-act=right]").click()
        tile(page, 4).press("Space")
        for name in ("Turn to the left", "Double", "Earlier"):
            page.get_by_role("button", name=name).click()
        tile(page, 6).press("Space")
        page.get_by_role("option", name="4 turned to the left").first.press("Space")
        page.keyboard.press("Delete")
        told = [page.input_value(f"[name='0-{name}']") for name in ("pages", "right", "around", "left")]
        assert told == ["1-2,4,3-5", "2", "", "4"]
        page.get_by_role("option", name="6 left out").press("Delete")
        page.fill("[name='0-around']", "odd")
        expect(page.get_by_role("option", name="upside down")).to_have_count(3)
        finish(page)
        with page.expect_download() as download:
            page.click(".outcome .button.main")
        with pikepdf.open(download.value.path()) as pdf:
            assert [each.rotation for each in pdf.pages] == [180, 90, 270, 180, 270, 180, 0]


def test_the_pictures_read_and_write_pages_as_the_tools_do(browser: Browser, site: Site, files: list[Path]) -> None:
    with reading(browser, site) as page:
        choose(page, "extract", files[:1])
        for words in ("1-3, 5", "ungerade;2", "última-1", "-2 4-", "even", "todo", "2 \u2013 4", "1,1,6-4", "impaires"):
            read = page.evaluate("(words) => document.querySelector('pliego-board').ranges.parts(words).flat()", words)
            assert read == parse(words).of(6), words
        for pages in ([1, 2, 3, 4, 5, 6], [1, 3, 5], [6, 5, 4, 1], [2, 1, 1], [3]):
            written = page.evaluate("(pages) => document.querySelector('pliego-board').ranges.write(pages)", pages)
            assert parse(str(written)).of(6) == pages, written


def tile(page: Page, number: int) -> Locator:
    """The picture of a page."""
    return page.get_by_role("option", name=str(number), exact=True)


def marked(page: Page) -> list[str]:
    """The pages that are marked by their pictures."""
    return page.locator(".board [aria-selected=true]").all_text_contents()


def test_areas_are_drawn_on_the_pages_and_taken_away_by_a_click(
    browser: Browser, site: Site, files: list[Path]
) -> None:
    with reading(browser, site) as page:
        choose(page, "redact", files[:1])
        page.get_by_text("Mark areas on the pages").click()
        page.get_by_role("button", name="Next page").click()
        for corner in (20, 200):
            drag(page, (corner, corner), (corner + 100, corner + 50))
        areas = page.locator("[data-areas]")
        assert [line.split(":")[0] for line in areas.input_value().splitlines()] == ["2", "2"]
        page.locator(".marker rect").first.click()
        assert len(areas.input_value().splitlines()) == 1
        finish(page)
        assert "1 place was blacked out." in (page.text_content(".outcome") or "")


def test_a_signature_and_a_crop_are_put_where_they_are_seen(browser: Browser, site: Site, files: list[Path]) -> None:
    with reading(browser, site) as page:
        choose(page, "sign", files[:1])
        page.get_by_label("Words below").fill("Ana")
        page.get_by_label("Place", exact=True).select_option("area")
        expect(page.locator("#o0-pages")).to_be_hidden()
        drag(page, (100, 100), (100, 100))
        places = page.locator("[data-areas]")
        assert places.input_value().startswith("6: ")
        before = places.input_value()
        drag(page, (100, 100), (140, 160))
        assert places.input_value() != before
        assert len(places.input_value().splitlines()) == 1
        finish(page)
        choose(page, "crop", files[:1])
        page.get_by_label("All but an area").check()
        for end in (200, 300):
            drag(page, (50, 50), (end, end)) if end == 200 else drag(page, (250, 250), (end, end))
        assert page.locator("[data-areas]").input_value().startswith("1: ")
        finish(page)


def drag(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Draw on the page that is shown, in its pixels."""
    expect(page.locator(".marker img")).to_have_js_property("complete", value=True)
    page.locator(".marker svg").scroll_into_view_if_needed()
    box = page.locator(".marker svg").bounding_box() or {"x": 0, "y": 0}
    page.mouse.move(box["x"] + start[0], box["y"] + start[1])
    page.mouse.down()
    page.mouse.move(box["x"] + end[0], box["y"] + end[1])
    page.mouse.up()


def test_a_signature_is_drawn_and_put_where_it_is_told(browser: Browser, site: Site, files: list[Path]) -> None:
    with reading(browser, site, PHONE) as page:
        choose(page, "sign", files[:1])
        expect(page.get_by_label("From the left")).to_be_hidden()
        page.get_by_label("Place", exact=True).select_option("at")
        page.get_by_label("From the left").fill("50")
        pad = page.locator("canvas.pad")
        wipe = page.get_by_role("button", name="Wipe it out")
        scribble(page, pad)
        wipe.click()
        assert page.evaluate("document.querySelector('[data-drawn]').files.length") == 0
        scribble(page, pad)
        expect(page.locator("[data-drawn]")).not_to_have_value("")
        page.click(".tool button.main")
        page.wait_for_selector(".outcome")
        with page.expect_download() as download:
            page.click(".outcome .button.main")
        with pikepdf.open(download.value.path()) as pdf:
            (stamp,) = [each for name, each in pdf.pages[-1].Resources.XObject.items() if "Stamp" in name]
            assert stamp.Resources.XObject.X.Width > stamp.Resources.XObject.X.Height > 20


def scribble(page: Page, pad: Locator) -> None:
    """A line from the left to the right, up and down."""
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 20 + step * 30, box["y"] + (30 if step % 2 else 70))
    page.mouse.up()


def test_a_document_is_worked_on_without_sending_it_again(browser: Browser, site: Site, files: list[Path]) -> None:
    path = shared(site, files[0].read_bytes(), "libro.pdf")
    with reading(browser, site) as page:
        page.goto(path)
        page.get_by_role("link", name="Tools").last.click()
        page.get_by_role("link", name="Rotate pages").click()
        finish(page)
        page.get_by_role("button", name="Share").click()
        page.wait_for_url("**/d/**")


def test_without_scripts_a_job_is_begun_and_seen_to_its_end(browser: Browser, site: Site, files: list[Path]) -> None:
    with reading(browser, site, java_script_enabled=False) as page:
        page.goto("/en/tools/rotate/")
        page.set_input_files("#file", files[:1])
        page.click(".tool button.main")
        page.wait_for_selector(".outcome", timeout=30_000)


@pytest.mark.parametrize("scripts", [False, True])
def test_a_form_is_filled_in_field_by_field(browser: Browser, site: Site, tmp_path: Path, *, scripts: bool) -> None:
    (tmp_path / "form.pdf").write_bytes(sample_pdf(1))
    with reading(browser, site, PHONE, java_script_enabled=scripts, bypass_csp=True) as page:
        page.goto("/en/tools/fill/")
        page.set_input_files("#file", tmp_path / "form.pdf")
        if scripts:
            expect(page.locator(".files li")).to_have_count(1, timeout=30_000)
        page.click(".tool button.main")
        page.locator(".blanks input[type=text]").fill("José Ñandú", timeout=30_000)
        if scripts:
            assert violations(page) == []
        page.click(".tool button.main")
        page.wait_for_selector(".outcome", timeout=30_000)
        assert page.text_content(".notes") == "1 field was filled in."


def test_a_job_outlives_the_death_of_its_worker(site: Site, files: list[Path]) -> None:
    begun = site.ask("POST", "/api/v1/tools/rotate", form(files[0].read_bytes()), Content_Type=MULTIPART)
    job = json.loads(begun.body)["id"]  # type: ignore[attr-defined]
    site.kill_one("pliego.worker")
    site.rows(
        "UPDATE toolbox_job SET lease_until = ? WHERE lease_until IS NOT NULL", LONG_AGO
    )  # or a minute would pass
    deadline = time.monotonic() + 60
    while (state := site.rows("SELECT state FROM toolbox_job WHERE id = ?", job)[0][0]) != "done":
        assert state in {"waiting", "running"}
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_to_complain_of(browser: Browser, site: Site, files: list[Path], size: object, scheme: str) -> None:
    with reading(browser, site, size, scheme, bypass_csp=True) as page:  # type: ignore[arg-type]
        for path in ("/en/tools/", "/en/tools/rotate+extract/"):
            page.goto(path, wait_until="networkidle")
            assert page.evaluate(SHIFTS) < 0.01
            assert violations(page) == []
        for tool in ("remove", "rotate", "organise"):
            choose(page, tool, files[:1])
            expect(page.locator(".board .drawn").first).to_be_attached()
            assert violations(page) == []
        choose(page, "merge", files)
        assert violations(page) == []
        finish(page)
        assert violations(page) == []


def test_at_four_times_the_size_nothing_lies_beside_the_window(browser: Browser, site: Site, files: list[Path]) -> None:
    """A window of 1280 pixels shows 320 then (WCAG 2.2, 1.4.10)."""
    path = shared(site, files[0].read_bytes(), "libro.pdf")
    with reading(browser, site, ViewportSize(width=320, height=512)) as page:
        for address in ("/en/tools/", "/en/tools/merge+compress/", path, f"{path}p/2"):
            page.goto(address, wait_until="networkidle")
            tools = page.locator("button:visible, input[type=file]:visible").all()
            boxes = [box for tool in tools if (box := tool.bounding_box())]
            assert all(box["x"] + box["width"] <= 321 for box in boxes), address

"""Take the screenshots of the documentation: `python -m docs.use.screenshots.take`, from the root of the project.

It starts a site of its own with the sample documents, shares a book made by code, waits until all is read, and looks.
"""

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PIL import Image
from playwright.sync_api import Error, Page, sync_playwright

from tests import samples

HERE = Path(__file__).parent
ADDRESS = "http://127.0.0.1:8765"
SIZE = {"width": 1280, "height": 800}
WITHIN = 120_000
COLOURS = 256
"""Enough for paper, ink and one accent, at a third of the size."""


@contextmanager
def site() -> Iterator[None]:
    """A site in a throw-away folder."""
    with tempfile.TemporaryDirectory(prefix="pliego-screenshots-") as folder:
        environment = {**os.environ, "PLIEGO_DATA": folder, "PLIEGO_PORT": "8765", "PLIEGO_SAMPLES": "1"}
        with subprocess.Popen([sys.executable, "-m", "pliego", "serve"], env=environment) as process:
            try:
                yield
            finally:
                process.terminate()


def open_site(page: Page) -> None:
    """Wait for the site to answer."""
    for _ in range(60):
        with suppress(Error):  # nobody listens yet
            page.goto(f"{ADDRESS}/en/")
            return
        page.wait_for_timeout(500)


def share_book(page: Page, folder: Path) -> None:
    """Share a book as a person does, and stay on its page until all of it is read."""
    book = folder / "el-puerto-y-la-lluvia.pdf"
    book.write_bytes(samples.book(pages=96))
    page.wait_for_selector("pliego-upload[data-ready]")
    page.set_input_files("#file", book)
    page.wait_for_url("**/d/*/*/", timeout=WITHIN)  # one file alone leads to its page
    page.wait_for_selector("pliego-status", state="detached", timeout=WITHIN)


def find(page: Page) -> None:
    """Look words up in the reader, and go to a hit."""
    page.goto(page.url + "p/15?q=la+lluvia")
    page.wait_for_selector("pliego-reader[data-ready]")
    page.locator("pliego-find [data-step='1']").click()


def take(page: Page, name: str) -> None:
    """Save what the window shows as a small PNG."""
    page.wait_for_load_state("networkidle")
    shot = Image.open(io.BytesIO(page.screenshot()))
    shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)


def main() -> None:
    """Take them all."""
    with site(), sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, locale="en", color_scheme="light")
        open_site(page)
        share_book(page, Path(folder))
        page.context.clear_cookies()  # look as a reader, not as the owner
        page.reload()
        take(page, "document")
        find(page)
        take(page, "page")
        page.set_viewport_size({"width": 1280, "height": 1120})
        page.goto(f"{ADDRESS}/en/")
        take(page, "home")
        browser.close()


if __name__ == "__main__":
    main()

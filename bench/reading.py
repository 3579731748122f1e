"""A book opened on a slow phone: when its page can be read, beside pdf.js opening the same file in the same run.

Aim: within 1 s on Fast 4G and 2 s on Slow 4G, the processor four times slower (the presets of Chromium's developer
tools); no layout shift; flat memory while 500 pages scroll by; page 7,000 within 1.2 times page 1, as text and as
the first picture in the reader.

pdf.js comes from npm into a throw-away folder. Its page is as bare as can be, one canvas and no viewer around it, and
its server packs the scripts and answers ranges: both in its favour.
"""

import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.files import file_server
from bench.measurement import Measurement, seconds, side_by_side
from bench.pages import long_document
from bench.site import Client, Site, throw_away_site
from tests import samples

NETS = {"Fast 4G": (165.0, 9e6 * 0.9 / 8, 1000), "Slow 4G": (562.5, 1.6e6 * 0.9 / 8, 2000)}
"""Latency in milliseconds, bytes per second, and the aim in milliseconds."""
SLOWER = 4
ROUNDS = 5
PAGES = 500
FIRST, DEEP = 1, 7000
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True,
}  # fmt: skip
PDFJS = "pdfjs-dist@5"
BARE = b"""<!doctype html><meta name=viewport content="width=device-width"><body style="margin:0">
<link rel=modulepreload href=pdf.min.mjs><link rel=preload as=fetch href=pdf.worker.min.mjs crossorigin>
<canvas id=page style="width:100%"></canvas><script type=module>
import { getDocument, GlobalWorkerOptions } from "./pdf.min.mjs";
GlobalWorkerOptions.workerSrc = "./pdf.worker.min.mjs";
const pdf = await getDocument({ url: "book.pdf", disableAutoFetch: true, disableStream: true }).promise;
const page = await pdf.getPage(1);
const viewport = page.getViewport({ scale: 780 / page.getViewport({ scale: 1 }).width });
const canvas = document.querySelector("canvas");
[canvas.width, canvas.height] = [viewport.width, viewport.height];
await page.render({ canvas, canvasContext: canvas.getContext("2d"), viewport }).promise;
window.legible = performance.now();
</script>"""
WATCH = """new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (entry.element?.tagName === "IMG") window.legible = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
window.shift = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shift += entry.value)))
  .observe({ type: "layout-shift", buffered: true });"""

LEGIBLE = """() => new Promise((found) => {
  const look = () => (window.legible ? found(window.legible) : setTimeout(look, 10));
  look();
})"""


def measure() -> Iterator[Measurement]:
    """Open, scroll, and go deep."""
    book = samples.book(PAGES, photographs=40)
    with throw_away_site() as site, sync_playwright() as playwright:
        address = f"http://127.0.0.1:{site.port}{shared(site, book)}p/{FIRST}"
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        with pdfjs(book) as reference:
            for net in NETS:
                yield from measure_opening(browser, net, address, reference)
        yield from measure_scrolling(browser, address)
        yield from measure_depth(browser, site)
        browser.close()


def shared(site: Site, pdf: bytes) -> str:
    """Share a PDF, wait until all about it is told, and give the path of its page."""
    page = site.page_of(pdf)
    site.wait_until_settled()
    with closing(site.client()) as client:
        return client.lasting(page)


@contextmanager
def pdfjs(book: bytes) -> Iterator[str]:
    """A server of pdf.js and the book; gives the address, "" where npm cannot get it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        got = subprocess.run(
            ["npm", "pack", "--silent", PDFJS], cwd=folder, check=False, capture_output=True, text=True
        )
        if got.returncode:
            print("reading: pdf.js is not here and cannot be fetched: nothing to compare with")
            yield ""
            return
        with tarfile.open(folder / got.stdout.strip()) as packed:
            files = {
                f"{part}.mjs": _member(packed, f"package/build/{part}.mjs") for part in ("pdf.min", "pdf.worker.min")
            }
        with file_server(files | {"": BARE, "book.pdf": book}) as port:
            yield f"http://127.0.0.1:{port}/"


def _member(packed: tarfile.TarFile, name: str) -> bytes:
    member = packed.extractfile(name)
    if member is None:
        raise RuntimeError(f"{PDFJS} holds no {name}")
    return member.read()


def measure_opening(browser: Browser, net: str, address: str, reference: str) -> Iterator[Measurement]:
    """Both by turns, each time as somebody who was never here."""
    aim = NETS[net][2]
    ours, theirs, shifts = [], [], []
    for _ in range(ROUNDS):
        legible, shift = opened(browser, net, address)
        ours.append(legible)
        shifts.append(shift)
        if reference:
            theirs.append(opened(browser, net, reference)[0])
    yield Measurement(f"first legible page, {net}, {SLOWER}x slower", median(ours), "ms", aim)
    if theirs:
        yield Measurement(f"the same, {net}", median(ours), "ms", 1, "pdf.js", median(theirs))
    yield Measurement(f"layout shift, {net}", max(shifts), "", 0.001)


def opened(browser: Browser, net: str, address: str) -> tuple[float, float]:
    """When the page could be read, in milliseconds, and how far things moved."""
    latency, rate, _ = NETS[net]
    context = browser.new_context(**PHONE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    speed = {"offline": False, "latency": latency, "downloadThroughput": rate, "uploadThroughput": rate}
    session.send("Network.emulateNetworkConditions", speed)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH)
    page.goto(address, timeout=120_000)
    page.evaluate(LEGIBLE)
    page.wait_for_timeout(500)
    found = page.evaluate("[window.legible, window.shift]")
    context.close()
    return float(found[0]), float(found[1])


def measure_scrolling(browser: Browser, address: str) -> Iterator[Measurement]:
    """Memory after a tenth of the book and after all of it."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address)
    page.wait_for_selector("pliego-reader[data-ready]")
    early = _scrolled_to(page, PAGES // 10)
    late = _scrolled_to(page, PAGES)
    yield Measurement(f"memory of scripts, {PAGES} pages scrolled", late[0], "MB", 1.25, "after 50", early[0])
    yield Measurement("elements in the document", late[1], "", 1.5, "after 50", early[1])
    yield Measurement("layout shift while scrolling", float(page.evaluate("window.shift")), "", 0.001)
    context.close()


def _scrolled_to(page: Page, number: int) -> tuple[float, float]:
    """Megabytes of the scripts' heap and elements, once somebody has scrolled through the book to a page."""
    while page.evaluate("document.querySelector('pliego-reader').page") < number:
        page.evaluate("document.querySelector('.pages').scrollBy(0, 1600)")
        page.wait_for_timeout(60)
    page.wait_for_load_state("networkidle")
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    return heap, page.evaluate("document.querySelectorAll('*').length")


def measure_depth(browser: Browser, site: Site) -> Iterator[Measurement]:
    """Pages never asked for before, from both ends of a long document: their HTML, and the reader opened there."""
    path = shared(site, long_document())
    ends = {FIRST: count(FIRST + 1), DEEP: count(DEEP)}
    with closing(site.client()) as client:
        deep, first = side_by_side(
            lambda: _read(client, path, ends[DEEP]), lambda: _read(client, path, ends[FIRST]), 40
        )
    yield Measurement(f"page {DEEP} of 8,000 with its text", deep, "ms", 1.2, "page 1", first)
    address = f"http://127.0.0.1:{site.port}{path}p/"
    # The reader draws neighbours ahead: the next round begins behind them.
    ends = {FIRST: count(FIRST + 100, 20), DEEP: count(DEEP + 100, 20)}
    deep, first = side_by_side(
        lambda: first_seen(browser, f"{address}{next(ends[DEEP])}"),
        lambda: first_seen(browser, f"{address}{next(ends[FIRST])}"),
        4 * ROUNDS,
    )
    yield Measurement(f"the reader opened at page {DEEP}, first picture", deep, "ms", 1.2, "page 1", first)


def first_seen(browser: Browser, address: str) -> float:
    """When somebody who was never here sees the picture of the page, in milliseconds, with nothing slowed down."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address)
    seen = page.evaluate(LEGIBLE)
    page.wait_for_load_state("networkidle")
    context.close()
    return float(seen)


def _read(client: Client, path: str, numbers: "count[int]") -> float:
    return seconds(lambda: client.get(f"{path}p/{next(numbers)}")) * 1000

"""Whatever somebody drops on a real site: one clear sentence, nothing lost, nothing half-made."""

import html
import http.client
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests import samples
from tests.journeys.site import EDGE, Site, form

PASSWORD = "sésamo-ábrete-1b7f"
ENGLISH = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("bad") / "data", max_upload_mb=2, reading_threads=2)
    yield site
    site.kill()


def body_of(answer: http.client.HTTPResponse) -> bytes:
    body: bytes = answer.body  # type: ignore[attr-defined]  # put there by Site.ask
    return body


def page(site: Site, address: str) -> str:
    """The words of a page in English, without its markup."""
    answer = site.ask("GET", urlsplit(address).path, **ENGLISH)
    if answer.status == 302:  # the title was read after it was shared
        answer = site.ask("GET", answer.headers["Location"], **ENGLISH)
    assert answer.status == 200
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body_of(answer).decode())).split())


def counts(site: Site) -> tuple[int, ...]:
    """Documents, files, unfinished uploads and blobs."""
    blobs = [path for path in (site.data / "blobs").rglob("*") if path.is_file()]
    rows = (site.rows(f"SELECT count(*) FROM documents_{table}")[0][0] for table in ("document", "file", "upload"))
    return (*rows, len(blobs))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(20_000), "not-a-pdf This file is not a PDF."),
        (b"<!doctype html><html><body>Hola</body></html>", "not-a-pdf This file is not a PDF."),
        (b"", "empty-file This file is empty."),
        (b"%PD", "not-a-pdf This file is not a PDF."),
    ],
)
def test_what_is_no_pdf(site: Site, data: bytes, said: str) -> None:
    before = counts(site)
    answer = site.ask("POST", "/en/", form(data), Content_Type=f"multipart/form-data; boundary={EDGE}")
    assert body_of(answer).decode() == f"error: {said}\n"
    assert answer.status in {400, 415}
    assert counts(site) == before


SENTENCES = {
    "truncated": (samples.truncated(), r"This PDF is damaged; \d+ pages could be recovered"),
    "hopeless": (samples.headless(), "This PDF is damaged and could not be read"),
    "no pages": (samples.no_pages(), "This PDF has no pages"),
    "20,000 pages": (samples.many_pages(20_000), "Its first 10,000 pages can be read here; the file has all 20,000"),
    "object bomb": (samples.object_bomb(), "asks for more than a reader may use"),
    "content bomb": (samples.content_bomb(), "text of some pages could not be read"),
    "form bomb": (samples.form_bomb(), "text of some pages could not be read"),
    "image bomb": (samples.image_bomb(), "Page 1 of 1"),
    "XMP bomb": (samples.xmp_bomb(), "Page 1 of 1"),
    "giant page": (samples.giant_page(), "Page 1 of 1"),
    "deep nesting": (samples.deep_nesting(50_000), "Page 1 of 1"),
    "cyclic pages": (samples.cyclic_pages(), "Page 1 of 1"),
    "cyclic actions": (samples.cyclic_actions(), "Page 1 of 1"),
    "empty password": (samples.encrypted(), "Page 1 of 1"),
}


@pytest.fixture(scope="module")
def shared(site: Site) -> dict[str, str]:
    """Every sample of SENTENCES, shared at once and read to its end: the addresses of their pages."""
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda name: site.share(SENTENCES[name][0], f"{name}.pdf"), SENTENCES))
    assert {answer["status"] for answer in answers} == {"201"}
    site.read_all(within=300)
    return {name: answer["page"] for name, answer in zip(SENTENCES, answers, strict=True)}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_hard_pdf_has_its_page_and_its_sentence(site: Site, shared: dict[str, str], name: str) -> None:
    assert re.search(SENTENCES[name][1], page(site, shared[name]))


@pytest.mark.parametrize("name", SENTENCES)
def test_its_bytes_are_given_out_whole(site: Site, shared: dict[str, str], name: str) -> None:
    path = urlsplit(shared[name]).path
    answer = site.ask("GET", f"{path}{path.split('/')[-2]}.pdf")
    if answer.status == 302:
        answer = site.ask("GET", answer.headers["Location"])
    assert body_of(answer) == SENTENCES[name][0]


@pytest.mark.parametrize("name", ["giant page", "image bomb", "deep nesting", "truncated"])
def test_its_first_page_can_be_looked_at(site: Site, shared: dict[str, str], name: str) -> None:
    path = "/".join(urlsplit(shared[name]).path.split("/")[:3])
    answer = site.ask("GET", f"{path}/p/1.webp?w=400")
    assert answer.status == 200
    assert body_of(answer)[8:12] == b"WEBP"


@pytest.mark.parametrize("name", ["%0d%0aX-Evil: 1.pdf", "../../x.pdf", "\u202egnp.pdf", "דוח.pdf", "n" * 300 + ".pdf"])
def test_any_name_is_harmless(site: Site, name: str) -> None:
    answer = site.share(samples.leaflet(name), name)
    file = site.ask("HEAD", f"{urlsplit(answer['file']).path}?download")
    assert file.status == 200
    assert "X-Evil" not in file.headers
    assert file.headers["Content-Disposition"].isprintable()
    assert "\u202e" not in page(site, answer["page"])


def test_markup_in_a_title_or_an_author_stays_text(site: Site) -> None:
    answer = site.share(samples.markup_title(), "<script>alert(3)</script>.pdf")
    site.read_all()
    assert "<img src=x onerror=alert" in page(site, answer["page"])
    for path in (urlsplit(answer["page"]).path, "/en/"):
        body = body_of(site.ask("GET", path, **ENGLISH))
        assert b"<script>alert" not in body
        assert b"<img src=x" not in body


def test_a_word_without_end_widens_no_page(site: Site, browser: Browser) -> None:
    pdf = samples.with_info(Title="S" * 300, Author="A" * 300, Keywords="K" * 200)
    path = urlsplit(site.share(pdf, "x" * 200 + ".pdf")["page"]).path
    site.read_all()
    opened = browser.new_page(base_url=f"http://127.0.0.1:{site.port}", viewport={"width": 320, "height": 640})
    for address in ("/", "/documentos/", "/explorar/", path, f"{path}cite", f"{path}text"):
        opened.goto(address)
        assert opened.evaluate("document.scrollingElement.scrollWidth") <= 320, address
    opened.close()


def test_a_password_is_asked_for_and_kept_nowhere(site: Site) -> None:
    answer = site.share(samples.encrypted(PASSWORD), "cerrado.pdf")
    site.read_all()
    path = urlsplit(answer["page"]).path
    assert "protected with a password" in page(site, path)
    opened = site.ask("GET", urlsplit(answer["manage"]).path)
    kept = opened.headers["Set-Cookie"].split(";")[0]
    mine = site.ask("GET", path, Cookie=kept, **ENGLISH)
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', body_of(mine))
    assert token
    cookies = f"{kept}; {mine.headers['Set-Cookie'].split(';')[0]}"
    origin = f"http://127.0.0.1:{site.port}"
    for password, status in ((b"otra", 422), (PASSWORD.encode(), 303)):
        sent = b"csrfmiddlewaretoken=" + token[1] + b"&password=" + b"".join(b"%%%02x" % byte for byte in password)
        kind = "application/x-www-form-urlencoded"
        unlock = "/".join(path.split("/")[:3]) + "/unlock"
        assert site.ask("POST", unlock, sent, Cookie=cookies, Origin=origin, Content_Type=kind).status == status
    site.read_all()
    assert "Feria" in page(site, path)
    everything = [found for found in site.data.parent.rglob("*") if found.is_file()]
    assert site.data / "pliego.sqlite3" in everything
    assert not [found for found in everything if PASSWORD.encode() in content(found)]


def content(path: Path) -> bytes:
    """What is in a file; nothing is in one that the search index has done away with meanwhile."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def test_over_the_limit_is_refused_before_the_transfer(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=60) as connection:
        connection.sendall(
            b"POST /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=X\r\n"
            b"Expect: 100-continue\r\nContent-Length: 99000000\r\n\r\n"
        )
        answer = connection.recv(4096)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert site.ask("POST", "/subidas/", Upload_Length=99_000_000).status == 413


def test_a_form_that_is_cut_half_way_leaves_nothing(site: Site) -> None:
    before = counts(site)
    body = form(samples.leaflet().ljust(1 << 20))
    head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary={EDGE}\r\n"
    with socket.create_connection(("127.0.0.1", site.port), timeout=60) as connection:
        connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[: len(body) // 2])
        deadline = time.monotonic() + 60
        while counts(site)[3] == before[3]:
            assert time.monotonic() < deadline
    while counts(site) != before:
        assert time.monotonic() < deadline


def test_two_people_share_the_same_file_at_the_same_moment(site: Site) -> None:
    before = counts(site)
    pdf = samples.book(40)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: site.share(pdf, f"{number}.pdf"), range(8)))
    site.read_all()
    assert {answer["status"] for answer in answers} == {"201"}
    assert len({answer["manage"] for answer in answers}) == 8
    after = counts(site)
    assert (after[0] - before[0], after[1] - before[1], after[3] - before[3]) == (8, 1, 1)


def test_a_disk_nearly_full_refuses_files_and_lets_people_read(tmp_path: Path) -> None:
    site = Site(tmp_path / "data")
    try:
        shared = site.share(samples.leaflet("antes"))
        site.read_all()
        site.restart(min_free_mb=1 << 40)
        refused = site.share(samples.leaflet("después"))
        assert refused["status"] == "507"
        assert refused["error"].startswith("disk-full ")
        assert site.ask("POST", "/subidas/", Upload_Length=1000).status == 507
        assert "antes" in page(site, shared["page"])
        assert site.ask("GET", urlsplit(shared["file"]).path).status in {200, 302}
    finally:
        site.kill()

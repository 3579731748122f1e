"""What crawlers are told, held against the protocol."""

import re
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from lxml import etree

from pliego.documents.models import Privacy
from tests.people import share, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("sitemap.xsd")))
SITE = "http://testserver"
LOC = re.compile(r"<loc>([^<]+)</loc>")


def valid(path: str) -> str:
    """The text of a sitemap that keeps to the protocol."""
    answer = Client().get(path)
    assert answer.headers["Content-Type"].startswith("application/xml")
    SCHEMA.assertValid(etree.fromstring(answer.content))
    return answer.text


def read(client: Client, path: str) -> HttpResponseBase:
    """An answer that was read to its end, files too."""
    answer: HttpResponseBase = client.get(path)
    if answer.streaming:
        list(answer)
    return answer


def every_address() -> list[str]:
    """All that the sitemap leads to."""
    parts = [part.removeprefix(SITE).replace("&amp;", "&") for part in LOC.findall(valid("/sitemap.xml"))]
    return [address for part in parts for address in LOC.findall(valid(part))]


def test_the_sitemap_leads_to_every_public_document_and_no_other(client: Client) -> None:
    public, *hidden = (share(f"mapa{privacy}", privacy).document for privacy in Privacy.values)
    addresses = every_address()
    assert SITE + public.get_absolute_url() in addresses
    assert not any(document.pk in address for document in hidden for address in addresses)
    assert {read(client, address).status_code for address in addresses} == {200}


def test_the_sitemap_of_an_empty_site() -> None:
    assert every_address()[:2] == [f"{SITE}/", f"{SITE}/en/"]


def test_each_interface_page_names_its_other_languages() -> None:
    root = etree.fromstring(Client().get("/sitemap-pages.xml").content)
    links = root.findall(".//{http://www.w3.org/1999/xhtml}link")
    per_page = {link.getparent()[0].text: 0 for link in links}
    assert len(per_page) == 25
    assert len(links) == 25 * 6


def test_robots_let_in_what_is_meant_to_be_found() -> None:
    document = share("robot").document
    robots = RobotFileParser()
    robots.parse(Client().get("/robots.txt").text.splitlines())
    free = ["/", "/en/documents/", document.get_absolute_url(), document.page_url(1), document.file_url]
    closed = ["/buscar/?q=x", "/en/search/feed.atom?q=x", "/subidas/", "/m/x/"]
    assert [path for path in free if not robots.can_fetch("AnyBot", path)] == []
    assert [path for path in closed if robots.can_fetch("AnyBot", path)] == []
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]


PIECES = [
    *("/d/{id}/{slug}/", "/d/{id}/{slug}/p/1", "/d/{id}/{slug}/text", "/d/{id}/{slug}/{slug}.pdf", "/d/{id}/p/1.webp"),
    *("/d/{id}/card.jpg", "/d/{id}/{slug}/{slug}.txt", "/d/{id}/{slug}/{slug}.epub", "/d/{id}/{slug}/cite"),
    *("/d/{id}/{slug}/cite.bib", "/d/{id}/p/1.html", "/d/{id}/outline", "/d/{id}/find?q=x", "/d/{id}/status.json"),
    "/d/{id}/pages.pdf?from=1&to=1",
]


@pytest.mark.parametrize("privacy", [Privacy.UNLISTED, Privacy.PRIVATE])
def test_nothing_of_a_hidden_document_may_be_indexed(privacy: str) -> None:
    shared = share(f"quieto{privacy}", privacy)
    owner = visit("owner", shared)
    paths = [path.format(id=shared.document.pk, slug=shared.document.slug) for path in PIECES]
    answers = {path: read(owner, path) for path in paths}
    assert [path for path, answer in answers.items() if "noindex" not in answer.headers.get("X-Robots-Tag", "")] == []
    assert {answer.status_code for answer in answers.values()} == {200}


def test_a_public_document_may_be_indexed(client: Client) -> None:
    document = share("abierta").document
    for path in (document.get_absolute_url(), document.page_url(1), document.file_url):
        assert "X-Robots-Tag" not in read(client, path).headers


@pytest.mark.parametrize("query", ["", "?q=1", "?utm_source=x"])
def test_an_interface_page_has_one_address(client: Client, query: str) -> None:
    page = client.get(f"/en/documents/{query}").text
    assert f'<link rel="canonical" href="{SITE}/en/documents/">' in page
    assert f'hreflang="x-default" href="{SITE}/documentos/"' in page


def test_a_page_of_a_list_is_its_own(client: Client) -> None:
    after = "2026-01-01T00:00:00+00:00~x"
    page = client.get("/en/documents/", {"after": after, "x": "1"}).text
    assert f'<link rel="canonical" href="{SITE}/en/documents/?after=2026-01-01T00%3A00%3A00%2B00%3A00~x">' in page


def test_the_manifest_takes_pdfs_from_the_share_sheet(client: Client) -> None:
    said = client.get(reverse("site:manifest")).json()
    target = said["share_target"]
    assert (target["action"], target["method"]) == ("/", "POST")
    assert target["params"]["files"][0]["name"] == "file"
    assert client.get("/en/manifest.webmanifest").json()["share_target"]["action"] == "/en/"

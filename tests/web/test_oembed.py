"""oEmbed, asked as a site asks that was given nothing but the address of a document."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from lxml import html

from pliego.documents.models import Document, Privacy
from tests.people import share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]

SITE = "http://testserver"
PLAIN = {"version", "type", "title", "author_name", "author_url", "provider_name", "provider_url", "cache_age"}


def consume(address: str, kind: str = "application/json+oembed", **limits: str) -> dict[str, Any]:
    """What a consumer learns: it reads the page, finds the way to the answer and asks; all fields are known."""
    page = html.fromstring(Client().get(address).content)
    links = page.xpath(f"//link[@rel='alternate'][@type='{kind}']/@href")
    answer = Client().get("&".join([links[0], *(f"{name}={value}" for name, value in limits.items())]))
    said = answer.json() if "json" in kind else {each.tag: each.text for each in ElementTree.fromstring(answer.content)}
    assert (said["version"], said["type"]) == ("1.0", "rich")
    assert set(said) <= PLAIN | {"html", "width", "height", "thumbnail_url", "thumbnail_width", "thumbnail_height"}
    assert len({"thumbnail_url", "thumbnail_width", "thumbnail_height"} & set(said)) in {0, 3}
    return dict(said)


@pytest.mark.parametrize("kind", ["application/json+oembed", "text/xml+oembed"])
def test_a_consumer_finds_its_way_to_the_frame(kind: str) -> None:
    document = share("incrustada").document
    said = consume(document.get_absolute_url(), kind)
    frame = html.fromstring(said["html"])
    assert said["title"] == frame.get("title") == document.title
    shown = Client().get(frame.get("src"))
    assert "frame-ancestors *" in shown.headers["Content-Security-Policy"]
    assert Client().get(said["thumbnail_url"]).headers["Content-Type"] == "image/jpeg"


def test_no_word_of_a_stranger_breaks_the_xml() -> None:
    document = share("rara").document
    Document.objects.filter(pk=document.pk).update(own_title="a\ufffe\x1bb")
    document.refresh_from_db()
    assert consume(document.get_absolute_url(), "text/xml+oembed")["title"] == "ab"


def test_the_limits_of_the_consumer_are_kept() -> None:
    said = consume(share("estrecha").document.get_absolute_url(), maxwidth="300", maxheight="200")
    assert (said["width"], said["height"]) == (300, 200)
    assert 'width="300" height="200"' in said["html"]
    assert "thumbnail_url" not in said


def test_a_page_and_a_passage_are_shown_as_such() -> None:
    document = share("pasaje").document
    address = f"{document.page_url(1)}?quote=La palabra pasaje"
    asked = parse_qs(urlsplit(html.fromstring(consume(address)["html"]).get("src")).query)
    assert asked == {"p": ["1"], "quote": ["La palabra pasaje"]}


@pytest.mark.parametrize("privacy", [Privacy.UNLISTED, Privacy.PRIVATE])
def test_what_is_not_public_is_not_told(client: Client, privacy: str) -> None:
    document = share("callada", privacy).document
    assert client.get("/oembed", {"url": SITE + document.get_absolute_url()}).status_code == 404
    assert "oembed" not in client.get(document.get_absolute_url()).text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"url": "x", "format": "yaml"}, 501),
        ({"url": "https://elsewhere.example/d/x/"}, 404),
        ({"url": "javascript:alert(1)"}, 404),
        ({"url": "http://[::1/"}, 404),
        ({"url": f"{SITE}/documentos/"}, 404),
        ({"url": f"{SITE}/d/1111111111111111/"}, 404),
        ({"url": f"{SITE}/%00"}, 404),
    ],
)
def test_what_cannot_be_answered(client: Client, query: dict[str, str], status: int) -> None:
    assert client.get("/oembed", query).status_code == status


@pytest.mark.parametrize("query", [{"maxwidth": "x"}, {"maxheight": "-1"}])
def test_a_limit_that_is_no_number(client: Client, query: dict[str, str]) -> None:
    address = SITE + share("limite").document.get_absolute_url()
    assert client.get("/oembed", {"url": address, **query}).status_code == 400


def test_a_title_cannot_leave_its_attribute() -> None:
    document = share("comillas").document
    type(document).objects.update(own_title='"><script>alert(1)</script>')
    document.refresh_from_db()
    for kind in ("application/json+oembed", "text/xml+oembed"):
        said = consume(document.get_absolute_url(), kind)
        assert html.fromstring(said["html"]).get("title") == document.title
        assert not re.search("<script", said["html"])

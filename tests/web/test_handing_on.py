"""Short links, QR codes and the links to networks."""

import io
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from lxml import html
from PIL import Image

from pliego.documents.models import Privacy
from pliego.web import qr
from pliego.web.networks import networks
from tests.people import share, visit

pytestmark = pytest.mark.django_db

BROWSER = {"accept": "text/html"}


def test_the_short_link_leads_to_the_document() -> None:
    document, client = share("larga", read=False).document, Client(headers=BROWSER)
    page = client.post(f"/d/{document.pk}/short", follow=True)
    address = html.fromstring(page.text).xpath("//main//input/@value")[0]
    assert len(urlsplit(address).path) == len("/s/") + 10
    assert client.get(urlsplit(address).path).headers["Location"] == document.get_absolute_url()


def test_looking_makes_none(client: Client) -> None:
    document = share("mirada", read=False).document
    assert client.get(f"/d/{document.pk}/short").status_code == 404


def test_another_site_cannot_make_one(client: Client) -> None:
    document = share("ajeno", read=False).document
    assert client.post(f"/d/{document.pk}/short", headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_the_short_link_of_a_private_document_says_nothing() -> None:
    shared = share("secreta", Privacy.PRIVATE, read=False)
    page = visit("owner", shared).post(f"/d/{shared.document.pk}/short", follow=True)
    path = urlsplit(html.fromstring(page.text).xpath("//main//input/@value")[0]).path
    known, unknown = Client(headers=BROWSER).get(path), Client(headers=BROWSER).get("/s/1111111111")
    assert (known.status_code, unknown.status_code) == (404, 404)
    assert known.text.replace(path.removeprefix("/s/"), "1111111111") == unknown.text


def test_both_codes_are_the_same_squares() -> None:
    document, client = share("cuadros", read=False).document, Client()
    rows = qr.squares(f"http://testserver/d/{document.pk}/")
    image = Image.open(io.BytesIO(client.get(f"/d/{document.pk}/qr.png").content))
    scale = image.width // len(rows)
    read = [
        [not image.getpixel((x * scale + scale // 2, y * scale + scale // 2)) for x in range(len(rows))]
        for y in range(len(rows))
    ]
    assert read == rows
    drawn = client.get(f"/d/{document.pk}/qr.svg")
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert html.fromstring(drawn.content).tag == "svg"


def test_a_code_has_its_three_corners_and_its_quiet_zone() -> None:
    rows = qr.squares("https://pdf.example.org/d/TL46He1ZirNT7R61/")
    eye = [[max(abs(x - 3), abs(y - 3)) != 2 for x in range(7)] for y in range(7)]
    inner = [row[4:-4] for row in rows[4:-4]]
    assert not any(rows[3])
    assert not any(row[3] for row in rows)
    for top, left in ((0, 0), (0, -7), (-7, 0)):
        corner = [row[left:][:7] for row in inner[top:][:7]]
        assert corner == eye


def test_the_links_carry_title_and_address_whole() -> None:
    title, address = "Más & menos: 50 %#?", "https://pdf.example.org/d/x/mas-menos/"
    for network in networks(title, address):
        parts = urlsplit(network.url)
        said = parse_qs(parts.query or parts.fragment)
        assert any(address in value for values in said.values() for value in values), network
        assert "+" not in network.url
    assert len({network.icon for network in networks(title, address)}) == 9


@pytest.mark.parametrize(("privacy", "offered"), [("public", True), ("unlisted", True), ("private", False)])
def test_what_nobody_else_can_open_is_not_handed_on(privacy: str, offered: bool) -> None:
    shared = share("mano", privacy, read=False)
    page = visit("owner", shared).get(shared.document.get_absolute_url()).text
    assert ("https://t.me/" in page) == offered
    assert ("qr.svg" in page) == offered


def test_nothing_of_a_third_party_is_loaded(client: Client) -> None:
    tree = html.fromstring(client.get(share("propia", read=False).document.get_absolute_url()).text)
    loaded = tree.xpath("//script/@src | //img/@src | //use/@href | //iframe/@src | //link[@rel='stylesheet']/@href")
    assert loaded
    assert [address for address in loaded if not address.startswith("/")] == []

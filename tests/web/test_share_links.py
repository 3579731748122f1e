"""Share links over HTTP: the way in, the owner's page, and what leaks nowhere."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django import DjangoAssertNumQueries

from pliego.documents import sharing
from pliego.documents.links import ShareLink
from pliego.documents.sharing import Terms
from pliego.web.logs import masked
from pliego.web.views import share_links
from tests.people import Shared, account, share, visit

pytestmark = pytest.mark.django_db

BROWSER = {"accept": "text/html", "accept-language": "en"}


@pytest.fixture
def shared() -> Shared:
    return share("reservada", "private", read=False)


def follow(token: str, client: Client | None = None) -> Client:
    """A browser that has followed a share link, as far as it leads without an answer."""
    client = client or Client(headers=BROWSER)
    client.get(f"/l/{token}/", follow=True)
    return client


def sees(client: Client, shared: Shared) -> bool:
    return client.get(shared.document.get_absolute_url()).status_code == 200


def test_a_link_lets_in_and_leaves_no_trace_in_addresses(shared: Shared) -> None:
    _, token = sharing.give(shared.document, Terms())
    client = Client(headers=BROWSER)
    answer = client.get(f"/l/{token}/")
    cookie = answer.cookies["pliego_share"]
    assert token not in answer.headers["Location"] + answer.content.decode() + cookie.value
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (f"/d/{shared.document.pk}/", True, "Lax")
    assert answer.headers["Cache-Control"] == "private, no-store"
    page = client.get(answer.headers["Location"], follow=True)
    assert page.status_code == 200
    assert token not in page.text
    assert "/manage" not in page.text


def test_whoever_came_in_may_read_and_no_more(shared: Shared) -> None:
    _, token = sharing.give(shared.document, Terms())
    client = follow(token)
    for path in ("manage", "delete", "links"):
        assert client.get(f"/d/{shared.document.pk}/{path}").status_code == 404


def test_a_password_is_asked_at_a_clean_address(shared: Shared) -> None:
    _, token = sharing.give(shared.document, Terms(password="la clave"))
    client = Client(headers=BROWSER)
    asked = client.get(f"/l/{token}/", follow=True)
    door = f"/d/{shared.document.pk}/open"
    assert asked.request["PATH_INFO"] == door
    assert shared.canary not in asked.text
    assert not sees(client, shared)
    wrong = client.post(door, {"password": "otra clave"})
    assert wrong.status_code == 422
    assert "That password does not open this" in html.fromstring(wrong.text).text_content()
    assert not sees(client, shared)
    client.post(door, {"password": "la clave"})
    assert sees(client, shared)


def test_a_program_that_looks_ahead_spends_no_view(shared: Shared) -> None:
    limited, token = sharing.give(shared.document, Terms(view_limit=1))
    free, other = sharing.give(shared.document, Terms())
    for _ in range(5):
        Client().get(f"/l/{token}/", follow=True)
        Client().head(f"/l/{other}/")
    assert list(ShareLink.objects.filter(pk__in=[limited.pk, free.pk]).values_list("views", flat=True)) == [0, 0]
    client = follow(token)
    client.post(f"/d/{shared.document.pk}/open")
    assert sees(client, shared)
    assert Client(headers=BROWSER).get(f"/l/{token}/").status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 500, "%00", "á", "..%2f"])
def test_made_up_links(token: str) -> None:
    assert Client().get(f"/l/{token}/").status_code == 404


def test_an_ended_link_says_so_and_no_more(shared: Shared) -> None:
    link, token = sharing.give(shared.document, Terms())
    sharing.revoke(link)
    ended, unknown = (Client(headers=BROWSER).get(f"/l/{each}/") for each in (token, "a" * 22))
    assert (ended.status_code, unknown.status_code) == (404, 404)
    assert ended.text.replace(token, "") == unknown.text.replace("a" * 22, "")


@pytest.mark.parametrize("ticket", ["", "x", "{}", "a:b:c", "\0"])
def test_a_made_up_ticket_opens_nothing(shared: Shared, ticket: str) -> None:
    client = Client(headers=BROWSER)
    client.cookies["pliego_share"] = ticket
    assert not sees(client, shared)
    assert client.get(f"/d/{shared.document.pk}/open").status_code == 404


def test_the_owner_makes_edits_and_revokes(shared: Shared) -> None:
    owner, pages = visit("owner", shared), f"/d/{shared.document.pk}/links"
    page = owner.post(pages, {"label": "Para Ana", "view_limit": "3", "password": "la clave", "note": "prueba"})
    address = html.fromstring(page.text).xpath("//header//pliego-copy/input/@value")[0]
    link = ShareLink.objects.get()
    assert (link.label, link.view_limit, link.note) == ("Para Ana", 3, "prueba")
    assert address not in owner.get(pages).text
    assert "Para Ana" in owner.get(pages).text
    owner.post(f"{pages}/{link.pk}", {"label": "Para Eva"})
    link.refresh_from_db()
    assert (link.label, link.view_limit) == ("Para Eva", None)
    assert link.password
    owner.post(f"{pages}/{link.pk}/revoke")
    assert Client().get(urlsplit(address).path).status_code == 404


def test_the_last_day_is_whole(shared: Shared) -> None:
    today = timezone.localdate().isoformat()
    visit("owner", shared).post(f"/d/{shared.document.pk}/links", {"expires": today})
    link = ShareLink.objects.get()
    assert link.end == ""
    assert timezone.localtime(link.expires_at).date().isoformat() == today


@pytest.mark.parametrize(
    "fields",
    [
        {"expires": "2001-01-01"}, {"expires": "mañana"}, {"view_limit": "0"}, {"view_limit": "-1"},
        {"view_limit": "9" * 30}, {"password": "corta"}, {"label": "x" * 101},
    ],
)  # fmt: skip
def test_terms_that_make_no_link(shared: Shared, fields: dict[str, str]) -> None:
    page = visit("owner", shared).post(f"/d/{shared.document.pk}/links", fields)
    assert page.status_code == 200
    assert 'class="errors"' in page.text
    assert not ShareLink.objects.exists()


def test_the_link_of_another_document_is_out_of_reach(shared: Shared) -> None:
    other = share("vecina", "private", read=False)
    link, _ = sharing.give(other.document, Terms(label="secreto"))
    owner = visit("owner", shared)
    for way in ("", "/revoke"):
        assert owner.post(f"/d/{shared.document.pk}/links/{link.pk}{way}", {"label": "x"}).status_code == 404
        assert owner.post(f"/d/{other.document.pk}/links/{link.pk}{way}", {"label": "x"}).status_code == 404
    link.refresh_from_db()
    assert (link.label, link.revoked_at) == ("secreto", None)


def test_markup_in_a_label_is_text(shared: Shared) -> None:
    owner = visit("owner", shared)
    page = owner.post(f"/d/{shared.document.pk}/links", {"label": "<script>1</script>", "note": "<img>"})
    assert not re.search(r"<script>1|<img>", page.text)


def test_the_log_hides_the_token() -> None:
    assert masked("/l/Tj2kefQ-kFxtQtw--LN03A/") == "/l/***/"


def test_who_came_in_is_not_told_of_other_links(shared: Shared) -> None:
    sharing.give(shared.document, Terms(label="Para Ana"))
    _, token = sharing.give(shared.document, Terms(label="Para Eva", expires_at=timezone.now() + timedelta(days=1)))
    page = follow(token).get(shared.document.get_absolute_url()).text
    assert "Para" not in page
    assert "og:title" not in page


def signed_in() -> Client:
    client = Client(headers=BROWSER)
    client.force_login(account())
    return client


def test_an_account_has_all_its_share_links_on_one_page() -> None:
    shared = share("informe", "private", read=False, owner=account())
    _, token = sharing.give(shared.document, Terms("Para Ana", password="la clave", view_limit=7))
    page = signed_in().get("/en/files/share-links/")
    row = html.fromstring(page.text).xpath("//table[@class='handed']/tbody/tr")[0]
    assert [" ".join(cell.text_content().split()) for cell in row][:5:2] == ["informePara Ana", "–", "yes"]
    assert "0 of 7" in page.text
    assert token not in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_it_has_pages_and_two_states(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_links, "PAGE", 2)
    document, client = share("informe", read=False, owner=account()).document, signed_in()
    links = [sharing.give(document, Terms(str(number)))[0] for number in range(3)]
    first = html.fromstring(client.get("/en/files/share-links/").text)
    second = html.fromstring(client.get("/en/files/share-links/" + first.xpath("//a[@rel='next']/@href")[0]).text)
    names = [page.xpath("//tbody//th/span/text()") for page in (first, second)]
    assert names == [["2", "1"], ["0"]]
    client.post("/en/files/share-links/revoke/", {"link": links[0].pk})
    ended = client.get("/en/files/share-links/?state=ended").text
    assert html.fromstring(ended).xpath("//tbody//th/span/text()") == ["0 · Revoked"]
    assert "2 links are revoked." in client.post("/en/files/share-links/revoke/", {"link": "all"}, follow=True).text


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "9" * 30, "1 OR 1", "²"])
def test_no_link_of_this_account(number: str) -> None:
    document = share("ajena", read=False, owner=account("otra")).document
    link, _ = sharing.give(document, Terms())
    client = signed_in()
    for name in (number, str(link.pk)):
        assert client.post("/en/files/share-links/revoke/", {"link": name}).status_code in {400, 404}
    assert client.get("/en/files/share-links/", {"after": number}).status_code in {200, 400}
    link.refresh_from_db()
    assert link.end == ""


def test_a_page_of_share_links_asks_the_same_however_many_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    document, client = share("informe", read=False, owner=account()).document, signed_in()
    for count in (1, 20):
        for _ in range(count):
            sharing.give(document, Terms())
        with django_assert_num_queries(5):
            assert client.get("/en/files/share-links/").status_code == 200

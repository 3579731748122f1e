"""Collections over HTTP."""

import io
import zipfile
from urllib.parse import urlsplit

import feedparser
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import gathering, library
from pliego.documents.gathered import Collection
from pliego.documents.models import Document, Privacy
from tests.people import Shared, account, leaflet, share

pytestmark = pytest.mark.django_db

BROWSER = {"accept": "text/html", "accept-language": "en"}
SITE = "http://testserver"


def browser() -> Client:
    return Client(headers=BROWSER)


def gather(client: Client, *documents: Shared, privacy: str = "public", title: str = "Varios") -> Collection:
    named = "\n".join(f"{SITE}/m/{each.token}/" if each.token else each.document.pk for each in documents)
    answer = client.post("/c/", {"title": title, "privacy": privacy, "documents": named})
    return Collection.objects.get(pk=urlsplit(answer.headers["Location"]).path.split("/")[2])


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", leaflet(name), "application/pdf")


def test_files_shared_at_once_can_be_put_together_without_scripts() -> None:
    client = browser()
    page = client.post("/", {"file": [pdf("uno"), pdf("dos")], "privacy": "unlisted"})
    form = html.fromstring(page.text).xpath("//form[contains(@class, 'gather')]")[0]
    fields = {each.get("name"): each.get("value") for each in form.xpath(".//input")} | {"title": "Los dos"}
    shown = client.post(form.get("action"), fields, follow=True)
    assert shown.status_code == 200
    assert html.fromstring(shown.text).xpath("//h1")[0].text == "Los dos"
    assert len(html.fromstring(shown.text).xpath("//ul[@class='shelf']/li")) == 2
    assert Collection.objects.get().privacy == Privacy.UNLISTED
    assert "Manage link of this collection" in shown.text


def test_one_file_alone_is_no_collection() -> None:
    page = browser().post("/", {"file": [pdf("uno"), SimpleUploadedFile("x.pdf", b"no")]})
    assert "gather" not in page.text


def test_what_nobody_would_see_is_not_put_together() -> None:
    page = browser().post("/", {"file": [pdf("uno"), pdf("dos")], "privacy": "private"})
    assert "gather" not in page.text


def test_a_program_is_told_page_and_manage_link() -> None:
    answer = Client().post("/c/", {"title": "x", "documents": share("uno", read=False).document.pk})
    said = dict(line.split(": ") for line in answer.text.splitlines())
    assert answer.status_code == 201
    assert said["page"].startswith(f"{SITE}/c/")
    assert Client().get(urlsplit(said["manage"]).path).status_code == 302


def test_another_site_cannot_make_one() -> None:
    shared = share("ajena", read=False)
    fields = {"documents": shared.document.pk, "title": "x"}
    assert Client().post("/c/", fields, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert Client().post("/c/", {"documents": "nada"}).status_code == 400
    assert Client().post("/c/", fields | {"privacy": "?"}).status_code == 400


def test_the_keeper_has_the_keys_and_nobody_else() -> None:
    client, shared = browser(), share("uno", read=False)
    collection = gather(client, shared)
    assert client.get(collection.manage_url).status_code == 200
    link = html.fromstring(client.get(collection.get_absolute_url()).text).xpath("//header//pliego-copy/input/@value")[
        0
    ]
    other = browser()
    for path in (collection.manage_url, f"/c/{collection.pk}/delete"):
        assert other.get(path).status_code == other.post(path, {"do": "sort"}).status_code == 404
    assert "Manage link" not in other.get(collection.get_absolute_url()).text
    other.get(urlsplit(link).path)
    assert other.get(collection.manage_url).status_code == 200
    assert other.cookies["pliego_manage"]["path"] == f"/c/{collection.pk}/"


def test_an_account_keeps_it_without_a_link() -> None:
    owner, client = account(), browser()
    client.force_login(owner)
    collection = gather(client, share("mía", "private", owner=owner, read=False), privacy="private")
    assert (collection.owner, collection.manage_hash) == (owner, "")
    assert client.get(collection.manage_url).status_code == 200
    assert "Varios" in client.get("/en/collections/").text
    assert browser().get(collection.get_absolute_url()).status_code == 404


def test_the_keeper_edits_orders_adds_and_deletes() -> None:
    client, one, two, three = browser(), *(share(name, read=False) for name in ("uno", "dos", "tres"))
    collection = gather(client, one, two)
    page = client.post(
        collection.manage_url, {"do": "save", "title": "Otro", "description": "d", "privacy": "unlisted"}
    )
    assert "Saved." in page.text
    client.post(collection.manage_url, {"do": f"down:{one.document.pk}"})
    client.post(collection.manage_url, {"do": "add", "documents": SITE + three.document.get_absolute_url()})
    shown = html.fromstring(client.get(f"/c/{collection.pk}/", follow=True).text)
    assert shown.xpath("//h1")[0].text == "Otro"
    assert shown.xpath("//ul[@class='shelf']//h3/a/text()") == ["dos", "uno", "tres"]
    client.post(f"/c/{collection.pk}/delete")
    assert client.get(f"/c/{collection.pk}/").status_code == 404
    assert Document.objects.count() == 3


def test_an_order_is_sent_as_a_whole() -> None:
    client, documents = browser(), [share(name, read=False) for name in ("uno", "dos", "tres")]
    collection = gather(client, *documents)
    order = " ".join(each.document.pk for each in reversed(documents))
    assert client.post(collection.manage_url, {"do": "order", "order": order}).status_code == 200
    shown = html.fromstring(client.get(collection.get_absolute_url()).text)
    assert shown.xpath("//ul[@class='shelf']//h3/a/text()") == ["tres", "dos", "uno"]


@pytest.mark.parametrize("way", ["up", "down"])
def test_the_button_that_moved_a_document_has_the_focus_again(way: str) -> None:
    client, documents = browser(), [share(name, read=False) for name in "abcd"]
    collection = gather(client, *documents)
    moved = documents[1 if way == "down" else 2].document.pk
    page = html.fromstring(client.post(collection.manage_url, {"do": f"{way}:{moved}"}).text)
    assert page.xpath("//*[@autofocus]/@value") == [f"{way}:{moved}"]
    page = html.fromstring(client.post(collection.manage_url, {"do": f"{way}:{moved}"}).text)
    other = {"up": "down", "down": "up"}[way]
    assert page.xpath("//*[@autofocus]/@value") == [f"{other}:{moved}"]


def test_who_took_a_document_out_is_back_at_the_list() -> None:
    client, documents = browser(), [share(name, read=False) for name in "ab"]
    collection = gather(client, *documents)
    page = html.fromstring(client.post(collection.manage_url, {"do": f"remove:{documents[0].document.pk}"}).text)
    assert page.xpath("//*[@autofocus]/@id") == ["order-title"]


def test_its_keeper_takes_it_into_an_account_and_nobody_else() -> None:
    client, shared = browser(), share("uno", read=False)
    collection = gather(client, shared)
    path = f"/c/{collection.pk}/claim"
    assert client.post(path).headers["Location"].startswith("/en/account/sign-in/")
    other = browser()
    other.force_login(account("otra"))
    assert other.post(path).status_code == 404
    client.force_login(account())
    assert client.post(path).headers["Location"] == collection.manage_url
    assert Collection.objects.get().owner == account()
    page = client.get(collection.manage_url).text
    assert "Manage link" not in page
    assert browser().get(collection.manage_url).status_code == 404


@pytest.mark.parametrize("do", ["", "x", "up", "up:", "remove:x", "add", "save", "order"])
def test_odd_buttons(do: str) -> None:
    client = browser()
    collection = gather(client, share("uno", read=False))
    assert client.post(collection.manage_url, {"do": do}).status_code in {200, 400}
    assert gathering.totals(gathering.documents_in(ANONYMOUS, collection))[0] == 1


def test_all_documents_come_in_one_zip() -> None:
    documents = [share(name, read=False) for name in ("uno", "dos")]
    collection = gather(browser(), *documents)
    path = f"{collection.get_absolute_url()}{collection.slug}.zip"
    answer = Client().get(path)
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert int(answer.headers["Content-Length"]) == len(body) == int(Client().head(path).headers["Content-Length"])
    with zipfile.ZipFile(io.BytesIO(body)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["1 uno.pdf", "2 dos.pdf"]
        assert opened.read("2 dos.pdf") == leaflet("dos")


def test_a_zip_asks_once_what_was_taken_down() -> None:
    def asked(*names: str) -> int:
        collection = gather(browser(), *(share(name, read=False) for name in names))
        with CaptureQueriesContext(connection) as queries:
            Client().head(f"{collection.get_absolute_url()}{collection.slug}.zip")
        return len(queries)

    assert asked("uno") == asked("dos", "tres", "cuatro")


def test_the_feed() -> None:
    collection = gather(browser(), share("uno", read=False), share("dos", read=False))
    found = feedparser.parse(Client().get(f"/c/{collection.pk}/feed.atom").content)
    assert not found.bozo
    assert [entry.title for entry in found.entries] == ["uno", "dos"]


def everywhere(collection: Collection, client: Client) -> str:
    """All that somebody can see of a collection."""
    answer = client.get(f"{collection.get_absolute_url()}{collection.slug}.zip")
    archive = b"".join(answer.streaming_content) if answer.streaming else b""  # type: ignore[attr-defined]
    paths = (collection.get_absolute_url(), f"/c/{collection.pk}/feed.atom", "/en/collections/")
    return archive.decode(errors="replace") + "".join(client.get(path).text for path in paths)


@pytest.mark.parametrize("privacy", [Privacy.UNLISTED, Privacy.PRIVATE])
def test_what_stops_being_public_is_silent_at_the_next_request(privacy: Privacy) -> None:
    plain, canary = share("claro", read=False), share("xylotrupes", read=False)
    collection = gather(browser(), canary, plain)
    assert "xylotrupes" in everywhere(collection, browser())
    library.edit(canary.document, library.Details("", "", "", "", privacy))
    said = everywhere(collection, browser())
    assert "xylotrupes" not in said
    assert canary.document.pk not in said
    assert "claro" in said


def test_titles_of_markup_are_text() -> None:
    collection = gather(browser(), share("uno", read=False), title="<script>alert(1)</script>")
    assert "<script>alert" not in everywhere(collection, browser())


@pytest.mark.parametrize("query", ["?after=x", "?after=-1", "?after=99999999999"])
def test_made_up_places(query: str) -> None:
    collection = gather(browser(), share("uno", read=False))
    assert Client().get(collection.get_absolute_url() + query).status_code == 400


def test_a_long_collection_has_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.web.views.collections.PAGE", 2)
    collection = gather(browser(), *(share(str(number), read=False) for number in range(3)))
    page = html.fromstring(Client().get(collection.get_absolute_url()).text)
    following = page.xpath("//a[@rel='next']/@href")[0]
    page = html.fromstring(Client().get(collection.get_absolute_url() + following).text)
    assert page.xpath("//ul[@class='shelf']//h3/a/text()") == ["2"]
    assert not page.xpath("//a[@rel='next']")


def said_by(page: str) -> dict[str, str]:
    """What the form of a page says if nothing is changed in it, and what it showed."""
    form = html.fromstring(page).xpath("//form[.//input[@id='title']]")[0]
    said = {name: value or "" for name, value in form.fields.items() if name != "csrfmiddlewaretoken"}
    return said | {"do": "save"}


@pytest.fixture
def kept() -> tuple[Client, Collection]:
    client = browser()
    collection = gather(client, share("uno", read=False), share("dos", read=False))
    client.post(
        collection.manage_url, {"do": "save", "title": "Aves", "description": "Uno\r\nDos", "privacy": "public"}
    )
    return client, collection


def now(collection: Collection) -> tuple[str, str, str]:
    collection.refresh_from_db()
    return collection.title, collection.description, collection.privacy


@pytest.mark.parametrize(
    ("one", "other", "after"),
    [
        ({"privacy": "private"}, {"title": "Otro"}, ("Otro", "Uno\nDos", "private")),
        ({"title": "Otro"}, {"description": "Tres"}, ("Otro", "Tres", "public")),
        ({"description": ""}, {}, ("Aves", "", "public")),
        ({"title": "Otro"}, {"title": "Otro"}, ("Otro", "Uno\nDos", "public")),
    ],
)
def test_two_windows_keep_what_each_has_changed(
    kept: tuple[Client, Collection], one: dict[str, str], other: dict[str, str], after: tuple[str, str, str]
) -> None:
    client, collection = kept
    said = said_by(client.get(collection.manage_url).text)
    client.post(collection.manage_url, said | one)
    answer = client.post(collection.manage_url, said | other)
    assert (answer.status_code, now(collection)) == (200, after)
    assert said_by(answer.text) == said_by(client.get(collection.manage_url).text)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ({"title": "Uno"}, {"title": "Dos", "privacy": "private"}, "“Uno”"),
        ({"privacy": "private"}, {"privacy": "unlisted"}, "“Private”"),
        ({"description": ""}, {"description": "Tres"}, "Elsewhere it was left empty."),
    ],
)
def test_where_two_windows_differ_nothing_is_saved_before_it_was_seen(
    kept: tuple[Client, Collection], one: dict[str, str], other: dict[str, str], told: str
) -> None:
    client, collection = kept
    said = said_by(client.get(collection.manage_url).text)
    client.post(collection.manage_url, said | one)
    before = now(collection)
    answer = client.post(collection.manage_url, said | other, headers={"accept-language": "en"})
    assert (answer.status_code, now(collection)) == (409, before)
    assert told in answer.text
    client.post(collection.manage_url, said_by(answer.text))
    names = ("title", "description", "privacy")
    assert now(collection) == tuple(other.get(name, kept) for name, kept in zip(names, before, strict=True))


def test_a_program_that_tells_nothing_of_what_it_saw_changes_what_it_says(kept: tuple[Client, Collection]) -> None:
    client, collection = kept
    client.post(collection.manage_url, {"do": "save", "title": "\u202e", "privacy": "private"})
    assert now(collection) == ("Aves", "", "private")

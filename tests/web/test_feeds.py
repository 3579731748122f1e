"""The Atom feeds as an independent reader understands them."""

import feedparser
import pytest
from django.test import Client
from django.urls import reverse

from pliego.documents import catalog, library
from pliego.documents.models import Document, Privacy
from tests.archive import put
from tests.people import share

pytestmark = pytest.mark.usefixtures("archive")

SITE = "http://testserver"


def read(path: str) -> feedparser.FeedParserDict:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    found = feedparser.parse(answer.content)
    assert not found.bozo
    assert found.version == "atom10"
    return found


def test_new_documents() -> None:
    first, second = (share(f"hoja{n}").document for n in range(2))
    found = read(reverse("site:documents_feed"))
    assert [entry.title for entry in found.entries] == [second.title, first.title]
    entry = found.entries[0]
    assert entry.link == SITE + second.get_absolute_url()
    assert entry.id == f"{SITE}/d/{second.pk}/"
    assert (entry.enclosures[0].type, entry.enclosures[0].href) == ("application/pdf", SITE + second.file_url)
    assert found.feed.language == "es"


def test_no_word_of_a_stranger_breaks_a_feed() -> None:
    document = share("hoja").document
    Document.objects.filter(pk=document.pk).update(
        own_title="a\ufffe\x1b", description="b\x0b\uffffc", own_author="\x01"
    )
    (entry,) = read(reverse("site:documents_feed")).entries
    assert (entry.title, entry.summary) == ("a", "bc")
    read(f"{reverse('site:search_feed')}?q=%1B%EF%BF%BF")


def test_the_id_stays_and_the_date_moves_when_a_document_changes() -> None:
    document = share("antes").document
    before = read(reverse("site:documents_feed")).entries[0]
    library.edit(document, library.Details("Después", "", "", "", Privacy.PUBLIC))
    after = read(reverse("site:documents_feed")).entries[0]
    assert after.id == before.id
    assert after.title == "Después"
    assert after.updated > before.updated
    assert after.published == before.published


def test_older_entries_are_a_link_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "PAGE_SIZE", 2)
    documents = [share(f"larga{n}", read=False).document for n in range(5)]
    path, seen = reverse("site:documents_feed"), list[str]()
    while path:
        found = read(path)
        seen += [entry.title for entry in found.entries]
        path = next((link.href.removeprefix(SITE) for link in found.feed.links if link.rel == "next"), "")
    assert seen == [document.title for document in reversed(documents)]


def test_an_author() -> None:
    mine = put("abejas", author="Clara Ruiz").document
    put("puentes", author="Otro Autor")
    page = Client().get(reverse("site:author", args=["Clara Ruiz"])).text
    path = reverse("site:author_feed", args=["Clara Ruiz"])
    assert f'href="{path.replace(" ", "%20")}"' in page
    assert [entry.title for entry in read(path).entries] == [mine.title]
    assert Client().get(reverse("site:author_feed", args=["Nadie"])).status_code == 404


def test_a_reader_that_asks_again_is_told_that_nothing_is_new(client: Client) -> None:
    document = share("igual").document
    path = reverse("site:documents_feed")
    etag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"if-none-match": etag}).status_code == 304
    library.edit(document, library.Details("Otra", "", "", "", Privacy.PUBLIC))
    assert client.get(path, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("cursor", ["x", "2026-01-01~", "~~"])
def test_a_made_up_cursor(client: Client, cursor: str) -> None:
    assert client.get(reverse("site:documents_feed"), {"after": cursor}).status_code in {200, 400}


def test_an_entry_of_markup_is_text() -> None:
    share("marca")
    Document.objects.update(own_title="<script>x</script> & Cía", description="<b>]]></b>")
    entry = read(reverse("site:documents_feed")).entries[0]
    assert "<script>" not in Client().get(reverse("site:documents_feed")).text
    assert "Cía" in entry.title
    assert entry.summary == "&lt;b&gt;]]&gt;&lt;/b&gt;"

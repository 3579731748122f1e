"""What independent readers of structured data find on a page."""

from typing import Any

import extruct
import pytest
from django.test import Client
from lxml import html

from pliego.documents import library
from pliego.documents.models import Document, Privacy
from pliego.pdf.typeset import Leaflet, Section, write
from tests.people import share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]

SITE = "http://testserver"


def page(path: str) -> str:
    return Client().get(path, headers={"accept": "text/html"}).text


def linked(path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = extruct.extract(page(path), syntaxes=["json-ld"])["json-ld"]
    return found


def open_graph(path: str) -> dict[str, str]:
    found = extruct.extract(page(path), syntaxes=["opengraph"])["opengraph"]
    return dict(found[0]["properties"]) if found else {}


def named(path: str) -> dict[str, list[str]]:
    """The <meta> tags by name."""
    tags: dict[str, list[str]] = {}
    for tag in html.fromstring(page(path)).xpath("//meta[@name]"):
        tags.setdefault(tag.get("name"), []).append(tag.get("content"))
    return tags


@pytest.fixture
def document() -> Document:
    leaflet = Leaflet("El molino", "Clara Ruiz; Juan Carlos Pérez", "es", (Section("Agua", ("El molino muele.",)),))
    return share("molino", pdf=write(leaflet)).document


def test_search_engines_read_what_it_is(document: Document) -> None:
    (said,) = linked(document.get_absolute_url())
    assert (said["@context"], said["@type"]) == ("https://schema.org", "DigitalDocument")
    assert said["name"] == "El molino"
    assert [author["name"] for author in said["author"]] == ["Clara Ruiz", "Juan Carlos Pérez"]
    assert said["url"] == SITE + document.get_absolute_url()
    assert said["encoding"]["contentUrl"] == SITE + document.file_url
    assert (said["inLanguage"], said["numberOfPages"]) == (document.language, 1)


def test_numbers_stay_numbers_in_every_language(document: Document) -> None:
    Document.objects.update(view_count=1234567)
    for code in ("es", "en", "fr", "pt", "de"):
        answer = Client().get(document.get_absolute_url(), headers={"accept-language": code})
        (said,) = extruct.extract(answer.text, syntaxes=["json-ld"])["json-ld"]
        assert said["interactionStatistic"]["userInteractionCount"] == 1234567


def test_chats_find_words_and_a_picture_of_the_right_size(document: Document) -> None:
    said = open_graph(document.get_absolute_url())
    assert (said["og:title"], said["og:url"]) == ("El molino", SITE + document.get_absolute_url())
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    picture = Client().get(said["og:image"])
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert picture.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert named(document.get_absolute_url())["twitter:card"] == ["summary_large_image"]


def test_scholarly_indexes_find_the_citation_and_the_file_beside_it(document: Document) -> None:
    said = named(document.get_absolute_url())
    assert said["citation_title"] == ["El molino"]
    assert said["citation_author"] == ["Ruiz, Clara", "Pérez, Juan Carlos"]
    assert said["citation_pdf_url"] == [SITE + document.file_url]
    assert said["citation_publication_date"][0][:4].isdecimal()
    assert document.file_url.startswith(document.get_absolute_url())


@pytest.mark.parametrize("query", ["", "?utm_source=chat"])
def test_a_document_has_one_address_whatever_is_asked(document: Document, query: str) -> None:
    found = html.fromstring(page(document.get_absolute_url() + query)).xpath("//link[@rel='canonical']/@href")
    assert found == [SITE + document.get_absolute_url()]


def test_a_passage_belongs_to_its_page(document: Document) -> None:
    found = html.fromstring(page(f"{document.page_url(1)}?quote=molino")).xpath("//link[@rel='canonical']/@href")
    assert found == [SITE + document.page_url(1)]


@pytest.mark.parametrize("privacy", [Privacy.UNLISTED, Privacy.PRIVATE])
def test_programs_are_told_nothing_of_what_is_not_public(document: Document, privacy: str) -> None:
    library.edit(document, library.Details("", "", "", "", Privacy(privacy)))
    assert linked(document.get_absolute_url()) == []
    assert not [name for name in named(document.get_absolute_url()) if name.startswith("citation_")]


HOSTILE = '</script><script>alert(1)</script>"\\ \u2028 <!-- ]]> {"@type":'


def test_no_title_breaks_out(document: Document) -> None:
    library.edit(document, library.Details(HOSTILE, HOSTILE, HOSTILE, "es", Privacy.PUBLIC))
    document.refresh_from_db()
    (said,) = linked(document.get_absolute_url())
    assert said["name"].replace(" ", "") == HOSTILE.replace("\u2028", "").replace(" ", "")
    assert "alert(1)</script>" not in page(document.get_absolute_url())
    assert open_graph(document.get_absolute_url())["og:title"].split() == HOSTILE.split()

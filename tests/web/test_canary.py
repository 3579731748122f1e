"""A word that stands in one document only: no surface that anybody can see knows it once the document is hidden,
deleted, locked or renamed, from the very next request on and whatever the index still holds."""

import json
import re
from collections.abc import Callable

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from pliego.documents import library, removal
from pliego.documents.models import Document, File, Privacy
from tests.archive import BEES, HIVES, put, settled
from tests.people import Shared

pytestmark = pytest.mark.usefixtures("archive")

CANARY = "xylotrupes"
Change = Callable[[Document], object]


def details(**changes: str) -> library.Details:
    known = {"title": "", "author": "", "description": "", "language": "", "privacy": Privacy.PUBLIC}
    return library.Details(**{**known, **changes})  # type: ignore[arg-type]


def lock(document: Document) -> None:
    File.objects.filter(pk=document.file_id).update(needs_password=True, facts_state="locked")
    Document.objects.filter(pk=document.pk).update(revision=F("revision") + 1)


CHANGES: dict[str, Change] = {
    "unlisted": lambda document: library.edit(document, details(title="Otro", privacy=Privacy.UNLISTED)),
    "private": lambda document: library.edit(document, details(title="Otro", privacy=Privacy.PRIVATE)),
    "deleted": removal.remove,
    "renamed": lambda document: library.edit(document, details(title="Otro", author="Otra")),
    "locked": lock,
}


def body(path: str, **query: str) -> str:
    return Client().get(path, query, headers={"accept": "text/html"}).content.decode()


def sitemap() -> str:
    """Every part of it."""
    parts = re.findall("<loc>http://testserver([^<]+)</loc>", body("/sitemap.xml"))
    return "".join(body(part.replace("&amp;", "&")) for part in parts)


def surfaces(neighbour: Document) -> dict[str, str]:
    """All that anybody can see of a document named after the canary."""
    search = reverse("site:search")
    return {
        "home": body("/"),
        "list": body(reverse("site:documents")),
        "search": body(search, q="colmena"),
        "search without words": body(search, lang="es"),
        "feed": body(reverse("site:search_feed"), q="colmena"),
        "new documents": body(reverse("site:documents_feed")),
        "feed of the author": body(reverse("site:author_feed", args=[f"Autora {CANARY}"])).partition("<entry>")[2],
        "sitemap": sitemap(),
        "suggestions": json.dumps(json.loads(body(reverse("site:suggest"), q=CANARY[:5]))[1]),
        "explore": body(reverse("site:explore")),
        "author": body(reverse("site:author", args=[f"Autora {CANARY}"])).partition("<main")[2].partition("</main")[0],
        "beside": body(neighbour.get_absolute_url()),
    }


def naming(neighbour: Document) -> set[str]:
    return {name for name, text in surfaces(neighbour).items() if CANARY in text}


@pytest.fixture
def named() -> Shared:
    """A document whose title and author hold the canary, its text only what others hold too."""
    shared = put("hives", HIVES)
    library.edit(shared.document, details(title=f"{CANARY} y colmenas", author=f"Autora {CANARY}"))
    return settled(shared)


def test_the_canary_sings_everywhere(named: Shared) -> None:
    neighbour = put("bees", BEES).document
    assert naming(neighbour) == set(surfaces(neighbour))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_canary_is_silent_at_the_next_request(named: Shared, change: Change) -> None:
    neighbour = put("bees", BEES).document
    assert naming(neighbour)
    if change is lock:
        Document.objects.filter(pk=named.document.pk).update(own_title="", own_author="")
    change(named.document)
    assert naming(neighbour) == set()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_is_counted_that_is_not_shown(named: Shared, change: Change) -> None:
    change(named.document)
    page = body(reverse("site:search"), q=CANARY)
    assert 'class="result"' not in page
    assert 'class="count"' not in page


@pytest.mark.parametrize("change", [CHANGES["unlisted"], CHANGES["private"], CHANGES["deleted"], lock])
def test_words_of_the_text_are_silent_too(change: Change) -> None:
    shared = put(CANARY, HIVES)
    change(shared.document)
    assert 'class="result"' not in body(reverse("site:search"), q=CANARY)
    assert json.loads(body(reverse("site:suggest"), q=CANARY[:5]))[1] == []
    assert body(reverse("site:explore")).count('class="count"') == 0

"""A word that stands in one document only: no surface that anybody can see knows it once the document is hidden,
deleted, locked or renamed, from the very next request on and whatever the index still holds."""

import json
import re
from collections.abc import Callable

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import gathering, library, removal, short_links, trash
from pliego.documents.gathered import Collection
from pliego.documents.models import Document, File, Privacy, Withheld
from tests.archive import BEES, HIVES, put, settled
from tests.people import Shared, visit

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
    "in the trash": trash.put,
    "taken down": lambda document: Withheld.objects.create(sha256=document.file_id, statement="No."),
    "renamed": lambda document: library.edit(document, details(title="Otro", author="Otra")),
    "locked": lock,
}


def body(path: str, **query: str) -> str:
    return Client().get(path, query, headers={"accept": "text/html"}).content.decode()


def sitemap() -> str:
    """Every part of it."""
    parts = re.findall("<loc>http://testserver([^<]+)</loc>", body("/sitemap.xml"))
    return "".join(body(part.replace("&amp;", "&")) for part in parts)


def gathered() -> dict[str, str]:
    """What a public collection shows of all documents there are; it is made the first time."""
    named = " ".join(Document.objects.values_list("pk", flat=True))
    collection = Collection.objects.first() or gathering.make(ANONYMOUS, "Varios", Privacy.PUBLIC, named)[0]
    archive = Client().get(reverse("web:collection_zip", args=[collection.pk, collection.slug, collection.slug]))
    return {
        "collection": body(collection.get_absolute_url()),
        "feed of a collection": body(reverse("web:collection_feed", args=[collection.pk])),
        "ZIP of a collection": b"".join(archive.streaming_content).decode("latin-1"),  # type: ignore[attr-defined]
    }


def surfaces(neighbour: Document) -> dict[str, str]:
    """All that anybody can see of a document named after the canary, who does not know its address."""
    search = reverse("site:search")
    return gathered() | {
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


def mute(neighbour: Shared) -> dict[str, str]:
    """What never names a document, neither to a passer-by nor to the owner of another one."""
    owner = visit("owner", neighbour)
    page = neighbour.document.pk
    paths = [f"/d/{page}/{name}" for name in ("statistics", "statistics.csv", "manage", "links", "card")]
    free = ["/api/v1/", "/api/v1/tools", "/api/v1/openapi.json", "/robots.txt", "/sitemap-pages.xml", "/colecciones/"]
    return {path: owner.get(path).content.decode() for path in paths} | {path: body(path) for path in free}


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


def told_by_address(document: Document, short: str) -> dict[str, str]:
    """What is told of a document to somebody who knows its address, or its short one."""
    whole = f"http://testserver{document.get_absolute_url()}"
    return {
        "oEmbed": body("/oembed", url=whole),
        "embedded": body(f"/embed/{document.pk}/"),
        "short link": Client().get(f"/s/{short}", follow=True, headers={"accept": "text/html"}).content.decode(),
        "structured": body(document.get_absolute_url()).partition("application/ld+json")[2].partition("</script")[0],
    }


@pytest.mark.parametrize(
    ("change", "sings"),
    [
        ("unlisted", {"embedded", "short link"}),
        ("private", set()),
        ("deleted", set()),
        ("in the trash", set()),
        ("taken down", set()),
    ],
)
def test_by_its_address_it_is_told_to_whom_it_is_open(named: Shared, change: str, sings: set[str]) -> None:
    document = named.document
    short = short_links.made(document)
    assert all(CANARY in text for text in told_by_address(document, short).values())
    if change in {"unlisted", "private"}:
        library.edit(document, details(title=CANARY, privacy=change))
    else:
        CHANGES[change](document)
    document = Document.objects.with_file().filter(pk=document.pk).first() or document
    assert {name for name, text in told_by_address(document, short).items() if CANARY in text} == sings


@pytest.mark.parametrize("change", [None, *CHANGES.values()], ids=["public", *CHANGES])
def test_what_is_of_another_document_never_names_it(named: Shared, change: Change | None) -> None:
    neighbour = put("bees", BEES)
    gathered()
    if change:
        change(named.document)
    assert {path for path, text in mute(neighbour).items() if CANARY in text} == set()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_is_counted_that_is_not_shown(named: Shared, change: Change) -> None:
    change(named.document)
    page = body(reverse("site:search"), q=CANARY)
    assert 'class="result"' not in page
    assert 'class="count"' not in page


@pytest.mark.parametrize("change", [CHANGES["unlisted"], CHANGES["private"], CHANGES["deleted"], trash.put, lock])
def test_words_of_the_text_are_silent_too(change: Change) -> None:
    shared = put(CANARY, HIVES)
    change(shared.document)
    assert 'class="result"' not in body(reverse("site:search"), q=CANARY)
    assert json.loads(body(reverse("site:suggest"), q=CANARY[:5]))[1] == []
    assert body(reverse("site:explore")).count('class="count"') == 0

"""Who may see what: every route of the site against every privacy and every kind of visitor.

A new route fails here until it is listed, with the rule that it follows.
"""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from pliego.accounts import api_keys
from pliego.accounts.viewer import Viewer
from pliego.documents import gathering, sharing
from pliego.documents.links import ShareLink
from pliego.documents.models import Document, Privacy, Version
from pliego.documents.sharing import Terms
from pliego.moderation.models import Attempt
from pliego.web.viewers import COOKIE
from tests.house.routes import (
    ASKED,
    FRAMED,
    GATHERED,
    KEPT,
    KNOWN,
    METHODS,
    OTHERS,
    OWNED,
    OWNERS,
    POSTED,
    PUBLISHED,
    ROUTES,
    SEEN,
    THROWN,
)
from tests.people import PEOPLE, Shared, account, share, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def routes(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """Every named route of the site."""
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield f"{namespace}:{each.name}"
        elif isinstance(each, URLResolver):
            yield from routes(each, each.namespace or namespace)


def test_every_route_is_listed() -> None:
    assert set(routes(get_resolver())) == set(ROUTES)


@pytest.mark.parametrize("privacy", Privacy.values)
def test_nobody_keeps_what_shows_a_document_without_asking_again(privacy: str) -> None:
    shared = share(f"guardado{privacy}", privacy)
    known = visit("owner", shared)
    for route in (name for name, (rule, _) in ROUTES.items() if rule in (SEEN, KNOWN, FRAMED) and name not in POSTED):
        path = ROUTES[route][1].format(id=shared.document.pk, slug=shared.document.slug)
        for client in (Client(headers={"accept": "text/html"}), known):
            answer = client.get(path)
            if answer.streaming:
                answer.getvalue()  # to the end, where its file is closed
            kept = answer.headers.get("Cache-Control", "no-store")  # of leading on, nothing is kept unasked
            assert "no-store" in kept or "no-cache" in kept, (route, kept)


OF_ONE_PERSON = {
    *("site:account", "site:account_close", "site:api_keys", "site:api_key_new", "site:files"),
    *("site:share_links", "site:trash", "site:recover"),
}
"""Pages that are about nobody's document, and for whoever looks alone."""


@pytest.mark.parametrize("kept_by", ["link", "account"])
def test_what_one_person_alone_is_shown_is_stored_nowhere(kept_by: str) -> None:
    owner = account() if kept_by == "account" else None
    shared = share("propia", "private", owner=owner)
    maker = Viewer(person=owner.pk if owner else None)
    collection, token = gathering.make(maker, "x", Privacy.PRIVATE, f"{shared.document.pk} /m/{shared.token}/")
    guest, link = let_in(shared, Terms(password="la clave"), enters=False)
    keeper = visit("account", shared)
    keeper.get(f"/m/{token or '-'}/")
    clients = {KEPT: keeper, ASKED: guest}
    shown = set()
    for route, (rule, path) in ROUTES.items():
        if rule in {OWNED, ASKED, KEPT} or route in OF_ONE_PERSON:
            client = clients.get(rule) or visit("account" if owner else "owner", shared)
            answer = client.get(path.format(id=(collection if rule == KEPT else shared.document).pk, link=link.pk))
            if answer.status_code == 200:
                shown.add(route)
                assert "no-store" in answer.headers.get("Cache-Control", ""), route
    assert shown >= {"web:manage", "web:share_links", "web:door", "web:collection_manage", "site:recover"}
    assert kept_by == "link" or shown >= {"site:files", "site:trash", "site:api_keys"}


def earlier(document: Document) -> None:
    """Give a document an earlier version, of the same bytes."""
    made = {"file": document.file, "original_name": "antes.pdf", "created_at": document.created_at}
    Version.objects.get_or_create(document=document, number=1, defaults=made)
    Document.objects.filter(pk=document.pk).update(version=2)


def ask(client: Client, route: str, shared: Shared, version: str = "") -> int:
    link = shared.document.share_links.first() or sharing.give(shared.document, Terms())[0]
    earlier(shared.document)
    named = f"{shared.document.pk}{version}"
    path = ROUTES[route][1].format(id=named, slug=shared.document.slug, link=link.pk)
    secret = client.cookies[COOKIE].value if COOKIE in client.cookies else ""
    key = client.defaults.get("HTTP_AUTHORIZATION", f"Bearer {secret}")
    headers = {"authorization": key, "tus-resumable": "1.0.0", "sec-fetch-site": "same-origin"}
    method = METHODS.get(route, "POST" if route in POSTED else "GET")
    form, kind = ("{}", "application/json") if method == "PATCH" else ("", "multipart/form-data; boundary=x")
    response = client.generic(method, path, form, content_type=kind, headers=headers)
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    if response.status_code == 404:
        assert f" {shared.canary}".encode() not in body
    return response.status_code


def may(owns: bool, rule: str, privacy: str) -> bool:
    if rule in {OWNED, ASKED, THROWN}:
        return owns and rule == OWNED
    if rule == PUBLISHED:
        return privacy == Privacy.PUBLIC
    return privacy != Privacy.PRIVATE or (owns and rule != FRAMED)


@pytest.mark.parametrize("kept_by", ["link", "account"])
@pytest.mark.parametrize("privacy", Privacy.values)
@pytest.mark.parametrize("person", PEOPLE)
def test_matrix(person: str, privacy: str, kept_by: str) -> None:
    shared = share(f"canario{person}{privacy}", privacy, owner=account() if kept_by == "account" else None)
    client = visit(person, shared)
    owns = (person, kept_by) in OWNERS
    for route, (rule, _) in ROUTES.items():
        if rule not in OTHERS:
            answered = ask(client, route, shared) != 404
            Document.objects.filter(pk=shared.document.pk).update(trashed_at=None)  # where one of them put it
            assert answered == may(owns, rule, privacy), (route, person, privacy)


@pytest.mark.parametrize("kept_by", ["link", "account"])
@pytest.mark.parametrize("person", PEOPLE)
def test_what_is_in_the_trash_is_open_to_nobody_but_for_its_owner_to_bring_it_back(person: str, kept_by: str) -> None:
    shared = share(f"basura{person}", owner=account() if kept_by == "account" else None)
    client = visit(person, shared)
    Document.objects.filter(pk=shared.document.pk).update(trashed_at=timezone.now())
    for route, (rule, _) in ROUTES.items():
        if rule not in OTHERS:
            opens = route in {"web:trashed", "web:manage"} and (person, kept_by) in OWNERS
            assert (ask(client, route, shared) != 404) == opens, (route, person)


PROGRAMS = {
    "key": ("clara", True),
    "reading key": ("clara", False),
    "key of another": ("otra", True),
    "revoked key": ("clara", True),
}
"""Programs by the key they bring: whose it is, and whether it may write."""


@pytest.mark.parametrize("privacy", Privacy.values)
@pytest.mark.parametrize("name", PROGRAMS)
def test_keys_reach_over_the_api_what_their_account_does_and_only_read_elsewhere(name: str, privacy: str) -> None:
    shared = share(f"clave{len(name)}", privacy, owner=account())
    whose, may_write = PROGRAMS[name]
    key, secret = api_keys.make(Viewer(person=account(whose).pk), name, may_write=may_write)
    if name == "revoked key":
        api_keys.revoke(Viewer(person=account(whose).pk), key.pk)
    client = Client(headers={"accept": "text/html", "authorization": f"Bearer {secret}"})
    for route, (rule, _) in ROUTES.items():
        if rule in OTHERS | {PUBLISHED, FRAMED}:
            continue
        cache.clear()
        Attempt.objects.all().delete()
        answered = ask(client, route, shared)
        Document.objects.filter(pk=shared.document.pk).update(trashed_at=None)
        reads, of_api = METHODS.get(route, "GET") == "GET" and route not in POSTED, route.startswith("api:")
        if name == "revoked key" and (reads or of_api) and rule != ASKED:
            assert answered == 401, route
        elif name == "reading key" and of_api and not reads:
            assert answered == 403, route
        else:
            owns = whose == "clara" and name != "revoked key" and (reads or of_api)
            assert (answered != 404) == may(owns, rule, privacy), (route, name, answered)


OF_A_VERSION = {
    *("web:report", "web:document_short", "web:document_status", "web:go_to_page", "web:picture", "web:leaf"),
    *("web:excerpt", "web:outline", "web:hits", "web:document", "web:file", "web:page", "web:text", "web:quote"),
    *("web:card", "web:plain_text", "web:epub", "web:cite", "web:record"),
}
"""What can be pinned to a version of a document; all else of a document is about it as it is."""


@pytest.mark.parametrize("kept_by", ["link", "account"])
@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize("privacy", [Privacy.PUBLIC, Privacy.PRIVATE])
@pytest.mark.parametrize("person", PEOPLE)
def test_earlier_versions_are_open_to_their_owner_and_to_others_by_the_owner_s_choice(
    person: str, privacy: str, shown: bool, kept_by: str
) -> None:
    shared = share(f"antes{person}{privacy}", privacy, owner=account() if kept_by == "account" else None)
    Document.objects.update(shows_versions=shown)
    client = visit(person, shared)
    owns = (person, kept_by) in {("owner", "link"), ("account", "account")}
    for route in OF_A_VERSION:
        newest = may(owns, SEEN, privacy)
        assert (ask(client, route, shared, "/v/1") != 404) == (newest and (owns or shown)), (route, person)
        assert (ask(client, route, shared, "/v/2") != 404) == newest, (route, person)


def test_a_share_link_opens_earlier_versions_by_the_owner_s_choice() -> None:
    shared = share("enlace antes", Privacy.PRIVATE)
    client, _ = let_in(shared, Terms())
    for shown in (False, True):
        Document.objects.update(shows_versions=shown)
        for route in OF_A_VERSION:
            assert (ask(client, route, shared, "/v/1") != 404) == shown, route


def let_in(shared: Shared, terms: Terms, password: str = "", *, enters: bool = True) -> tuple[Client, ShareLink]:
    """A browser that has followed a share link, and ``enters`` when it is asked."""
    link, token = sharing.give(shared.document, terms)
    client = Client(headers={"accept": "text/html"})
    client.get(f"/l/{token}/")
    if link.asks and enters:
        client.post(f"/d/{shared.document.pk}/open", {"password": password})
    return client, link


def after(change: Callable[[ShareLink], object]) -> Callable[[Shared], Client]:
    """A browser that was let in before a link changed."""

    def visitor(shared: Shared) -> Client:
        client, link = let_in(shared, Terms(password="la clave"), "la clave")
        change(link)
        return client

    return visitor


def late(shared: Shared) -> Client:
    """A browser that came when the last view was used up."""
    _, token = sharing.give(shared.document, Terms(view_limit=1))
    sharing.enter(sharing.found(token))
    client = Client(headers={"accept": "text/html"})
    client.get(f"/l/{token}/")
    return client


@pytest.mark.parametrize("kept_by", ["link", "account"])
@pytest.mark.parametrize("privacy", Privacy.values)
@pytest.mark.parametrize("person", [*PEOPLE, "keeper"])
def test_collections(person: str, privacy: str, kept_by: str) -> None:
    owner = account() if kept_by == "account" else None
    shared = share(f"reunida{person}{privacy}", privacy, owner=owner, read=False)
    maker, named = Viewer(person=owner.pk if owner else None), f"/m/{shared.token}/ {shared.document.pk}"
    collection, token = gathering.make(maker, "Varios", Privacy(privacy), named)
    client = visit(person, shared)
    if person == "keeper":
        client.get(f"/m/{token or '-'}/")
    keeps = (person, kept_by) in {("keeper", "link"), ("account", "account")}
    sees = privacy != Privacy.PRIVATE or (keeps and kept_by == "account")
    for route, (rule, path) in ROUTES.items():
        if rule in {GATHERED, KEPT}:
            ask_for = client.post if route in POSTED else client.get
            answer = ask_for(path.format(id=collection.pk, slug=collection.slug))
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            may_open = keeps or (rule == GATHERED and privacy != Privacy.PRIVATE)
            assert (answer.status_code != 404) == may_open, (route, person)
            assert sees or shared.canary.encode() not in body, (route, person)


IN, OUT, ASKED_FIRST = {SEEN, ASKED}, set[str](), {ASKED}
VISITORS: dict[str, tuple[Callable[[Shared], Client], set[str]]] = {
    "let in": (lambda shared: let_in(shared, Terms())[0], IN),
    "password given": (lambda shared: let_in(shared, Terms(password="la clave"), "la clave")[0], IN),
    "last view": (lambda shared: let_in(shared, Terms(view_limit=1))[0], {SEEN}),
    "password not given": (lambda shared: let_in(shared, Terms(password="la clave"), enters=False)[0], ASKED_FIRST),
    "wrong password": (lambda shared: let_in(shared, Terms(password="la clave"), "otra clave")[0], ASKED_FIRST),
    "view not spent": (lambda shared: let_in(shared, Terms(view_limit=1), enters=False)[0], ASKED_FIRST),
    "expired": (after(lambda link: sharing.change(link, Terms(expires_at=timezone.now()))), OUT),
    "revoked": (after(sharing.revoke), OUT),
    "another password": (after(lambda link: sharing.change(link, Terms(password="otra clave"))), ASKED_FIRST),
    "used up": (late, OUT),
    "of another document": (lambda shared: let_in(share(f"otra{shared.canary}", "private"), Terms())[0], OUT),
}


@pytest.mark.parametrize("name", VISITORS)
def test_share_links_open_what_may_be_seen_and_no_more(name: str) -> None:
    shared = share(f"enlace{len(name)}", Privacy.PRIVATE)
    come, rules = VISITORS[name]
    client = come(shared)
    for route, (rule, _) in ROUTES.items():
        if rule not in OTHERS:
            assert (ask(client, route, shared) != 404) == (rule in rules), (route, name)


@pytest.mark.parametrize("path", ["/", "/documentos/", "/en/", "/en/documents/", "/documentos/feed.atom"])
@pytest.mark.parametrize("privacy", [Privacy.UNLISTED, Privacy.PRIVATE])
def test_lists_never_name_what_is_not_public(path: str, privacy: str) -> None:
    hidden, public = share("oculto", privacy), share("visible")
    page = Client().get(path, headers={"accept": "text/html"}).content.decode()
    assert hidden.canary not in page
    assert public.canary in page

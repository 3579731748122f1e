"""Who may see what: every route of the site against every privacy and every kind of visitor.

A new route fails here until it is listed, with the rule that it follows.
"""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from pliego.accounts.viewer import Viewer
from pliego.documents import gathering, sharing
from pliego.documents.links import ShareLink
from pliego.documents.models import Document, Privacy, Version
from pliego.documents.sharing import Terms
from pliego.web.viewers import COOKIE
from tests.people import PEOPLE, Shared, account, share, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]

FREE, SEEN, OWNED = "says nothing of one document", "who may see the document", "its owner"
PUBLISHED = "anybody, of what is public"
GATHERED, KEPT = "who may see the collection", "who keeps the collection"
ASKED = "whom a share link asks before it lets in"
THROWN = "its owner, while it is in the trash"
KNOWN = "who may see the document, for programs, to which a share link means nothing"
FRAMED = "anybody, of what is not private: nobody is known there"
ROUTES = {
    "site:home": (FREE, "/"),
    "site:account": (FREE, "/cuenta/"),
    "site:account_export": (FREE, "/cuenta/llevarse-todo.zip"),
    "site:account_close": (FREE, "/cuenta/cerrar/"),
    "site:files": (FREE, "/archivos/"),
    "site:files_change": (FREE, "/archivos/cambiar/"),
    "site:files_undo": (FREE, "/archivos/deshacer/"),
    "site:files_rename": (OWNED, "/archivos/{id}/"),
    "site:folders": (FREE, "/archivos/carpetas/"),
    "site:share_links": (FREE, "/archivos/enlaces/"),
    "site:share_links_revoke": (FREE, "/archivos/enlaces/anular/"),
    "site:trash": (FREE, "/archivos/papelera/"),
    "site:trash_change": (FREE, "/archivos/papelera/cambiar/"),
    "site:recover": (FREE, "/enlace-perdido/"),
    "site:recover_open": (FREE, "/enlace-perdido/enlace-nuevo/?w=x"),
    "site:documents": (FREE, "/documentos/"),
    "site:documents_feed": (FREE, "/documentos/feed.atom"),
    "site:manifest": (FREE, "/manifest.webmanifest"),
    "site:collections": (FREE, "/colecciones/"),
    "web:collections": (FREE, "/c/"),
    "web:collection_short": (GATHERED, "/c/{id}/"),
    "web:collection": (GATHERED, "/c/{id}/{slug}/"),
    "web:collection_feed": (GATHERED, "/c/{id}/feed.atom"),
    "web:collection_zip": (GATHERED, "/c/{id}/{slug}/{slug}.zip"),
    "web:collection_manage": (KEPT, "/c/{id}/manage"),
    "web:collection_claim": (KEPT, "/c/{id}/claim"),
    "web:collection_delete": (KEPT, "/c/{id}/delete"),
    "site:search": (FREE, "/buscar/?q=palabra"),
    "site:search_feed": (FREE, "/buscar/feed.atom?q=palabra"),
    "site:suggest": (FREE, "/buscar/suggest.json?q=pal"),
    "site:opensearch": (FREE, "/buscar/opensearch.xml"),
    "site:explore": (FREE, "/explorar/"),
    "site:author": (FREE, "/explorar/autor/Clara Ruiz/"),
    "site:author_feed": (FREE, "/explorar/autor/Clara Ruiz/feed.atom"),
    "site:subject": (FREE, "/explorar/tema/molino/"),
    "site:help": (FREE, "/ayuda/?q=enlace"),
    "site:help_article": (FREE, "/ayuda/compartir-un-pdf/"),
    "site:contact": (FREE, "/contacto/"),
    "site:terms": (FREE, "/condiciones/"),
    "site:privacy": (FREE, "/privacidad/"),
    "site:tools": (FREE, "/herramientas/"),
    "site:tool": (FREE, "/herramientas/rotate/"),
    "api:documents": (FREE, "/api/v1/documents"),
    "api:documents_share": (FREE, "/api/v1/documents"),
    "api:document": (KNOWN, "/api/v1/documents/{id}"),
    "api:document_change": (OWNED, "/api/v1/documents/{id}"),
    "api:document_delete": (OWNED, "/api/v1/documents/{id}"),
    "api:pages": (KNOWN, "/api/v1/documents/{id}/pages"),
    "api:find": (KNOWN, "/api/v1/documents/{id}/find?q=palabra"),
    "api:search": (FREE, "/api/v1/search?q=palabra"),
    "api:versions": (KNOWN, "/api/v1/documents/{id}/versions"),
    "api:replace": (OWNED, "/api/v1/documents/{id}/versions"),
    "api:version": (OWNED, "/api/v1/documents/{id}/versions/1"),
    "api:version_restore": (OWNED, "/api/v1/documents/{id}/versions/1/restore"),
    "api:api-root": (FREE, "/api/v1/"),
    "api:openapi-json": (FREE, "/api/v1/openapi.json"),
    "api:all_tools": (FREE, "/api/v1/tools"),
    "api:one_tool": (FREE, "/api/v1/tools/rotate"),
    "api:use": (FREE, "/api/v1/tools/rotate"),
    "api:begin": (FREE, "/api/v1/jobs"),
    "api:stop": (FREE, "/api/v1/jobs/{id}"),
    "api:job": (FREE, "/api/v1/jobs/{id}"),
    "web:job": (FREE, "/jobs/{id}/"),
    "web:job_status": (FREE, "/jobs/{id}/status.json"),
    "web:job_result": (FREE, "/jobs/{id}/result"),
    "web:job_picture": (FREE, "/jobs/{id}/p/1.webp"),
    "web:draft_picture": (FREE, "/jobs/{id}/in/0/1.webp"),
    "web:job_cancel": (FREE, "/jobs/{id}/cancel"),
    "web:job_keep": (FREE, "/jobs/{id}/keep"),
    "web:document_tools": (SEEN, "/d/{id}/tools"),
    "web:document_tool": (SEEN, "/d/{id}/tools/rotate"),
    "web:manage": (OWNED, "/d/{id}/manage"),
    "web:delete": (OWNED, "/d/{id}/delete"),
    "web:trashed": (THROWN, "/d/{id}/trash"),
    "web:versions": (OWNED, "/d/{id}/versions"),
    "web:version_upload": (OWNED, "/d/{id}/versions/upload"),
    "web:version_keep": (OWNED, "/d/{id}/versions/keep"),
    "web:versions_shown": (OWNED, "/d/{id}/versions/shown"),
    "web:version_back": (OWNED, "/d/{id}/versions/1/back"),
    "web:version_delete": (OWNED, "/d/{id}/versions/1/delete"),
    "web:statistics": (OWNED, "/d/{id}/statistics"),
    "web:statistics_csv": (OWNED, "/d/{id}/statistics.csv"),
    "web:share_links": (OWNED, "/d/{id}/links"),
    "web:share_link_edit": (OWNED, "/d/{id}/links/{link}"),
    "web:share_link_revoke": (OWNED, "/d/{id}/links/{link}/revoke"),
    "web:share_link": (FREE, "/l/not-a-token/"),
    "web:door": (ASKED, "/d/{id}/open"),
    "web:report": (SEEN, "/d/{id}/report"),
    "web:document_short": (SEEN, "/d/{id}/"),
    "web:document_status": (SEEN, "/d/{id}/status.json"),
    "web:manage_card": (OWNED, "/d/{id}/card"),
    "web:recovery": (OWNED, "/d/{id}/recovery"),
    "web:claim": (OWNED, "/d/{id}/claim"),
    "web:unlock": (OWNED, "/d/{id}/unlock"),
    "web:go_to_page": (SEEN, "/d/{id}/go?n=1"),
    "web:picture": (SEEN, "/d/{id}/p/1.webp?w=200"),
    "web:leaf": (SEEN, "/d/{id}/p/1.html?q=palabra"),
    "web:excerpt": (SEEN, "/d/{id}/pages.pdf?from=1&to=1"),
    "web:outline": (SEEN, "/d/{id}/outline"),
    "web:hits": (SEEN, "/d/{id}/find?q=palabra"),
    "web:document": (SEEN, "/d/{id}/{slug}/"),
    "web:file": (SEEN, "/d/{id}/{slug}/{slug}.pdf"),
    "web:page": (SEEN, "/d/{id}/{slug}/p/1"),
    "web:text": (SEEN, "/d/{id}/{slug}/text"),
    "web:quote": (SEEN, "/d/{id}/quote?p=1&text=palabra"),
    "web:card": (SEEN, "/d/{id}/card.jpg"),
    "web:plain_text": (SEEN, "/d/{id}/{slug}/{slug}.txt"),
    "web:epub": (SEEN, "/d/{id}/{slug}/{slug}.epub"),
    "web:short_link_of": (SEEN, "/d/{id}/short"),
    "web:short_link": (FREE, "/s/1111111111"),
    "web:qr_svg": (SEEN, "/d/{id}/qr.svg"),
    "web:qr_png": (SEEN, "/d/{id}/qr.png"),
    "web:cite": (SEEN, "/d/{id}/{slug}/cite?p=1"),
    "web:record": (SEEN, "/d/{id}/{slug}/cite.bib"),
    "web:embed": (FRAMED, "/embed/{id}/"),
    "web:oembed": (PUBLISHED, "/oembed?url=http://testserver/d/{id}/"),
    "web:manage_link": (FREE, "/m/not-a-token/"),
    "web:uploads": (FREE, "/subidas/"),
    "web:upload": (FREE, "/subidas/{id}/"),
    "web:samples": (FREE, "/samples"),
    "web:language": (FREE, "/language/es/"),
    "web:robots": (FREE, "/robots.txt"),
    "web:sitemap": (FREE, "/sitemap.xml"),
    "web:sitemap_pages": (FREE, "/sitemap-pages.xml"),
    "web:sitemap_part": (FREE, "/sitemap-2026-11.xml"),
    "web:health": (FREE, "/healthz"),
}
OWNERS = {("owner", "link"), ("account", "account")}
"""Who owns a document, by what it is kept by."""
OTHERS = {FREE, GATHERED, KEPT}
"""The rules of what is not one document's."""
POSTED = {
    "web:recovery",
    "site:files_rename",
    "web:claim",
    "web:collection_claim",
    "web:share_link_revoke",
    "web:short_link_of",
    "web:unlock",
    *(
        "api:replace",
        "api:version_restore",
        "web:version_upload",
        "web:version_keep",
        "web:versions_shown",
        "web:version_back",
    ),
}
METHODS = {"api:version": "DELETE", "api:document_delete": "DELETE", "api:document_change": "PATCH"}
ACCOUNT = {
    "account_login": "/cuenta/entrar/",
    "account_logout": "/cuenta/salir/",
    "account_signup": "/cuenta/registro/",
    "account_inactive": "/cuenta/cerrada/",
    "account_reauthenticate": "/cuenta/confirmar/",
    "account_email": "/cuenta/correo/",
    "account_email_verification_sent": "/cuenta/correo/confirmar/",
    "account_confirm_email": "/cuenta/correo/not-a-key/",
    "account_change_password": "/cuenta/contrasena/",
    "account_set_password": "/cuenta/contrasena/elegir/",
    "account_reset_password": "/cuenta/contrasena/olvidada/",
    "account_reset_password_done": "/cuenta/contrasena/enviado/",
    "account_reset_password_from_key_done": "/cuenta/contrasena/cambiada/",
    "account_reset_password_from_key": "/cuenta/contrasena/1-not-a-key/",
    "mfa_index": "/cuenta/seguridad/",
    "mfa_authenticate": "/cuenta/seguridad/codigo/",
    "mfa_reauthenticate": "/cuenta/seguridad/confirmar/",
    "mfa_activate_totp": "/cuenta/seguridad/aplicacion/",
    "mfa_deactivate_totp": "/cuenta/seguridad/aplicacion/quitar/",
    "mfa_view_recovery_codes": "/cuenta/seguridad/codigos-de-reserva/",
    "mfa_generate_recovery_codes": "/cuenta/seguridad/codigos-de-reserva/nuevos/",
    "mfa_download_recovery_codes": "/cuenta/seguridad/codigos-de-reserva/codigos.txt",
    "mfa_list_webauthn": "/cuenta/seguridad/llaves/",
    "mfa_add_webauthn": "/cuenta/seguridad/llaves/agregar/",
    "mfa_reauthenticate_webauthn": "/cuenta/seguridad/llaves/confirmar/",
    "mfa_login_webauthn": "/cuenta/seguridad/llaves/entrar/",
    "mfa_edit_webauthn": "/cuenta/seguridad/llaves/1/",
    "mfa_remove_webauthn": "/cuenta/seguridad/llaves/1/quitar/",
    "usersessions_list": "/cuenta/sesiones/",
}
"""Pages of django-allauth: each is about the account that is logged in, and about no document."""
ROUTES |= {f":{name}": (FREE, path) for name, path in ACCOUNT.items()}


def routes(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """Every named route of the site."""
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield f"{namespace}:{each.name}"
        elif isinstance(each, URLResolver):
            yield from routes(each, each.namespace or namespace)


def test_every_route_is_listed() -> None:
    assert set(routes(get_resolver())) == set(ROUTES)


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
    headers = {"authorization": f"Bearer {secret}", "tus-resumable": "1.0.0", "sec-fetch-site": "same-origin"}
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

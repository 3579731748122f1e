import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from pliego.documents import trash
from pliego.documents.engines import blobs
from pliego.documents.models import Document, File, Privacy, Withheld
from pliego.web.viewers import COOKIE
from tests import samples
from tests.people import Shared, account, share, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]

FORM = {"title": "Otro", "author": "", "description": "", "language": "", "privacy": "public"}


@pytest.fixture
def shared() -> Shared:
    return share("gestión", read=False)


def delete_path(shared: Shared) -> str:
    return f"/d/{shared.document.pk}/delete"


def title(shared: Shared) -> str:
    return Document.objects.with_file().get(pk=shared.document.pk).own_title


def test_the_link_takes_its_secret_out_of_the_address(shared: Shared) -> None:
    answer = Client().get(f"/m/{shared.token}/")
    assert answer.headers["Location"] == shared.document.manage_url
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.cookies[COOKIE]["path"] == f"/d/{shared.document.pk}/"


@pytest.mark.parametrize("token", ["x", "%00", "%ff", "x" * 5000, "' OR 1=1 --", "a%0ab", "😀"])
def test_a_wrong_link_is_not_found(token: str) -> None:
    answer = Client().get(f"/m/{token}/")
    assert answer.status_code == 404
    assert COOKIE not in answer.cookies


def test_the_owner_edits(shared: Shared) -> None:
    visit("owner", shared).post(shared.document.manage_url, FORM)
    assert title(shared) == "Otro"


@pytest.mark.parametrize("person", ["stranger", "anonymous"])
def test_nobody_else_edits_deletes_or_unlocks(shared: Shared, person: str) -> None:
    client = visit(person, shared)
    for path in (shared.document.manage_url, delete_path(shared), f"/d/{shared.document.pk}/unlock"):
        assert client.post(path, {**FORM, "password": "x"}).status_code == 404
    assert title(shared) == ""


def test_another_document_s_secret_under_this_address_opens_nothing(shared: Shared) -> None:
    other = share("ajeno", read=False)
    client = Client()
    client.cookies[COOKIE] = other.token
    assert client.post(shared.document.manage_url, FORM).status_code == 404
    assert client.post(other.document.manage_url, FORM).status_code == 200


def test_the_hash_of_the_secret_is_no_secret(shared: Shared) -> None:
    client = Client()
    client.cookies[COOKIE] = shared.document.manage_hash
    assert client.get(shared.document.manage_url).status_code == 404


@pytest.mark.parametrize("action", ["manage", "delete", "unlock"])
def test_a_form_of_another_site_is_refused(shared: Shared, action: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies[COOKIE] = shared.token
    answer = client.post(f"/d/{shared.document.pk}/{action}", FORM, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert title(shared) == ""
    assert Document.objects.filter(pk=shared.document.pk).exists()


def test_our_own_form_is_taken(shared: Shared) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept": "text/html"})
    client.cookies[COOKIE] = shared.token
    page = client.get(shared.document.manage_url).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    answer = client.post(shared.document.manage_url, {**FORM, "csrfmiddlewaretoken": token[1]})
    assert answer.status_code == 200
    assert title(shared) == "Otro"


@pytest.mark.parametrize(
    "field",
    [
        {"title": "x" * 301},
        {"title": "a\0b"},
        {"description": "x" * 5001},
        {"privacy": "secret"},
        {"privacy": ""},
        {"language": "xx"},
    ],
)
def test_what_does_not_fit_is_told_and_not_saved(shared: Shared, field: dict[str, str]) -> None:
    answer = visit("owner", shared).post(shared.document.manage_url, FORM | field)
    assert answer.status_code == 200
    assert title(shared) == ""


@pytest.mark.parametrize("words", ["\u202eab", "a\r\nX: y", "<b>", "😀" * 300, "%s %(x)s {x} {{ x }}", "' OR 1=1 --"])
def test_any_words_may_be_a_title(shared: Shared, words: str) -> None:
    client = visit("owner", shared)
    client.post(shared.document.manage_url, FORM | {"title": words})
    document = Document.objects.with_file().get(pk=shared.document.pk)
    assert client.get(document.get_absolute_url()).status_code == 200
    assert client.head(document.file_url).status_code == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"x" * (2 << 20), "application/x-www-form-urlencoded"),
        (b"x", "multipart/form-data; boundary=X"),
        (b"&".join(b"a=1" for _ in range(800)), "application/x-www-form-urlencoded"),
        (b"--X\r\n" + b"x" * (2 << 20), "multipart/form-data; boundary=X"),
    ],
)
def test_bodies_that_are_no_form_of_ours(shared: Shared, body: bytes, kind: str) -> None:
    answer = visit("owner", shared).generic("POST", shared.document.manage_url, body, kind)
    assert answer.status_code in {200, 400}
    assert title(shared) == ""


def test_a_file_that_comes_with_another_form_is_dropped(shared: Shared) -> None:
    before = set(blobs().root.rglob("*"))
    body = b'--X\r\nContent-Disposition: form-data; name="f"; filename="x.pdf"\r\n\r\n%PDF-\r\n--X--\r\n'
    visit("owner", shared).generic("POST", shared.document.manage_url, body, "multipart/form-data; boundary=X")
    assert set(blobs().root.rglob("*")) == before


def trash_path(shared: Shared) -> str:
    return f"/d/{shared.document.pk}/trash"


def test_delete_asks_first_and_then_puts_it_into_the_trash(shared: Shared) -> None:
    client = visit("owner", shared)
    assert client.get(delete_path(shared)).status_code == 200
    assert client.post(delete_path(shared)).headers["Location"] == trash_path(shared)
    assert client.get(shared.document.get_absolute_url()).status_code == 404
    assert Client().get(shared.document.file_url).status_code == 404
    assert client.post(delete_path(shared)).status_code == 404


def test_the_manage_link_says_until_when_and_brings_it_back(shared: Shared) -> None:
    visit("owner", shared).post(delete_path(shared))
    since = timezone.now() - timedelta(days=12)
    Document.objects.update(trashed_at=since)
    client = Client(headers={"accept": "text/html", "accept-language": "en"})
    answer = client.get(f"/m/{shared.token}/", follow=True)
    assert answer.redirect_chain == [(trash_path(shared), 302)]
    end = timezone.localtime(since + timedelta(days=30))
    assert f"until {end.day} {end:%B} {end.year}" in answer.text
    assert client.get(shared.document.manage_url).headers["Location"] == trash_path(shared)
    assert client.post(trash_path(shared), {"do": "restore"}).status_code == 303
    assert Client().get(shared.document.get_absolute_url()).status_code == 200
    assert client.get(trash_path(shared)).status_code == 404


def test_it_can_be_let_go_before_its_time(shared: Shared) -> None:
    client = visit("owner", shared)
    client.post(delete_path(shared))
    assert client.post(trash_path(shared), {"do": "something"}).status_code == 400
    assert client.post(trash_path(shared), {"do": "remove"}).status_code == 200
    assert client.post(trash_path(shared), {"do": "restore"}).status_code == 404
    assert client.get(f"/m/{shared.token}/", follow=True).status_code == 404
    trash.expire()
    assert blobs().head(shared.document.file_id) is None


@pytest.mark.parametrize("person", ["stranger", "other", "anonymous"])
def test_nobody_else_brings_it_back_or_lets_it_go(shared: Shared, person: str) -> None:
    visit("owner", shared).post(delete_path(shared))
    client = visit(person, shared)
    for verb in ("restore", "remove"):
        assert client.post(trash_path(shared), {"do": verb}).status_code == 404
    assert Document.objects.get(pk=shared.document.pk).trashed_at


def test_what_was_taken_down_stays_taken_down_when_it_is_brought_back(shared: Shared) -> None:
    client = visit("owner", shared)
    client.post(delete_path(shared))
    Withheld.objects.create(sha256=shared.document.file_id, statement="No.")
    client.post(trash_path(shared), {"do": "restore"})
    assert client.get(shared.document.get_absolute_url()).status_code == 451
    assert Client().get(shared.document.file_url).status_code == 451


def test_the_password_is_asked_and_opens_the_document() -> None:
    shared = share("cerrado", pdf=samples.encrypted("abre"))
    client = visit("owner", shared)
    path = f"/d/{shared.document.pk}/unlock"
    assert client.post(path, {"password": "otra"}).status_code == 422
    assert client.post(path, {"password": ""}).status_code == 422
    assert client.post(path, {"password": "x\0" * 5000}).status_code == 422
    assert client.post(path, {"password": "abre"}).status_code == 303
    assert client.post(path, {"password": "abre"}).status_code == 303


def test_private_means_private_at_once(shared: Shared) -> None:
    path = shared.document.get_absolute_url()
    assert Client().get(path).status_code == 200
    visit("owner", shared).post(shared.document.manage_url, FORM | {"privacy": Privacy.PRIVATE, "title": ""})
    assert Client().get(path).status_code == 404


def test_editing_works_on_a_full_disk(shared: Shared, settings: Settings) -> None:
    settings.MIN_FREE_MB = 1 << 40
    client = visit("owner", shared)
    client.post(shared.document.manage_url, FORM)
    assert title(shared) == "Otro"
    assert client.post(delete_path(shared)).status_code == 303


def test_a_document_goes_into_the_account_and_its_link_stops_working(shared: Shared) -> None:
    client = visit("owner", shared)
    path = f"/d/{shared.document.pk}/claim"
    assert client.post(path).headers["Location"].startswith("/cuenta/entrar/")
    client.force_login(account())
    assert client.post(path).status_code == 303
    assert Document.objects.get(pk=shared.document.pk).owner == account()
    assert client.get(shared.document.manage_url).status_code == 200
    assert Client().get(f"/m/{shared.token}/").status_code == 404


def test_nobody_claims_the_document_of_another(shared: Shared) -> None:
    client = visit("other", shared)
    assert client.post(f"/d/{shared.document.pk}/claim").status_code == 404
    owned = share("ajena", read=False, owner=account())
    assert client.post(f"/d/{owned.document.pk}/claim").status_code == 404
    assert Document.objects.get(pk=owned.document.pk).owner == account()


def opened(client: Client, path: str) -> dict[str, str]:
    """What the form says unseen of what it showed."""
    page = client.get(path).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(shown-\w+)" value="([^"]*)"', page)) | {
        "shown-description": ""
    }


def test_a_page_left_open_does_not_undo_what_was_said_elsewhere_of_who_may_see_it(shared: Shared) -> None:
    owner, path = visit("owner", shared), shared.document.manage_url
    shown = opened(owner, path)
    assert shown["shown-privacy"] == "public"
    owner.post(path, {**FORM, **shown, "title": "", "privacy": "private"})  # in another tab
    page = owner.post(path, {**FORM, **shown, "title": "Nuevo"}).content.decode()
    assert Document.objects.get(pk=shared.document.pk).privacy == "private"
    assert title(shared) == "Nuevo"
    assert 'value="private" checked' in page
    owner.post(path, {**FORM, "title": "Nuevo", **opened(owner, path)})
    assert Document.objects.get(pk=shared.document.pk).privacy == "public"


def test_two_windows_keep_what_each_has_changed(shared: Shared) -> None:
    owner, path = visit("owner", shared), shared.document.manage_url
    shown = opened(owner, path)
    owner.post(path, {**FORM, **shown, "title": "", "author": "Ana Ruiz", "description": "Uno\r\nDos"})
    page = owner.post(path, {**FORM, **shown, "title": "Nuevo", "date": "2020-02-03"}).content.decode()
    kept = Document.objects.get(pk=shared.document.pk)
    assert (kept.own_title, kept.own_author, kept.description) == ("Nuevo", "Ana Ruiz", "Uno\nDos")
    assert str(kept.given_date) == "2020-02-03"
    assert 'value="Ana Ruiz"' in page


def test_where_two_windows_differ_nothing_is_saved_before_it_was_seen(shared: Shared) -> None:
    owner, path = visit("owner", shared), shared.document.manage_url
    shown = opened(owner, path)
    owner.post(path, {**FORM, **shown, "title": "De la otra", "language": "pt"})
    answer = owner.post(path, {**FORM, **shown, "title": "De esta", "language": "fr", "author": "Ana"})
    page = answer.content.decode()
    assert (answer.status_code, title(shared)) == (409, "De la otra")
    assert "“De la otra”" in page or "«De la otra»" in page
    assert re.search("(?i)(“|«)portugués(”|»)", page)
    assert 'id="id_language_error"' in page
    assert re.search(r'<select[^>]* aria-invalid="true"[^>]* aria-describedby="id_language_error"', page)
    again = opened(owner, path)
    assert again["shown-title"] == "De la otra"
    owner.post(path, {**FORM, **again, "title": "De esta", "language": "fr", "author": "Ana"})
    assert title(shared) == "De esta"


def test_the_same_said_twice_is_no_difference(shared: Shared) -> None:
    owner, path = visit("owner", shared), shared.document.manage_url
    shown = opened(owner, path)
    for _ in range(2):
        assert owner.post(path, {**FORM, **shown}).status_code == 200
    assert title(shared) == "Otro"


def test_the_form_tells_the_language_that_holds_while_none_is_said(shared: Shared) -> None:
    assert "id_language_helptext" not in visit("owner", shared).get(shared.document.manage_url).content.decode()
    File.objects.update(language="fi")
    page = visit("owner", shared).get(shared.document.manage_url, headers={"accept-language": "es"}).content.decode()
    assert 'aria-describedby="id_language_helptext"' in page
    assert "Si no lo indicas, es el reconocido en el texto: Finés." in page


@pytest.mark.parametrize("name", ["language", "date", "licence", "privacy"])
def test_a_mistake_is_tied_to_its_field(shared: Shared, name: str) -> None:
    page = visit("owner", shared).post(shared.document.manage_url, {**FORM, name: "x"}).content.decode()
    assert f'aria-describedby="id_{name}_error"' in page
    assert f'class="errors" id="id_{name}_error"' in page
    assert 'aria-invalid="true"' in page


def test_the_form_holds_each_field_and_its_button_once(shared: Shared) -> None:
    page = visit("owner", shared).get(shared.document.manage_url).content.decode()
    (form,) = re.findall(r'<form class="form" method="post" action="[^"]*manage">.*?</form>', page, re.DOTALL)
    assert len(re.findall('name="shown-', form)) == 8
    assert form.count("<div") == form.count("</div>")

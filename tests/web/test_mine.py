"""The file manager over HTTP, by forms alone."""

import io
import re
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pliego.documents.filing import Folder
from pliego.documents.gathered import Collection
from pliego.documents.models import Document, Privacy
from tests.people import account, leaflet, share

pytestmark = pytest.mark.django_db

LIST, CHANGE, UNDO, FOLDERS = "/archivos/", "/archivos/cambiar/", "/archivos/deshacer/", "/archivos/carpetas/"


@pytest.fixture
def clara() -> Client:
    client = Client(headers={"accept": "text/html"})
    client.force_login(account())
    return client


@pytest.fixture
def keys() -> list[str]:
    return [share(f"doc{number}", read=False, owner=account()).document.pk for number in range(3)]


def privacies() -> set[str]:
    return set(Document.objects.values_list("privacy", flat=True))


def test_a_deed_is_told_and_undone(clara: Client, keys: list[str]) -> None:
    answer = clara.post(CHANGE, {"id": keys, "do": "privacy", "to_privacy": "private", "sort": "title"}, follow=True)
    assert answer.redirect_chain == [("/archivos/?sort=title", 303)]
    deed = re.findall(r'name="deed" value="(\d+)"', answer.content.decode())
    assert privacies() == {"private"}
    assert "3 documentos" in clara.post(UNDO, {"deed": deed[0]}, follow=True).content.decode()
    assert privacies() == {"public"}


@pytest.mark.parametrize("told", [{}, {"to_privacy": ""}, {"to_privacy": "x"}])
def test_nothing_becomes_public_by_a_gap_in_a_form(clara: Client, told: dict[str, str]) -> None:
    key = share("hueco", Privacy.PRIVATE, read=False, owner=account()).document.pk
    assert clara.post(CHANGE, {"id": [key], "do": "privacy", **told}).status_code == 400
    assert Document.objects.get(pk=key).privacy == Privacy.PRIVATE


def test_all_that_the_filters_leave(clara: Client, keys: list[str]) -> None:
    Document.objects.filter(pk=keys[0]).update(filed_title="otra")
    clara.post(CHANGE, {"all": "1", "q": "doc", "do": "trash"})
    assert list(Document.objects.kept().values_list("pk", flat=True)) == []
    Document.objects.update(trashed_at=None)
    clara.post(CHANGE, {"all": "1", "q": "otra", "do": "trash"})
    assert Document.objects.kept().count() == 2


def test_all_of_a_privacy_change_to_another(clara: Client, keys: list[str]) -> None:
    Document.objects.filter(pk=keys[0]).update(privacy="unlisted")
    clara.post(CHANGE, {"all": "1", "privacy": "unlisted", "do": "privacy", "to_privacy": "private"})
    assert dict(Document.objects.values_list("pk", "privacy"))[keys[0]] == "private"
    assert privacies() == {"public", "private"}


def test_a_forged_list_changes_nothing(clara: Client, keys: list[str]) -> None:
    other = share("ajena", read=False, owner=account("otra")).document
    for verb in ("privacy", "move", "tag", "untag", "trash", "zip", "collect"):
        form = {"id": [*keys, other.pk], "do": verb, "to_privacy": "private", "to_tag": "t", "to_folder": "0"}
        assert clara.post(CHANGE, form).status_code == 404
    assert privacies() == {"public"}
    assert Document.objects.kept().count() == 4


@pytest.mark.parametrize(
    "form",
    [
        {"do": "x"},
        {},
        {"do": "privacy", "to_privacy": "x"},
        {"do": "tag", "to_tag": " "},
        {"do": "move", "to_folder": "x"},
    ],
)
def test_what_makes_no_sense_is_refused(clara: Client, keys: list[str], form: dict[str, str]) -> None:
    assert clara.post(CHANGE, {"id": keys, **form}).status_code in {400, 404}


@pytest.mark.parametrize(
    "query", ["privacy=x", "sort=x", "after=x", "folder=99", "tag=x", "state=x", "q=%00", "q=" + "x" * 900]
)
def test_what_stands_in_the_address_never_breaks_the_page(clara: Client, query: str) -> None:
    assert clara.get(f"{LIST}?{query}").status_code in {200, 400, 404}


def test_nothing_chosen_is_said(clara: Client) -> None:
    assert "Elige antes" in clara.post(CHANGE, {"do": "trash"}, follow=True).content.decode()


def test_without_an_account_nothing_is_changed(keys: list[str]) -> None:
    client = Client()
    assert client.post(CHANGE, {"id": keys, "do": "trash"}).status_code == 404
    assert client.post(CHANGE, {"all": "1", "do": "trash"}).status_code in {303, 404}
    assert client.post(UNDO, {"deed": "1"}).status_code == 404
    assert client.post(FOLDERS, {"do": "create", "name": "a"}).status_code == 404
    assert client.get("/archivos/papelera/").status_code == 302
    assert Document.objects.kept().count() == 3


def test_a_zip_of_the_chosen(clara: Client, keys: list[str]) -> None:
    answer = clara.post(CHANGE, {"id": keys[:2], "do": "zip"})
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert sorted(archive.namelist()) == ["doc0.pdf", "doc1.pdf"]
    assert archive.read("doc0.pdf") == leaflet("doc0")


def test_folders_are_made_named_moved_and_given_up(clara: Client) -> None:
    made = clara.post(FOLDERS, {"do": "create", "name": "a"})
    above = Folder.objects.get()
    assert made.headers["Location"] == f"{LIST}?folder={above.pk}"
    clara.post(FOLDERS, {"do": "create", "name": "b", "parent": above.pk})
    below = Folder.objects.get(name="b")
    clara.post(FOLDERS, {"do": "rename", "folder": below.pk, "name": "c"})
    assert clara.post(FOLDERS, {"do": "move", "folder": above.pk, "parent": below.pk}).status_code == 409
    for wrong in ({"do": "x", "folder": above.pk}, {"do": "remove"}, {"do": "rename", "name": "d"}):
        assert clara.post(FOLDERS, wrong).status_code == 400
    assert clara.post(FOLDERS, {"do": "remove", "folder": above.pk}).headers["Location"] == LIST
    assert list(Folder.objects.values_list("name", "parent")) == [("c", None)]


def test_a_folder_of_another_is_not_found(clara: Client, keys: list[str]) -> None:
    other = Folder.objects.create(owner=account("otra"), name="ajena")
    for form in ({"do": "rename", "name": "x"}, {"do": "move", "parent": "0"}, {"do": "remove"}):
        assert clara.post(FOLDERS, {"folder": other.pk, **form}).status_code == 404
    assert clara.post(FOLDERS, {"do": "create", "name": "x", "parent": other.pk}).status_code == 404
    assert clara.post(CHANGE, {"id": keys, "do": "move", "to_folder": other.pk}).status_code == 404
    assert clara.get(f"{LIST}?folder={other.pk}").status_code == 404
    assert list(Folder.objects.values_list("name", flat=True)) == ["ajena"]


def test_a_title_is_changed_in_place(clara: Client, keys: list[str]) -> None:
    answer = clara.post(f"/archivos/{keys[0]}/", {"title": "Otro"}, headers={"accept": "text/plain"})
    assert answer.content == b"Otro"
    assert Document.objects.get(pk=keys[0]).filed_title == "otro"
    assert clara.post(f"/archivos/{keys[0]}/", {"title": "<b>"}, follow=True).status_code == 200
    stranger = Client()
    stranger.force_login(account("otra"))
    assert stranger.post(f"/archivos/{keys[0]}/", {"title": "Robado"}).status_code == 404


def test_the_trash_over_http(clara: Client, keys: list[str]) -> None:
    clara.post(CHANGE, {"id": keys, "do": "trash"})
    assert "doc0" in clara.get("/archivos/papelera/").content.decode()
    for verb in ("restore", "remove", "empty"):
        asked = Client().post("/archivos/papelera/cambiar/", {"do": verb, "id": keys})
        assert asked.headers["Location"].startswith("/cuenta/entrar/")
    assert (Document.objects.count(), Document.objects.kept().count()) == (3, 0)
    for verb in ("restore", "remove"):
        assert "Elige antes" in clara.post("/archivos/papelera/cambiar/", {"do": verb}, follow=True).content.decode()
    clara.post("/archivos/papelera/cambiar/", {"do": "restore", "id": keys[:1]})
    assert Document.objects.kept().count() == 1
    clara.post("/archivos/papelera/cambiar/", {"do": "empty"})
    assert "doc1" not in clara.get("/archivos/papelera/").content.decode()
    assert clara.post("/archivos/papelera/cambiar/", {"do": "x"}).status_code == 400
    assert clara.post("/archivos/papelera/cambiar/", {"do": "restore", "id": keys[1:2]}).status_code == 404


def test_more_documents_cost_no_more_queries(clara: Client, keys: list[str]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert clara.get(LIST).status_code == 200
        return len(asked)

    clara.get(LIST)
    before = queries()
    file = Document.objects.all()[0].file
    Document.objects.bulk_create(Document(file=file, owner=account(), original_name="x.pdf") for _ in range(30))
    assert queries() == before


def test_every_privacy_and_title_stands_in_the_list_of_its_owner_alone(clara: Client) -> None:
    mine = share("mía", Privacy.PRIVATE, read=False, owner=account())
    other = share("ajena", Privacy.PUBLIC, read=False, owner=account("otra"))
    page = clara.get(LIST).content.decode()
    assert mine.document.pk in page
    assert other.document.pk not in page
    assert mine.document.pk not in Client().get(LIST).content.decode()
    assert clara.get(LIST).headers["Cache-Control"] == "private, no-store"


def test_chosen_documents_become_a_collection_that_is_in_no_list(clara: Client, keys: list[str]) -> None:
    answer = clara.post(CHANGE, {"id": keys[:2], "do": "collect"})
    collection = Collection.objects.get()
    assert answer.headers["Location"] == collection.manage_url
    assert (collection.owner, collection.privacy) == (account(), "unlisted")
    assert set(collection.items.values_list("document_id", flat=True)) == set(keys[:2])
    assert clara.get(collection.manage_url).status_code == 200


def test_several_are_given_to_a_tool(clara: Client, keys: list[str]) -> None:
    answer = clara.post(CHANGE, {"id": keys, "do": "merge"}, follow=True)
    ((address, status),) = answer.redirect_chain
    assert (address.startswith("/herramientas/merge/?draft="), status) == (True, 303)
    assert answer.content.decode().count("data-place") == 3
    other = share("ajeno", read=False).document.pk
    assert clara.post(CHANGE, {"id": [*keys, other], "do": "merge"}).status_code == 404

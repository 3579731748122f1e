"""Documents for programs."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pliego.documents.models import Document, Privacy
from tests import samples
from tests.people import Shared, account, leaflet, share, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]
ALL = "/api/v1/documents"


@pytest.fixture
def shared() -> Shared:
    return share("molino", pdf=samples.book(3))


def path(shared: Shared, rest: str = "") -> str:
    return f"{ALL}/{shared.document.pk}{rest}"


def owner(shared: Shared) -> Client:
    return Client(headers={"authorization": f"Bearer {shared.token}"})


def sent(name: str, pdf: bytes) -> BytesIO:
    file = BytesIO(pdf)
    file.name = name
    return file


def test_a_document_is_told_in_full(shared: Shared) -> None:
    told = Client().get(path(shared)).json()
    assert (told["title"], told["author"]) == ("El puerto y la lluvia", "Inés Ñandú")
    assert (told["pages"], told["state"]["text"], told["sha256"]) == (3, "done", shared.document.file_id)
    assert told["keywords"] == ["puerto", "lluvia", "viaje"]
    assert told["pdf"]["creator"] == "Pliego samples"
    for address in ("page", "file", "text", "picture", "self"):
        answer = Client().get(told[address])
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def test_a_locked_document_tells_nothing_of_its_inside() -> None:
    shared = share("cerrado", pdf=samples.encrypted("abre"))
    told = Client().get(path(shared)).json()
    assert (told["pdf"], told["pages"]) == (None, 0)
    assert Client().get(path(shared, "/pages")).status_code == 404


def test_the_list_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.documents.catalog.PAGE_SIZE", 2)
    made = [share(f"uno{number}", read=False).document.pk for number in range(5)]
    share("secreto", Privacy.UNLISTED, read=False)
    found, address = [], ALL
    while address:
        part = Client().get(address).json()
        found += [each["id"] for each in part["documents"]]
        address = part["next"]
    assert found == made[::-1]
    assert Client().get(f"{ALL}?after=x").json()["code"] == "bad-request"


def test_files_are_shared_and_managed() -> None:
    files = [sent("uno.pdf", leaflet("uno")), sent("dos.pdf", b"no"), sent("tres.pdf", leaflet("tres"))]
    answer = Client().post(ALL, {"file": files, "privacy": "unlisted"})
    first, second, third = answer.json()
    assert answer.status_code == 201
    assert (first["document"]["privacy"], second["problem"]["code"], third["name"]) == (
        *("unlisted", "not-a-pdf", "tres.pdf"),
    )
    token = first["manage"].rstrip("/").rsplit("/", 1)[1]
    client = Client(headers={"authorization": f"Bearer {token}"})
    changes = {"title": "Otro", "keywords": ["a", "b"], "date": "1984-02-29", "privacy": "public"}
    told = client.patch(first["document"]["self"], changes, content_type="application/json").json()
    assert (told["title"], told["keywords"], told["year"], told["privacy"]) == ("Otro", ["a", "b"], 1984, "public")
    assert client.patch(told["self"], {"author": "Ana"}, content_type="application/json").json()["title"] == "Otro"
    assert client.delete(told["self"]).status_code == 204
    assert client.get(told["self"]).status_code == 404


def test_one_file_that_cannot_have_a_page_is_a_problem() -> None:
    assert Client().post(ALL, {"file": sent("x.pdf", b"no")}).json()["code"] == "not-a-pdf"
    assert Client().post(ALL).json()["code"] == "no-file"
    assert Client().post(ALL, {"file": sent("x.pdf", leaflet("x")), "privacy": "x"}).json()["code"] == "bad-request"
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert Client().post(ALL, {"file": sent("x.pdf", leaflet("x"))}, headers=elsewhere).status_code == 403
    assert not Document.objects.exists()


def test_what_an_account_shares_is_its_own() -> None:
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.force_login(account())
    (told,) = client.post(ALL, {"file": sent("x.pdf", leaflet("x"))}).json()
    assert told["manage"] is None
    assert Document.objects.get().owner == account()


def test_nobody_else_changes_it(shared: Shared) -> None:
    for person in ("stranger", "other", "anonymous"):
        client = visit(person, shared)
        assert client.patch(path(shared), {}, content_type="application/json").status_code in {403, 404}
        assert client.delete(path(shared)).status_code in {403, 404}
    assert Document.objects.kept().filter(pk=shared.document.pk).exists()


BAD: list[dict[str, Any]] = [
    {"title": "x" * 301}, {"title": "a\0b"}, {"title": "\ud800"}, {"language": "español"}, {"date": "1984-02-30"},
    {"privacy": "secret"}, {"licence": "mine"}, {"keywords": ["x" * 501]}, {"keywords": "x"}, {"title": 7},
]  # fmt: skip


@pytest.mark.parametrize("details", BAD, ids=range(len(BAD)))
def test_what_cannot_be_said_is_refused(shared: Shared, details: dict[str, Any]) -> None:
    answer = owner(shared).patch(path(shared), details, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")


@pytest.mark.parametrize(
    "body", ["[]", '"some words"', "null", "7", "{", "[" * 90_000, '{"title": "' + "x" * (1 << 20) + '"}']
)
def test_what_says_nothing_of_a_document_is_refused(shared: Shared, body: str) -> None:
    answer = owner(shared).patch(path(shared), body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert Document.objects.get(pk=shared.document.pk).own_title == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.dictionaries(st.sampled_from(["title", "author", "description", "language"]), st.text()))
def test_any_words_are_taken_or_refused(shared: Shared, details: dict[str, str]) -> None:
    assert owner(shared).patch(path(shared), details, content_type="application/json").status_code in {200, 400}


def test_the_words_of_its_pages(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.api.documents.PAGES_MOST", 2)
    part = Client().get(path(shared, "/pages")).json()
    assert [page["number"] for page in part["pages"]] == [1, 2]
    last = Client().get(part["next"]).json()
    assert ([page["number"] for page in last["pages"]], last["next"]) == ([3], None)
    assert last["pages"][0]["paragraphs"]
    for wrong, status in (("?from=0", 400), ("?from=4", 404), ("?from=x", 400)):
        assert Client().get(path(shared, f"/pages{wrong}")).status_code == status


def test_very_long_pages_are_given_fewer_at_a_time(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.api.documents.LETTERS_MOST", 1)
    address, numbers = path(shared, "/pages"), []
    while address:
        part = Client().get(address).json()
        numbers.append([page["number"] for page in part["pages"]])
        address = part["next"]
    assert numbers == [[1], [2], [3]]


def test_words_are_found_with_their_places(shared: Shared) -> None:
    told = Client().get(path(shared, "/find?q=PUERTO y la lluvia&whole=1")).json()
    assert told["total"] == len(told["hits"]) >= 1
    hit = told["hits"][0]
    assert "El puerto y la lluvia" in hit["snippet"]
    assert len(hit["boxes"][0]) == 4
    assert Client().get(path(shared, "/find")).status_code == 400
    assert Client().get(path(shared, "/find?q=%00")).status_code == 400
    assert Client().get(path(shared, "/find?q=")).json()["total"] == 0

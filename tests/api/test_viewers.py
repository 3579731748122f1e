"""Programs with the key of an account: what they may, and what nobody else may by it."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client

from pliego.accounts import api_keys
from pliego.accounts.models import Person
from pliego.accounts.viewer import Viewer
from pliego.documents import indexing
from pliego.documents.models import Document, Privacy
from pliego.moderation import programs
from tests.api.test_documents import sent
from tests.people import account, leaflet, share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]
ALL, OWN = "/api/v1/documents", "/api/v1/account/documents"


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    cache.clear()


def program(person: Person, *, may_write: bool = True) -> Client:
    _, secret = api_keys.make(Viewer(person=person.pk), "programa", may_write=may_write)
    return Client(headers={"authorization": f"Bearer {secret}"})


def test_it_shares_into_its_account_and_manages_what_is_there() -> None:
    client = program(account())
    (told,) = client.post(ALL, {"file": sent("uno.pdf", leaflet("uno")), "privacy": "private"}).json()
    document = told["document"]
    assert told["manage"] is None
    assert Document.objects.get().owner == account()
    assert [each["id"] for each in client.get(OWN).json()["documents"]] == [document["id"]]
    changed = client.patch(document["self"], {"title": "Otro"}, content_type="application/json").json()
    assert (changed["title"], changed["privacy"]) == ("Otro", "private")
    versions = f"{document['self']}/versions"
    assert client.post(versions, {"file": sent("dos.pdf", leaflet("dos"))}).json()["number"] == 2
    assert [each["number"] for each in client.get(versions).json()] == [2, 1]
    assert b"".join(client.get(changed["file"], follow=True).streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert Client().get(changed["file"]).status_code == 404
    assert client.delete(document["self"]).status_code == 204
    assert client.get(OWN).json()["documents"] == []


def test_it_finds_what_is_public_and_what_is_its_own() -> None:
    public, own, other = (
        share("molino", Privacy.PUBLIC),
        share("molino bajo", Privacy.PRIVATE, owner=account()),
        share("molino alto", Privacy.PRIVATE, owner=account("otra")),
    )
    indexing.index_changes()

    def found(client: Client) -> set[str]:
        answer = client.get("/api/v1/search?q=molino")
        assert answer.headers["Cache-Control"] == "private, no-store"
        told = answer.json()
        assert told["total"] == len(told["results"])
        return {each["document"]["id"] for each in told["results"]}

    assert found(program(account(), may_write=False)) == {public.document.pk, own.document.pk}
    assert found(program(account("otra"))) == {public.document.pk, other.document.pk}
    assert found(Client()) == {public.document.pk}


def test_the_list_is_of_its_own_account_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.documents.mine.PAGE_SIZE", 2)
    for number in range(3):
        share(f"uno{number}", Privacy.PRIVATE, owner=account(), read=False)
    share("ajeno", owner=account("otra"), read=False)
    client = program(account(), may_write=False)
    first = client.get(f"{OWN}?sort=title&privacy=private").json()
    second = client.get(first["next"]).json()
    assert [each["name"] for each in first["documents"] + second["documents"]] == ["uno0.pdf", "uno1.pdf", "uno2.pdf"]
    assert second["next"] is None
    assert [each["name"] for each in client.get(f"{OWN}?q=uno1").json()["documents"]] == ["uno1.pdf"]
    for wrong in ("sort=x", "privacy=x", "after=x", "q=%00"):
        assert client.get(f"{OWN}?{wrong}").status_code == 400


def test_the_list_takes_an_account() -> None:
    answer = Client().get(OWN)
    assert (answer.status_code, answer.json()["code"]) == (401, "needs-key")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_reading_key_changes_nothing() -> None:
    shared = share("mio", Privacy.PRIVATE, owner=account(), read=False)
    client, path = program(account(), may_write=False), f"{ALL}/{shared.document.pk}"
    assert client.get(path).status_code == 200
    for answer in (
        client.post(ALL, {"file": sent("x.pdf", leaflet("x"))}),
        client.post(f"{path}/versions", {"file": sent("x.pdf", leaflet("x"))}),
        client.patch(path, {"title": "x"}, content_type="application/json"),
        client.delete(path),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "key-reads-only")
    assert Document.objects.get().own_title == ""


def test_a_key_opens_forms_of_pages_to_nobody() -> None:
    shared = share("mio", owner=account(), read=False)
    client = program(account())
    assert client.post(f"/d/{shared.document.pk}/delete").status_code == 404
    client.post("/archivos/cambiar/", {"do": "trash", "chosen": shared.document.pk})
    assert Document.objects.kept().count() == 1


def test_a_key_counts_alone_whoever_is_signed_in() -> None:
    shared = share("mio", Privacy.PRIVATE, owner=account(), read=False)
    client = program(account("otra"))
    client.force_login(account())
    assert client.get(f"{ALL}/{shared.document.pk}").status_code == 404
    assert client.delete(f"{ALL}/{shared.document.pk}").status_code == 404
    mine = program(account())
    mine.force_login(account("otra"))
    assert mine.delete(f"{ALL}/{shared.document.pk}").status_code == 204


def test_a_session_does_not_act_for_another_site() -> None:
    shared = share("mio", owner=account(), read=False)
    client = Client()
    client.force_login(account())
    path = f"{ALL}/{shared.document.pk}"
    for site in ({}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}):
        assert client.delete(path, headers=site).status_code == 403
        assert client.post(ALL, {"file": sent("x.pdf", leaflet("x"))}, headers=site).status_code == 403
    assert "Access-Control-Allow-Origin" not in client.options(path, headers={"origin": "https://x.example"}).headers
    assert Document.objects.kept().count() == 1


def test_wrong_keys_are_told_so_and_no_more_than_some_of_them() -> None:
    wrong = Client(headers={"authorization": "Bearer pliego_0123456789"})
    answers = [wrong.get(OWN) for _ in range(programs.WRONG_KEYS + 1)]
    assert [answer.json()["code"] for answer in answers] == ["needs-key"] * programs.WRONG_KEYS + ["too-many"]
    assert program(account()).get(OWN).status_code == 200


def test_one_key_asks_so_often_in_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "REQUESTS", 3)
    client = program(account())
    codes = [client.get(OWN).status_code for _ in range(8)]
    assert codes[:3] == [200, 200, 200]
    assert 429 in codes
    assert program(account()).get(OWN).status_code == 200


def test_no_key_gets_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    _, secret = api_keys.make(Viewer(person=account().pk), "x", may_write=False)
    with caplog.at_level(logging.DEBUG):
        for path in (OWN, "/d/1111111111111111/x/x.pdf", f"{ALL}/1111111111111111"):
            Client(headers={"authorization": f"Bearer {secret}"}).get(path)
            Client(headers={"authorization": f"Bearer {secret}x"}).get(path)
    assert secret not in caplog.text


def test_the_schema_names_both_kinds_of_secret() -> None:
    schema = Client().get("/api/v1/openapi.json").json()
    assert {each["scheme"] for each in schema["components"]["securitySchemes"].values()} == {"bearer"}
    assert schema["security"] == [{}, {"key": []}, {"manage-link": []}]
    assert OWN in schema["paths"]

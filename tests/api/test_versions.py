"""The versions of a document for programs."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from pliego.documents import comparing, versions
from pliego.documents.models import Document
from tests.documents.test_versions import replaced
from tests.people import Shared, account, leaflet, share, visit
from tests.toolbox.jobs_made import begun, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


@pytest.fixture
def shared() -> Shared:
    return share("primera")


def client(shared: Shared) -> Client:
    return Client(headers={"authorization": f"Bearer {shared.token}"})


def path(shared: Shared, rest: str = "") -> str:
    return f"/api/v1/documents/{shared.document.pk}/versions{rest}"


def send(client: Client, shared: Shared, pdf: bytes, **headers: str) -> tuple[int, dict[str, Any]]:
    file = BytesIO(pdf)
    file.name = "nueva.pdf"
    answer = client.post(path(shared), {"file": file}, headers=headers)
    return answer.status_code, answer.json()


def test_the_holder_of_the_manage_link_replaces_the_file(shared: Shared) -> None:
    status, told = send(client(shared), shared, leaflet("segunda"))
    assert (status, told["number"], told["newest"], told["name"]) == (201, 2, True, "nueva.pdf")
    listed = client(shared).get(path(shared)).json()
    assert [(each["number"], each["newest"]) for each in listed] == [(2, True), (1, False)]
    assert Client(headers={"authorization": "Bearer x"}).get(path(shared)).json()[1:] == []


def test_errors_are_problems_and_change_nothing(shared: Shared) -> None:
    for pdf, code in ((b"hola", "not-a-pdf"), (b"%PDF-1.7 x", "unreadable-pdf"), (leaflet("primera"), "same-version")):
        assert send(client(shared), shared, pdf)[1]["code"] == code
    assert client(shared).post(path(shared)).json()["code"] == "no-file"
    assert Document.objects.get().version == 1


@pytest.mark.parametrize("secret", ["", "x", "Bearer", "é" * 500])
def test_nobody_else_does(shared: Shared, secret: str) -> None:
    other = Client(headers={"authorization": f"Bearer {secret}"})
    assert send(other, shared, leaflet("segunda"))[0] == 404
    assert other.delete(path(shared, "/1")).status_code == 404


def test_an_account_does_from_pages_of_this_site_alone() -> None:
    shared = share("de cuenta", owner=account())
    signed_in = visit("account", shared)
    assert send(signed_in, shared, leaflet("segunda"))[0] == 403
    assert send(signed_in, shared, leaflet("segunda"), **{"sec-fetch-site": "cross-site"})[0] == 403
    assert send(signed_in, shared, leaflet("segunda"), **{"sec-fetch-site": "same-origin"})[0] == 201


def test_it_brings_back_and_deletes(shared: Shared) -> None:
    replaced(shared.document, leaflet("segunda"))
    assert client(shared).post(path(shared, "/1/restore")).json()["number"] == 3
    assert client(shared).delete(path(shared, "/2")).status_code == 204
    assert [each.number for each in versions.earlier(shared.document)] == [1]
    for rest in ("/9", "/x", "/99999999"):
        assert client(shared).delete(path(shared, rest)).status_code in {400, 404}


def test_changes_are_told(shared: Shared) -> None:
    replaced(shared.document, leaflet("segunda"), read=True)
    comparing.tell_untold()
    changes = client(shared).get(path(shared)).json()[0]["changes"]
    assert changes == {"changed": [[1, 1]], "added": [], "removed": []}


def test_the_result_of_a_job_takes_its_place(shared: Shared) -> None:
    job = run(begun(("rotate", {"turn": "90"})))
    told = client(shared).post(path(shared), {"job": job.pk}).json()
    assert (told["number"], told["name"]) == (2, job.result_name)
    assert client(shared).post(path(shared), {"job": "1" * 16}).status_code == 404


def test_the_owner_lets_earlier_versions_be_seen(shared: Shared) -> None:
    replaced(shared.document, leaflet("segunda"))
    document, stranger = path(shared).removesuffix("/versions"), Client()
    for shown in (True, False):
        told = client(shared).patch(document, {"shows_versions": shown}, content_type="application/json").json()
        assert told["shows_versions"] is shown
        assert len(stranger.get(path(shared)).json()) == 1 + shown

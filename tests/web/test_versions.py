from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from pliego.documents import comparing, removal, uploads, versions
from pliego.documents.models import DailyUse, Document, Upload
from pliego.toolbox import running
from pliego.toolbox.models import Job
from tests.documents.test_versions import replaced
from tests.people import Shared, account, leaflet, share, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


@pytest.fixture
def shared() -> Shared:
    return share("primera")


def path_of(shared: Shared, rest: str = "") -> str:
    return f"/d/{shared.document.pk}/versions{rest}"


def send(client: Client, shared: Shared, pdf: bytes, **headers: str) -> HttpResponse:
    file = SimpleUploadedFile("nueva.pdf", pdf, "application/pdf")
    answer = client.post(path_of(shared), {"file": file}, headers=headers)
    assert isinstance(answer, HttpResponse)
    return answer


def now(shared: Shared) -> Document:
    return Document.objects.with_file().get(pk=shared.document.pk)


def page(client: Client, path: str) -> str:
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_owner_replaces_the_file_with_a_plain_form(shared: Shared) -> None:
    client = visit("owner", shared)
    answer = send(client, shared, leaflet("segunda"))
    assert (answer.status_code, now(shared).version) == (303, 2)
    told = page(client, answer.headers["Location"])
    assert "primera.pdf" in told
    assert "nueva.pdf" in told
    assert ['class="notice" role="status"' in each for each in (told, page(client, path_of(shared)))] == [True, False]


def test_a_program_is_told_in_lines(shared: Shared) -> None:
    answer = send(visit("owner", shared), shared, leaflet("segunda"), accept="*/*")
    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().endswith("version: 2\n")
    refused = send(visit("owner", shared), shared, b"hola", accept="*/*")
    assert (refused.status_code, refused.content[:17]) == (415, b"error: not-a-pdf ")


def test_an_account_replaces_the_file_of_its_own() -> None:
    shared = share("de cuenta", owner=account())
    assert send(visit("account", shared), shared, leaflet("segunda")).status_code == 303


@pytest.mark.parametrize("person", ["stranger", "anonymous", "other"])
def test_nobody_else_does(shared: Shared, person: str) -> None:
    assert send(visit(person, shared), shared, leaflet("segunda")).status_code == 404
    assert now(shared).version == 1


def test_a_form_of_another_site_is_refused(shared: Shared) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    assert send(visit("owner", shared), shared, leaflet("segunda"), **headers).status_code == 403
    assert now(shared).version == 1


@pytest.mark.parametrize(
    ("pdf", "status"), [(b"hola", 415), (b"", 400), (b"%PDF-1.4 nada", 422), (leaflet("primera"), 409)]
)
def test_what_cannot_take_its_place_is_said_and_changes_nothing(shared: Shared, pdf: bytes, status: int) -> None:
    answer = send(visit("owner", shared), shared, pdf)
    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()
    assert (now(shared).version, now(shared).file_id) == (1, shared.document.file_id)


def test_a_form_without_a_file_is_said(shared: Shared) -> None:
    assert visit("owner", shared).post(path_of(shared)).status_code == 400


def test_a_network_has_its_quota_for_versions_too(shared: Shared, settings: Settings) -> None:
    settings.QUOTA_NETWORK_DOCUMENTS = 1
    client = visit("owner", shared)
    send(client, shared, leaflet("segunda"))
    assert DailyUse.objects.get().documents == 0
    settings.QUOTA_NETWORK_MB = 1
    DailyUse.objects.update(size=1 << 20)
    assert send(client, shared, leaflet("tercera")).status_code == 429
    assert now(shared).version == 2


def test_addresses_stay_and_lead_to_the_new_file(shared: Shared) -> None:
    old_page, old_file = shared.document.get_absolute_url(), shared.document.file_url
    replaced(shared.document, leaflet("segunda"), read=True)
    client = Client()
    assert client.get(f"/d/{shared.document.pk}/").headers["Location"] == now(shared).get_absolute_url()
    assert client.get(old_page).headers["Location"] == now(shared).get_absolute_url()
    assert client.get(old_file).headers["Location"] == now(shared).file_url


def test_one_tag_never_stands_for_the_bytes_of_two_versions(shared: Shared) -> None:
    Document.objects.update(own_title="Fija")
    client, url = Client(), now(shared).file_url
    before = client.get(url, headers={"range": "bytes=0-99"})
    first, old = before.getvalue(), before.headers["ETag"]
    half_read = client.get(url)  # somebody reads it while it is replaced and the old version is deleted
    replaced(shared.document, leaflet("segunda"))
    versions.forget(shared.document, 1)
    assert half_read.getvalue() == leaflet("primera")
    going_on = client.get(url, headers={"range": "bytes=100-", "if-range": old})
    assert (going_on.status_code, going_on.getvalue()) == (200, leaflet("segunda"))
    assert going_on.headers["ETag"] != old
    assert client.get(url, headers={"range": "bytes=100-", "if-match": old}).status_code == 412
    assert first == leaflet("primera")[:100]


def test_the_bytes_of_a_version_go_on_at_its_own_address(shared: Shared) -> None:
    Document.objects.update(shows_versions=True)
    replaced(shared.document, leaflet("segunda"))
    versions.show(shared.document, shown=True)
    pinned = f"/d/{shared.document.pk}/v/1/titulo-primera/titulo-primera.pdf"
    answer = Client().get(pinned, headers={"range": "bytes=100-"})
    assert answer.getvalue() == leaflet("primera")[100:]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_page_pictures_and_card_are_those_of_the_version(shared: Shared) -> None:
    client = Client()
    told = page(client, now(shared).get_absolute_url())
    assert f"/d/{shared.document.pk}/v/1/p/1.webp" in told
    plain = client.get(f"/d/{shared.document.pk}/p/1.webp?w=200").headers
    tags = {plain["ETag"]}
    assert plain["Cache-Control"] == "public, no-cache"
    kept = client.get(f"/d/{shared.document.pk}/v/1/p/1.webp?w=200").headers["Cache-Control"]
    assert kept == "public, no-cache"
    replaced(shared.document, leaflet("segunda"), read=True)
    after = page(client, now(shared).get_absolute_url())
    assert f"/d/{shared.document.pk}/v/2/p/1.webp" in after
    assert "/v/1/" not in after
    assert "segunda" in after
    assert "primera" not in after
    tags.add(client.get(f"/d/{shared.document.pk}/p/1.webp?w=200").headers["ETag"])
    assert len(tags) == 2


def test_the_page_names_earlier_versions_and_what_changed_to_whom_may_see_them(shared: Shared) -> None:
    replaced(shared.document, leaflet("segunda"), read=True)
    comparing.tell_untold()
    address = now(shared).get_absolute_url()
    hidden, owner = page(Client(), address), page(visit("owner", shared), address)
    versions.show(shared.document, shown=True)
    shown = page(Client(), address)
    for told, there in ((hidden, False), (owner, True), (shown, True)):
        assert ("history-title" in told) == there
        assert ("Se ha cambiado la página 1." in told) == there


def test_an_earlier_version_says_that_it_is_one_and_no_engine_keeps_it(shared: Shared) -> None:
    replaced(shared.document, leaflet("segunda"), read=True)
    versions.show(shared.document, shown=True)
    answer = Client().get(f"/d/{shared.document.pk}/v/1/", follow=True, headers={"accept": "text/html"})
    told = answer.content.decode()
    assert "Título primera" in told
    assert "versión 1" in told
    assert 'name="robots" content="noindex"' in told
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    reader = page(Client(), f"/d/{shared.document.pk}/v/1/titulo-primera/p/1")
    assert f'data-pages="/d/{shared.document.pk}/v/1/"' in reader


def test_it_comes_back_and_goes_for_good(shared: Shared) -> None:
    replaced(shared.document, leaflet("segunda"))
    client = visit("owner", shared)
    client.post(path_of(shared, "/1/back"))
    assert (now(shared).version, now(shared).file_id) == (3, shared.document.file_id)
    assert "2" in page(client, path_of(shared, "/2/delete"))
    client.post(path_of(shared, "/2/delete"))
    assert [each.number for each in versions.earlier(now(shared))] == [1]
    for rest in ("/9/back", "/9/delete"):
        assert client.post(path_of(shared, rest)).status_code == 404


def test_the_owner_says_who_sees_them(shared: Shared) -> None:
    client = visit("owner", shared)
    client.post(path_of(shared, "/shown"), {"shown": "on"})
    assert now(shared).shows_versions
    client.post(path_of(shared, "/shown"))
    assert not now(shared).shows_versions


def begin(client: Client, shared: Shared, pdf: bytes) -> HttpResponse:
    headers = {"tus-resumable": "1.0.0", "upload-length": str(len(pdf)), "upload-metadata": "filename bnVldmEucGRm"}
    answer = client.post(path_of(shared, "/upload"), headers=headers)
    assert isinstance(answer, HttpResponse)
    return answer


def go_on(begun: HttpResponse, pdf: bytes, offset: int = 0) -> HttpResponse:
    headers = {"tus-resumable": "1.0.0", "upload-offset": str(offset)}
    path = urlsplit(begun.headers["Location"]).path
    answer = Client().patch(path, pdf, "application/offset+octet-stream", headers=headers)
    assert isinstance(answer, HttpResponse)
    return answer


def test_it_comes_in_pieces_too(shared: Shared) -> None:
    pdf = leaflet("segunda")
    begun = begin(visit("owner", shared), shared, pdf)
    assert begun.headers["Pliego-Page"].endswith(f"/d/{shared.document.pk}/")
    assert "Pliego-Manage" not in begun.headers
    go_on(begun, pdf[:500])
    assert now(shared).version == 1
    assert go_on(begun, pdf[500:], 500).status_code == 204
    assert (now(shared).version, now(shared).original_name) == (2, "nueva.pdf")
    assert Document.objects.count() == 1
    path = urlsplit(begun.headers["Location"]).path
    asked = Client().head(path, headers={"tus-resumable": "1.0.0"})  # somebody who missed the last answer
    assert asked.headers["Upload-Offset"] == str(len(pdf))
    assert now(shared).version == 2


def test_a_stop_before_the_last_step_is_made_good_once(shared: Shared) -> None:
    pdf = leaflet("segunda")
    begun = begin(visit("owner", shared), shared, pdf)
    upload = Upload.objects.get()
    (settings.DATA / "uploads" / upload.pk).write_bytes(pdf)  # all of it arrived, and the server was stopped
    uploads.expire()
    uploads.expire()
    assert now(shared).version == 2
    assert (
        Client().head(urlsplit(begun.headers["Location"]).path, headers={"tus-resumable": "1.0.0"}).status_code == 200
    )
    assert now(shared).version == 2


def test_what_arrives_for_a_document_that_was_deleted_meanwhile_makes_none(shared: Shared) -> None:
    pdf = leaflet("segunda")
    begun = begin(visit("owner", shared), shared, pdf)
    removal.remove(shared.document)
    assert go_on(begun, pdf).status_code == 404
    assert not Document.objects.exists()


def test_pieces_of_what_cannot_be_read_are_forgotten(shared: Shared) -> None:
    pdf = b"%PDF-1.7\n" + b"x" * 3000
    answer = go_on(begin(visit("owner", shared), shared, pdf), pdf)
    assert answer.status_code == 422
    assert now(shared).version == 1
    assert not Upload.objects.exists()


def test_nobody_else_begins_one(shared: Shared) -> None:
    assert begin(visit("stranger", shared), shared, leaflet("segunda")).status_code == 404


def test_a_result_of_the_toolbox_takes_its_place_for_whom_it_is_offered(shared: Shared) -> None:
    client = visit("owner", shared)
    begun = client.post(f"/d/{shared.document.pk}/tools/rotate", {"turn": "90"})
    running.run(Job.objects.get().pk)
    offered = page(client, begun.headers["Location"])
    assert f'action="{path_of(shared, "/keep")}"' in offered
    kept = client.post(path_of(shared, "/keep"), {"job": Job.objects.get().pk})
    assert (kept.status_code, now(shared).version) == (303, 2)
    assert client.post(path_of(shared, "/keep"), {"job": "1" * 16}).status_code == 410
    Job.objects.all().delete()
    begun = Client(headers={"accept": "text/html"}).post(f"/d/{shared.document.pk}/tools/rotate", {"turn": "90"})
    running.run(Job.objects.get().pk)
    assert "/versions/keep" not in page(client, begun.headers["Location"])

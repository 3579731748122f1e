"""Reading text over HTTP."""

import io
import zipfile

import pytest
from django.test import Client

from tests import samples
from tests.people import share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def body_of(client: Client, path: str, **headers: str) -> bytes:
    return b"".join(client.get(path, headers=headers).streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("ending", "media_type"), [("txt", "text/plain; charset=utf-8"), ("epub", "application/epub+zip")]
)
def test_both_are_downloads(client: Client, ending: str, media_type: str) -> None:
    document = share("llevar").document
    answer = client.get(f"{document.get_absolute_url()}{document.slug}.{ending}")
    answer.close()
    assert answer["Content-Type"] == media_type
    assert f".{ending}" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_text_is_whole(client: Client) -> None:
    document = share("entero").document
    assert "La palabra entero" in body_of(client, f"{document.get_absolute_url()}{document.slug}.txt").decode()


def test_a_book_can_be_resumed(client: Client) -> None:
    document = share("partes").document
    path = f"{document.get_absolute_url()}{document.slug}.epub"
    whole = body_of(client, path)
    assert body_of(client, path, range="bytes=100-") == whole[100:]
    assert zipfile.ZipFile(io.BytesIO(whole)).testzip() is None


@pytest.mark.parametrize("ending", ["txt", "epub"])
def test_what_is_locked_or_not_read_is_not_given(client: Client, ending: str) -> None:
    locked = share("candado", pdf=samples.encrypted("secreto")).document
    waiting = share("espera", read=False).document
    statuses = [client.get(f"{each.get_absolute_url()}{each.slug}.{ending}").status_code for each in (locked, waiting)]
    assert statuses == [404, 503]


def test_a_wrong_slug_leads_on(client: Client) -> None:
    document = share("rumbo").document
    assert client.get(f"/d/{document.pk}/x/x.epub")["Location"].endswith(f"/{document.slug}/{document.slug}.epub")

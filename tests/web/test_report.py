import re
from datetime import timedelta

import pytest
from django.test import Client

from pliego.moderation.models import Notice
from pliego.web import stamps
from tests.people import UNMAILABLE, Shared, share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]

WORDS = {"reason": "data", "text": "Sale mi nombre.", "name": "Eva", "email": "eva@example.org", "good_faith": "1"}


@pytest.fixture(autouse=True)
def quick_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "LEAST", timedelta(seconds=-1))


@pytest.fixture
def shared() -> Shared:
    return share("denuncia", read=False)


def path_of(shared: Shared) -> str:
    return f"/d/{shared.document.pk}/report"


def stamp_of(page: str) -> str:
    found = re.search(r'name="stamp" value="([^"]+)"', page)
    assert found
    return found[1]


def send(shared: Shared, **words: str) -> str:
    client = Client(headers={"accept": "text/html"})
    stamp = stamp_of(client.get(path_of(shared)).content.decode())
    answer = client.post(path_of(shared), {**WORDS, "stamp": stamp, **words})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_of_a_document_leads_to_the_form(shared: Shared) -> None:
    page = Client(headers={"accept": "text/html"}).get(shared.document.get_absolute_url()).content.decode()
    assert f'href="{path_of(shared)}"' in page


def test_a_notice_arrives_with_the_exact_address(shared: Shared) -> None:
    assert "ha llegado" in send(shared)
    notice = Notice.objects.get()
    assert (notice.document_id, notice.email, notice.reason) == (shared.document.pk, "eva@example.org", "data")
    assert notice.page == f"http://testserver{shared.document.get_absolute_url()}"


@pytest.mark.parametrize(
    "words",
    [
        {"good_faith": ""},
        {"name": ""},
        {"email": ""},
        {"email": "no"},
        {"email": UNMAILABLE},
        {"text": ""},
        {"text": "x" * 5001},
        {"reason": "envy"},
    ],
)
def test_what_is_missing_is_told(shared: Shared, words: dict[str, str]) -> None:
    assert 'class="errors"' in send(shared, **words)
    assert not Notice.objects.exists()


def test_programs_are_thanked_and_forgotten(shared: Shared) -> None:
    send(shared, website="x")
    assert not Notice.objects.exists()


def test_a_forged_stamp_is_asked_for_again(shared: Shared) -> None:
    assert stamp_of(send(shared, stamp="x"))
    assert not Notice.objects.exists()


def test_a_form_of_another_site_is_refused(shared: Shared) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(path_of(shared), WORDS, headers={"origin": "https://evil.example"}).status_code == 403

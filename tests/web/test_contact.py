import re
from datetime import timedelta

import pytest
from django.test import Client
from lxml import html
from pytest_django import Settings

from pliego.moderation.models import Message
from pliego.web import stamps
from tests.people import UNMAILABLE

pytestmark = pytest.mark.django_db

WORDS = {"topic": "question", "text": "¿Cómo se hace?", "page": "", "name": "", "email": "ana@example.org"}


@pytest.fixture(autouse=True)
def quick_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits in a test: a form may be sent at once unless the test is about that."""
    monkeypatch.setattr(stamps, "LEAST", timedelta(seconds=-1))


def stamp_of(page: str) -> str:
    found = re.search(r'name="stamp" value="([^"]+)"', page)
    assert found
    return found[1]


def opened(path: str = "/contacto/") -> str:
    answer = Client().get(path)
    assert answer.headers["Cache-Control"] == "private, no-store"
    return stamp_of(answer.content.decode())


def send(stamp: str | None = None, path: str = "/contacto/", **words: str) -> str:
    answer = Client(headers={"accept": "text/html"}).post(
        path, {**WORDS, "stamp": opened() if stamp is None else stamp, **words}
    )
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_message_arrives() -> None:
    page = send(path="/en/contact/", name="Ana")
    assert "Your message has arrived" in page
    message = Message.objects.get()
    assert (message.text, message.name, message.language) == ("¿Cómo se hace?", "Ana", "en")


def test_the_page_that_it_is_about_is_filled_in() -> None:
    page = Client().get("/contacto/?page=/d/x/%22%3E%3Cscript%3E").content.decode()
    assert 'value="/d/x/&quot;&gt;&lt;script&gt;"' in page


def test_who_fills_in_what_nobody_sees_is_thanked_and_forgotten() -> None:
    assert "ha llegado" in send(website="https://spam.example")
    assert not Message.objects.exists()


def test_a_form_sent_at_once_is_shown_again_and_taken_the_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "LEAST", timedelta(seconds=3))
    first = opened()
    again = send(first, text="Hola & adiós")
    assert not Message.objects.exists()
    assert "Hola &amp; adiós" in again
    assert stamp_of(again) == first
    monkeypatch.setattr(stamps, "LEAST", timedelta(seconds=-1))
    send(stamp_of(again), text="Hola & adiós")
    assert Message.objects.get().text == "Hola & adiós"


@pytest.mark.parametrize("stamp", ["", "x", "a:b:c", "😀", "x" * 5000])
def test_a_forged_stamp_is_replaced_by_a_good_one(stamp: str) -> None:
    again = send(stamp)
    assert not Message.objects.exists()
    send(stamp_of(again))
    assert Message.objects.exists()


def test_an_old_form_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    old = opened()
    monkeypatch.setattr(stamps, "MOST", timedelta(seconds=-1))
    assert stamp_of(send(old)) != old
    assert not Message.objects.exists()


def test_the_same_form_twice_is_one_message() -> None:
    stamp = opened()
    assert send(stamp) == send(stamp)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "words",
    [
        {"text": ""},
        {"text": "x" * 5001},
        {"text": "a\0b"},
        {"topic": "money"},
        {"email": "no"},
        {"email": UNMAILABLE},
        {"email": "a@b.example\r\nBcc: x@y.example"},
        {"name": "x" * 101},
        {"page": "x" * 301},
    ],
)
def test_what_does_not_fit_is_told_and_not_kept(words: dict[str, str]) -> None:
    assert 'class="errors"' in send(**words)
    assert not Message.objects.exists()


def test_what_does_not_fit_is_told_at_its_field_as_one_speaks_here() -> None:
    page = html.fromstring(send(email="nadie", name="x" * 101))
    for name in ("email", "name"):
        [field] = page.xpath(f"//*[@name='{name}' and @aria-invalid]")
        [error] = page.xpath(f"//*[@id='{field.get('aria-describedby').split()[-1]}']")
        assert error.text_content().strip()
    assert "Escribe una dirección" in page.xpath("string(//*[@id='email-error'])")


def test_too_many_messages_of_one_place_are_refused() -> None:
    client = Client(headers={"accept": "text/html"})
    codes = [client.post("/contacto/", {**WORDS, "stamp": opened()}).status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]


def test_a_form_of_another_site_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/contacto/", {**WORDS, "stamp": opened()}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


def test_nothing_goes_to_the_log(caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    send(text="secreto")
    assert "secreto" not in caplog.text
    assert "ana@" not in caplog.text

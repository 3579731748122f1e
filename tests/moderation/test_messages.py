from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone, translation
from pytest_django import Settings

from pliego.errors import NotFound, TooMany
from pliego.moderation import letters, limits, messages
from pliego.moderation.messages import Letter
from pliego.moderation.models import Attempt, Message, Topic

pytestmark = pytest.mark.django_db

LETTER = Letter(Topic.QUESTION, "¿Cómo se hace?", name="Ana\r\nBcc: x", email="ana@example.org")


@pytest.fixture
def mailing(settings: Settings) -> None:
    settings.CONTACT_MAIL = "operator@example.org"


def write(number: int = 0, address: str = "192.0.2.1", **more: str) -> None:
    messages.receive(Letter(**{**LETTER_FIELDS, **more}), f"{number:032x}", address)


LETTER_FIELDS = {"topic": LETTER.topic, "text": LETTER.text, "name": LETTER.name, "email": LETTER.email}


def test_a_message_is_kept_and_its_address_is_not() -> None:
    write()
    message = Message.objects.get()
    assert (message.text, message.email) == (LETTER.text, LETTER.email)
    assert "192.0.2.1" not in str(Attempt.objects.values())


def test_the_same_form_twice_is_one_message() -> None:
    write()
    write()
    assert Message.objects.count() == 1


def test_one_network_may_write_five_in_an_hour() -> None:
    for number in range(messages.MOST_OF_ONE):
        write(number)
    with pytest.raises(TooMany):
        write(99)
    write(100, address="192.0.2.2")
    Attempt.objects.update(made_at=timezone.now() - limits.HOUR)
    write(101)


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_instant_are_no_more_than_the_limit() -> None:
    def one(number: int) -> bool:
        try:
            write(number)
        except TooMany:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(12) as pool:
        kept = list(pool.map(one, range(24)))
    assert sum(kept) == Message.objects.count() == messages.MOST_OF_ONE


def test_the_operator_ends_and_forgets_messages() -> None:
    for number in range(3):
        write(number)
    first, second, third = messages.listed()
    messages.finish(first.pk)
    messages.delete(second.pk)
    assert list(messages.listed()) == [third]
    assert [each.pk for each in messages.listed(done=True)] == [first.pk, third.pk]
    for verb in (messages.finish, messages.delete):
        with pytest.raises(NotFound):
            verb(second.pk)


@pytest.mark.usefixtures("mailing")
def test_the_operator_gets_the_message_and_its_sender_a_receipt() -> None:
    with translation.override("de"):
        write()
    letters.send_waiting()
    letters.send_waiting()
    told, receipt = mail.outbox
    assert told.to == ["operator@example.org"]
    assert told.reply_to == ["ana@example.org"]
    assert told.subject == f"[Pliego] message {Message.objects.get().pk}: question"
    assert told.body.splitlines()[1:] == ["Ana Bcc: x <ana@example.org>", "", LETTER.text]
    assert receipt.to == ["ana@example.org"]
    assert receipt.subject.startswith("Deine Nachricht")
    assert receipt.extra_headers["Auto-Submitted"] == "auto-replied"
    assert LETTER.text not in receipt.body


@pytest.mark.usefixtures("mailing")
def test_an_address_gets_one_receipt_in_an_hour() -> None:
    for number, email in enumerate(["ana@example.org", "ANA@example.org", "ana+2@example.org", "eva@example.org"]):
        write(number, email=email)
    letters.send_waiting()
    assert [sent.to for sent in mail.outbox].count(["operator@example.org"]) == 4
    assert [sent.to for sent in mail.outbox if "operator@example.org" not in sent.to] == [
        ["ana@example.org"],
        ["eva@example.org"],
    ]


@pytest.mark.usefixtures("mailing")
def test_without_a_mail_server_letters_lie_in_a_folder(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    write()
    letters.send_waiting()
    told = "".join(path.read_text() for path in tmp_path.iterdir())
    assert "To: operator@example.org" in told
    assert "To: ana@example.org" in told


@pytest.mark.usefixtures("mailing")
def test_who_wants_no_answer_gets_no_receipt() -> None:
    write(email="")
    letters.send_waiting()
    assert [sent.to for sent in mail.outbox] == [["operator@example.org"]]
    assert "Ana Bcc: x (no answer wanted)" in mail.outbox[0].body


@pytest.mark.usefixtures("mailing")
def test_what_the_mail_server_does_not_take_is_tried_again(settings: Settings) -> None:
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )
    write()
    letters.send_waiting()
    assert Message.objects.get().mailed_at is None
    settings.EMAIL_BACKEND = backend
    letters.send_waiting()
    assert len(mail.outbox) == 2

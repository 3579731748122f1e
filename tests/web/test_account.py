"""Accounts over HTTP: signing up, signing in, and what nobody is told."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from pytest_django import Settings

from pliego.accounts import api_keys, people
from pliego.accounts.invitations import invitation_for
from pliego.accounts.models import Person
from pliego.accounts.viewer import Viewer
from pliego.moderation.limits import LETTERS_TO
from tests.people import PASSWORD, account, share, with_password

pytestmark = pytest.mark.django_db

SIGN_UP, SIGN_IN, FORGOTTEN = "/cuenta/registro/", "/cuenta/entrar/", "/cuenta/contrasena/olvidada/"


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


@pytest.fixture
def person() -> Person:
    return with_password()


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> int:
    return client.post(SIGN_IN, {"login": "clara@example.org", "password": password}, **more).status_code  # type: ignore[arg-type]


def test_signing_up_asks_for_a_confirmation_first() -> None:
    client = Client()
    client.post(SIGN_UP, {"email": "clara@example.org", "password1": PASSWORD})
    assert sign_in(Client()) == 302
    assert Client().get("/cuenta/").status_code == 302
    (letter, *_) = mail.outbox
    link = re.findall(r"http://testserver(\S+)", str(letter.body))[0]
    Client().post(link)
    assert sign_in(client) == 302
    assert client.get("/cuenta/").status_code == 200


@pytest.mark.parametrize("path", [SIGN_UP, FORGOTTEN])
def test_nobody_is_told_whether_an_address_has_an_account(person: Person, path: str) -> None:
    known, unknown = (
        Client().post(path, {"email": email, "password1": PASSWORD}) for email in (person.email, "nadie@example.org")
    )
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert len(mail.outbox) == 2


def test_wrong_password_and_unknown_address_are_answered_alike(person: Person) -> None:
    wrong = [
        re.sub(r'value="[^"]*"', "", Client().post(SIGN_IN, {"login": login, "password": "x"}).content.decode())
        for login in (person.email, "nadie@example.org")
    ]
    assert wrong[0] == wrong[1]


def test_two_hundred_guesses_are_stopped(person: Person) -> None:
    answers = [sign_in(Client(REMOTE_ADDR=f"10.0.0.{guess}"), f"guess {guess}") for guess in range(200)]
    assert sum(code == 200 for code in answers) == 200
    assert sign_in(Client(REMOTE_ADDR="10.1.1.1")) == 200  # even the right one has to wait now


def test_guesses_from_one_address_are_stopped(person: Person) -> None:
    answers = [Client().post(SIGN_IN, {"login": f"{guess}@example.org", "password": "x"}) for guess in range(40)]
    assert answers[-1].status_code == 429


def test_guesses_from_one_household_are_stopped_by_whichever_of_its_addresses(person: Person) -> None:
    answers = [
        Client(REMOTE_ADDR=f"2001:db8:1:{guess:x}::{guess:x}").post(
            SIGN_IN, {"login": f"{guess}@example.org", "password": "x"}
        )
        for guess in range(40)
    ]
    assert answers[-1].status_code == 429


def test_a_session_keeps_neither_address_nor_browser_in_full(person: Person) -> None:
    client = Client(REMOTE_ADDR="173.178.20.30", headers={"user-agent": "Mozilla/5.0 (Windows NT) Firefox/150.0"})
    sign_in(client)
    assert list(UserSession.objects.values_list("ip", "user_agent")) == [("173.178.0.0", "Firefox, Windows")]


def test_signing_out_everywhere_else(person: Person) -> None:
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    here.post("/cuenta/sesiones/")
    assert here.get("/cuenta/").status_code == 200
    assert there.get("/cuenta/").status_code == 302


def test_a_password_chosen_by_letter_signs_everybody_out_and_tells_what_goes_on_working(person: Person) -> None:
    intruder = Client()
    sign_in(intruder)
    person.refresh_from_db()
    _, key = api_keys.make(Viewer(person=person.pk), "sync", may_write=False)
    page = Client(headers={"accept": "text/html"})
    form = page.get(people.password_path(person), follow=True)
    done = page.post(
        form.redirect_chain[-1][0], {"password1": f"otra {PASSWORD}", "password2": f"otra {PASSWORD}"}, follow=True
    )
    assert 'href="/cuenta/programas/"' in done.content.decode()
    assert intruder.get("/cuenta/").status_code == 302
    assert Client().get("/api/v1/account/documents", headers={"authorization": f"Bearer {key}"}).status_code == 200
    sign_in(changing := Client(), f"otra {PASSWORD}")
    assert 'href="/cuenta/programas/"' in changing.get("/cuenta/contrasena/").content.decode()


def lets_in(code: str) -> bool:
    """Whether a password and this code open the account."""
    client = Client()
    sign_in(client)
    client.post("/cuenta/seguridad/codigo/", {"code": code})
    return client.get("/cuenta/").status_code == 200


def test_a_code_of_an_app_is_good_once_in_every_process(person: Person) -> None:
    secret = "A" * 32
    TOTP.activate(person, secret)
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert lets_in(code)
    cache.clear()  # of this process: another one knows nothing of it, nor this one half a minute later
    assert not lets_in(code)
    assert not lets_in(f"{code[:3]} {code[3:]}")


@pytest.mark.django_db(transaction=True)
def test_a_spare_code_is_good_once_however_many_bring_it_at_the_same_instant(person: Person) -> None:
    TOTP.activate(person, "A" * 32)
    first, second, *_ = RecoveryCodes.activate(person).generate_codes()

    def one(code: str) -> bool:
        try:
            return lets_in(code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, [first, second] * 4)) <= 2
    assert not lets_in(first) or not lets_in(first)


def test_signing_in_makes_a_new_session(person: Person) -> None:
    client = Client()
    client.get(SIGN_IN)
    client.cookies["pliego_session"] = "a" * 32
    sign_in(client)
    assert client.cookies["pliego_session"].value != "a" * 32


def test_a_form_of_another_site_signs_nobody_in(person: Person) -> None:
    client = Client(enforce_csrf_checks=True, headers={"origin": "https://evil.example"})
    assert sign_in(client) == 403


@pytest.mark.parametrize("next_path", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_away(person: Person, next_path: str) -> None:
    answer = Client().post(
        f"{SIGN_IN}?next={next_path}", {"login": person.email, "password": PASSWORD, "next": next_path}
    )
    assert answer.headers["Location"] == "/archivos/"


def test_closed_means_closed(settings: Settings) -> None:
    settings.SIGN_UP = "closed"
    Client().post(SIGN_UP, {"email": "clara@example.org", "password1": PASSWORD})
    assert not Person.objects.exists()


def test_whoever_is_invited_comes_in_with_that_address_alone(settings: Settings) -> None:
    settings.SIGN_UP = "invitation"
    client = Client()
    assert "password1" not in client.get(SIGN_UP).content.decode()
    client.get(SIGN_UP, {"invitation": invitation_for("clara@example.org")})
    client.post(SIGN_UP, {"email": "otra@example.org", "password1": PASSWORD})
    assert not Person.objects.exists()
    client.post(SIGN_UP, {"email": "Clara@example.org", "password1": PASSWORD})
    assert client.get("/cuenta/").status_code == 200  # the invitation came by e-mail: nothing is left to confirm


def test_an_invitation_is_spent_for_good(settings: Settings) -> None:
    settings.SIGN_UP = "invitation"
    invitation = {"invitation": invitation_for("clara@example.org")}
    first, waiting = Client(), Client()
    for client in (first, waiting):
        client.get(SIGN_UP, invitation)
    first.post(SIGN_UP, {"email": "clara@example.org", "password1": PASSWORD})
    Person.objects.all().delete()  # closed, or known by another address since
    assert "password1" not in Client().get(SIGN_UP, invitation).content.decode()
    waiting.post(SIGN_UP, {"email": "clara@example.org", "password1": PASSWORD})
    assert not Person.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("policy", ["open", "invitation"])
def test_many_who_sign_up_with_one_address_at_the_same_instant_are_one(settings: Settings, policy: str) -> None:
    settings.SIGN_UP = policy
    invitation = {"invitation": invitation_for("clara@example.org")}
    clients = [Client(raise_request_exception=False) for _ in range(8)]
    for client in clients:
        client.get(SIGN_UP, invitation)

    def one(client: Client) -> int:
        try:
            return client.post(SIGN_UP, {"email": "clara@example.org", "password1": PASSWORD}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(one, clients))
    assert Person.objects.count() == 1
    assert answers <= {200, 302, 429}, answers


@pytest.mark.parametrize("path", [SIGN_UP, FORGOTTEN])
def test_a_letter_goes_to_the_address_of_the_account_and_to_none_that_looks_alike(path: str) -> None:
    with_password("mike@example.org")
    Client().post(path, {"email": "mi\N{KELVIN SIGN}e@example.org", "password1": PASSWORD})
    assert [letter.to for letter in mail.outbox] == [["mike@example.org"]]


@pytest.mark.parametrize("email", ["clara@example.org", "nadie@example.org"])
@pytest.mark.parametrize("path", [SIGN_UP, FORGOTTEN])
def test_links_in_letters_lead_to_the_site_whatever_host_was_asked(
    person: Person, settings: Settings, path: str, email: str
) -> None:
    settings.SITE_ADDRESS, settings.ALLOWED_HOSTS = "https://pdf.example.org", ["localhost"]
    Client().post(path, {"email": email, "password1": PASSWORD}, headers={"host": "localhost:666"})
    (letter,) = mail.outbox
    (link,) = re.findall(r"https?://\S+", str(letter.body))
    assert link.startswith("https://pdf.example.org/cuenta/")
    assert Client().get(link.removeprefix("https://pdf.example.org"), headers={"host": "localhost"}).status_code < 400


@pytest.mark.parametrize("path", [SIGN_UP, FORGOTTEN])
def test_one_person_gets_so_many_letters_whoever_asks_for_them(settings: Settings, path: str) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(12):
        cache.clear()  # what allauth counts by itself
        form = {"email": f"nadie+{number}@example.org", "password1": PASSWORD}
        Client().post(path, form, headers={"x-forwarded-for": f"10.0.0.{number}"})
    assert len(mail.outbox) == LETTERS_TO


def test_one_network_has_so_many_letters_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.moderation.limits.LETTERS_FROM", 3)
    form = {"password1": PASSWORD, "email": "x"}
    answers = [Client().post(SIGN_UP, form | {"email": f"n{at}@example.org"}).status_code for at in range(5)]
    assert (answers[-1], len(mail.outbox)) == (429, 3)


def test_a_mail_server_that_is_down_is_told(settings: Settings, person: Person) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = Client().post(FORGOTTEN, {"email": person.email}, headers={"accept": "text/html"})
    assert answer.status_code == 503


def test_the_account_tells_what_it_holds() -> None:
    share("mía", read=False, owner=account())
    share("ajena", read=False)
    client = Client()
    client.force_login(account())
    assert "<dd>1</dd>" in client.get("/cuenta/").content.decode()


@pytest.mark.parametrize("key", ["xyz", "MQ:1abc:def", "1" * 300])
def test_a_made_up_confirmation_opens_nothing(key: str) -> None:
    assert Client().get(f"/cuenta/correo/{key}/").status_code == 200
    assert Client().post(f"/cuenta/correo/{key}/").status_code == 404


def test_everything_can_be_taken_along(person: Person) -> None:
    share("mía", read=False, owner=person)
    client = Client()
    client.force_login(person)
    answer = client.get("/cuenta/llevarse-todo.zip")
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert b"documents.csv" in data
    assert answer.headers["Content-Disposition"].endswith('.zip"')
    assert Client().get("/cuenta/llevarse-todo.zip").status_code == 302


def test_closing_asks_for_the_password_once_more(person: Person) -> None:
    share("mía", read=False, owner=person)
    client = Client()
    sign_in(client)
    assert client.post("/cuenta/cerrar/").headers["Location"].startswith("/cuenta/confirmar/")
    client.post("/cuenta/confirmar/", {"password": PASSWORD})
    assert "cerrar" in client.get("/cuenta/cerrar/").request["PATH_INFO"]
    assert client.post("/cuenta/cerrar/").status_code == 200
    assert client.get("/cuenta/").status_code == 302
    assert sign_in(Client()) == 302
    assert Person.objects.get().closed_at


def test_password_managers_learn_whose_password_is_chosen(person: Person) -> None:
    client = Client()
    link = people.password_path(person)
    page = client.get(link, follow=True).content.decode()
    field = f'autocomplete="username" value="{person.email}"'
    assert field in page
    sign_in(client)
    assert field in client.get("/cuenta/contrasena/").content.decode()


@pytest.mark.django_db(transaction=True)  # it is sent when all is saved
@pytest.mark.parametrize("language", ["es", "en", "fr", "pt", "de"])
def test_a_letter_tells_of_an_app_that_was_added_or_removed(person: Person, language: str) -> None:
    client = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"}, REMOTE_ADDR="173.178.7.9")
    sign_in(client)
    client.post("/cuenta/confirmar/", {"password": PASSWORD})
    with translation.override(language):
        path, said = reverse("mfa_activate_totp"), gettext("An authenticator app was added to your account.")
        removed = gettext("The authenticator app was removed from your account.")
    client.get(path)
    secret = client.session[SECRET_SESSION_KEY]
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post(path, {"code": code}).status_code == 302
    letter = next(each for each in mail.outbox if said in each.subject)
    assert letter.to == [person.email]
    assert letter.subject == f"Pliego: {said}"
    assert "173.178.x.x" in str(letter.body)
    assert "173.178.7.9" not in str(letter.body)
    assert "Firefox, Linux" in str(letter.body)
    with translation.override(language):
        client.post(reverse("mfa_deactivate_totp"))
    assert mail.outbox[-1].subject == f"Pliego: {removed}"


def test_what_has_changed_stays_changed_when_its_letter_cannot_be_sent(person: Person, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client = Client()
    sign_in(client)
    said = {"oldpassword": PASSWORD, "password1": "otra contraseña larga", "password2": "otra contraseña larga"}
    assert client.post("/cuenta/contrasena/", said).status_code == 302
    person.refresh_from_db()
    assert person.check_password("otra contraseña larga")


@pytest.mark.parametrize("name", ["account_email_verification_sent", "account_reset_password_done"])
def test_a_site_that_sends_no_mail_says_where_the_letter_lies(name: str, settings: Settings) -> None:
    kept = "en la carpeta «mail» de la carpeta de datos"
    settings.EMAIL_HOST = ""
    assert kept in Client().get(reverse(name)).content.decode()
    settings.EMAIL_HOST = "mail.example.org"
    assert kept not in Client().get(reverse(name)).content.decode()


class Counting(MD5PasswordHasher):
    """Tells how often a password was hashed."""

    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        """Hash it."""
        Counting.hashed += 1
        return super().encode(password, salt)


def test_signing_up_takes_as_long_with_an_address_that_has_an_account(person: Person, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["tests.web.test_account.Counting"]
    work = []
    for email in (person.email, "nadie@example.org"):
        before = Counting.hashed
        Client().post(SIGN_UP, {"email": email, "password1": PASSWORD})
        work.append(Counting.hashed - before)
    assert work == [1, 1]

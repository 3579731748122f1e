import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from pliego.accounts.models import Person
from pliego.documents.models import Document
from pliego.moderation.limits import LETTERS_TO
from tests.people import PASSWORD, UNMAILABLE, Shared, share, visit

pytestmark = pytest.mark.django_db

PATH = "/enlace-perdido/"


@pytest.fixture
def shared() -> Shared:
    shared = share("perdido", read=False)
    visit("owner", shared).post(f"/d/{shared.document.pk}/recovery", {"email": "clara@example.org"})
    return shared


def link() -> str:
    found = re.search(r"http://testserver(\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_a_lost_link_comes_back_by_letter(shared: Shared) -> None:
    client = Client(headers={"accept": "text/html"})
    assert 'name="email"' in client.get(PATH).text
    client.post(PATH, {"email": " Clara@example.org "})
    page = client.get(link()).content.decode()
    word = re.findall(r'name="w" value="([^"]+)"', page)[0]
    assert client.post(link().partition("?")[0], {"w": word}).headers["Location"] == shared.document.manage_url
    assert client.get(shared.document.manage_url).status_code == 200
    assert visit("owner", shared).get(shared.document.manage_url).status_code == 404  # with the old one


def test_the_letter_leads_to_the_site_whatever_host_was_asked(shared: Shared, settings: Settings) -> None:
    settings.SITE_ADDRESS, settings.ALLOWED_HOSTS = "https://pdf.example.org", ["localhost"]
    Client().post(PATH, {"email": "clara@example.org"}, headers={"host": "localhost:666"})
    links = re.findall(r"https?://[^/\s]+", str(mail.outbox[-1].body))
    assert links == ["https://pdf.example.org"]


def test_a_letter_that_cannot_be_sent_is_not_said_to_be(shared: Shared, settings: Settings) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    answer = Client().post(PATH, {"email": "clara@example.org"})
    assert (answer.status_code, b"letter-not-sent" in answer.content) == (503, True)


def test_a_wrong_address_gets_the_same_answer_and_a_letter_that_says_so(shared: Shared) -> None:
    answers = [
        re.sub(r'value="[^"]*"', "", Client().post(PATH, {"email": email}).content.decode())
        for email in ("clara@example.org", "otra@example.org")
    ]
    assert answers[0] == answers[1]
    assert [len(letter.to) for letter in mail.outbox] == [1, 1]
    assert "http" not in str(mail.outbox[1].body)


@pytest.mark.parametrize("path", [PATH, "/cuenta/registro/", "/cuenta/contrasena/olvidada/"])
def test_an_address_that_no_letter_can_be_written_to_gets_none(path: str) -> None:
    assert Client().post(path, {"email": UNMAILABLE, "password1": PASSWORD}).status_code == 200
    assert mail.outbox == []
    assert not Person.objects.exists()


def test_nobody_can_ask_without_end(shared: Shared) -> None:
    codes = [Client().post(PATH, {"email": "clara@example.org"}).status_code for _ in range(7)]
    assert codes[-1] == 429
    assert len(mail.outbox) == 5


def test_nobody_writes_letters_of_their_own_to_others() -> None:
    shared = share("reclamo", read=False)
    owner = visit("owner", shared)
    owner.post(f"/d/{shared.document.pk}/manage", {"title": "¡Gana! http://evil.example", "privacy": "private"})
    assert Document.objects.get().title == "¡Gana! http://evil.example"
    owner.post(f"/d/{shared.document.pk}/recovery", {"email": "victima@example.org"})
    Client().post(PATH, {"email": "victima@example.org"}, headers={"user-agent": "http://evil.example"})
    (letter,) = mail.outbox
    assert "evil" not in letter.message().as_string()
    assert "Gana" not in str(letter.body)
    assert "Gana" in Client(headers={"accept": "text/html"}).get(link()).content.decode()  # it is told behind the link


def test_the_links_go_to_the_address_that_was_noted_and_to_none_that_looks_alike() -> None:
    shared = share("parecido", read=False)
    visit("owner", shared).post(f"/d/{shared.document.pk}/recovery", {"email": "mike@example.org"})
    Client().post(PATH, {"email": "mi\N{KELVIN SIGN}e@example.org"})
    assert [letter.to for letter in mail.outbox] == [["mike@example.org"]]


def test_one_person_gets_so_many_letters_whoever_asks_for_them(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(12):
        elsewhere = {"x-forwarded-for": f"10.0.0.{number}"}
        Client().post(PATH, {"email": f"Clara+{number}@example.org"}, headers=elsewhere)
    assert len(mail.outbox) == LETTERS_TO
    Client().post(PATH, {"email": "otra@example.org"}, headers={"x-forwarded-for": "10.0.0.99"})
    assert len(mail.outbox) == LETTERS_TO + 1


@pytest.mark.parametrize(
    "email",
    [
        "",
        "x",
        "a@b\r\nBcc: c@d",
        "a@b\0",
        "a@example.org, b@example.org",
        "a@example.org;b@example.org",
        "<a@example.org>",
    ],
)
def test_what_is_no_address_sends_nothing(shared: Shared, email: str) -> None:
    assert Client().post(PATH, {"email": email}).status_code == 200
    assert mail.outbox == []


@pytest.mark.parametrize("word", ["", "x", "a:b:c", "%00"])
def test_a_made_up_word_is_not_found(word: str) -> None:
    assert Client().get(f"{PATH}enlace-nuevo/?w={word}").status_code == 404
    assert Client().post(f"{PATH}enlace-nuevo/", {"w": word}).status_code == 404


def test_the_card_shows_the_secret_to_its_owner_alone(shared: Shared) -> None:
    path = f"/d/{shared.document.pk}/card"
    page = visit("owner", shared).get(path)
    assert shared.token in page.content.decode()
    assert page.content.decode().count("data:image/svg+xml;base64,") == 3
    assert page.headers["Cache-Control"] == "private, no-store"
    assert visit("stranger", shared).get(path).status_code == 404


def test_keywords_date_and_licence_are_said_and_shown(shared: Shared) -> None:
    form = {"title": "", "author": "", "description": "", "language": "", "privacy": "public"}
    client = visit("owner", shared)
    client.post(
        shared.document.manage_url, {**form, "keywords": "uno, dos", "date": "1999-02-03", "licence": "cc-by-sa"}
    )
    document = Document.objects.with_file().get()
    assert (document.own_keywords, document.year) == (["uno", "dos"], 1999)
    page = Client().get(document.get_absolute_url()).content.decode()
    assert 'rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/"' in page
    assert "uno, dos" in page
    for wrong in ({"licence": "x"}, {"date": "1999-99-99"}, {"date": "0000-00-00"}):
        client.post(shared.document.manage_url, {**form, "keywords": "tres", **wrong})
    assert Document.objects.get().given_keywords == "uno, dos"

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from pliego.accounts.callers import client_address, from_elsewhere
from pliego.accounts.models import Person
from pliego.accounts.viewer import ANONYMOUS
from pliego.documents.models import Privacy
from pliego.web.viewers import COOKIE, at_this_machine, viewer_of, wants_html
from tests.people import account, share, visit

ask = RequestFactory()


@pytest.mark.parametrize(
    ("trusted", "forwarded", "address"),
    [
        (0, "6.6.6.6", "1.1.1.1"),
        (1, "6.6.6.6, 2.2.2.2", "2.2.2.2"),
        (2, "6.6.6.6, 2.2.2.2, 3.3.3.3", "2.2.2.2"),
        (2, "2.2.2.2", "1.1.1.1"),
        (1, "6.6.6.6, 2.2.2.2:50123", "2.2.2.2"),
        (1, "6.6.6.6, [2001:db8::2]:50123", "2001:db8::2"),
        (1, "[2001:db8::2]", "2001:db8::2"),
        (1, "2001:db8::2", "2001:db8::2"),
        (1, "", "1.1.1.1"),
        (1, " , ,", "1.1.1.1"),
    ],
)
def test_only_what_trusted_proxies_wrote_counts(settings: Settings, trusted: int, forwarded: str, address: str) -> None:
    settings.TRUSTED_PROXIES = trusted
    request = ask.get("/", REMOTE_ADDR="1.1.1.1", headers={"x-forwarded-for": forwarded})
    assert client_address(request) == address


@pytest.mark.django_db
def test_the_cookie_makes_an_owner_of_its_own_document_alone() -> None:
    mine, other = share("mía", read=False), share("otra", read=False)
    request = ask.get("/")
    request.COOKIES[COOKIE] = mine.token
    assert viewer_of(request, mine.document.pk).owns(mine.document)
    assert not viewer_of(request, other.document.pk).owns(other.document)


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["", "x", "a/b", "\0", "' OR 1=1 --", "é" * 5000])
def test_a_made_up_cookie_makes_nobody(value: str) -> None:
    document = share("nadie", read=False).document
    request = ask.get("/")
    request.COOKIES[COOKIE] = value
    assert viewer_of(request, document.pk) is ANONYMOUS


def test_somebody_without_the_cookie_costs_no_query() -> None:
    assert viewer_of(ask.get("/"), "any") is ANONYMOUS


@pytest.mark.django_db
def test_a_page_asks_for_a_session_only_with_its_cookie(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    path = share("leída", read=False).document.get_absolute_url()
    Client().get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(path)
    assert not any("session" in query["sql"] or "accounts_person" in query["sql"] for query in asked)
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "public, no-cache"
    reader = Client()
    reader.force_login(account("otra"))
    with django_assert_num_queries(len(asked) + 2):
        answer = reader.get(path)
    assert answer.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.django_db
def test_an_account_owns_its_documents_at_every_address() -> None:
    mine = share("mía", Privacy.PRIVATE, read=False, owner=account())
    client = visit("account", mine)
    answer = client.get(mine.document.get_absolute_url())
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert mine.document.manage_url in answer.content.decode()
    assert visit("other", mine).get(mine.document.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_a_closed_account_opens_nothing() -> None:
    mine = share("mía", Privacy.PRIVATE, read=False, owner=account())
    client = visit("account", mine)
    Person.objects.update(is_active=False)
    assert client.get(mine.document.get_absolute_url()).status_code == 404


def test_the_operator_is_at_this_machine_only_when_nothing_forwards(settings: Settings) -> None:
    assert at_this_machine(ask.get("/"))
    assert not at_this_machine(ask.get("/", headers={"x-forwarded-for": "127.0.0.1"}))
    settings.LOCAL_ONLY = False
    assert not at_this_machine(ask.get("/"))


@pytest.mark.parametrize(
    ("site", "elsewhere"),
    [(None, False), ("same-origin", False), ("none", False), ("same-site", True), ("cross-site", True)],
)
def test_browsers_tell_where_a_request_comes_from(site: str | None, elsewhere: bool) -> None:
    headers = {} if site is None else {"sec-fetch-site": site}
    assert from_elsewhere(ask.post("/", headers=headers)) == elsewhere


@pytest.mark.parametrize(
    ("origin", "elsewhere"),
    [
        ("http://testserver", False),
        ("https://pdf.example.org", False),
        ("null", False),
        ("http://[", True),
        ("https://evil.example", True),
        ("https://testserver.evil.example", True),
    ],
)
def test_old_browsers_tell_by_the_origin(settings: Settings, origin: str, elsewhere: bool) -> None:
    settings.SITE_ADDRESS = "https://pdf.example.org"
    assert from_elsewhere(ask.post("/", headers={"origin": origin})) == elsewhere
    assert not from_elsewhere(ask.post("/", headers={"origin": origin, "sec-fetch-site": "same-origin"}))


def test_browsers_want_html_and_programs_do_not() -> None:
    assert wants_html(ask.get("/", headers={"accept": "text/html,*/*;q=0.8"}))
    assert not wants_html(ask.get("/", headers={"accept": "*/*"}))
    assert not wants_html(ask.get("/"))

"""Share links: who comes in, how often, and what guessing leads to."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import sharing
from pliego.documents.links import Guess, ShareLink
from pliego.documents.models import Document
from pliego.documents.sharing import Terms
from pliego.errors import LinkEnded, NotFound, WrongLinkPassword
from tests.people import account, share

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def given(terms: Terms | None = None) -> tuple[ShareLink, str]:
    """A link of a document that has an older one too, which asks nothing and stays as it is."""
    document = share("dada", "private", read=False).document
    sharing.give(document, Terms())
    return sharing.give(document, terms or Terms())


def comes_in(link: ShareLink, password: str = "", address: str = "1.2.3.4") -> bool:
    try:
        sharing.enter(link, password, address)
    except (LinkEnded, WrongLinkPassword):
        return False
    return True


def test_the_token_is_stored_nowhere() -> None:
    link, token = given(Terms(label="Ana", password="abre te sésamo"))
    row = " ".join(map(str, ShareLink.objects.filter(pk=link.pk).values_list().get()))
    assert len(token) == 22
    assert token not in row
    assert "sésamo" not in row
    assert sharing.found(token) == link


def test_coming_in_is_counted() -> None:
    link, _ = given()
    sharing.enter(link)
    link.refresh_from_db()
    assert link.last_used_at is not None
    assert list(ShareLink.objects.order_by("pk").values_list("views", flat=True)) == [0, 1]


@pytest.mark.parametrize(
    ("end", "ended"),
    [
        ("revoked", {"revoked_at": timezone.now()}),
        ("expired", {"expires_at": timezone.now() - HOUR}),
        ("used up", {"view_limit": 3, "views": 3}),
    ],
)
def test_an_ended_link_is_as_unknown_as_one_that_never_was(end: str, ended: dict[str, object]) -> None:
    link, token = given()
    ShareLink.objects.filter(pk=link.pk).update(**ended)
    link.refresh_from_db()
    assert [each.end for each in sharing.links_of(link.document)] == [end, ""]
    for each in (token, "never-was"):
        with pytest.raises(LinkEnded):
            sharing.found(each)
    assert not comes_in(link)


def test_what_lies_in_the_trash_is_opened_by_no_link() -> None:
    link, token = given()
    Document.objects.update(trashed_at=timezone.now())
    with pytest.raises(LinkEnded):
        sharing.found(token)
    assert not comes_in(link)


def test_a_ticket_opens_its_document_and_no_other() -> None:
    link, _ = given()
    ticket = sharing.enter(link)
    assert sharing.granted(link.document_id, ticket) == {link.document_id}
    assert sharing.granted("1111111111111111", ticket) == frozenset()
    assert sharing.granted(link.document_id, ticket[:-2] + "xx") == frozenset()
    assert sharing.granted(link.document_id, sharing.waiting(link)) == frozenset()
    assert sharing.asked(link.document_id, sharing.waiting(link)) == link
    with pytest.raises(LinkEnded):
        sharing.asked("1111111111111111", sharing.waiting(link))


@pytest.mark.parametrize(
    "change",
    [
        sharing.revoke,
        partial(sharing.change, terms=Terms(password="otra clave")),
        partial(sharing.change, terms=Terms(expires_at=timezone.now() - HOUR)),
        lambda link: link.delete(),
    ],
    ids=["revoked", "another password", "expired", "deleted"],
)
def test_a_ticket_ends_with_its_link(change: Callable[[ShareLink], object]) -> None:
    link, _ = given()
    ticket, identifier = sharing.enter(link), link.document_id
    change(link)
    assert sharing.granted(identifier, ticket) == frozenset()


def test_a_ticket_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    link, _ = given()
    ticket = sharing.enter(link)
    monkeypatch.setattr(sharing, "TICKET", timedelta(seconds=-1))
    assert sharing.granted(link.document_id, ticket) == frozenset()


def test_the_last_view_can_still_be_read() -> None:
    link, _ = given(Terms(view_limit=1))
    ticket = sharing.enter(link)
    assert not comes_in(link)
    assert sharing.granted(link.document_id, ticket)


def test_terms_change_and_the_rest_stays() -> None:
    link, token = given(Terms(label="Ana", password="la clave", view_limit=2))
    sharing.enter(link, "la clave")
    sharing.change(sharing.found(token), Terms(label="Eva", view_limit=5, expires_at=timezone.now() + HOUR))
    link = sharing.found(token)
    assert (link.label, link.views_left, link.asks, link.end) == ("Eva", 4, True, "")
    assert comes_in(link, "la clave")
    sharing.change(link, Terms(password=""))
    assert comes_in(sharing.found(token))


def test_of_200_guesses_ten_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    link, _ = given(Terms(password="la clave"))
    verified: list[bool] = []
    own = link.password

    def verify(password: str, encoded: str) -> bool:
        verified.append(encoded == own)
        return hashers.check_password(password, encoded) if encoded == own else False

    monkeypatch.setattr(sharing, "check_password", verify)
    assert not any(comes_in(link, f"clave {n}") for n in range(199))
    assert not comes_in(link, "la clave")
    assert sum(verified) == sharing.GUESSES == 10
    assert len(verified) == 200  # the same work, looked at or not
    assert comes_in(link, "la clave", "5.6.7.8")


def test_guesses_from_everywhere_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    link, other = (given(Terms(password="la clave"))[0] for _ in range(2))
    own = (link.password, other.password)
    monkeypatch.setattr(sharing, "check_password", lambda password, encoded: encoded in own)
    Guess.objects.bulk_create(Guess(link=link, caller=str(n)) for n in range(sharing.GUESSES_IN_ALL))
    assert not comes_in(link, "la clave", "9.9.9.9")
    assert comes_in(other, "la clave", "9.9.9.9")
    Guess.objects.update(made_at=timezone.now() - sharing.WINDOW)
    assert comes_in(link, "la clave", "9.9.9.9")


def test_a_right_password_is_no_guess() -> None:
    link, _ = given(Terms(password="la clave"))
    assert comes_in(link, "la clave")
    assert not Guess.objects.exists()


def test_one_person_has_all_addresses_of_a_network() -> None:
    assert sharing._caller("2001:db8::1") == sharing._caller("2001:db8::ffff:1")
    assert sharing._caller("2001:db8::1") != sharing._caller("2001:db8:0:1::1")
    assert sharing._caller("1.2.3.4") != sharing._caller("1.2.3.5")
    assert sharing._caller("no address \udcff")


@pytest.mark.parametrize("ago", [sharing.WINDOW, -sharing.WINDOW], ids=["long ago", "by a fast clock"])
def test_guesses_are_forgotten(ago: timedelta) -> None:
    link, _ = given(Terms(password="la clave"))
    assert not comes_in(link, "otra")
    sharing.forget_guesses()
    assert Guess.objects.exists()
    Guess.objects.update(made_at=timezone.now() - ago)
    sharing.forget_guesses()
    assert not Guess.objects.exists()


def test_links_of_another_document_are_not_found() -> None:
    link, _ = given()
    assert sharing.link_of(link.document, link.pk) == link
    with pytest.raises(NotFound):
        sharing.link_of(share("otra", read=False).document, link.pk)


@pytest.mark.django_db(transaction=True)
def test_of_50_at_the_same_instant_the_limit_comes_in() -> None:
    link, _ = given(Terms(view_limit=7))
    start = threading.Barrier(50)

    def come() -> bool:
        try:
            start.wait()
            return comes_in(link)
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        came = list(pool.map(lambda _: come(), range(50)))
    assert sum(came) == 7
    link.refresh_from_db()
    assert link.views == 7


def test_an_account_sees_the_links_of_all_its_documents(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    mine, other = Viewer(person=account().pk), share("ajena", read=False, owner=account("otra"))
    one, two = (share(name, read=False, owner=account()) for name in ("uno", "dos"))
    first, second = (sharing.give(each.document, Terms())[0] for each in (one, two))
    used = sharing.give(two.document, Terms(view_limit=1))[0]
    sharing.enter(used)
    sharing.give(other.document, Terms())
    with django_assert_num_queries(1):
        assert [(each, each.document.title) for each in sharing.held_by(mine)] == [(second, "dos"), (first, "uno")]
    assert list(sharing.held_by(mine, ended=True)) == [used]
    assert not sharing.held_by(ANONYMOUS).exists()
    Document.objects.filter(pk=one.document.pk).update(trashed_at=timezone.now())
    assert list(sharing.held_by(mine)) == [second]


def test_an_account_ends_one_of_them_or_all() -> None:
    mine, stranger = Viewer(person=account().pk), Viewer(person=account("otra").pk)
    document = share("uno", read=False, owner=account()).document
    links = [sharing.give(document, Terms())[0] for _ in range(3)]
    foreign, token = sharing.give(share("ajena", read=False).document, Terms())
    for viewer, number in ((stranger, links[0].pk), (mine, foreign.pk), (ANONYMOUS, links[0].pk)):
        with pytest.raises(NotFound):
            sharing.revoke_one(viewer, number)
    sharing.revoke_one(mine, links[0].pk)
    sharing.revoke_one(mine, links[0].pk)
    assert (sharing.revoke_all(stranger), sharing.revoke_all(mine), sharing.revoke_all(mine)) == (0, 2, 0)
    assert sharing.found(token) == foreign

"""Share links: secret addresses that an owner gives out, with a password, an end and a number of views if they wish.

The site knows the SHA-256 of a token (128 random bits) alone. Coming in spends one view, in one conditional UPDATE, and
gives the visitor a ticket: a signed note that the browser keeps for this document, good for TICKET. A ticket ends with
its link: when that is revoked, has expired, or gets another password.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from pliego.accounts.manage_links import new_token, token_hash
from pliego.accounts.viewer import Viewer
from pliego.documents.links import Guess, ShareLink, ShareLinkQuerySet
from pliego.documents.models import Document
from pliego.documents.names import one_line, some_lines
from pliego.errors import LinkEnded, NotFound, WrongLinkPassword

TICKET = timedelta(hours=12)
WINDOW = timedelta(minutes=15)
"""For how long a wrong password counts."""
GUESSES = 10
"""Passwords that are looked at from one address within the window."""
GUESSES_IN_ALL = 60
"""... and from everywhere."""
_SALT = "pliego.share"


@dataclass(frozen=True, slots=True)
class Terms:
    """What an owner says of a share link. ``password``: None leaves it as it is, "" takes it away."""

    label: str = ""
    note: str = ""
    password: str | None = None
    expires_at: datetime | None = None
    view_limit: int | None = None


def give(document: Document, terms: Terms) -> tuple[ShareLink, str]:
    """Make a share link; its token is told here and never again."""
    token = new_token()
    link = ShareLink(document=document, token_hash=token_hash(token))
    _take_over(link, terms)
    link.save()
    return link, token


def change(link: ShareLink, terms: Terms) -> None:
    """Save other terms; the token, the views so far and what was revoked stay."""
    _take_over(link, terms)
    link.save(update_fields=["label", "note", "password", "expires_at", "view_limit"])


def revoke(link: ShareLink) -> None:
    """End a link for good, for those too who came in by it."""
    ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def held_by(viewer: Viewer, *, ended: bool = False) -> ShareLinkQuerySet:
    """The share links of the documents of an account, the newest first: those that let in, or those that have ended.

    What lies in the trash is left out: its links open nothing until it is back.
    """
    links, now = _of_account(viewer), timezone.now()
    working = ShareLink.objects.open(now).filter(pk=OuterRef("pk"))
    found = links.filter(~Exists(working)) if ended else links.open(now)
    return found.select_related("document__file").order_by("-pk")


def revoke_one(viewer: Viewer, number: int) -> None:
    """End a link of a document of this account, as `revoke` does; raise NotFound."""
    link = _of_account(viewer).filter(pk=number).first()
    if link is None:
        raise NotFound
    revoke(link)


def revoke_all(viewer: Viewer) -> int:
    """End every link of this account's documents that still lets in, and give their number."""
    count: int = held_by(viewer).update(revoked_at=timezone.now())
    return count


def links_of(document: Document) -> list[ShareLink]:
    """The share links of a document, the newest first."""
    return list(document.share_links.order_by("-created_at", "-pk"))


def link_of(document: Document, number: int) -> ShareLink:
    """One of them; raise NotFound."""
    link = document.share_links.filter(pk=number).first()
    if link is None:
        raise NotFound
    return link


def found(token: str) -> ShareLink:
    """The link of a token, while it lets in; raise LinkEnded, whatever the reason."""
    link = _open().filter(token_hash=token_hash(token)).first()
    if link is None:
        raise LinkEnded
    return link


def enter(link: ShareLink, password: str = "", address: str = "") -> str:
    """Let somebody in and give their ticket. Raise WrongLinkPassword, or LinkEnded when no view is left."""
    if link.password:
        _check(link, password, address)
    now = timezone.now()
    spent = _open().filter(pk=link.pk, password=link.password).update(views=F("views") + 1, last_used_at=now)
    if not spent:
        raise LinkEnded
    return _ticket(link, entered=True)


def waiting(link: ShareLink) -> str:
    """A ticket for somebody whom the link first asks something: it opens nothing but that question."""
    return _ticket(link, entered=False)


def asked(identifier: str, ticket: str) -> ShareLink:
    """The link that asks the holder of a waiting ticket; raise NotFound without one, LinkEnded when it has ended."""
    said = _read(ticket)
    if said is None:
        raise NotFound
    link = _open().filter(pk=said["link"], document_id=identifier).first()
    if link is None:
        raise LinkEnded
    return link


def granted(identifier: str, ticket: str) -> frozenset[str]:
    """What a ticket opens: that document, or nothing."""
    said = _read(ticket)
    if said is None or not said["entered"]:
        return frozenset()
    link = ShareLink.objects.alive(timezone.now()).filter(pk=said["link"], document_id=identifier).first()
    return frozenset({identifier}) if link and _mark(link) == said["mark"] else frozenset()


def forget_guesses() -> None:
    """Delete the guesses that no longer count, and those of a clock that was fast: they would count for too long."""
    now = timezone.now()
    Guess.objects.exclude(made_at__range=(now - WINDOW, now)).delete()


def _open() -> ShareLinkQuerySet:
    """The links that let in; the limit is looked at in the same statement that spends a view."""
    return ShareLink.objects.open(timezone.now()).filter(Document.objects.kept().named_in("document"))


def _of_account(viewer: Viewer) -> ShareLinkQuerySet:
    return ShareLink.objects.filter(document__in=Document.objects.of_account(viewer).kept())


def _take_over(link: ShareLink, terms: Terms) -> None:
    link.label, link.note = one_line(terms.label), some_lines(terms.note)
    link.expires_at, link.view_limit = terms.expires_at, terms.view_limit
    if terms.password is not None:
        link.password = make_password(terms.password) if terms.password else ""


def _check(link: ShareLink, password: str, address: str) -> None:
    """Raise WrongLinkPassword. Too many tries take the same work and get the same answer, right or wrong."""
    guess = _counted(link, _caller(address))
    fits = check_password(password, link.password if guess else _decoy())
    if not (guess and fits):
        raise WrongLinkPassword
    guess.delete()


def _counted(link: ShareLink, caller: str) -> Guess | None:
    """Note a try; None when there have been too many. The row of the link is locked: tries come one by one."""
    with transaction.atomic():
        ShareLink.objects.select_for_update().get(pk=link.pk)
        lately = Guess.objects.filter(link=link, made_at__gt=timezone.now() - WINDOW)
        if lately.count() >= GUESSES_IN_ALL or lately.filter(caller=caller).count() >= GUESSES:
            return None
        return Guess.objects.create(link=link, caller=caller)


def _caller(address: str) -> str:
    """A keyed hash of an address, of an IPv6 one its /64, where one person has them all."""
    try:
        whole = ip_address(address)
        known = address if whole.version == 4 else str(ip_network((whole, 64), strict=False))
    except ValueError:
        known = address
    key = hashlib.sha256(f"guesses {settings.SECRET_KEY}".encode()).digest()
    return hashlib.blake2b(known.encode(errors="replace"), key=key, digest_size=16).hexdigest()


@lru_cache(maxsize=1)
def _decoy() -> str:
    """A hash that no password fits."""
    return make_password(new_token())


def _mark(link: ShareLink) -> str:
    """Tells whether the password is still the one that was given."""
    return token_hash(link.password)[:16]


def _ticket(link: ShareLink, *, entered: bool) -> str:
    return signing.dumps({"link": link.pk, "mark": _mark(link), "entered": entered}, salt=_SALT, compress=False)


def _read(ticket: str) -> dict[str, str | int | bool] | None:
    """What a ticket says; None of one that is made up or too old."""
    try:
        said: dict[str, str | int | bool] = signing.loads(ticket, salt=_SALT, max_age=TICKET)
    except signing.BadSignature:
        return None
    return said

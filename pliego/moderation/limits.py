"""How often one network may do a thing. What is kept is a keyed hash of the address, and that for a day at most."""

import re
import time
from contextlib import suppress
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pliego.accounts.network import fingerprint
from pliego.errors import TooFast, TooMany
from pliego.moderation.models import Attempt, Message, Notice

KEPT = timedelta(days=1)
HOUR = timedelta(hours=1)
LETTERS_TO, LETTERS_FROM = 6, 60
"""Letters within an hour to one person, and at the wish of one network."""
MOST_OF_ALL = 200
"""Messages, or notices, within an hour of all together."""
_DOTS_MEAN_NOTHING = ("gmail.com", "googlemail.com")


def count(kind: str, address: str, most: int, within: timedelta) -> None:
    """Note one attempt; raise TooMany when ``most`` were made within that time. Exact, however many come at once."""
    _count(kind, fingerprint(address, kind), most, within)


def letter(email: str, address: str) -> None:
    """Note a letter that a visitor has written to somebody by asking for it. Raise TooMany within an hour."""
    person = salted_hmac("pliego.letters", person_at(email)).hexdigest()[:32]
    _count("letter to", person, LETTERS_TO, HOUR)
    count("letter from", address, LETTERS_FROM, HOUR)


def person_at(email: str) -> str:
    """What tells whose mailbox it is, in whatever way its address is spelt.

    To most mail servers, what stands behind a plus is the same person's, and to Gmail dots mean nothing. Quotation
    marks around a name change nothing, and hosts are the same that mail writes alike.
    """
    name, _, host = email.strip().lower().rpartition("@")
    if name.startswith('"') and name.endswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    with suppress(UnicodeError):
        host = host.encode("idna").decode()
    name = name.partition("+")[0]
    if host in _DOTS_MEAN_NOTHING:
        name, host = name.replace(".", ""), _DOTS_MEAN_NOTHING[0]
    return f"{name}@{host}"


def written(kind: type[Message | Notice]) -> None:
    """Raise TooMany while very many have written within the hour, whoever they are: the disk and mailbox are finite."""
    if kind.objects.filter(created_at__gt=timezone.now() - HOUR).count() >= MOST_OF_ALL:
        raise TooMany


def _count(kind: str, who: str, most: int, within: timedelta) -> None:
    now = timezone.now()
    with transaction.atomic():
        if Attempt.objects.filter(kind=kind, who=who, made_at__gt=now - within).count() >= most:
            raise TooMany
        Attempt.objects.create(kind=kind, who=who, made_at=now)


def pace(who: str, most: int) -> None:
    """Raise TooFast beyond ``most`` within a minute; each process counts by itself, in memory."""
    minute = f"pace-{who}-{int(time.time()) // 60}"
    cache.add(minute, 0, 120)
    if cache.incr(minute) > most:
        raise TooFast


def forget() -> None:
    """Delete the traces of yesterday, and those of a clock that was fast: they would count for as long as it was."""
    now = timezone.now()
    Attempt.objects.exclude(made_at__range=(now - KEPT, now)).delete()

"""How much may be shared: by an account in all, and from a network without one in a day. 0 of a setting is no limit.

What the tools are given lies there for a day. From a network it counts like what is shared; an account may give them as
much in a day as its documents may take, beside those.

It is asked twice: before a transfer, with what is still on its way added, and in the write transaction that makes the
document, where it is exact however many come at once. The operator's terminal has no limit.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from pliego.accounts.viewer import Viewer
from pliego.documents import holdings
from pliego.documents.models import DailyUse, Upload
from pliego.errors import AccountFull, NetworkFull, ToolsFull, TooManyDocuments

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Use:
    """What is taken, and the most that may be; 0 is no limit."""

    size: int
    documents: int
    most_size: int
    most_documents: int

    def has_room(self, size: int) -> bool:
        """Whether so many bytes more are within the limit."""
        return not self.most_size or self.size + size <= self.most_size

    def has_place(self, documents: int = 1) -> bool:
        """Whether so many documents more are within the limit."""
        return not documents or not self.most_documents or self.documents + documents <= self.most_documents

    @property
    def limited(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.most_size or self.most_documents)


@dataclass(frozen=True, slots=True)
class Coming:
    """What is on its way."""

    size: int = 0
    documents: int = 0


def of_account(viewer: Viewer) -> Use:
    """What the documents of an account take, those in its trash too."""
    held = holdings.held_by(viewer)
    return Use(held.size, held.documents, settings.QUOTA_ACCOUNT_MB << 20, settings.QUOTA_ACCOUNT_DOCUMENTS)


def of_network(place: str) -> Use:
    """What was shared today from a network, by its fingerprint."""
    today = _today(place)
    return Use(today.size, today.documents, settings.QUOTA_NETWORK_MB << 20, settings.QUOTA_NETWORK_DOCUMENTS)


def require(size: int, viewer: Viewer, place: str, documents: int = 1) -> None:
    """Raise AccountFull, TooManyDocuments or NetworkFull when a file of so many bytes would be too much.

    ``documents`` is 0 of a file for a document that is there already.
    """
    _require(size, viewer, place, documents, Coming())


def require_early(size: int, viewer: Viewer, place: str, documents: int = 1) -> None:
    """The same before a transfer, when those under way are to have their room."""
    if not _limited(viewer, place):
        return
    under_way = Upload.objects.filter(finished=False, expires_at__gt=timezone.now())
    own = under_way.filter(owner_id=viewer.person) if viewer.person else under_way.filter(owner=None, place=place)
    coming = own.aggregate(size=Sum("length", default=0), documents=Count("pk", filter=Q(replaces=None)))
    _require(size, viewer, place, documents, Coming(**coming))


def note(size: int, viewer: Viewer, place: str, documents: int = 1) -> None:
    """Count a file against its network, in the transaction that makes its document; ``documents`` as in `require`."""
    if viewer.person or not _limited(viewer, place):
        return
    _add(place, size, documents)


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives files to the tools."""

    name: str
    """As in DailyUse."""
    most_size: int
    """Bytes in a day; 0 is no limit."""

    @classmethod
    def of(cls, viewer: Viewer, place: str) -> "Giver":
        """The account, or without one the network."""
        if viewer.person:
            return cls(f"account {viewer.person}", settings.QUOTA_ACCOUNT_MB << 20)
        return cls(place, settings.QUOTA_NETWORK_MB << 20)

    def require(self, size: int) -> None:
        """Raise ToolsFull when so many bytes would be too much today."""
        if not self.most_size:
            return
        if _today(self.name).size + size > self.most_size:
            raise ToolsFull

    def note(self, size: int) -> None:
        """Count a file, exactly however many come at once; raise ToolsFull when it is too much."""
        if not self.most_size:
            return
        with transaction.atomic():
            self.require(size)
            _add(self.name, size, documents=0)


def forget() -> None:
    """Delete what was counted before yesterday."""
    DailyUse.objects.filter(day__lt=timezone.localdate() - KEPT).delete()


def _today(giver: str) -> DailyUse:
    """What came today; saved or not."""
    day = timezone.localdate()
    return DailyUse.objects.filter(giver=giver, day=day).first() or DailyUse(giver=giver, day=day)


def _add(giver: str, size: int, documents: int) -> None:
    today, _ = DailyUse.objects.get_or_create(giver=giver, day=timezone.localdate())
    DailyUse.objects.filter(pk=today.pk).update(size=F("size") + size, documents=F("documents") + documents)


def _limited(viewer: Viewer, place: str) -> bool:
    if viewer.operator:
        return False
    if viewer.person:
        return bool(settings.QUOTA_ACCOUNT_MB or settings.QUOTA_ACCOUNT_DOCUMENTS)
    return bool(place) and bool(settings.QUOTA_NETWORK_MB or settings.QUOTA_NETWORK_DOCUMENTS)


def _require(size: int, viewer: Viewer, place: str, documents: int, coming: Coming) -> None:
    if not _limited(viewer, place):
        return
    use = of_account(viewer) if viewer.person else of_network(place)
    then = Use(use.size + coming.size, use.documents + coming.documents, use.most_size, use.most_documents)
    if then.has_room(size) and then.has_place(documents):
        return
    if not viewer.person:
        raise NetworkFull
    if then.has_place(documents):
        raise AccountFull(used=use.size >> 20, most=use.most_size >> 20)
    raise TooManyDocuments(most=use.most_documents)

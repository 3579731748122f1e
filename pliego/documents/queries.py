"""Questions about many rows. `DocumentQuerySet.visible_to` is the ONE definition of who may see what."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from pliego.accounts.viewer import Viewer
from pliego.documents.choices import Privacy, State
from pliego.documents.leases import unclaimed

if TYPE_CHECKING:
    from pliego.documents.models import Document, File  # noqa: F401 - the base class below names it
    from pliego.documents.versioned import Version
    from pliego.documents.withheld import Withheld


class FileQuerySet(models.QuerySet["File"]):
    """Questions about many files."""

    def waiting(self, now: datetime) -> Self:
        """Files with work left that nobody holds a live lease on, oldest first."""
        return self.filter(unclaimed(now), finished=False).order_by("created_at")

    def scans_waiting(self, now: datetime) -> Self:
        """Files that are read, with scans left to recognise, and that nobody holds a live lease on, oldest first."""
        return self.filter(unclaimed(now), finished=True, ocr_state=State.PENDING).order_by("created_at")

    def not_compared_since(self, moment: datetime, now: datetime) -> Self:
        """Files last compared with their checksums before a moment, or by a clock that was fast; longest ago first."""
        return self.exclude(compared_at__range=(moment, now)).order_by("compared_at")

    def put_back(self) -> int:
        """Put them back to be read from the beginning; give how many there were."""
        pending = dict.fromkeys(("facts_state", "pictures_state", "text_state"), State.PENDING)
        return self.update(finished=False, tries=0, problem="", has_reading_copy=False, pages_read=0, **pending)

    def untold(self) -> Self:
        """Files whose text is read, but not what it is about."""
        return self.filter(finished=True, subject_told=None, text_state__in=(State.DONE, State.PARTIAL))

    def told_long_ago(self, archive: int) -> Self:
        """Files whose key phrases come from an archive of less than half its size of now, the oldest view first."""
        return self.filter(finished=True, subject_told__lt=archive // 2).order_by("subject_told", "created_at")


def _owned_by(viewer: Viewer) -> Q:
    """The documents that belong to this person: by their manage link, or by the account."""
    held = Q(pk__in=viewer.owned)
    return held if viewer.person is None else held | Q(owner=viewer.person)


def _withheld() -> "models.QuerySet[Withheld, str]":
    """The checksums of what the operator has taken down."""
    return apps.get_model("documents", "Withheld").objects.values_list("sha256", flat=True)


def _versions() -> "models.QuerySet[Version]":
    """Every earlier version."""
    return apps.get_model("documents", "Version").objects.all()


def _unreadable() -> "QuerySet[File, str]":
    """The checksums of what could not be read: few, so that no list has to look at the file of each document."""
    return apps.get_model("documents", "File").objects.filter(facts_state=State.FAILED).values_list("sha256", flat=True)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Questions about many documents. `visible_to` is the ONE definition of who may see what."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Documents this person may open by their address; nobody what lies in the trash or was taken down."""
        return self.kept().exclude(file_id__in=_withheld()).meant_for(viewer)

    def meant_for(self, viewer: Viewer) -> Self:
        """Documents that their privacy opens to this person: one part of `visible_to`, and no answer without it."""
        if viewer.operator:
            return self
        return self.filter(~Q(privacy=Privacy.PRIVATE) | _owned_by(viewer) | Q(pk__in=viewer.granted))

    def with_history_for(self, viewer: Viewer) -> Self:
        """Documents of which this person may see earlier versions as well: the other part of `visible_to`."""
        seen = self.visible_to(viewer)
        return seen if viewer.operator else seen.filter(Q(shows_versions=True) | _owned_by(viewer))

    def of_account(self, viewer: Viewer) -> Self:
        """Documents of the account that is signed in, those in the trash too; none without an account."""
        return self.none() if viewer.person is None else self.filter(owner=viewer.person)

    def kept(self) -> Self:
        """Documents that are not in the trash."""
        return self.filter(trashed_at=None)

    def trash_of(self, viewer: Viewer) -> Self:
        """What this person has put in the trash, the latest first."""
        return self.filter(_owned_by(viewer), trashed_at__isnull=False).order_by("-trashed_at", "-pk")

    def listed_to(self, viewer: Viewer) -> Self:
        """Documents this person may be shown in a list: the public ones that can be read."""
        return self.visible_to(viewer).filter(privacy=Privacy.PUBLIC).exclude(file_id__in=_unreadable())

    def known_to(self, viewer: Viewer) -> Self:
        """Documents this person may know of: public ones and their own."""
        return self.visible_to(viewer).filter(Q(privacy=Privacy.PUBLIC) | _owned_by(viewer))

    def findable_by(self, viewer: Viewer) -> Self:
        """Documents this person may find by their words: of those known to them, the ones that can be read."""
        return self.known_to(viewer).exclude(file_id__in=_unreadable())

    def named_in(self, column: str) -> Exists:
        """Return the condition that a row of another table names one of these. Each row asks for its own document.

        `document__in` would first make a list of all of these, however few rows ask.
        """
        return Exists(self.filter(pk=OuterRef(column)))

    def with_file(self) -> Self:
        """Fetch the file in the same query."""
        return self.select_related("file")

    def copies_known_to(self, viewer: Viewer, file: "File") -> Self:
        """Documents with the same bytes, oldest first, that this person may know of."""
        return self.known_to(viewer).filter(file=file).order_by("created_at")

    def unindexed(self) -> Self:
        """Documents that are read but not known to the search index as they are now."""
        return self.kept().filter(file__finished=True).exclude(indexed_revision=F("revision"))

    def indexed(self) -> Self:
        """Documents that the search index knows as they are now."""
        return self.filter(indexed_revision=F("revision"))

    def newest(self) -> Self:
        """Newest first; the identifier settles ties."""
        return self.order_by("-created_at", "-pk")

    def holding(self, sha256: str) -> Self:
        """Documents that have these bytes, or have had them in a version that is left."""
        return self.filter(Q(file=sha256) | Q(pk__in=_versions().filter(file=sha256).values("document")))

    def revised(self, **changes: object) -> int:
        """Save changes that the pages of these documents show, and when; give how many there were."""
        return self.update(revision=F("revision") + 1, changed_at=timezone.now(), **changes)

    def most_viewed(self) -> Self:
        """Most viewed first, those never viewed left out."""
        return self.filter(view_count__gt=0).order_by("-view_count", "-created_at")


class VersionQuerySet(models.QuerySet["Version"]):
    """Questions about many earlier versions."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those this person may open: what may be seen of documents decides; nobody what was taken down."""
        return self.exclude(file_id__in=_withheld()).meant_for(viewer)

    def meant_for(self, viewer: Viewer) -> Self:
        """Those whose documents this person may see with their history: one part of `visible_to`, as of documents."""
        documents = apps.get_model("documents", "Document").objects.with_history_for(viewer)
        return self.filter(documents.named_in("document"))

    def size_beside(self) -> int:
        """Bytes that these hold beside their documents: a file that a document has twice counts once."""
        beside = self.exclude(file=F("document__file")).values("document", "file", "file__size").distinct()
        size: int = beside.aggregate(size=models.Sum("file__size", default=0))["size"]
        return size

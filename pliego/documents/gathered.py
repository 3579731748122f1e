"""The tables of collections: documents that somebody has put together, with a title and an order."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from pliego.accounts.viewer import Viewer
from pliego.documents.choices import Privacy
from pliego.documents.identifiers import LENGTH, new_identifier
from pliego.documents.names import slug_of


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Questions about many collections. What of their documents somebody sees, DocumentQuerySet says."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Collections this person may open by their address."""
        return self if viewer.operator else self.filter(~Q(privacy=Privacy.PRIVATE) | self._kept_by(viewer))

    def listed(self) -> Self:
        """Collections that anybody may be shown in a list."""
        return self.filter(privacy=Privacy.PUBLIC)

    def of_account(self, viewer: Viewer) -> Self:
        """The collections of the account that is logged in."""
        return self.none() if viewer.person is None else self.filter(owner=viewer.person)

    def newest(self) -> Self:
        """Newest first; the identifier settles ties."""
        return self.order_by("-created_at", "-pk")

    def changed(self, **values: object) -> int:
        """Save changes that the pages of these collections show, and when; give how many there were."""
        return self.update(changed_at=timezone.now(), revision=F("revision") + 1, **values)

    @staticmethod
    def _kept_by(viewer: Viewer) -> Q:
        held = Q(pk__in=viewer.owned)
        return held if viewer.person is None else held | Q(owner=viewer.person)


class Collection(models.Model):
    """Documents under one link. It belongs to an account, or to whoever holds its manage link."""

    id = models.CharField(max_length=LENGTH, primary_key=True, default=new_identifier)
    title = models.CharField(max_length=300)
    description = models.TextField(max_length=5000, blank=True)
    privacy = models.CharField(max_length=8, choices=Privacy, default=Privacy.PUBLIC)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="collections"
    )
    manage_hash = models.CharField(max_length=64, blank=True, db_index=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["privacy", "-created_at", "-id"], name="collection_newest")]

    def __str__(self) -> str:
        return f"{self.id} {self.title}"

    def get_absolute_url(self) -> str:
        """The page of the collection."""
        return reverse("web:collection", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        """The readable part of the address."""
        return slug_of(self.title)

    @property
    def public(self) -> bool:
        """Whether search engines and lists may show it."""
        return self.privacy == Privacy.PUBLIC

    @property
    def manage_url(self) -> str:
        """The page of whoever keeps it."""
        return reverse("web:collection_manage", args=[self.pk])


class Gathered(models.Model):
    """A document in a collection."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="gathered")
    position = models.PositiveIntegerField()
    """Where it stands; gaps do no harm."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["collection", "document"], name="gathered_once")]
        indexes = [models.Index(fields=["collection", "position"], name="gathered_in_order")]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.position}"

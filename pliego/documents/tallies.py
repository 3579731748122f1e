"""The tables of what is counted: page views as they are folded, and numbers by day."""

from django.db import models

from pliego.documents.choices import Counted


class ViewSpool(models.Model):
    """How far the spool of page views has been folded into the counts: one row per spool file."""

    name = models.CharField(max_length=100, primary_key=True)
    offset = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.offset}"


class RecentView(models.Model):
    """Who has looked lately, as a keyed hash, so that a repeat within the half hour is not counted."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE)
    visitor = models.CharField(max_length=32)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "visitor"], name="recent_view_once")]
        indexes = [models.Index(fields=["seen_at"], name="recent_view_seen")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.seen_at:%H:%M}"


class Tally(models.Model):
    """How often something happened to a document on one day."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="tallies")
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Counted)
    value = models.CharField(max_length=100, blank=True)
    """See Counted; "" of hosts and words gathers what is over the limit of a day."""
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "kind", "day", "value"], name="tally_once")]
        indexes = [models.Index(fields=["day"], name="tally_day")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.day} {self.kind} {self.value} {self.number}"

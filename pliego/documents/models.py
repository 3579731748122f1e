"""The tables. A File is a set of bytes and what was read from it; a Document is somebody's page for those bytes."""

import re
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from pliego.documents.choices import Counted, Kind, Licence, Origin, Privacy, State
from pliego.documents.filing import Deed, Folder, Tag  # noqa: F401 - Django looks for tables here
from pliego.documents.gathered import Collection, Gathered  # noqa: F401 - Django looks for tables here
from pliego.documents.identifiers import LENGTH, new_identifier
from pliego.documents.links import Guess, ShareLink, ShortLink  # noqa: F401 - Django looks for tables here
from pliego.documents.names import STEP_UP, slug_of, title_of
from pliego.documents.placeholders import somebody, telling
from pliego.documents.queries import DocumentQuerySet, FileQuerySet
from pliego.documents.tallies import RecentView, Tally, ViewSpool
from pliego.documents.versioned import Version
from pliego.documents.withheld import Withheld
from pliego.pdf.title import clean_title
from pliego.pdf.values import MAX_READ_PAGES, PdfFacts
from pliego.search.analysis import fold

__all__ = [
    "Counted",
    "DailyUse",
    "Document",
    "DocumentQuerySet",
    "File",
    "FileQuerySet",
    "Kind",
    "Licence",
    "NearCopy",
    "Origin",
    "Privacy",
    "RecentView",
    "State",
    "Tally",
    "Topic",
    "Upload",
    "Version",
    "ViewSpool",
    "Withheld",
]


class File(models.Model):
    """One set of bytes, known by its checksum, and a state per capability. Stored once, however often shared."""

    MAX_TRIES: ClassVar[int] = 3

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    compared_at = models.DateTimeField(default=timezone.now)
    """When the worker last compared the bytes on the disk with the checksum, or when they came in."""

    facts_state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    pictures_state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    text_state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    problem = models.CharField(max_length=32, blank=True)
    """The code of the error that stopped the reading, "" when nothing did."""
    facts_json = models.JSONField(default=dict)
    """PdfFacts.to_json(), or {} until they are read."""
    pages = models.PositiveIntegerField(default=0)
    pages_read = models.PositiveIntegerField(default=0)
    """How many pages have had their text read, for the progress that people see."""
    guessed_title = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8, blank=True)
    """ISO 639-1 code of the text, "" when unsure."""
    scanned = models.JSONField(default=list)
    """Pages that were found to be pictures without words, as runs of [first, last]."""
    ocr_state = models.CharField(max_length=8, choices=State, blank=True)
    """How far the recognition of their words has come, "" when there is none to do."""
    ocr_pages = models.PositiveIntegerField(default=0)
    """How many of them have been through it."""
    needs_password = models.BooleanField(default=False)
    """Nobody reads it without its password, not even when another document's owner has given it here."""
    key_phrases = models.JSONField(default=list)
    """What the text is about, best first, as [phrase, ...]; told from the text and the archive."""
    signature = models.BinaryField(default=bytes)
    """MinHash of the text, b"" when there is too little of it (see search/duplicates.py)."""
    near_group = models.CharField(max_length=64, blank=True)
    """One checksum for all that are near copies of each other, "" when it has none."""
    subject_told = models.PositiveIntegerField(null=True)
    """How many documents the archive held when key phrases and signature were made; None: not made yet."""
    has_reading_copy = models.BooleanField(default=False)
    """A decrypted or repaired copy lies beside the derived data; all reading uses it."""

    text_version = models.CharField(max_length=8, blank=True)
    """The version of the extractor that read the text."""
    facts_version = models.CharField(max_length=8, blank=True)
    """The version of what told the facts."""

    finished = models.BooleanField(default=False)
    """Nothing is left to do, well or badly."""
    tries = models.PositiveSmallIntegerField(default=0)
    lease_token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["compared_at"], name="file_compared"),
            models.Index(fields=["created_at"], condition=Q(finished=False), name="file_waiting"),
            models.Index(fields=["created_at"], condition=Q(ocr_state="pending"), name="file_scans_waiting"),
            models.Index(fields=["sha256"], condition=Q(subject_told=None), name="file_untold"),
            models.Index(fields=["near_group"], name="file_near_group"),
            models.Index(fields=["sha256"], condition=Q(facts_state=State.FAILED), name="file_unreadable"),
        ]

    def __str__(self) -> str:
        return self.sha256

    @property
    def facts(self) -> PdfFacts | None:
        """What the PDF says about itself; None until it is read."""
        return PdfFacts.from_json(self.facts_json) if self.facts_json else None

    @property
    def readable_pages(self) -> int:
        """How many pages can be opened here."""
        return min(self.pages, MAX_READ_PAGES)

    @property
    def unreadable(self) -> bool:
        """Whether nothing at all could be read."""
        return self.facts_state == State.FAILED

    def page_size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in points; A4 while the facts are not known."""
        facts = self.facts
        return facts.page_size(number) if facts else (595.0, 842.0)


class Document(models.Model):
    """One shared PDF: its page, its words about itself and who may see it."""

    id = models.CharField(max_length=LENGTH, primary_key=True, default=new_identifier)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="documents")
    privacy = models.CharField(max_length=8, choices=Privacy, default=Privacy.PUBLIC)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.WEB)
    created_at = models.DateTimeField(default=timezone.now)
    network = models.CharField(max_length=16, blank=True)
    """The network half of the sharer's address (see accounts/network.py)."""
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    """None: whoever holds the manage link. An account is closed by a verb that takes its documents along first."""
    manage_hash = models.CharField(max_length=64, blank=True)
    """Of the secret in its manage link, "" when it has none."""
    recovery_hash = models.CharField(max_length=64, blank=True)
    """Of the address that a new manage link may be sent to (see recovery.py), "" when there is none."""
    folder = models.ForeignKey(
        "documents.Folder", on_delete=models.SET_NULL, null=True, blank=True, related_name="documents"
    )
    """Where its account keeps it; None: in no folder."""
    tags = models.ManyToManyField("documents.Tag", blank=True, related_name="documents")
    filed_title = models.CharField(max_length=200, blank=True)
    """`filed_as`, as it was when title or text last changed: what an account's list is sorted and searched by."""
    trashed_at = models.DateTimeField(null=True, blank=True)
    """Since when it lies in the trash, where nobody but its owner knows of it."""

    version = models.PositiveIntegerField(default=1)
    """Grows each time its file is replaced."""
    version_at = models.DateTimeField(null=True, blank=True)
    """When this version came; None: with the document."""
    shows_versions = models.BooleanField(default=False)
    """Whoever may see it may see its earlier versions too; else they are its owner's alone."""
    pinned = False
    """Whether this is a document as it was in an earlier version (see Version.pinned)."""

    original_name = models.CharField(max_length=300)
    own_title = models.CharField(max_length=300, blank=True)
    """The title its owner gave; "" leaves it to the PDF."""
    own_author = models.CharField(max_length=300, blank=True)
    own_language = models.CharField(max_length=8, blank=True)
    given_keywords = models.CharField(max_length=500, blank=True)
    """Keywords that its owner gave, with commas; "" leaves them to the PDF."""
    given_date = models.DateField(null=True, blank=True)
    """Its date as its owner says; None leaves it to the PDF."""
    licence = models.CharField(max_length=12, choices=Licence, blank=True)
    description = models.TextField(max_length=5000, blank=True)

    unlocked = models.BooleanField(default=False)
    """Its owner has given the file's password, so that its pages can be read here."""
    view_count = models.PositiveBigIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    """Grows with every change of what its page shows; part of the page's ETag."""
    changed_at = models.DateTimeField(default=timezone.now)
    """When the revision has last grown."""

    indexed_revision = models.PositiveIntegerField(default=0)
    """The revision that the search index knows, 0 for none."""

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["privacy", "-created_at", "-id"], name="document_newest"),
            models.Index(fields=["privacy", "-view_count"], name="document_viewed"),
            models.Index(fields=["owner", "-created_at", "-id"], name="document_of_owner"),
            models.Index(fields=["owner", "filed_title", "id"], name="document_of_owner_by_title"),
            models.Index(fields=["manage_hash"], name="document_manage_hash"),
            models.Index(fields=["recovery_hash"], condition=~Q(recovery_hash=""), name="document_recovery"),
            models.Index(fields=["trashed_at"], condition=Q(trashed_at__isnull=False), name="document_trashed"),
            models.Index(fields=["id"], condition=~Q(indexed_revision=F("revision")), name="document_unindexed"),
            models.Index(
                fields=["privacy", "changed_at", "id"], condition=Q(trashed_at__isnull=True), name="document_changed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.title}"

    def get_absolute_url(self) -> str:
        """The page of the document."""
        return reverse("web:document", args=[self.named, self.slug])

    @property
    def named(self) -> str:
        """What its addresses name: itself, or the version that it is pinned to."""
        return self.named_as_it_is if self.pinned else self.pk

    @property
    def named_as_it_is(self) -> str:
        """The same for what must not change under a reader: pages, pictures and words of this version."""
        return f"{self.pk}/v/{self.version}"

    @property
    def as_of(self) -> datetime:
        """When the file that is shown came."""
        return self.version_at or self.created_at

    @property
    def locked(self) -> bool:
        """Whether its pages stay closed until its owner gives the file's password."""
        return self.file.needs_password and not self.unlocked

    @property
    def facts(self) -> PdfFacts | None:
        """What the PDF says about itself; None until it is read, and while it is locked."""
        return None if self.locked else telling(self.file.facts)

    @property
    def title(self) -> str:
        """The owner's title, else the PDF's, else its first heading, else the file name."""
        return self.own_title or self._read_title() or title_of(self.original_name)

    @property
    def filed_as(self) -> str:
        """The title without case and accents, for sorting and finding."""
        return fold(self.title)[:200]

    def _read_title(self) -> str:
        if self.locked:
            return ""
        return clean_title(self.file.facts_json.get("title", "")) or self.file.guessed_title

    @property
    def author(self) -> str:
        """The owner's word, else the PDF's unless it names nobody; "" when nobody says."""
        return self.own_author or ("" if self.locked else somebody(str(self.file.facts_json.get("author", ""))))

    @property
    def language(self) -> str:
        """ISO 639-1 code, "" when unsure."""
        return self.own_language or ("" if self.locked else self.file.language)

    @property
    def year(self) -> int:
        """The year its owner says, else the one the PDF says it was made in, 0 when nobody says."""
        if self.given_date:
            return self.given_date.year
        created = "" if self.locked else str(self.file.facts_json.get("created", ""))
        return int(created[:4]) if created[:4].isdecimal() else 0

    @property
    def key_phrases(self) -> list[str]:
        """What its text is about, best first."""
        return [] if self.locked else self.file.key_phrases

    @property
    def own_keywords(self) -> list[str]:
        """The keywords that its owner gave, else those that the PDF itself names."""
        told = "" if self.locked else str(self.file.facts_json.get("keywords", ""))
        written = self.given_keywords or told
        words = [word.strip() for word in re.split("[,;\n]", written) if word.strip()]
        return [word for word in words if not STEP_UP.search(word)]

    @property
    def slug(self) -> str:
        """The readable part of the address."""
        return slug_of(self.title)

    @property
    def licence_address(self) -> str:
        """Where its licence can be read, "" when there is no such page."""
        return Licence(self.licence).address if self.licence else ""

    @property
    def public(self) -> bool:
        """Whether search engines and lists may show it: of its versions only the newest."""
        return self.privacy == Privacy.PUBLIC and not self.pinned

    @property
    def file_url(self) -> str:
        """The PDF itself, beside its page."""
        return reverse("web:file", args=[self.named, self.slug, self.slug])

    @property
    def manage_url(self) -> str:
        """The owner's page."""
        return reverse("web:manage", args=[self.pk])

    def page_url(self, number: int) -> str:
        """The page of one page."""
        return reverse("web:page", args=[self.named, self.slug, number])

    def picture_url(self, number: int, width: int) -> str:
        """The picture of one page at one of the fixed widths; another version has it at another address."""
        return f"{reverse('web:picture', args=[self.named_as_it_is, number])}?w={width}"


class Topic(models.Model):
    """An entry under which a document is listed, as it was when the search index was told of it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="topics")
    kind = models.CharField(max_length=8, choices=Kind)
    folded = models.CharField(max_length=100)
    """What counts as the same: without case and accents."""
    text = models.CharField(max_length=100)
    rank = models.PositiveSmallIntegerField(default=0)
    """Its place among the topics of its kind that the document has: the first says most about it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "kind", "folded"], name="topic_once")]
        indexes = [models.Index(fields=["kind", "folded", "text", "rank", "document"], name="topic_folded")]

    def __str__(self) -> str:
        return f"{self.kind} {self.text}"


class NearCopy(models.Model):
    """A file whose text is much the same as that of another; each pair is there both ways."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="near_copies")
    other = models.ForeignKey(File, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "other"], name="near_copy_once")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.other_id}"


class Upload(models.Model):
    """A resumable upload under way. It reserves the document's identifier, so that its link exists at once."""

    id = models.CharField(max_length=LENGTH, primary_key=True, default=new_identifier)
    document_id = models.CharField(max_length=LENGTH, unique=True, default=new_identifier)
    length = models.BigIntegerField()
    original_name = models.CharField(max_length=300)
    privacy = models.CharField(max_length=8, choices=Privacy, default=Privacy.PUBLIC)
    network = models.CharField(max_length=16, blank=True)
    manage_hash = models.CharField(max_length=64, blank=True)
    """Of the secret of its document: the one to come, or that whose file it is to replace, as it was at the start."""
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    place = models.CharField(max_length=32, blank=True)
    """Fingerprint of the sharer's network, for quotas; "" with an account."""
    replaces = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="+")
    """The document whose file it becomes; None: it becomes one of its own."""
    finished = models.BooleanField(default=False)
    """Its document is made; the row stays until it expires, for a sharer who missed the last answer."""

    def __str__(self) -> str:
        return f"{self.id} {self.original_name}"


class DailyUse(models.Model):
    """What came in a day from one network without an account, or from an account to the tools; deleted a day later."""

    giver = models.CharField(max_length=32)
    """Keyed fingerprint of the network (see accounts/network.py), or "account" and its number."""
    day = models.DateField()
    size = models.BigIntegerField(default=0)
    documents = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["giver", "day"], name="daily_use_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.documents}"

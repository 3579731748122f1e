"""The words that a column of the tables may hold."""

from django.db import models


class State(models.TextChoices):
    """How far one capability of a file has come."""

    PENDING = "pending"
    DONE = "done"
    PARTIAL = "partial"
    """Some pages could not be read."""
    LOCKED = "locked"
    """Waits for the file's password."""
    FAILED = "failed"


class Privacy(models.TextChoices):
    """Who may see a document."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    PRIVATE = "private"


class Counted(models.TextChoices):
    """What the statistics of a document count, by day."""

    VIEW = "view"
    DOWNLOAD = "download"
    PAGE = "page"
    """Its value is the number of the page."""
    HOST = "host"
    """Another site with a link that somebody followed; its value is the name of the host alone."""
    WORDS = "words"
    """What somebody had looked for here when they came."""


class Origin(models.TextChoices):
    """The way a document came in."""

    WEB = "web"
    PROGRAM = "program"
    TERMINAL = "terminal"
    SAMPLE = "sample"


class Kind(models.TextChoices):
    """By what documents are listed."""

    AUTHOR = "author"
    KEYWORD = "keyword"
    LANGUAGE = "language"
    YEAR = "year"

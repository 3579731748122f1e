"""The words that a column of the tables may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class Licence(models.TextChoices):
    """What others may do with a document, as its owner says; "" says nothing."""

    CC_BY = "cc-by", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
    CC_BY_ND = "cc-by-nd", "CC BY-ND 4.0"
    CC_BY_NC = "cc-by-nc", "CC BY-NC 4.0"
    CC_BY_NC_SA = "cc-by-nc-sa", "CC BY-NC-SA 4.0"
    CC_BY_NC_ND = "cc-by-nc-nd", "CC BY-NC-ND 4.0"
    CC0 = "cc0", "CC0 1.0"
    PUBLIC_DOMAIN = "pd", _("Public domain")
    RESERVED = "reserved", _("All rights reserved")

    @property
    def address(self) -> str:
        """Where the licence can be read; "" when it has no page."""
        if self in {Licence.PUBLIC_DOMAIN, Licence.RESERVED}:
            return ""
        zero = self == Licence.CC0
        path = "publicdomain/zero/1.0" if zero else f"licenses/{self.value.removeprefix('cc-')}/4.0"
        return f"https://creativecommons.org/{path}/"


class Kind(models.TextChoices):
    """By what documents are listed."""

    AUTHOR = "author"
    KEYWORD = "keyword"
    LANGUAGE = "language"
    YEAR = "year"

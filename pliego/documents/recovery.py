"""A new manage link for an owner who has lost the old one, by the e-mail address that was noted for it.

Of the address a keyed hash is kept and nothing else: it recognises the address when it is told again, and leads to
nobody. A letter holds signed words that are good for a day and for one use each; only then the old link ends.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.utils import timezone

from pliego.accounts.manage_links import new_token, token_hash
from pliego.documents import trash
from pliego.documents.models import Document, DocumentQuerySet
from pliego.errors import NotFound

MOST = 50
"""Documents in one letter, the newest first."""
VALID_SECONDS = 24 * 3600
_SALT = "pliego.documents.recovery"


@dataclass(frozen=True, slots=True)
class Lost:
    """A document whose link may be made anew, and the word for it.

    Nothing that its owner says of it: anybody may note the address of somebody else, and would write them a letter.
    """

    shared_at: datetime
    word: str


def note(document: Document, email: str) -> None:
    """Recognise this address from now on, or none for ""."""
    Document.objects.filter(pk=document.pk).update(recovery_hash=_mark(email) if email.strip() else "")


def lost_by(email: str) -> list[Lost]:
    """The documents for which this address was noted; [] of an unknown one."""
    found = _recoverable().filter(recovery_hash=_mark(email)).with_file().newest()[:MOST]
    return [
        Lost(document.created_at, signing.dumps([document.pk, document.manage_hash], salt=_SALT)) for document in found
    ]


def meant(word: str) -> Document:
    """The document of a word; raise NotFound for a forged, an old or a used one."""
    try:
        key, held = signing.loads(word, salt=_SALT, max_age=VALID_SECONDS)
    except signing.BadSignature as error:
        raise NotFound from error
    document = _recoverable().with_file().filter(pk=key, manage_hash=held).first()
    if document is None:
        raise NotFound
    return document


def renew(word: str) -> tuple[Document, str]:
    """Give a document a new manage link and return its secret; the old one stops working. Raise NotFound as `meant`."""
    document, token = meant(word), new_token()
    same = Document.objects.filter(pk=document.pk, manage_hash=document.manage_hash)
    if not same.update(manage_hash=token_hash(token)):
        raise NotFound
    return document, token


def _recoverable() -> DocumentQuerySet:
    """Those of a manage link with a mark, in the trash too: its owner may bring back what was deleted by mistake."""
    there = Q(trashed_at=None) | Q(trashed_at__gt=timezone.now() - trash.KEPT)
    return Document.objects.filter(there, owner=None).exclude(manage_hash="").exclude(recovery_hash="")


def _mark(email: str) -> str:
    key = hashlib.sha256(f"recovery {settings.SECRET_KEY}".encode()).digest()
    return hashlib.blake2b(email.strip().lower().encode(), key=key, digest_size=32).hexdigest()

"""How a record becomes the entries of the index: one for each page and one for the document."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from math import log2

import tantivy

from pliego.search.analysis import analyse, fold
from pliego.search.duplicates import bands
from pliego.search.records import DocumentRecord, PageRecord
from pliego.search.related import profile

BAG_WORDS = 20_000
"""Different words of one document that count for its subject and for matches across pages."""
SUGGESTED_WORDS = 400
"""Words of one document that are offered while somebody types."""
SUGGESTED_LENGTH = 80
SEPARATOR = "\x1f"
"""Between the folded form, which is looked up, and the form that is shown."""


def key_number(key: str) -> int:
    """A number for a key, to group hits by without reading them: 63 bits, so that two keys share one never."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 1


def entries(record: DocumentRecord, pages: Iterable[PageRecord]) -> Iterator[tantivy.Document]:
    """The pages as they come, then the document itself, which knows the words of all of them."""
    fields = _fields(record)
    bag: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for page in pages:
        found = analyse(page.text, page.language or record.language)
        bag.update(found.stemmed.split())
        words.update(found.words)
        yield _page(record, fields, page.number, found.folded, found.stemmed)
    yield _document(record, fields, bag, words)


def _fields(record: DocumentRecord) -> dict[str, str]:
    """The tokens of the document's fields, as written and as stems."""
    author = analyse(record.author, "").folded
    about = ". ".join((*record.keywords, record.description, record.file_name.removesuffix(".pdf")))
    return {
        "title": _both(record.title, record.language),
        "author": author,
        "about": _both(about, record.language),
    }


def _both(text: str, language: str) -> str:
    found = analyse(text, language)
    return f"{found.folded} {found.stemmed}" if found.stemmed != found.folded else found.folded


def _page(record: DocumentRecord, fields: dict[str, str], number: int, folded: str, stemmed: str) -> tantivy.Document:
    page = _common(record, fields, number)
    page.add_text("folded", folded)
    page.add_text("stemmed", stemmed)
    return page


def _document(
    record: DocumentRecord, fields: dict[str, str], bag: Counter[str], words: Counter[str]
) -> tantivy.Document:
    document = _common(record, fields, 0)
    document.add_text("stamp", record.stamp)
    document.add_text("bag", " ".join(_damped(bag)))
    document.add_bytes("profile", profile(bag, words, record.language))
    for band in bands(record.signature):
        document.add_text("band", band.hex())
    for suggestion in _suggestions(record, words):
        document.add_text("suggest", suggestion)
    return document


def _common(record: DocumentRecord, fields: dict[str, str], number: int) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("key", record.key)
    document.add_text("language", record.language)
    for name, value in fields.items():
        if value:
            document.add_text(name, value)
    document.add_unsigned("document", key_number(record.key))
    document.add_unsigned("number", number)
    document.add_unsigned("year", max(record.year, 0))
    document.add_unsigned("pages", max(record.pages, 0))
    document.add_unsigned("created", max(record.created, 0))
    return document


def _damped(bag: Counter[str]) -> Iterator[str]:
    """Each word 1 + log2(count) times: the hundredth use of a word says little more than the tenth."""
    for word, count in bag.most_common(BAG_WORDS):
        yield from [word] * (1 + int(log2(count)))


def _suggestions(record: DocumentRecord, words: Counter[str]) -> Iterator[str]:
    shown: dict[str, str] = {}
    for phrase in (record.title, record.author, *record.keywords):
        text = " ".join(phrase.split())[:SUGGESTED_LENGTH]
        shown.setdefault(fold(text), text)
    common = (word for word, _ in words.most_common() if len(word) > 3 and word.isalpha())
    for word, _ in zip(common, range(SUGGESTED_WORDS), strict=False):
        shown.setdefault(fold(word), word)
    shown.pop("", None)
    return (f"{folded}{SEPARATOR}{text}" for folded, text in shown.items())

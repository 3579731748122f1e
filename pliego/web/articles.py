"""The help: short articles, a template for each of them and each language, and a search among them.

An article is ``templates/help/<language>/<name>.html``: a heading, one paragraph of the class "lead", and the rest. Its
address is translated with everything else, so links name it by its English name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from pliego.search.analysis import fold, stem_forms, words_of

ADDRESSES: dict[str, Promise] = {
    "share": pgettext_lazy("address", "share-a-pdf"),
    "account": pgettext_lazy("address", "have-an-account"),
    "access": pgettext_lazy("address", "let-somebody-in"),
    "refused": pgettext_lazy("address", "when-a-file-is-refused"),
    "privacy": pgettext_lazy("address", "who-can-see-it"),
    "manage": pgettext_lazy("address", "manage-link"),
    "replace": pgettext_lazy("address", "replace-the-file"),
    "files": pgettext_lazy("address", "your-files"),
    "collect": pgettext_lazy("address", "put-documents-together"),
    "links": pgettext_lazy("address", "all-share-links"),
    "statistics": pgettext_lazy("address", "statistics"),
    "delete": pgettext_lazy("address", "delete-a-document"),
    "trash": pgettext_lazy("address", "the-trash"),
    "read": pgettext_lazy("address", "read"),
    "take": pgettext_lazy("address", "take-along"),
    "search": pgettext_lazy("address", "search"),
    "cite": pgettext_lazy("address", "quote-and-cite"),
    "pass": pgettext_lazy("address", "pass-it-on"),
    "embed": pgettext_lazy("address", "show-on-another-site"),
    "tools": pgettext_lazy("address", "tools"),
    "terminal": pgettext_lazy("address", "from-the-terminal"),
    "problem": pgettext_lazy("address", "report-a-problem"),
}
GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("Sharing"), ("share", "privacy", "access", "links", "refused")),
    (_("Looking after it"), ("manage", "account", "files", "collect", "replace", "statistics", "delete", "trash")),
    (_("Reading and finding"), ("read", "take", "search")),
    (_("Passing it on"), ("pass", "cite", "embed")),
    (_("More"), ("tools", "terminal")),
    (_("When something is wrong"), ("problem",)),
)
WEIGHTS = (9, 4, 1)
"""What a word counts in the heading, in the lead, and in the rest."""

_BLOCK = re.compile(r"</(?:h1|h2|p|li|dt|dd|pre|td)>")


@dataclass(frozen=True, slots=True)
class Article:
    """What the lists and the search show of an article; ``words`` are the tokens of heading, lead and rest."""

    name: str
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    words: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that holds what was asked for, and the paragraph that fits best."""

    article: Article
    paragraph: str


class Converter:
    """An article's name in addresses, as the language of the address calls it."""

    regex = "[a-z0-9-]{1,60}"

    def to_python(self, value: str) -> str:
        """Return the name; ValueError, which is a 404, for what is no article."""
        for name, address in ADDRESSES.items():
            if value == str(address):
                return name
        raise ValueError(value)

    def to_url(self, value: str) -> str:
        """Return the translated part of the address."""
        return str(ADDRESSES[value])


def template_of(name: str) -> str:
    """Return the template of an article in the language of this request."""
    return f"help/{_language()}/{name}.html"


def article(name: str) -> Article:
    """Return an article in the language of this request."""
    return _article(name, _language())


def groups() -> list[tuple[Promise, list[Article]]]:
    """Return all articles, in groups, in the language of this request."""
    return [(title, [article(name) for name in names]) for title, names in GROUPS]


def find(text: str) -> list[FoundArticle]:
    """Return the articles that hold every word of ``text``, whatever endings and accents; the best first."""
    language = _language()
    wanted = [stem_forms(word, (language,)) for word in words_of(text[:200])]
    if not wanted:
        return []
    scored = [(_score(each, wanted), each) for _, listed in groups() for each in listed]
    scored.sort(key=lambda pair: -pair[0])
    return [FoundArticle(each, _fitting(each, wanted)) for score, each in scored if score]


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@lru_cache
def _article(name: str, language: str) -> Article:
    with override(language):
        html = render_to_string(f"help/{language}/{name}.html", {"site": "", "max_upload_mb": settings.MAX_UPLOAD_MB})
    blocks = (" ".join(unescape(strip_tags(block)).split()) for block in _BLOCK.split(html))
    title, lead, *paragraphs = [block for block in blocks if block]
    words = (frozenset(_forms(part, language)) for part in (title, lead, " ".join(paragraphs)))
    return Article(name, title, lead, tuple(paragraphs), tuple(words))


def _forms(text: str, language: str) -> Iterator[str]:
    for word in words_of(text):
        yield from stem_forms(word, (language,))


def _score(each: Article, wanted: list[tuple[str, ...]]) -> int:
    """Return how well an article fits, 0 when a word is nowhere in it. What is typed may be the start of a word."""
    scores = [_weight(each, forms) for forms in wanted]
    return sum(scores) if all(scores) else 0


def _weight(each: Article, forms: tuple[str, ...]) -> int:
    return sum(
        weight
        for weight, words in zip(WEIGHTS, each.words, strict=True)
        if not words.isdisjoint(forms) or any(word.startswith(forms[0]) for word in words)
    )


def _fitting(each: Article, wanted: list[tuple[str, ...]]) -> str:
    """Return the paragraph with most of the words, the lead when none has more."""
    return max((each.lead, *each.paragraphs), key=lambda text: sum(any(f in fold(text) for f in w) for w in wanted))

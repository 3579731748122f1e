"""How a document is cited: as a sentence in the usual styles, and as a record for reference managers.

The styles are those for a document on the web without a publisher of its own: APA (7th edition, 10.16), Chicago (17th,
14.207, bibliography), MLA (9th, online works), ISO 690 (2021, electronic documents). Their words are translated, so a
citation reads in the language of whoever copies it. Records are BibTeX, RIS and CSL-JSON.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from pliego.documents.models import Document
from pliego.documents.names import JOINERS
from pliego.documents.people import Name, names
from pliego.documents.printed import number_on

EARLIEST = 1985
"""No PDF program was there before; an earlier date comes from a clock that was never set."""

Styled = list[tuple[str, bool]]
"""A citation as pieces of text, each with whether it is italic."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited. ``page`` is the page that is meant, None for the whole document."""

    title: str
    authors: list[Name]
    day: date
    year_only: bool
    """Of the date only the year is known or of interest."""
    address: str
    site: str
    accessed: date
    language: str = ""
    pages: int = 0
    """How many it has, 0 while unknown."""
    page: int | None = None
    label: str = ""
    """What is printed on this page, "" where that is its place."""

    @property
    def page_name(self) -> str:
        """What people call the page that is meant, "" without one."""
        return self.label or str(self.page or "")

    @property
    def key(self) -> str:
        """A short name for the record: author, year and first word of the title, in plain letters."""
        family = self.authors[0].family if self.authors else ""
        word = next((word for word in re.findall(r"\w+", self.title) if len(word) > 3), "document")
        return "".join(_plain(part) for part in (family.split(" ")[-1], str(self.day.year), word)).lower()


def work(document: Document, address: str, site: str, page: int | None = None) -> Work:
    """What a citation of a document, or of one of its pages, is made of. ``address``: its page in full."""
    day, known = _created(document)
    return Work(
        title=_line(document.title),
        authors=names(_line(document.author), document.language),
        day=day,
        year_only=known,
        address=address,
        site=site,
        accessed=datetime.now(UTC).date(),
        language=document.language,
        pages=0 if document.locked else document.file.pages,
        page=page,
        label=number_on(document, page) if page else "",
    )


def _created(document: Document) -> tuple[date, bool]:
    """The day its owner says or on which the PDF was made, of which the year is cited; else the day it was shared."""
    if document.given_date:
        return document.given_date, True
    shared = document.as_of.date()
    said = re.match(r"(\d{4})(?:-(\d\d)-(\d\d))?", document.facts.created if document.facts else "")
    if said is None or not EARLIEST <= int(said[1]) <= shared.year:
        return shared, False
    try:
        return date(int(said[1]), int(said[2] or 1), int(said[3] or 1)), True
    except ValueError:
        return date(int(said[1]), 1, 1), True


# --- Sentences -------------------------------------------------------------------------------------------------------


def apa(work: Work) -> Styled:
    """Family, G. (2020). *Title* (p. 3). Site. Address."""
    authors = _listed(
        [f"{name.family}, {name.initials}" if name.given else name.family for name in work.authors], " & "
    )
    when = str(work.day.year) if work.year_only else f"{work.day.year}, {_day_and_month(work.day)}"
    page = f" ({_page(work)})" if work.page else ""
    if not authors:
        return [(work.title, True), (f"{page} ({when}). {work.site}. {work.address}", False)]
    return [
        (f"{_stopped(authors)} ({when}). ", False),
        (work.title, True),
        (f"{page}. {work.site}. {work.address}", False),
    ]


def chicago(work: Work) -> Styled:
    """Family, Given, and Given Family. *Title*. Site, 2020. P. 3. Address."""
    authors = _listed(_first_inverted(work.authors), f", {_and()} ")
    page = f" {_upper_first(_page(work))}." if work.page else ""
    end = f"{_title_end(work)} {work.site}, {_when(work)}.{page} {work.address}."
    return [*_lead(authors), (work.title, True), (end, False)]


def mla(work: Work) -> Styled:
    """Family, Given, and Given Family. *Title*. 2020, p. 3. *Site*, address. Accessed 5 May 2020."""
    shown = _first_inverted(work.authors)
    others = gettext("et al.")
    authors = f"{shown[0]}, {others}" if len(shown) > 2 else _listed(shown, f", {_and()} ")
    page = f", {_page(work)}" if work.page else ""
    accessed = gettext("Accessed %(date)s.") % {"date": _date(work.accessed)}
    plain = re.sub(r"^https?://", "", work.address)
    return [
        *_lead(authors), (work.title, True), (f"{_title_end(work)} {_when(work)}{page}. ", False),
        (work.site, True), (f", {plain}. {accessed}", False),
    ]  # fmt: skip


def iso690(work: Work) -> Styled:
    """FAMILY, Given and Given FAMILY. *Title* [online]. 2020, p. 3 [viewed 2020-05-05]. Available from: address."""
    people = [Name(name.family.upper(), name.given) for name in work.authors]
    authors = _listed(_first_inverted(people), f" {_and()} ")
    page = f", {_page(work)}" if work.page else ""
    viewed = gettext("viewed %(date)s") % {"date": work.accessed.isoformat()}
    available = gettext("Available from:")
    medium = gettext("online")
    rest = f" [{medium}]. {work.site}, {_when(work)}{page} [{viewed}]. {available} {work.address}"
    return [*_lead(authors), (work.title, True), (rest, False)]


STYLES: dict[str, tuple[str, Callable[[Work], Styled]]] = {
    "apa": ("APA", apa),
    "chicago": ("Chicago", chicago),
    "mla": ("MLA", mla),
    "iso690": ("ISO 690", iso690),
}
"""Name and maker of each style."""


def plain(styled: Styled) -> str:
    """The citation without its italics."""
    return "".join(text for text, _ in styled)


def _listed(people: list[str], last: str) -> str:
    """Names in a row, the last one joined by its own word."""
    if len(people) < 2:
        return "".join(people)
    return ", ".join(people[:-1]) + (f",{last}" if last == " & " else last) + people[-1]


def _and() -> str:
    return gettext("and")


def _first_inverted(people: list[Name]) -> list[str]:
    return [name.direct if index else name.inverted for index, name in enumerate(people)]


def _lead(authors: str) -> Styled:
    return [(f"{_stopped(authors)} ", False)] if authors else []


def _stopped(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _title_end(work: Work) -> str:
    return "" if work.title.endswith((".", "?", "!")) else "."


def _page(work: Work) -> str:
    return gettext("p. %(page)s") % {"page": work.page_name}


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _when(work: Work) -> str:
    return str(work.day.year) if work.year_only else _date(work.day)


def _date(day: date) -> str:
    # Translators: the letters of Django's date filter, in the order of your language.
    return date_format(day, pgettext("date format", "F j, Y"))


def _day_and_month(day: date) -> str:
    # Translators: the letters of Django's date filter, for a day without its year.
    return date_format(day, pgettext("date format", "F j"))


# --- Records ---------------------------------------------------------------------------------------------------------

_BIBTEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
})  # fmt: skip


def bibtex(work: Work) -> str:
    """A @misc entry in UTF-8, as BibTeX's successors read it."""
    fields = {
        "title": f"{{{_tex(work.title)}}}",  # the inner braces keep its capitals
        "author": " and ".join(map(_bibtex_name, work.authors)),
        "year": str(work.day.year),
        "month": "" if work.year_only else _MONTHS[work.day.month - 1],
        "howpublished": _tex(work.site),
        "pages": _tex(work.page_name),
        "pagetotal": str(work.pages or ""),
        "langid": _LANGUAGES.get(work.language, ""),
        "url": work.address,
        "urldate": work.accessed.isoformat(),
    }
    body = "".join(f"  {name} = {_braced(name, value)},\n" for name, value in fields.items() if value)
    return f"@misc{{{work.key},\n{body}}}\n"


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LANGUAGES = {
    "es": "spanish", "en": "english", "fr": "french", "pt": "portuguese", "de": "german", "it": "italian",
    "ca": "catalan", "gl": "galician", "eu": "basque", "nl": "dutch", "pl": "polish", "ru": "russian",
}  # fmt: skip
"""Names of languages as babel writes them."""


def _braced(name: str, value: str) -> str:
    return value if name == "month" else f"{{{value}}}"  # months are macros, which styles translate


def _bibtex_name(name: Name) -> str:
    if not name.given:
        return f"{{{_tex(name.family)}}}"  # a body, not a person with words for names
    return f"{_tex(name.family)}, {_tex(name.given)}"


def _tex(text: str) -> str:
    return _line(text).translate(_BIBTEX)


def ris(work: Work) -> str:
    """A record of Research Information Systems' format, its lines ended by CR and LF as it demands."""
    day = f"{work.day:%Y/%m/%d/}"
    fields = [
        ("TY", "GEN"),
        ("TI", work.title),
        *(("AU", name.inverted) for name in work.authors),
        ("PY", str(work.day.year)),
        ("DA", "" if work.year_only else day),
        ("PB", work.site),
        ("SP", work.page_name),
        ("LA", work.language),
        ("UR", work.address),
        ("Y2", f"{work.accessed:%Y/%m/%d/}"),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in fields if value) + "ER  - \r\n"


def csl_json(work: Work) -> str:
    """A list with one item of the Citation Style Language's JSON (CSL 1.0.2)."""
    issued = [work.day.year] if work.year_only else [work.day.year, work.day.month, work.day.day]
    item = {
        "id": work.key,
        "type": "document",
        "title": work.title,
        "author": [_csl_name(name) for name in work.authors],
        "issued": {"date-parts": [issued]},
        "accessed": {"date-parts": [[work.accessed.year, work.accessed.month, work.accessed.day]]},
        "publisher": work.site,
        "language": work.language,
        "number-of-pages": str(work.pages or ""),
        "page": work.page_name,
        "URL": work.address,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def _csl_name(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


RECORDS: dict[str, tuple[str, str, Callable[[Work], str]]] = {
    "bib": ("BibTeX", "application/x-bibtex", bibtex),
    "ris": ("RIS", "application/x-research-info-systems", ris),
    "json": ("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
}
"""Name, media type and maker of each record, by the ending of its file."""


def _line(text: str) -> str:
    """One line without control characters: no value of a record can begin another field."""
    hidden = {"Cc", "Cf", "Zl", "Zp"}
    kept = "".join(" " if char not in JOINERS and unicodedata.category(char) in hidden else char for char in text)
    return " ".join(kept.split())


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "", unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode())

"""Citations."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pliego.documents import citation
from pliego.documents.citation import Work, plain
from pliego.documents.models import Document, File
from pliego.documents.people import Name
from pliego.pdf.values import PdfFacts

ANA, LUIS, BODY = Name("García Ruiz", "Ana María"), Name("Pérez", "Luis"), Name("UNESCO")
WORK = Work(
    title="El agua & la tierra",
    authors=[ANA, LUIS],
    day=date(2020, 5, 4),
    year_only=True,
    address="https://pdf.example.org/d/abc/el-agua/",
    site="Pliego",
    accessed=date(2026, 11, 3),
    language="es",
    pages=120,
)


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("apa", "García Ruiz, A. M., & Pérez, L. (2020). El agua & la tierra (p. 7). Pliego. {}"),
        ("chicago", "García Ruiz, Ana María, and Luis Pérez. El agua & la tierra. Pliego, 2020. P. 7. {}."),
        (
            "mla",
            "García Ruiz, Ana María, and Luis Pérez. El agua & la tierra. 2020, p. 7. Pliego, "
            "pdf.example.org/d/abc/el-agua/. Accessed 3 November 2026.",
        ),
        (
            "iso690",
            "GARCÍA RUIZ, Ana María and Luis PÉREZ. El agua & la tierra [online]. Pliego, 2020, p. 7 "
            "[viewed 2026-11-03]. Available from: {}",
        ),
    ],
)
def test_styles(style: str, expected: str) -> None:
    assert plain(citation.STYLES[style][1](replace(WORK, page=7))) == expected.format(WORK.address)


def test_without_an_author_the_title_leads() -> None:
    work = replace(WORK, authors=[], year_only=False)
    assert plain(citation.apa(work)) == f"El agua & la tierra (2020, May 4). Pliego. {WORK.address}"
    assert plain(citation.mla(work)).startswith("El agua & la tierra. 4 May 2020. Pliego")


def test_the_title_is_italic() -> None:
    for _, make in citation.STYLES.values():
        assert (WORK.title, True) in make(WORK)


def test_many_authors() -> None:
    work = replace(WORK, authors=[ANA, LUIS, BODY])
    assert plain(citation.apa(work)).startswith("García Ruiz, A. M., Pérez, L., & UNESCO. (2020)")
    assert plain(citation.mla(work)).startswith("García Ruiz, Ana María, et al. El agua")


def test_bibtex() -> None:
    assert citation.bibtex(replace(WORK, authors=[ANA, BODY], page=7)).splitlines() == [
        "@misc{ruiz2020agua,",
        r"  title = {{El agua \& la tierra}},",
        "  author = {García Ruiz, Ana María and {UNESCO}},",
        "  year = {2020},",
        "  howpublished = {Pliego},",
        "  pages = {7},",
        "  pagetotal = {120},",
        "  langid = {spanish},",
        f"  url = {{{WORK.address}}},",
        "  urldate = {2026-11-03},",
        "}",
    ]


@given(st.text())
def test_no_title_breaks_out_of_its_braces(title: str) -> None:
    line = citation.bibtex(replace(WORK, title=title)).splitlines()[1]
    bare = re.sub(r"\\[{}\\&%$#_]|\\text\w+\{\}", "", line)
    assert (bare.count("{"), bare.count("}")) == (2, 2)
    assert not re.search(r"[$&#^_%~\\]", bare)


@given(st.text(), st.text(min_size=1))
def test_no_value_begins_another_field(title: str, family: str) -> None:
    lines = citation.ris(replace(WORK, title=f"t{title}", authors=[Name(family)])).split("\r\n")
    assert [line[:6] for line in lines if not line.startswith("AU")] == [
        *(f"{tag}  - " for tag in ("TY", "TI", "PY", "PB", "LA", "UR", "Y2", "ER")),
        "",
    ]
    assert not re.search(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "".join(lines))


def test_csl_json() -> None:
    (item,) = json.loads(citation.csl_json(replace(WORK, authors=[ANA, BODY], page=7, year_only=False)))
    assert item["author"] == [{"family": "García Ruiz", "given": "Ana María"}, {"literal": "UNESCO"}]
    assert item["issued"] == {"date-parts": [[2020, 5, 4]]}
    assert (item["page"], item["number-of-pages"]) == ("7", "120")


def document(created: str) -> Document:
    file = File(facts_json=PdfFacts("1.7", 3, created=created, author="Ana López").to_json(), pages=3)
    return Document(file=file, original_name="x.pdf", created_at=datetime(2026, 11, 3, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("created", "day", "year_only"),
    [
        ("2019-02-03T10:00:00+01:00", date(2019, 2, 3), True),
        ("2019", date(2019, 1, 1), True),
        ("2019-02-31", date(2019, 1, 1), True),
        ("", date(2026, 11, 3), False),
        ("1904-01-01", date(2026, 11, 3), False),
        ("2099-01-01", date(2026, 11, 3), False),
        ("gestern", date(2026, 11, 3), False),
    ],
)
def test_the_date_is_that_of_the_document_if_it_can_be(created: str, day: date, year_only: bool) -> None:
    work = citation.work(document(created), WORK.address, "Pliego")
    assert (work.day, work.year_only) == (day, year_only)
    assert work.authors == [Name("López", "Ana")]

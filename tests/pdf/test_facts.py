"""What a PDF says about itself."""

import pikepdf
import pytest

from pliego.errors import NoPages, PliegoError, UnreadablePdf
from pliego.pdf.facts import read_facts
from pliego.pdf.values import MAX_READ_PAGES, PdfFacts
from tests import samples
from tests.pdf.opened import opened


def facts_of(data: bytes, password: str = "") -> PdfFacts:
    with opened(data, password) as source:
        return read_facts(source)


def test_a_book_tells_everything() -> None:
    facts = facts_of(samples.book(24))
    assert (facts.pages, facts.page_sizes) == (24, [(595.28, 841.89, 24)])
    assert (facts.title, facts.author) == ("El puerto y la lluvia", "Inés Ñandú")
    assert (facts.keywords, facts.creator) == ("puerto, lluvia, viaje", "Pliego samples")
    assert facts.created == "2000-01-01T00:00:00+00:00"
    assert not any([facts.encrypted, facts.tagged, facts.linearised, facts.repaired, facts.active_content])


def test_facts_survive_the_way_out_of_the_sandbox() -> None:
    facts = facts_of(samples.book(24))
    assert PdfFacts.from_json(facts.to_json()) == facts


@pytest.mark.parametrize(("header", "catalog", "version"), [
    (b"1.3", b"", "1.3"), (b"1.4", b"/Version /1.7", "1.7"), (b"1.7", b"/Version /1.2", "1.7"), (b"2.0", b"", "2.0"),
    (b"1.7", b"/Version /9.9", "1.7"), (b"1.4", b"/Version (1.6)", "1.4"),
])  # fmt: skip
def test_the_higher_known_version_counts(header: bytes, catalog: bytes, version: str) -> None:
    data = samples.many_pages(1).replace(b"%PDF-1.7", b"%PDF-" + header)
    assert facts_of(data.replace(b"/Type /Catalog", b"/Type /Catalog " + catalog)).version == version


def test_sizes_are_those_of_the_pages_as_shown() -> None:
    assert facts_of(samples.rotated(90)).page_sizes == [(841.89, 595.28, 1)]


def test_runs_of_sizes_end_where_reading_ends() -> None:
    facts = facts_of(samples.many_pages(20_000))
    assert facts.pages == 20_000
    assert facts.page_sizes == [(300, 400, MAX_READ_PAGES)]


def test_an_empty_user_password_just_works() -> None:
    facts = facts_of(samples.encrypted())
    assert (facts.encrypted, facts.pages) == (True, 1)


def test_linearised_is_believed_only_of_the_whole_file() -> None:
    data = samples.linearised()
    assert facts_of(data).linearised
    assert not facts_of(data + b"\n% an update\n").linearised


def test_a_truncated_book_tells_what_was_recovered() -> None:
    facts = facts_of(samples.truncated())
    assert facts.repaired
    assert 0 < facts.pages <= 30
    assert facts.page_sizes[0][:2] == (595.28, 841.89)


@pytest.mark.parametrize(("data", "error"), [(samples.no_pages(), NoPages), (samples.headless(), UnreadablePdf)])
def test_nothing_to_tell(data: bytes, error: type[PliegoError]) -> None:
    with pytest.raises(error):
        facts_of(data)


@pytest.mark.parametrize("data", [samples.cyclic_pages(), samples.deep_nesting(), samples.giant_page()])
def test_odd_structures_are_read(data: bytes) -> None:
    assert facts_of(data).pages == 1


def test_pdfium_alone_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    book = samples.book(24)

    def refuse(*_: object, **__: object) -> None:
        raise pikepdf.PdfError

    monkeypatch.setattr(pikepdf, "open", refuse)
    facts = facts_of(book)
    assert (facts.pages, facts.title, facts.version, facts.repaired) == (24, "El puerto y la lluvia", "1.3", True)

"""Facts that are told anew."""

import pytest

from pliego.documents import processing, retelling
from pliego.documents.engines import FACTS_VERSION, blobs
from pliego.documents.models import Document, File
from pliego.pdf.reader import Reader
from tests import samples
from tests.people import share
from tests.samples.labelled import labelled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def told_before(canary: str, pdf: bytes) -> File:
    """A file as a version without labels has read it."""
    file = share(canary, pdf=pdf).document.file
    assert file.facts_version == FACTS_VERSION
    file.facts_json.pop("page_labels")
    file.facts_version = ""
    file.save()
    return file


def test_labels_come_to_what_was_read_before() -> None:
    file = told_before("vieja", labelled(samples.book(3), (0, "r", "", 1)))
    before = Document.objects.get(file=file)
    file.facts_json["title"] = "Otro"
    file.save()
    assert not retelling.retell_some()
    file.refresh_from_db()
    assert file.facts_json["page_labels"] == [[1, "r", "", 1]]
    assert (file.facts_json["title"], file.facts_version, file.finished) == ("Otro", FACTS_VERSION, True)
    assert Document.objects.get(file=file).revision > before.revision


def test_what_has_no_labels_looks_the_same() -> None:
    file = told_before("lisa", samples.book(3))
    before = Document.objects.get(file=file)
    retelling.retell_some()
    file.refresh_from_db()
    assert (file.facts_json["page_labels"], file.facts_version) == ([], FACTS_VERSION)
    assert Document.objects.get(file=file).revision == before.revision


def test_a_file_that_is_gone_stops_nothing() -> None:
    file = told_before("ida", samples.book(3))
    blobs().path(file.sha256).unlink()
    other = told_before("otra", labelled(samples.book(4), (0, "A", "", 1)))
    retelling.retell_some()
    other.refresh_from_db()
    assert other.facts_json["page_labels"] == [[1, "A", "", 1]]
    assert not File.objects.exclude(facts_version=FACTS_VERSION).exists()


def test_while_nobody_can_read_all_stays_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    file = told_before("luego", labelled(samples.book(3), (0, "r", "", 1)))
    monkeypatch.setattr(retelling, "reader", lambda: Reader(tmp_path / "nobody"))  # type: ignore[operator]
    assert not retelling.retell_some()
    file.refresh_from_db()
    assert file.facts_version == ""


def test_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retelling, "AT_ONCE", 1)
    for name in ("una", "dos"):
        told_before(name, labelled(samples.book(3 + len(name)), (0, "r", "", 1)) + name.encode())
    assert retelling.retell_some()
    assert File.objects.filter(facts_version="").count() == 1


def test_what_is_read_anew_is_told_anew() -> None:
    file = told_before("releida", labelled(samples.book(3), (0, "r", "", 1)))
    processing.reread_all()
    processing.process(file.sha256)
    file.refresh_from_db()
    assert (file.facts_json["page_labels"], file.facts_version) == ([[1, "r", "", 1]], FACTS_VERSION)

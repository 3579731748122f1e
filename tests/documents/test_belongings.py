import csv
import io
import json
import re
import zipfile
from copy import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pliego.accounts.viewer import Viewer
from pliego.documents import belongings, gathering, library
from pliego.documents.engines import blobs
from pliego.documents.identifiers import new_identifier
from pliego.documents.models import Document, Privacy, Version, Withheld
from tests.documents.test_versions import replaced
from tests.people import account, leaflet, share

pytestmark = pytest.mark.django_db


def taken() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(belongings.everything_of(Viewer(person=account().pk)))))


def test_everything_comes_along_and_nothing_of_others() -> None:
    mine = share("mío", Privacy.PRIVATE, read=False, owner=account()).document
    share("ajeno", read=False, owner=account("otra"))
    archive = taken()
    (told,) = json.loads(archive.read("documents.json"))
    assert (told["id"], told["privacy"], told["original_name"]) == (mine.pk, "private", "mío.pdf")
    assert archive.read(told["file"]) == leaflet("mío")
    assert list(csv.DictReader(io.TextIOWrapper(archive.open("documents.csv")))) == [
        {key: str(value) for key, value in told.items()}
    ]
    assert len(archive.namelist()) == 7


def test_what_was_taken_down_goes_to_nobody() -> None:
    mine = share("mío", read=False, owner=account()).document
    Withheld.objects.create(sha256=mine.file_id, statement="Por orden.")
    chosen = zipfile.ZipFile(io.BytesIO(b"".join(belongings.zipped([mine.pk]))))
    for archive in (chosen, taken()):
        (name,) = (name for name in archive.namelist() if ".pdf" in name)
        assert (name[-8:], archive.read(name)[-10:]) == (".pdf.txt", b"Por orden.")


def test_the_trash_comes_along_too() -> None:
    share("mío", read=False, owner=account())
    Document.objects.update(trashed_at=timezone.now())
    assert json.loads(taken().read("documents.json"))[0]["in_trash_since"]


@pytest.mark.usefixtures("parser")
def test_earlier_versions_come_along_with_what_is_said_of_them() -> None:
    mine = share("mío", read=False, owner=account()).document
    replaced(mine, leaflet("otro"))
    archive = taken()
    (now,), (was,) = (json.loads(archive.read(f"{name}.json")) for name in ("documents", "versions"))
    assert (now["version"], archive.read(now["file"])) == (2, leaflet("otro"))
    assert (was["document"], was["version"], was["original_name"]) == (mine.pk, 1, "mío.pdf")
    assert archive.read(was["file"]) == leaflet("mío")
    assert list(csv.DictReader(io.TextIOWrapper(archive.open("versions.csv")))) == [
        {key: str(value) for key, value in was.items()}
    ]


def test_an_empty_account_gives_an_empty_list() -> None:
    assert json.loads(taken().read("documents.json")) == []


def test_collections_come_along_in_their_order() -> None:
    viewer = Viewer(person=account().pk)
    mine, other = share("mío", read=False, owner=account()), share("ajeno", read=False)
    put = f"{other.document.pk} {mine.document.pk}"
    collection, _ = gathering.make(viewer, "=Varios", Privacy.UNLISTED, put)
    gathering.make(Viewer(person=account("otra").pk), "De otra", Privacy.PUBLIC, put)
    (told,) = json.loads(taken().read("collections.json"))
    assert (told["id"], told["title"], told["privacy"]) == (collection.pk, "=Varios", "unlisted")
    assert [each["title"] for each in told["documents"]] == ["ajeno", "mío"]
    rows = list(csv.DictReader(io.TextIOWrapper(taken().open("collections.csv"), newline="")))
    assert [(row["collection_title"], row["place"], row["document"]) for row in rows] == [
        ("'=Varios", "1", other.document.pk),
        ("'=Varios", "2", mine.document.pk),
    ]


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(title: str) -> None:
    share("mío", read=False, owner=account())
    Document.objects.update(own_title=title)
    (row,) = csv.DictReader(io.TextIOWrapper(taken().open("documents.csv"), newline=""))
    assert row["title"] == f"'{title}"


def test_a_file_that_is_lost_does_not_stop_the_others() -> None:
    lost = share("ida", read=False, owner=account()).document
    share("queda", read=False, owner=account())
    blobs().delete(lost.file_id)
    pdfs = [name for name in taken().namelist() if name.startswith("documents/")]
    assert sorted(name.partition(".")[2] for name in pdfs) == ["pdf", "pdf.txt"]


@pytest.mark.parametrize("title", ["تقرير البلدية", "市政报告", "Отчёт 2024", "Informe: 1/2", "😀" * 100])
def test_files_bear_their_titles_in_their_own_letters(title: str) -> None:
    document = share("letras", read=False, owner=account()).document
    library.rename(document, title)
    (name,) = (name for name in taken().namelist() if name.startswith("documents/"))
    stem = name.removeprefix("documents/").removesuffix(f" {document.pk}.pdf")
    assert stem == re.sub("[:/]", "_", title)[:55]
    assert len(name.partition("/")[2].encode()) <= 255
    assert json.loads(taken().read("documents.json"))[0]["file"] == name


def test_equal_titles_have_names_of_their_own_in_a_choice() -> None:
    keys = [share("igual", read=False, owner=account()).document.pk for _ in range(2)]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(belongings.zipped(keys))))
    assert archive.namelist() == ["igual.pdf", "igual (2).pdf"]


def test_files_and_their_versions_are_asked_for_many_at_once() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            taken()
        return len(queries)

    def more(number: int) -> None:
        first = Document.objects.with_file().get()
        for _ in range(number):
            again = copy(first)
            again.pk, again.version, again.manage_hash = new_identifier(), 2, ""
            again.save(force_insert=True)
            Version.objects.create(document=again, number=1, file=first.file, created_at=timezone.now())

    share("mío", read=False, owner=account())
    for_one = asked()
    more(40)
    assert asked() == for_one + 3  # three times, which versions there are
    names = taken().namelist()
    assert [name[:-4].rpartition("/")[2].split()[0] for name in names if name.startswith("versions/")] == ["1"] * 40

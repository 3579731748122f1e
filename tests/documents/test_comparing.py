from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.documents import comparing, processing, versions
from pliego.documents.comparing import Changes, changes_between, differences
from pliego.documents.models import Document, Version
from pliego.pdf.typeset import Leaflet, Section, write
from tests import samples
from tests.documents.test_versions import replaced
from tests.people import share

PAGES = ["uno a b c", "dos d e f", "tres g h i", "cuatro j k l"]


def told(before: list[str], after: list[str]) -> Changes:
    return differences(
        before, after, lambda page: Counter(before[page - 1].split()), lambda page: Counter(after[page - 1].split())
    )


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (PAGES, Changes()),
        (["uno a b c", "dos d e x", *PAGES[2:]], Changes(changed=[2])),
        ([PAGES[0], "nueva", *PAGES[1:]], Changes(added=[2])),
        (PAGES[1:], Changes(removed=[1])),
        ([PAGES[0], "nueva m n o", "dos d e x", *PAGES[2:]], Changes(changed=[3], added=[2])),
        ([*PAGES[:2], "cuatro j k x"], Changes(changed=[3], removed=[3])),
        ([], Changes(removed=[1, 2, 3, 4])),
    ],
)
def test_it_tells_what_is_changed_new_and_gone(after: list[str], expected: Changes) -> None:
    assert told(PAGES, after) == expected


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_every_page_is_accounted_for(before: list[str], after: list[str]) -> None:
    changes = told(before, after)
    assert len(before) - len(changes.removed) == len(after) - len(changes.added)
    assert not set(changes.changed) & set(changes.added)
    if before == after:
        assert changes == Changes()


def test_thousands_of_empty_pages_cost_little() -> None:
    assert told([""] * 5000, ["nueva", *[""] * 5000]).removed == []


def pdf(*pages: str) -> bytes:
    return write(Leaflet("Informe", "Ana", "es", tuple(Section(f"Parte {n}", (text,)) for n, text in enumerate(pages))))


@pytest.mark.django_db
@pytest.mark.usefixtures("parser")
def test_it_is_told_once_both_are_read_and_anew_when_the_next_one_goes() -> None:
    document = share("informe", pdf=pdf(*PAGES)).document
    now = replaced(document, pdf(PAGES[0], "dos d e f y algo más", *PAGES[2:]))
    assert comparing.tell_untold() == 0
    processing.process(now.file_id)
    revision = Document.objects.get().revision
    assert comparing.tell_untold() == 1
    assert changes_between(Version.objects.get(), 2) is not None
    assert Document.objects.get().revision > revision
    replaced(now, pdf(*PAGES), read=True)
    comparing.tell_untold()
    versions.forget(now, 2)
    comparing.tell_untold()
    assert changes_between(Version.objects.get(), 3) == Changes()
    assert changes_between(Version.objects.get(), 2) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("parser")
def test_pages_without_words_are_known_by_their_pictures() -> None:
    document = share("escaneo", pdf=samples.scan(2)).document
    now = replaced(document, samples.scan(3), read=True)
    changes = comparing.compared(document.file, now.file)
    assert changes is not None
    assert len(changes.added) == 1
    assert not changes.removed

"""Outlines as they are kept."""

import pytest

from pliego.documents import outlines
from pliego.documents.engines import blobs, derived
from pliego.documents.models import File, State
from pliego.documents.outlines import Source, chapters, keep_outline, outline, outline_of
from pliego.pdf.values import OutlineEntry
from tests import samples
from tests.people import share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def shared(pdf: bytes, *, read: bool = True) -> File:
    return share("contenido", pdf=pdf, read=read).document.file


@pytest.mark.parametrize(
    ("pdf", "source", "titles"),
    [
        (samples.book(13), Source.BOOKMARKS, ["Capítulo 1", "Capítulo 2"]),
        (samples.slides(2), Source.HEADINGS, ["Diapositiva 1", "Diapositiva 2"]),
        (samples.leaflet(), Source.NONE, []),
    ],
)
def test_where_an_outline_comes_from(pdf: bytes, source: Source, titles: list[str]) -> None:
    found = outline_of(shared(pdf))
    assert found.source == source
    assert [entry.title for entry in found.entries] == titles


def test_chapters_are_the_highest_level_that_has_several() -> None:
    file = shared(samples.book(13))
    assert [entry.title for entry in chapters(file)] == ["Capítulo 1", "Capítulo 2"]
    entries = [OutlineEntry(title, level, 1) for title, level in (("El libro", 1), ("a", 2), ("x", 3), ("b", 2))]
    keep_outline(file, entries, [])
    assert [entry.title for entry in chapters(file)] == ["a", "b"]
    keep_outline(file, entries[:1], [])
    assert chapters(file) == []


def test_nobody_waits_for_chapters() -> None:
    file = shared(samples.book(13))
    derived().discard(file.sha256, outlines.NAME)
    assert chapters(file) == []


def test_it_is_made_at_intake_and_kept() -> None:
    file = shared(samples.book(13))
    blobs().path(file.sha256).unlink()
    assert len(outline(file)) == 2


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"source": "none", "entries": [1]}'])
def test_one_that_is_gone_or_torn_is_made_again(content: bytes | None) -> None:
    file = shared(samples.book(13))
    derived().discard(file.sha256, outlines.NAME)
    if content is not None:
        derived().write(file.sha256, outlines.NAME, content)
    assert len(outline(file)) == 2
    assert derived().read(file.sha256, outlines.NAME) != content


def test_a_file_that_is_not_read_yet_has_none() -> None:
    file = shared(samples.bookmarked("Sin leer"), read=False)
    assert file.text_state == State.PENDING
    assert outline(file) == []
    assert not derived().exists(file.sha256, outlines.NAME)

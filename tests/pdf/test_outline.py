"""Bookmarks."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from pliego.pdf import outline
from pliego.pdf.outline import read_outline
from pliego.pdf.reader import Reader
from pliego.pdf.title import one_line
from pliego.pdf.values import OutlineEntry
from tests import samples
from tests.pdf.opened import opened


def entries_of(data: bytes) -> list[OutlineEntry]:
    with opened(data) as source:
        return read_outline(source)


def test_the_chapters_of_a_book() -> None:
    entries = entries_of(samples.book(30))
    assert [(entry.title, entry.level, entry.page) for entry in entries] == [
        ("Capítulo 1", 1, 1),
        ("Capítulo 2", 1, 13),
        ("Capítulo 3", 1, 25),
    ]


def test_a_document_without_bookmarks() -> None:
    assert entries_of(samples.leaflet()) == []


@pytest.mark.parametrize(("degrees", "y"), [(0, 100), (90, 72), (180, 700), (270, 528)])
def test_places_turn_with_the_page(degrees: int, y: float) -> None:
    assert entries_of(samples.turned_bookmark(degrees)) == [OutlineEntry("Uno", 1, 1, y)]


@pytest.mark.parametrize(
    ("view", "y"),
    [
        ([Name.XYZ, None, None, None], None),
        ([Name.Fit], None),
        ([Name.FitH, 600], 200.0),
        ([Name.FitR, 0, 0, 300, 500], 300.0),
        ([Name.XYZ, 0, 9999, 0], 0.0),
    ],
)
def test_kinds_of_destinations(view: list[object], y: float | None) -> None:
    destination = Array([1, *view])
    assert entries_of(samples.bookmarked("Uno", Dest=destination)) == [OutlineEntry("Uno", 1, 2, y)]


def test_an_action_leads_to_its_page() -> None:
    action = Dictionary(S=Name.GoTo, D=Array([2, Name.Fit]))
    assert entries_of(samples.bookmarked("Uno", A=action)) == [OutlineEntry("Uno", 1, 3, None)]


@pytest.mark.parametrize(
    "entry",
    [
        {"Dest": Array([9, Name.Fit])},
        {"Dest": String("nowhere")},
        {"A": Dictionary(S=Name.URI, URI=String("https://example.org/"))},
        {"A": Dictionary(S=Name.JavaScript, JS=String("1"))},
    ],
)
def test_what_leads_to_no_page_is_left_out(entry: dict[str, Any]) -> None:
    assert entries_of(samples.bookmarked("Uno", **entry)) == []


def test_titles_are_cleaned() -> None:
    titles = [entry.title for entry in entries_of(samples.bookmarked(" Uno\r\n\u202edos\0 ", "", "x" * 900))]
    assert titles == ["Uno dos", "x" * outline.MAX_TITLE]


def test_a_ring_ends() -> None:
    assert [entry.title for entry in entries_of(samples.ring_of_bookmarks())] == ["Uno", "Dos"]
    assert len(entries_of(samples.cyclic_actions())) <= 1


def test_only_so_deep() -> None:
    assert [entry.level for entry in entries_of(samples.nested_bookmarks(20))] == list(range(1, outline.MAX_LEVEL + 1))


def test_only_so_many_and_soon() -> None:
    many = samples.bookmarked(*["x"] * (outline.MAX_ENTRIES + 5))
    started = time.process_time()
    assert len(entries_of(many)) == outline.MAX_ENTRIES
    assert time.process_time() - started < 3


# Control characters are left out: an escape begins the name of a language (ISO 32000-2, 7.9.2.2).
titles = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=40)


@given(st.lists(titles, min_size=1, max_size=8))
def test_any_titles_come_in_order(titles: list[str]) -> None:
    entries = entries_of(samples.bookmarked(*titles))
    expected = [one_line(title)[: outline.MAX_TITLE].strip() for title in titles]
    assert [entry.title for entry in entries] == [title for title in expected if title]


def test_it_comes_through_the_confinement(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("outline") / "book.pdf"
    file.write_bytes(samples.book(13))
    assert reader.outline(file) == entries_of(samples.book(13))

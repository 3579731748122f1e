"""Finding words within a document."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pliego.documents.finding import boxes_on, find_in
from pliego.documents.models import File
from tests import samples
from tests.documents.test_findable import file_of
from tests.people import share

LINES = ["El río Ñuble se que-", "bró; el apt-pinning no.", "Dijo «basta» y se fue"]


def found(query: str, *, whole_words: bool = False, lines: list[str] = LINES) -> list[str]:
    """What is marked in each hit."""
    hits = find_in(file_of(lines), query, whole_words=whole_words).hits
    return ["".join(text for text, marked in hit.snippet if marked) for hit in hits]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("rio", ["río"]),
        ("RÍO ñuble", ["río Ñuble"]),
        ("quebro", ["quebró"]),
        ("que-bró", ["quebró"]),
        ("aptpinning", ["apt-pinning"]),
        ("apt-pinning no", ["apt-pinning no"]),
        ("quebró; el", ["quebró; el"]),
        ('"basta"', ["basta"]),
        ("se", ["se", "se"]),
        ("nada", []),
        ("", []),
        ("   ", []),
    ],
)
def test_what_is_found(query: str, marked: list[str]) -> None:
    assert found(query) == marked


@pytest.mark.parametrize(
    ("query", "marked"), [("apt", ["apt"]), ("pinning", ["pinning"]), ("pin", []), ("quebró", ["quebró"]), ("que", [])]
)
def test_whole_words(query: str, marked: list[str]) -> None:
    assert found(query, whole_words=True) == marked


def test_whole_words_of_a_script_without_spaces() -> None:
    assert found("本語", whole_words=True, lines=["日本語"]) == ["本語"]


def test_words_that_stand_nowhere_together() -> None:
    file = file_of(["el puerto y la lluvia"], ["la lluvia"], ["el puertorriqueño sin lluvias"])
    result = find_in(file, "lluvia puerto")
    assert result.apart
    assert [hit.page for hit in result.hits] == [1, 1, 3, 3]
    assert find_in(file, '"lluvia puerto"').total == 0
    assert find_in(file, "lluvia puerto nieve").total == 0


def test_snippets_are_cut_between_words() -> None:
    lines = ["palabras que llenan la línea " * 8 + "aguja", "y otras más " * 20]
    before, needle, after = find_in(file_of(lines), "aguja").hits[0].snippet
    assert needle == ("aguja", True)
    assert before[0].startswith("…")
    assert before[0][1:].split()[0] in lines[0].split()
    assert after[0].endswith(" más…") or after[0].endswith(" otras…") or after[0].endswith(" y…")


def test_a_hit_over_a_line_end_has_two_boxes() -> None:
    (hit,) = find_in(file_of(LINES), "quebro").hits
    assert [box[1] for box in hit.boxes] == [100, 120]


def test_all_are_counted_and_the_first_are_listed() -> None:
    file = file_of(*[["una y una"]] * 130)
    result = find_in(file, "una", limit=100)
    assert (result.total, len(result.hits), result.hits[-1].page) == (260, 100, 50)


def test_boxes_on_a_page_are_those_of_its_hits() -> None:
    file = file_of(["uno"], ["dos uno", "uno"], ["tres"])
    assert boxes_on(file, 2, "uno") == [hit.boxes for hit in find_in(file, "uno").hits if hit.page == 2]
    assert len(boxes_on(file, 2, "uno")) == 2
    assert boxes_on(file, 3, "uno") == []
    assert boxes_on(file, 2, "") == []


def test_a_phrase_that_stands_elsewhere_lights_no_words_here() -> None:
    assert boxes_on(file_of(["dos uno"], ["uno dos"]), 1, "uno dos") == []


def test_a_document_that_is_still_being_read() -> None:
    file = file_of(["uno"])
    file.pages = 2
    result = find_in(file, "uno")
    assert (result.total, result.complete) == (1, False)


words = st.text("abcáñ日", min_size=1, max_size=8)


@settings(max_examples=40)
@given(st.lists(st.lists(words, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=6), st.data())
def test_whatever_stands_there_is_found(lines: list[str], data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(lines))
    start = data.draw(st.integers(0, len(line) - 1))
    wanted = line[start : data.draw(st.integers(start + 1, len(line)))].strip()
    hits = find_in(file_of(lines), wanted.upper()).hits
    assert (wanted in found(wanted, lines=lines)) if wanted else not hits
    assert all(hit.boxes for hit in hits)


@pytest.mark.django_db
@pytest.mark.usefixtures("parser")
def test_a_real_document() -> None:
    file: File = share("busca", pdf=samples.book(70)).document.file
    result = find_in(file, "capitulo 6")
    assert result.hits[0].page == 61
    assert result.complete

"""Finding words within a document."""

import threading
import time
import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pliego.documents import reading
from pliego.documents.engines import sidecar
from pliego.documents.findable import HYPHENS_MOST, folded
from pliego.documents.finding import LIMIT, LIT_MOST, boxes_on, find_in
from pliego.documents.models import File
from pliego.errors import ReaderBusy
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


@pytest.mark.parametrize("whole_words", [False, True])
def test_a_page_full_of_hits_takes_no_memory(monkeypatch: pytest.MonkeyPatch, whole_words: bool) -> None:
    monkeypatch.setattr("pliego.documents.finding.COUNTED_MOST", 1_000)
    file = file_of([" ".join("a" * 50) for _ in range(4_000)])
    find_in(file, "b")  # folds it
    tracemalloc.start()
    try:
        result = find_in(file, "a", whole_words=whole_words)
        boxes = boxes_on(file, 1, "a", whole_words=whole_words)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (result.total, len(result.hits), len(boxes)) == (1_000 if whole_words else 200_000, LIMIT, LIT_MOST)
    assert peak < 24 << 20


def test_few_look_through_whole_documents_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    file = file_of(LINES)
    monkeypatch.setattr("pliego.documents.reading.AT_LENGTH", threading.BoundedSemaphore(1))
    asking = threading.Thread(target=find_in, args=(file, "basta"))
    with reading.AT_LENGTH:
        asking.start()
        asking.join(0.2)
        assert asking.is_alive()
    asking.join(30)
    assert not asking.is_alive()


def test_so_many_wait_for_a_place_and_others_come_again() -> None:
    for waiting in (0, 1):
        places = reading.Places(1, waiting, within=0.1)
        with places:
            for _ in range(3):  # the one that waits gives up in time, and leaves its room to another
                with pytest.raises(ReaderBusy), places:
                    pytest.fail("there was a place")
        with places:
            pass


@pytest.mark.parametrize(
    ("line", "query"), [("a" * 20_000, "a aa aaa aaaa"), ("ab " * 7_000, "a"), ("a-" * 10_000, "a aa aaab")]
)
def test_words_that_stand_nowhere_as_such_in_millions_of_letters(line: str, query: str) -> None:
    file = file_of(*[[line] * 10] * 8)
    find_in(file, "zz")  # folds it
    began = time.process_time()
    find_in(file, query)
    find_in(file, query, whole_words=True)
    assert time.process_time() - began < 5


@given(st.text("ab -_ß", max_size=40), st.text("ab", min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whole_words_are_told_from_parts(line: str, word: str) -> None:
    file = file_of([line])
    text, _, hyphens = folded(" ".join(line.split()) and line)
    ends = {0, len(text), *hyphens}
    ends |= {at for at in range(1, len(text)) if not (text[at - 1].isalnum() and text[at].isalnum())}
    behind, total = 0, 0
    for start in range(len(text)):
        if text.startswith(word, start) and start >= behind and {start, start + len(word)} <= ends:
            behind, total = start + len(word), total + 1
    assert find_in(file, word, whole_words=True).total == total


def test_whole_words_between_very_many_hyphens() -> None:
    file = file_of(["-".join("a" * 60_000)])
    find_in(file, "b")
    began = time.process_time()
    assert find_in(file, "aa", whole_words=True).total == HYPHENS_MOST // 2
    assert time.process_time() - began < 10


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


PAGES = [["1", "Al final del largo ca-"], ["2", "mino, dijo, el río se"], ["3", "perdió en la mar"]]


def running(pages: list[list[str]]) -> File:
    """A file whose page numbers are no part of its paragraphs."""
    file = file_of(*pages)
    for first in range(1, len(pages) + 1, 64):
        texts = [
            replace(page, paragraphs=[" ".join(line.text for line in page.lines[1:])])
            for page in sidecar(file.sha256).pages(first, first + 63)
        ]
        sidecar(file.sha256).write_chunk(first, texts)
    return file


@pytest.mark.parametrize(
    ("query", "page", "marked", "after"),
    [
        ("río se perdió", 2, "río se perdió", " en la mar"),
        ("camino", 1, "camino", ", dijo, el río se"),
        ("largo camino, dijo", 1, "largo camino, dijo", ", el río se"),
        ("se perdió en la mar", 2, "se perdió en la mar", ""),
    ],
)
@pytest.mark.parametrize("whole_words", [False, True])
def test_what_runs_on_over_a_page_end(query: str, page: int, marked: str, after: str, whole_words: bool) -> None:
    file = running(PAGES)
    (hit,) = find_in(file, query, whole_words=whole_words).hits
    assert (hit.page, hit.snippet[-2:] if after else hit.snippet[-1:]) == (
        page,
        [(marked, True), *([(after, False)] if after else [])],
    )
    ((first,), (rest,)) = (boxes_on(file, number, query)[0] for number in (page, page + 1))
    assert (first[1], rest[1]) == (120, 120)
    assert rest[0] == 72


def test_the_end_of_a_page_is_not_found_twice() -> None:
    file = running(PAGES)
    assert find_in(file, "mar").total == 1
    assert find_in(file, "se").total == 1
    assert find_in(file, "río se 3 perdió").total == 0


def test_page_ends_between_chunks() -> None:
    file = running([[str(number), f"acaba {number} y empieza"] for number in range(1, 131)])
    assert [hit.page for hit in find_in(file, "empieza acaba 65 y").hits] == [64]
    assert [len(boxes_on(file, number, "empieza acaba 65 y")) for number in (63, 64, 65, 66)] == [0, 1, 1, 0]
    assert find_in(file, "empieza acaba", limit=3).total == 129


@given(st.lists(st.text("ab -", min_size=1, max_size=9), min_size=2, max_size=4), st.data())
@settings(max_examples=60)
def test_a_phrase_over_a_page_end_is_found_wherever_it_begins(texts: list[str], data: st.DataObject) -> None:
    pages = [" ".join(f"x{text}y".split()) for text in texts]
    file = file_of(*[[page] for page in pages])
    page = data.draw(st.integers(0, len(pages) - 2))
    start = data.draw(st.integers(0, len(pages[page]) - 1))
    end = data.draw(st.integers(1, len(pages[page + 1])))
    query = f"{pages[page][start:]} {pages[page + 1][:end]}"
    if query == query.strip("- "):
        assert page + 1 in [hit.page for hit in find_in(file, f'"{query}"').hits]


def test_a_snippet_is_not_filled_with_dots() -> None:
    (hit,) = find_in(file_of([f"1 La lluvia {'. ' * 60}12", f"2 El puerto {'. ' * 60}14", "3 La casa"]), "puerto").hits
    assert "".join(text for text, _ in hit.snippet) == "1 La lluvia … 12 2 El puerto … 14 3 La casa"

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.ranges import LAST, MAX_PAGES, Pages, Part
from pliego.pdf.refusals import BadPages, NoSuchPage

COUNT = 10
ENDS = st.one_of(st.just(LAST), st.integers(1, 12))
PARTS = st.one_of(
    st.builds(Part, ENDS, ENDS),
    st.sampled_from([Part(1, LAST, 2), Part(2, LAST, 2), Part(1, LAST)]),
)


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("1-3,7", [1, 2, 3, 7]),
        (" 3 ; 1 ,, 2 ", [3, 1, 2]),
        ("1 - 3", [1, 2, 3]),
        ("2–4", [2, 3, 4]),
        ("odd", [1, 3, 5, 7, 9]),
        ("EVEN", [2, 4, 6, 8, 10]),
        ("last", [10]),
        ("-2", [1, 2]),
        ("8-", [8, 9, 10]),
        ("last-8", [10, 9, 8]),
        ("all", list(range(1, 11))),
        ("impares última", [1, 3, 5, 7, 9, 10]),
        ("9-letzte", [9, 10]),
        ("2,2", [2, 2]),
    ],
)
def test_words_stand_for_pages(words: str, pages: list[int]) -> None:
    assert Pages.parse(words).of(COUNT) == pages


@pytest.mark.parametrize("words", ["", " , ", "-", "0", "1-2-3", "x", "1.5", "--2", "odd-3", "5-0", "1" * 10, "²"])
def test_what_names_no_pages_is_quoted(words: str) -> None:
    with pytest.raises(BadPages) as caught:
        Pages.parse(words)
    assert caught.value.params["part"] in words


@given(st.text(max_size=40))
def test_any_words_are_pages_or_an_error_of_ours(words: str) -> None:
    try:
        pages = Pages.parse(words)
    except BadPages:
        return
    assert Pages.parse(str(pages)) == pages


@given(st.lists(PARTS, min_size=1, max_size=5))
def test_what_is_written_reads_the_same(parts: list[Part]) -> None:
    assert Pages.parse(str(Pages(tuple(parts)))) == Pages(tuple(parts))


@given(st.lists(PARTS, min_size=1, max_size=5), st.integers(1, 20))
def test_pages_are_of_the_document_or_an_error_says_so(parts: list[Part], count: int) -> None:
    pages = Pages(tuple(parts))
    with suppress(NoSuchPage):
        numbers = pages.of(count)
        assert all(1 <= number <= count for number in numbers)
        assert pages.chosen(count) == sorted(set(numbers))


def test_a_page_beyond_the_end_is_an_error() -> None:
    for words in ("11", "9-11", "11-", "11-last"):
        with pytest.raises(NoSuchPage, match="no page 11: this PDF has 10"):
            Pages.parse(words).of(COUNT)


def test_no_list_stands_for_endlessly_many_pages() -> None:
    with pytest.raises(BadPages):
        Pages.parse("all," * 20).of(MAX_PAGES // 10)
    with pytest.raises(BadPages):
        Pages.parse("1," * 20_000)

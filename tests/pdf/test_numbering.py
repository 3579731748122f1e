"""The numbers printed on pages."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.numbering import LABEL_MOST, NUMBER_MOST, RUNS_MOST, STYLES, PageLabels, Run, figure, runs_from

BOOK = PageLabels([Run(1, "D", "T-", 1), Run(2, "r", "", 1), Run(14, "D", "", 1)], 455)
RUNS = st.builds(
    Run, st.integers(1, 60), st.sampled_from(STYLES),
    st.sampled_from(["", "A-", "i", "1", "#"]), st.integers(1, NUMBER_MOST),
)  # fmt: skip


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        (7, "D", "7"), (1, "r", "i"), (4, "r", "iv"), (1999, "R", "MCMXCIX"), (4999, "r", "mmmmcmxcix"),
        (5000, "R", "5000"), (1, "a", "a"), (26, "A", "Z"), (27, "A", "AA"), (53, "a", "aaa"), (209, "a", "209"),
        (9, "", ""),
    ],
)  # fmt: skip
def test_figures(number: int, style: str, printed: str) -> None:
    assert figure(number, style) == printed


def test_what_is_printed_on_pages() -> None:
    assert [BOOK.of(page) for page in (1, 2, 13, 14, 455)] == ["T-1", "i", "xii", "1", "442"]


def test_where_nothing_is_printed_the_place_counts() -> None:
    labels = PageLabels([Run(3, "r", "", 1), Run(5, "D", "", 5)], 9)
    assert [labels.of(page) for page in range(1, 7)] == ["", "", "i", "ii", "", ""]


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("iv", 5), ("IV", 5), (" iv ", 5), ("5", 18), ("#5", 5), ("442", 455), ("443", 443), ("455", 455),
        ("456", None),
        ("t-1", 1), ("T-2", None), ("", None), ("0", None), ("-1", None), ("²", None), ("٣", None), ("9" * 5000, None),
        ("#", None), ("#0", None), ("#456", None), ("##5", None),
    ],
)  # fmt: skip
def test_the_page_that_somebody_means(typed: str, page: int | None) -> None:
    assert BOOK.page(typed) == page


def test_a_label_of_several_pages_is_the_number_of_a_place_or_the_first() -> None:
    chapters = PageLabels([Run(1, "D", "", 1), Run(4, "D", "", 1), Run(7, "", "Mapa", 1)], 9)
    assert [chapters.page(typed) for typed in ("2", "3", "mapa", "#7")] == [2, 3, 7, 7]


def test_of_pages_that_bear_a_label_the_body_of_the_book_is_meant() -> None:
    book = PageLabels([Run(1, "D", "", 1), Run(3, "r", "", 1), Run(9, "D", "", 1)], 100)
    assert [book.page(typed) for typed in ("1", "2", "3", "#1", "v")] == [9, 10, 11, 1, 7]


def test_capitals_count_where_they_tell_pages_apart() -> None:
    both = PageLabels([Run(1, "r", "", 1), Run(3, "R", "", 1)], 4)
    assert [both.page(typed) for typed in ("i", "I", "ii", "II")] == [1, 3, 2, 4]


def test_without_labels_there_are_numbers() -> None:
    plain = PageLabels([], 9)
    assert [plain.of(3), plain.page("3"), plain.page("#3"), plain.page("10"), plain.page("iii")] == [
        "",
        3,
        3,
        None,
        None,
    ]


@given(st.lists(RUNS, max_size=5, unique_by=lambda run: run.page), st.integers(1, 60))
def test_every_label_leads_to_a_page_that_bears_it(runs: list[Run], page: int) -> None:
    labels = PageLabels(runs_from(sorted(runs)), 60)
    label = labels.of(page) or str(page)
    found = labels.page(label)
    assert len(label) <= LABEL_MOST
    if not label.startswith("#"):
        assert found is not None
        assert label in (labels.of(found), str(found))
    assert labels.page(f"#{page}") == page


@given(st.text(max_size=50))
def test_whatever_is_typed_does_no_harm(typed: str) -> None:
    found = BOOK.page(typed)
    assert found is None or 1 <= found <= 455


@pytest.mark.parametrize(
    "data",
    [
        5, [1], [[1, "D", ""]], [[0, "D", "", 1]], [[2, "D", "", 1], [1, "D", "", 1]], [[1, "D", "", 1]] * 2,
        [[1, "x", "", 1]],
        [[1, "D", "", 0]], [[1, "D", "", 10**9]], [[1, "D", "x" * 99, 1]], [[1, "D", "\u202e", 1]], [["a", "D", "", 1]],
        [[page, "D", "", 1] for page in range(1, RUNS_MOST + 2)],
    ],
)  # fmt: skip
def test_what_are_no_runs_is_refused(data: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        runs_from(data)

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from pliego.pdf.labels import Label, read_labels, write_labels

LABELS = st.builds(
    Label, st.sampled_from(["/D", "/r", "/A"]), st.sampled_from(["", "A-", "ñ"]), st.integers(1, 30)
) | st.builds(Label, st.just(""), st.just("Cover"), st.just(1))


def blank(pages: int) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    return pdf


@given(st.lists(LABELS, min_size=1, max_size=8))
def test_labels_that_are_written_read_the_same(labels: list[Label]) -> None:
    pdf = blank(len(labels))
    write_labels(pdf, labels)
    seen = read_labels(pdf)
    shown = [(label.style, label.prefix, label.number if label.style else 1) for label in labels]
    assert [(label.style, label.prefix, label.number if label.style else 1) for label in seen if label] == shown


def test_runs_are_numbered_through() -> None:
    pdf = blank(5)
    runs = Array([0, Dictionary(S=Name.r), 2, Dictionary(S=Name.D, St=7, P=String("p"))])
    pdf.Root.PageLabels = Dictionary(Nums=runs)
    assert [(label.style, label.number) for label in read_labels(pdf) if label] == [
        ("/r", 1), ("/r", 2), ("/D", 7), ("/D", 8), ("/D", 9),
    ]  # fmt: skip


def test_a_first_number_that_is_none_counts_as_one() -> None:
    pdf = blank(2)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=String("x"))]))
    assert [label.number for label in read_labels(pdf) if label] == [1, 2]


def test_without_labels_there_are_none() -> None:
    assert read_labels(blank(2)) == []
    pdf = blank(2)
    write_labels(pdf, [None, None])
    assert "/PageLabels" not in pdf.Root


@pytest.mark.parametrize("odd", [Array([0]), Array([0, 3]), Array(), String("x"), Dictionary()])
def test_odd_trees_do_no_harm(odd: pikepdf.Object) -> None:
    pdf = blank(2)
    pdf.Root.PageLabels = Dictionary(Nums=odd)
    again = io.BytesIO()
    pdf.save(again)
    assert all(label is None for label in read_labels(pikepdf.open(again)))

import io
import json
import time

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from pliego.pdf.labels import Label, read_labels, read_runs, write_labels
from pliego.pdf.numbering import LABEL_MOST, PageLabels, Run, runs_from
from pliego.pdf.values import PdfFacts

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


@given(st.sampled_from(["/D", "/r", "/A", "/Q", ""]), st.text(max_size=40), st.integers(-2, 2**31 - 1))
def test_whatever_a_label_is_made_of_the_facts_can_be_told(style: str, prefix: str, number: int) -> None:
    pdf = blank(2)
    write_labels(pdf, [Label(style, prefix.encode("utf-8", "ignore").decode(), number), None])
    assert runs_from(read_runs(pdf, 2)) == read_runs(pdf, 2)


@pytest.mark.parametrize("sign", ["\ue000", "\u0378", "\U000f0000", "\U000e0001"])
def test_signs_that_no_font_has_are_left_out(sign: str) -> None:
    pdf = blank(2)
    write_labels(pdf, [Label("/r", f"a{sign}-", 1), None])
    assert read_runs(pdf, 2)[0] == Run(1, "r", "a-", 1)


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


def runs_of(pages: int, *numbers: object) -> list[Run]:
    pdf = blank(pages)
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbers))
    return read_runs(pdf, pages)


def test_runs_as_they_are_shown() -> None:
    shown = runs_of(
        9, 0, Dictionary(S=Name.r), 3, Dictionary(S=Name.D), 7, Dictionary(S=Name.A, P=String("Anexo "), St=2)
    )
    assert shown == [Run(1, "r", "", 1), Run(4, "D", "", 1), Run(8, "A", "Anexo ", 2)]


def test_runs_that_go_on_are_one() -> None:
    each = [item for index in range(9) for item in (index, Dictionary(S=Name.D, P=String("A-"), St=index + 5))]
    assert runs_of(9, *each) == [Run(1, "D", "A-", 5)]


def test_numbers_that_are_written_out_are_one_run() -> None:
    each = [item for index in range(9) for item in (index, Dictionary(P=String(str(index + 7))))]
    assert runs_of(9, *each) == [Run(1, "D", "", 7)]
    assert runs_of(2, 0, Dictionary(P=String("007")), 1, Dictionary(P=String("x"))) == [
        Run(1, "", "007", 1), Run(2, "", "x", 1),
    ]  # fmt: skip


def test_labels_that_say_no_more_than_the_place_are_none() -> None:
    assert runs_of(3, 0, Dictionary(S=Name.D)) == []
    assert runs_of(3, 0, Dictionary(S=Name.D), 2, Dictionary(S=Name.D, St=3)) == []


def test_more_runs_than_anybody_prints_are_none() -> None:
    each = [item for index in range(1500) for item in (index, Dictionary(S=Name.D, P=String(f"{index % 2}-")))]
    assert runs_of(1500, *each) == []


@pytest.mark.parametrize(
    "run",
    [
        Dictionary(S=Name.D, St=-4),
        Dictionary(S=Name.R, St=2**62),
        Dictionary(S=Name.Q),
        Dictionary(S=String("D")),
        Dictionary(S=Name.D, P=Name.x, St=2),
        Dictionary(P=String("\x00\u202e\n")),
        Dictionary(P=String("x" * 100_000)),
        Dictionary(),
    ],
)
def test_odd_runs_do_no_harm(run: Dictionary) -> None:
    facts = PdfFacts("1.7", 3, page_labels=runs_of(3, -1, run, 0, run, 7, run))
    again = PdfFacts.from_json(json.loads(json.dumps(facts.to_json())))
    assert again == facts
    assert all(len(PageLabels(again.page_labels, 3).of(page)) <= LABEL_MOST for page in (1, 2, 3))


def test_a_tree_in_rings_ends() -> None:
    pdf = blank(3)
    node = pdf.make_indirect(Dictionary(Nums=Array([1, Dictionary(S=Name.a)])))
    node.Kids = Array([node] * 1000)
    pdf.Root.PageLabels = Dictionary(Kids=Array([node, 5, node, Dictionary(Kids=Array([node]))]))
    assert read_runs(pdf, 3) == [Run(2, "a", "", 1)]


def test_a_tree_that_shares_its_branches_costs_little() -> None:
    pdf = blank(1)
    kids = pdf.make_indirect(Array([Dictionary() for _ in range(3000)]))
    pdf.Root.PageLabels = Dictionary(Kids=Array([pdf.make_indirect(Dictionary(Kids=kids)) for _ in range(3000)]))
    begun = time.process_time()
    assert read_runs(pdf, 1) == []
    assert time.process_time() - begun < 5

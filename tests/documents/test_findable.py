"""Text made ready for finding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.documents import findable
from pliego.documents.engines import derived, sidecar
from pliego.documents.findable import Chunk, FindablePage, chunks, folded, folded_query, make_findable
from pliego.documents.models import File, State
from pliego.pdf.values import Line, PageText


def file_of(*pages: list[str], key: str = "ab") -> File:
    """A file that is read, with these lines on its pages; it has no row."""
    file = File(sha256=key * 32, size=1, pages=len(pages), pages_read=len(pages), text_state=State.DONE)
    derived().delete(file.sha256)
    for first in range(1, len(pages) + 1, 64):
        texts = enumerate(pages[first - 1 : first + 63], first)
        sidecar(file.sha256).write_chunk(first, [page_of(lines, number) for number, lines in texts])
    return file


def page_of(lines: list[str], number: int) -> PageText:
    placed = [Line(text, 72, 100 + 20 * row, 6.0 * len(text), 12, 10) for row, text in enumerate(lines)]
    return PageText(number, 595, 842, placed)


def only(file: File) -> tuple[Chunk, FindablePage]:
    return next((chunk, chunk.page(0)) for chunk in chunks(file, 1, 1))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ÁRBOL Ñandú", "arbol nandu"),
        ("“dicho” — it’s", '"dicho" - it\'s'),
        ("e-mail 1-2 -x-", "email 1-2 -x-"),
        ("Straße ﬁn…", "strasse fin..."),
        ("co\u2010op", "coop"),
        ("ΆΣ Ж", "ας ж"),
    ],
)
def test_what_is_forgiven(text: str, plain: str) -> None:
    assert folded(text)[0] == plain.replace("ας", folded("ας")[0])


@pytest.mark.parametrize(
    ("query", "wanted"), [("  El  Río ", "el rio"), ("apt-", "apt"), ("-x", "-x"), ("", ""), ("-", "-")]
)
def test_queries_fold_alike(query: str, wanted: str) -> None:
    assert folded_query(query) == wanted


@given(st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=80))
def test_every_place_of_the_folded_text_leads_back(text: str) -> None:
    plain, drift, hyphens = folded(text)
    page = FindablePage(text, drift, [0], [[0, 0, 0, 0, 0]], downwards=False)
    places = [page.place(at) for at in range(len(plain))]
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
    assert all(
        letter in folded(text[place])[0] or not letter.isalnum() for letter, place in zip(plain, places, strict=True)
    )
    assert all(text[page.place(at) - 1] in "-‐‑" for at in hyphens)


def test_a_page_is_its_lines_joined() -> None:
    chunk, page = only(file_of(["El río se que-", "bró en dos"]))
    assert chunk.text == "el rio se quebro en dos"
    assert page.text == "El río se quebró en dos"
    assert page.starts == [0, 13]


def test_boxes_of_words_on_two_lines() -> None:
    _, page = only(file_of(["El río se que-", "bró en dos"]))
    first, second = page.boxes_of(10, 16)
    assert (first[1], second[1]) == (100, 120)
    assert first[0] + first[2] == pytest.approx(72 + 6 * 14)
    assert second[0] == 72


def test_pages_are_kept_in_chunks() -> None:
    file = file_of(*[[f"página {number}"] for number in range(1, 131)])
    assert [chunk.first for chunk in chunks(file, 1, 130)] == [1, 65, 129]
    assert [chunk.page(5).text for chunk in chunks(file, 70, 70)] == ["página 70"]


def test_what_is_kept_is_used() -> None:
    file = file_of(["uno"])
    make_findable(file)
    sidecar(file.sha256).write_chunk(1, [])
    assert only(file)[0].text == "uno"


def test_what_is_not_kept_is_made_while_pages_are_read() -> None:
    file = file_of(["uno"])
    file.text_state = State.PENDING
    assert only(file)[1].text == "uno"
    assert not derived().exists(file.sha256, findable.NAME)


@pytest.mark.parametrize("place", [0, 45, -30])
def test_a_torn_file_is_made_again(place: int) -> None:
    file = file_of(["uno dos tres"])
    make_findable(file)
    path = derived().path(file.sha256, findable.NAME)
    content = bytearray(path.read_bytes())
    content[place] ^= 255
    path.write_bytes(content)
    for _ in range(2):
        chunk, page = only(file)
        assert (chunk.text, page.text) == ("uno dos tres", "uno dos tres")
    assert path.read_bytes() != content

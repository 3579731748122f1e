import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pliego.search.query import parse
from pliego.search.snippets import ELLIPSIS, LENGTH, Finder, places, snippet


def shown(text: str, typed: str, language: str = "es") -> str:
    return "".join(f"[{p.text}]" if p.marked else p.text for p in snippet(text, parse(typed), language))


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Los molinos de viento", "molino", "Los [molinos] de viento"),
        ("La Educación pública", "educacion", "La [Educación] pública"),
        ("molino de viento y viento", '"de viento"', "molino [de viento] y viento"),
        ("我们使用自由软件", "自由", "我们使用[自由]软件"),
        ("我们使用自由软件", "自由软", "我们使用[自由软]件"),
        ("l'eau et l’air", "air", "l'eau et l’[air]"),
        ("uno\n\n dos", "dos", "uno [dos]"),
        ("El molino . . . . . . . . 12", "molino", "El [molino] … 12"),
        ("un snake_case aquí", "case", "un snake_[case] aquí"),
        ("El autor", "author:autor", "El autor"),
        ("perro", "-perro", "perro"),
        ("", "perro", ""),
    ],
)
def test_words_are_marked(text: str, typed: str, expected: str) -> None:
    assert shown(text, typed) == expected


def test_markup_stays_what_it_is() -> None:
    assert shown("<b>gato</b> & <script>", "gato") == "<b>[gato]</b> & <script>"


def test_the_place_with_the_most_words_is_shown() -> None:
    text = "gato " + "nada " * 100 + "un gato con perro. " + "nada " * 100
    found = shown(text, "gato perro")
    assert "[gato] con [perro]" in found
    assert found.startswith(ELLIPSIS)
    assert found.endswith(ELLIPSIS)
    assert len(found) < LENGTH + 50


def test_what_is_left_out_is_told_once_and_apart_from_a_full_stop() -> None:
    found = shown("nada " * 60 + ". " * 60 + "3 un gato. " + "x" * 174 + ". " + "y" * 400, "gato")
    assert found.startswith("… 3 un [gato]. xx")
    assert found.endswith("xx. …")


def test_without_a_hit_the_beginning_is_shown() -> None:
    assert shown("Principio. " + "nada " * 100, "gato").startswith("Principio.")


def test_marks_do_not_cut_words() -> None:
    assert "[" not in shown("gatopardo", "gato")


def test_each_place_names_its_term() -> None:
    assert [(p.start, p.term) for p in places("b a b", parse("a b"), "")] == [(0, 1), (2, 0), (4, 1)]


# The first search of a process works out once what folds to what.
@settings(deadline=None)
@given(
    st.text(st.characters(exclude_characters=".·…_"), max_size=800),
    st.text(max_size=40),
    st.sampled_from(["", "es", "zh", "xx"]),
)
def test_any_text_gives_pieces_of_itself(text: str, typed: str, language: str) -> None:
    pieces = [piece.text.strip(ELLIPSIS) for piece in snippet(text, parse(typed), language)]
    whole = " ".join(text.split())
    assert all(" ".join(piece.split()) in whole for piece in pieces)


PHRASED = st.sampled_from(["molino", "un molino", '"de viento"', '"el molino" mo', "educacion", "strasse"])


@settings(deadline=None)
@given(st.text("moinlMOINL deEvViIÉétß_.,'日本", max_size=80), PHRASED, st.sampled_from(["es", "de", ""]))
def test_looking_at_likely_words_only_finds_the_same(text: str, typed: str, language: str) -> None:
    quick, slow = Finder(parse(typed), language), Finder(parse(typed), language)
    assert quick._likely
    slow._likely = None
    assert quick.places(text) == slow.places(text)


def test_little_words_are_marked_only_when_nothing_else_is_asked_for() -> None:
    text = "Para instalar un paquete en el sistema hay que ser administrador de la máquina."
    marked = [
        piece.text for piece in snippet(text, parse("cómo instalar un paquete en la máquina"), "es") if piece.marked
    ]
    assert marked == ["instalar", "paquete", "máquina"]
    assert [piece.text for piece in snippet(text, parse("en de"), "es") if piece.marked] == ["en", "de"]
    assert "de la" in [piece.text for piece in snippet(text, parse('paquete "de la"'), "es") if piece.marked]

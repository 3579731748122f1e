import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pliego.search.query import MAX_TERMS, NO_LANGUAGE, Bounds, Search, bounds_of, parse


def tokens(search: Search) -> list[list[tuple[str, ...]]]:
    return [[term.tokens for term in group] for group in search.required]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hola mundo", [[("hola",)], [("mundo",)]]),
        ('"La Frase" más', [[("la", "frase")], [("mas",)]]),
        ("“comillas” «otras»", [[("comillas",)], [("otras",)]]),
        ('"sin cerrar', [[("sin", "cerrar")]]),
        ("uno OR dos tres", [[("uno",), ("dos",)], [("tres",)]]),
        ("OR uno OR", [[("uno",)]]),
        ("e-mail", [[("e", "mail")]]),
        ("我们的", [[("我们",)], [("们的",)]]),
        (
            "foo:bar hell* x~1 a^2 +b (c)",
            [[("foo", "bar")], [("hell",)], [("x", "1")], [("a", "2")], [("b",)], [("c",)]],
        ),
        ('*** -- "" : ~', []),
    ],
)
def test_words_phrases_and_alternatives(typed: str, expected: list[list[tuple[str, ...]]]) -> None:
    assert tokens(parse(typed)) == expected


@pytest.mark.parametrize("typed", ["gato -perro", "gato −perro", 'gato -"perro"'])
def test_a_minus_excludes(typed: str) -> None:
    assert [term.tokens for term in parse(typed).excluded] == [("perro",)]


def test_a_hyphen_inside_a_word_does_not_exclude() -> None:
    assert parse("gato-perro").excluded == ()


def test_an_excluded_chinese_word_is_excluded_as_a_whole() -> None:
    assert [term.tokens for term in parse("-我们的").excluded] == [("我们", "们的")]


@pytest.mark.parametrize("typed", ['author:"de Cervantes"', "autor:de-cervantes", 'AUTEUR:"De Cervantes"'])
def test_field_names_are_understood_in_several_languages(typed: str) -> None:
    [[term]] = parse(typed).required
    assert (term.field, term.tokens) == ("author", ("de", "cervantes"))


@pytest.mark.parametrize("typed", ["lang:es", "idioma:español", "LANG:ES", "langue:espagnol"])
def test_languages_by_code_and_by_name(typed: str) -> None:
    assert parse(typed) == Search(languages=frozenset({"es"}))


def test_excluded_language() -> None:
    assert parse("-lang:de").not_languages == {"de"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2010", Bounds(2010, 2010)), ("2010-2015", Bounds(2010, 2015)), ("2010..", Bounds(2010)),
        (">100", Bounds(101)), (">=100", Bounds(100)), ("<5", Bounds(high=4)), ("<=5", Bounds(high=5)),
        ("-7", Bounds(high=7)), ("", None), ("-", None), ("²", None), ("x", None), (">1-2", None),
    ],
)  # fmt: skip
def test_ranges(value: str, expected: Bounds | None) -> None:
    assert bounds_of(value) == expected


def test_what_is_no_range_is_a_word() -> None:
    assert tokens(parse("year:abc")) == [[("year", "abc")]]


def test_two_ranges_are_both_kept() -> None:
    assert parse("pages:>10 pages:<20").pages == Bounds(11, 19)


def test_a_form_narrows_what_was_typed() -> None:
    assert parse("year:>2000").narrowed(years=Bounds(high=2010)).years == Bounds(2001, 2010)
    assert parse("lang:es").narrowed(languages=["es", "en"]).languages == {"es"}
    assert parse("lang:es").narrowed(languages=["de"]).languages == {NO_LANGUAGE}


def test_an_empty_search_is_false() -> None:
    assert not parse(" !? ")
    assert parse("lang:es")


@given(st.text(max_size=600) | st.text(alphabet='ab -"OR|:<>12.year langüñ我们ไ', max_size=600))
@settings(max_examples=600, deadline=None)
def test_nothing_typed_raises_or_grows(typed: str) -> None:
    search = parse(typed)
    assert sum(map(len, search.required)) + len(search.excluded) <= MAX_TERMS
    assert all(token for group in search.required for term in group for token in term.tokens)


@pytest.mark.parametrize("typed", ['"' * 100_000, "a:" * 50_000, "-" * 100_000, "é" * 100_000, "OR " * 50_000])
def test_the_time_is_bounded(typed: str) -> None:
    start = time.process_time()
    parse(typed)
    assert time.process_time() - start < 0.1

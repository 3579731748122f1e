import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pliego.search.analysis import (
    MAX_TOKEN,
    STEMMERS,
    analyse,
    beginning_with,
    fold,
    folded_tokens,
    stem_forms,
    together,
    tokens,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Educación", "EDUCACION"), ("Straße", "STRASSE"), ("Łódź", "lodz"), ("Ærøskøbing", "aeroskobing"),
        ("ﬁn", "fin"), ("Ελλάς", "ελλασ"), ("ёлка", "елка"), ("ＡＢＣ", "abc"), ("İstanbul", "istanbul"),
    ],
)  # fmt: skip
def test_case_and_accents_are_forgiven(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["हिन्दी", "がく", "ไทย", "한국"])
def test_marks_that_carry_meaning_stay(word: str) -> None:
    assert fold(word) == word


def test_words_are_stemmed_in_their_language() -> None:
    assert analyse("las educaciones", "es").stemmed == analyse("la educación", "es").stemmed.replace("la ", "las ")


def test_a_language_without_a_stemmer_keeps_the_folded_forms() -> None:
    found = analyse("Xin chào các bạn", "vi")
    assert found.stemmed == found.folded == "xin chao cac ban"


def test_chinese_is_cut_into_pairs() -> None:
    assert folded_tokens("我们的Linux系统") == ["我们", "们的", "linux", "系统"]


def test_thai_is_cut_into_pairs() -> None:
    assert folded_tokens("ไทย")[0] == "ไท"


def test_one_lonely_character_is_a_token() -> None:
    assert folded_tokens("水 a") == ["水", "a"]


def test_elided_articles_are_left_out() -> None:
    assert folded_tokens("l'eau d’Anna qu'il Anna's") == ["eau", "anna", "il", "anna"]


def test_soft_hyphens_do_not_cut_words() -> None:
    assert folded_tokens("infor\u00admation snake_case") == ["information", "snake", "case"]


def test_a_long_run_is_cut() -> None:
    assert [len(token) for token in folded_tokens("x" * 100)] == [MAX_TOKEN, 36]


def test_a_word_without_its_accent_has_the_stem_of_the_word_with_it() -> None:
    assert set(stem_forms("educacion", ("es",))) & set(stem_forms("educaciones", ("es",)))


def test_places_point_into_the_text() -> None:
    text = "La Educación 我们的 fin"
    assert [(text[t.start : t.end], t.folded) for t in tokens(text)] == [
        ("La", "la"), ("Educación", "educacion"), ("我们", "我们"), ("们的", "们的"), ("fin", "fin"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "follow"),
    [("uno dos", True), ("uno, dos", True), ("uno y dos", False), ("uno l'dos", True), ("uno’s dos", True)],
)
def test_words_follow_each_other_when_no_other_word_is_between(text: str, follow: bool) -> None:
    found = list(tokens(text))
    assert together(text, found[0], found[-1]) == follow


def test_pairs_follow_each_other_when_they_overlap() -> None:
    first, second, third = tokens("自由软件")
    assert together("自由软件", first, second)
    assert not together("自由软件", first, third)


def test_an_accent_on_nothing_is_no_part_of_the_word_after_it() -> None:
    text = "_\u0301a _\u0301"
    assert list(tokens(text)) == [(2, 3, "a")]
    assert [run.span() for run in beginning_with(["a"]).finditer(text)] == [(2, 3)]  # type: ignore[union-attr]


WRITTEN = st.text("aAáàª a\u0301bBßæÆœŒoOøØ_日本ﬁfıİK'’-1", max_size=30)


@settings(deadline=None)
@given(WRITTEN, st.lists(st.sampled_from(["a", "ab", "ae", "oe", "fi", "i", "ss", "1", "k"]), min_size=1))
def test_likely_words_miss_none(text: str, beginnings: list[str]) -> None:
    found = beginning_with(beginnings)
    assert found
    likely = {run.span() for run in found.finditer(text)}
    wanted = {t[:2] for t in tokens(text) if t.folded.startswith(tuple(beginnings))}
    assert wanted <= likely


@given(st.text(), st.sampled_from(["", "es", "en", "ar", "hi", "zh"]))
def test_any_text_gives_clean_tokens(text: str, language: str) -> None:
    found = analyse(text, language)
    assert all(len(word) <= MAX_TOKEN and not word.isspace() for word in found.words)
    assert len(found.folded.split()) <= len(found.words) * 2


@pytest.mark.parametrize("language", STEMMERS)
def test_every_stemmer_is_there(language: str) -> None:
    assert analyse("word", language).stemmed


def test_threads_do_not_share_a_stemmer() -> None:
    results: list[str] = []
    threads = [threading.Thread(target=lambda: results.append(analyse("naciones", "es").stemmed)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(results) == {"nacion"}


@pytest.mark.parametrize(
    ("language", "singular", "plural"),
    [
        *(("es", one, many) for one, many in (("mujer", "mujeres"), ("imagen", "imágenes"), ("ciudad", "ciudades"))),
        *(("es", one, many) for one, many in (("luz", "luces"), ("padre", "padres"), ("interés", "intereses"))),
        *(("es", one, many) for one, many in (("país", "países"), ("red", "redes"), ("mes", "meses"))),
        *(("ca", one, many) for one, many in (("nació", "nacions"), ("català", "catalans"), ("camí", "camins"))),
        *(("pt", one, many) for one, many in (("região", "regiões"), ("animal", "animais"), ("homem", "homens"))),
        *(("pt", one, many) for one, many in (("papel", "papéis"), ("fácil", "fáceis"), ("possível", "possíveis"))),
        *(("pt", one, many) for one, many in (("alemão", "alemães"), ("mulher", "mulheres"), ("livro", "livros"))),
    ],
)
def test_a_plural_has_the_stem_of_its_singular(language: str, singular: str, plural: str) -> None:
    one, many = (analyse(word, language).stemmed for word in (singular, plural))
    assert one == many

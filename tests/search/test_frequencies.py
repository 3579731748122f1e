import pytest

from pliego.search.frequencies import frequencies, phrases, segments


@pytest.mark.parametrize("language", ["es", "en", "fr", "pt", "de", "ca", "cs", "hu", "pl", "ru", "sv"])
def test_every_table_can_be_read(language: str) -> None:
    table = frequencies(language)
    assert table.documents > 300
    assert len(table.counts) > 4_000
    assert max(table.counts.values()) <= table.documents


@pytest.mark.parametrize(
    ("language", "stop"), [("es", "que"), ("en", "the"), ("fr", "les"), ("pt", "para"), ("de", "und")]
)
def test_little_words_stop(language: str, stop: str) -> None:
    assert frequencies(language).is_stop(stop)


def test_the_subjects_of_the_sources_do_not_stop() -> None:
    assert not any(frequencies(code).is_stop(word) for code in ("es", "de") for word in ("libreoffice", "debian"))


def test_the_rarer_the_more_it_tells() -> None:
    table = frequencies("es")
    assert table.idf("de") < table.idf("archivo") < table.idf("ornitorrinco")
    assert table.idf("ornitorrinco", more=90, documents=100) < table.idf("ornitorrinco")


@pytest.mark.parametrize("language", ["", "xx", "../es", "e s"])
def test_a_language_without_a_table(language: str) -> None:
    assert frequencies(language).documents == 0
    assert not frequencies(language).is_stop("de")


def test_segments_end_at_punctuation() -> None:
    text = "Uno dos, tres-cuatro (cinco)\n\nseis\nsiete snake_case l'eau"
    assert list(segments(text)) == [
        ["Uno", "dos"], ["tres-cuatro"], ["cinco"], ["seis", "siete", "snake"], ["case", "l'eau"],
    ]  # fmt: skip


def test_phrases_have_up_to_three_words() -> None:
    assert [phrase for _, _, phrase in phrases(["Él", "va", "a", "pie"])] == [
        "el", "el va", "el va a", "va", "va a", "va a pie", "a", "a pie", "pie",
    ]  # fmt: skip

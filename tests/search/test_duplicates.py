import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.search.duplicates import bands, likeness, shingles, signature, similarity


def prose(seed: int, words: int = 3000) -> list[str]:
    chosen = random.Random(seed)
    vocabulary = [f"{a}{b}{c}" for a in "bcdfgl" for b in "aeiou" for c in ("r", "s", "n", "mo", "te", "li", "")]
    return [chosen.choice(vocabulary) for _ in range(words)]


def pages(words: list[str], size: int = 300) -> list[str]:
    return [" ".join(words[at : at + size]) for at in range(0, len(words), size)]


def noisy(words: list[str], share: float) -> list[str]:
    chosen = random.Random(9)
    return [word[::-1] if chosen.random() < share else word for word in words]


@pytest.mark.parametrize(
    "change",
    [
        lambda words: pages(words, 250),
        lambda words: pages([word.upper() for word in words]),
        lambda words: pages(noisy(words, 0.03)),
        lambda words: [page + " descargado de ejemplo punto org" for page in pages(words)],
        lambda words: pages(words[60:-60]),
        lambda words: list(reversed(pages(words))),
    ],
    ids=["re-wrapped", "other case", "recognised again", "watermark", "cropped", "shuffled pages"],
)
def test_near_copies_share_a_band_and_are_confirmed(change) -> None:  # type: ignore[no-untyped-def]
    one, other = shingles(pages(prose(1))), shingles(change(prose(1)))
    assert set(bands(signature(one))) & set(bands(signature(other)))
    assert likeness(one, other).near_copy


def test_other_texts_share_nothing() -> None:
    one, other = shingles(pages(prose(1))), shingles(pages(prose(2)))
    assert similarity(signature(one), signature(other)) < 0.1
    assert not likeness(one, other).near_copy


def test_an_excerpt_is_an_edition() -> None:
    found = likeness(shingles(pages(prose(1))), shingles(pages(prose(1)[:1200])))
    assert (found.near_copy, found.edition) == (False, True)


@pytest.mark.parametrize("share", [0.02, 0.05, 0.1])
def test_signatures_promise_the_true_similarity(share: float) -> None:
    one, other = shingles(pages(prose(3))), shingles(pages(noisy(prose(3), share)))
    assert similarity(signature(one), signature(other)) == pytest.approx(likeness(one, other).jaccard, abs=0.15)


def test_short_texts_fill_every_bin() -> None:
    one = shingles(pages(prose(1, 40)))
    assert similarity(signature(one), signature(shingles(pages(prose(1, 40))))) == 1.0
    assert similarity(signature(one), signature(shingles(pages(prose(2, 40))))) < 0.2


def test_too_short_to_compare() -> None:
    assert signature(shingles(["tres palabras solas"])) == b""
    assert list(bands(b"")) == []
    assert similarity(b"", b"") == 0.0
    assert likeness(set(), set()) == (0.0, 0.0)


def test_shingles_go_over_page_ends() -> None:
    assert shingles(["a b c", "d e"]) == shingles(["a b c d e"])
    assert shingles(["a", "b", "c", "d"]) == shingles(["a b c d"])


@given(st.sets(st.integers(0, 2**32 - 1), min_size=20, max_size=300))
def test_a_signature_has_one_form(found: set[int]) -> None:
    assert signature(found) == signature(set(sorted(found, reverse=True)))  # noqa: C414 - another order of insertion
    assert len(signature(found)) == 512
    assert len(set(bands(signature(found)))) == 42

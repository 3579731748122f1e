import pytest

from pliego.pdf.direction import BACKWARDS, has_right_to_left, is_right_to_left


@pytest.mark.parametrize(
    ("text", "any_sign", "mostly"),
    [
        ("abc", False, False),
        ("año", False, False),
        ("один", False, False),
        ("fi ﬁ ︀", False, False),  # a ligature of Latin letters, and what chooses the shape of a sign
        ("עולם x", True, True),
        ("שalom", True, False),
        ("ﺎﺑﺟ", True, True),
        ("ﭏ", True, True),
    ],
)
def test_which_way_a_text_runs(text: str, any_sign: bool, mostly: bool) -> None:
    assert (has_right_to_left(text), is_right_to_left(text)) == (any_sign, mostly)


def test_words_are_told_from_the_figures_among_them() -> None:
    assert BACKWARDS.findall("abc שלום ٣٤٥ مرحبا۱۲ א 12") == ["שלום", "مرحبا"]

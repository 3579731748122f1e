import pytest

from pliego.documents.tables import harmless, line


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_text_is_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["old bridge", "", "1=1", "ñ"])
def test_harmless_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_a_line_quotes_what_it_must_and_keeps_numbers() -> None:
    assert line(["a,b", -1, '"']) == '"a,b",-1,""""\r\n'

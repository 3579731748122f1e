import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.documents.names import JOINERS, MAX_NAME, MAX_SLUG, clean_name, one_line, slug_of, some_lines, title_of


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Informe anual.pdf", "Informe anual.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\Ana\tesis.pdf", "tesis.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
        ("uno\u2028dos.pdf", "uno dos.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("می\u200cخواهم.pdf", "می\u200cخواهم.pdf"),
        ("\u200d.pdf", "pdf"),
        ("דוח שנתי.pdf", "דוח שנתי.pdf"),
        ("<b>.pdf", "<b>.pdf"),
        (" .. ", "documento.pdf"),
        ("", "documento.pdf"),
    ],
)
def test_names_as_they_come(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@given(st.text())
def test_every_name_is_fit_to_show_and_stays_as_it_is_when_cleaned_again(name: str) -> None:
    clean = clean_name(name)
    assert clean.translate(dict.fromkeys(map(ord, JOINERS))).isprintable()
    assert 0 < len(clean) <= MAX_NAME
    assert "/" not in clean
    assert clean_name(clean) == clean


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Una\nlínea\r\ny\tmás ", "Una línea y más"),
        ("Título \u202eodiviter\u202c \u2067x\u2069", "Título odiviter x"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("nul\0 \udce9", "nul"),
        (" \u2028 ", ""),
    ],
)
def test_what_somebody_calls_a_thing_leaves_alone_what_stands_around_it(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("  Una\r\n\r\notra\ty más\n", "Una\n\notra y más"),
        ("a\x1b[31m\x0bb\ufffe\u202ec", "a [31m\nb  c"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_somebody_says_of_a_thing_keeps_its_lines(text: str, lines: str) -> None:
    assert some_lines(text) == lines


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("x" * 400 + ".pdf") == "x" * 296 + ".pdf"


@pytest.mark.parametrize(
    ("name", "title"),
    [("mi_tesis_final.pdf", "mi tesis final"), ("a.pdf.PDF", "a"), ("sin fin", "sin fin"), (".pdf", ".pdf")],
)
def test_titles_of_names(name: str, title: str) -> None:
    assert title_of(name) == title


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ñandú & Cía., S.A.", "nandu-cia-s-a"),
        ("Straße nach Łódź", "strasse-nach-lodz"),
        ("日本語", "pdf"),
        ("", "pdf"),
        ("palabra " * 30, "palabra-" * 9 + "palabra"),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@given(st.text())
def test_every_slug_fits_its_address(title: str) -> None:
    slug = slug_of(title)
    assert 0 < len(slug) <= MAX_SLUG
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")

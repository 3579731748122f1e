import re
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.documents.names import MAX_FILE_BYTES, MAX_FILE_NAME, safe_name
from pliego.web.filenames import content_disposition

HOSTILE = [
    ("informe.pdf", "informe.pdf"),
    ("informe", "informe.pdf"),
    ("INFORME.PDF", "INFORME.pdf"),
    ("a.pdf.PDF.pdf", "a.pdf"),
    ("page.html", "page.html.pdf"),
    ("setup.exe", "setup.exe.pdf"),
    ("../../etc/passwd", "_.._etc_passwd.pdf"),
    ("C:\\Users\\me\\x.pdf", "C__Users_me_x.pdf"),
    ('a"; filename="evil.exe', "a_; filename=_evil.exe.pdf"),
    ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
    ("a\x00b\x7fc\x85d.pdf", "a b c d.pdf"),
    ("invoice\u202efdp.exe", "invoice fdp.exe.pdf"),
    ("a\u2028b\u2066c\u200bd\ufeff.pdf", "a b c d.pdf"),
    ("lone \ud800 surrogate.pdf", "lone surrogate.pdf"),
    ("", "document.pdf"),
    (".pdf", "document.pdf"),
    ("... .pdf", "document.pdf"),
    (".htaccess", "htaccess.pdf"),
    ("CON.pdf", "_CON.pdf"),
    ("aux.txt", "_aux.txt.pdf"),
    ("console.pdf", "console.pdf"),
    ("100%20.pdf", "100_20.pdf"),
    ("año 日本.pdf", "año 日本.pdf"),
    ("n\u0303.pdf", "ñ.pdf"),
    ("name . . .pdf", "name.pdf"),
]


@pytest.mark.parametrize(("name", "safe"), HOSTILE)
def test_hostile_names(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("letter", ["x", "é", "日", "😀"])
def test_a_long_name_is_cut_between_letters(letter: str) -> None:
    safe = safe_name(letter * 300 + ".pdf")
    assert len(safe) <= MAX_FILE_NAME
    assert len(safe.encode()) <= MAX_FILE_BYTES
    assert set(safe.removesuffix(".pdf")) == {letter}


def test_an_ascii_name_is_said_once() -> None:
    assert content_disposition("my file.pdf") == 'attachment; filename="my file.pdf"'
    assert content_disposition("x", inline=True) == 'inline; filename="x.pdf"'


def test_another_name_is_said_twice() -> None:
    header = content_disposition("Ñandú — 日本.pdf")
    assert header == (
        "attachment; filename=\"Nandu _ _.pdf\"; filename*=UTF-8''%C3%91and%C3%BA%20%E2%80%94%20%E6%97%A5%E6%9C%AC.pdf"
    )


@pytest.mark.parametrize("name", ["تقرير", "市政报告", "отчёт", "😀"])
def test_a_name_of_other_letters_alone_has_a_plain_word_beside_it(name: str) -> None:
    header = content_disposition(f"{name}.pdf", ending=".zip")
    assert header == f"attachment; filename=\"document.zip\"; filename*=UTF-8''{quote(name)}.zip"


@given(st.text(st.characters(), max_size=400))
def test_any_name_gives_a_well_formed_header(name: str) -> None:
    header = content_disposition(name)
    match = re.fullmatch(r"attachment; filename=\"([^\"\\]+\.pdf)\"(?:; filename\*=UTF-8''([!-~]+\.pdf))?", header)
    assert match
    assert header.isascii()
    assert header.isprintable()
    whole = unquote(match[2] or match[1], errors="strict")
    assert whole == safe_name(name) == safe_name(whole)
    assert not set(whole) & set('/\\"<>:|?*\u202e\u2066')

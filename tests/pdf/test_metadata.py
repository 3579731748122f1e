"""Titles, authors and dates, however badly they were written."""

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.metadata import MAX_FIELD, MAX_XMP, clean, decode, iso_date, merge, read_metadata, read_xmp
from tests import samples
from tests.pdf.opened import opened


def metadata_of(data: bytes) -> dict[str, str]:
    with opened(data) as source, source.qpdf() as pdf:
        return read_metadata(pdf)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"plain", "plain"),
        (b"\xfe\xff\x00N\x00\xf1", "Nñ"),
        (b"\xff\xfeN\x00\xf1\x00", "Nñ"),
        (b"\xef\xbb\xbfN\xc3\xb1", "Nñ"),
        (b"N\xc3\xb1", "Nñ"),  # UTF-8 without its mark
        (b"N\xf1", "Nñ"),
        (b"\x80 \x93 \xa0", "• ﬁ €"),  # PDFDocEncoding is not Latin-1
        (b"\x00T\x00i\x00t", "Tit"),  # UTF-16 without its mark
        (b"T\x00i\x00t\x00", "Tit"),
        ("\xfe\xff\x00N\x00\xf1".encode(), "Nñ"),  # UTF-16 packed into UTF-8
        (b"\xfe\xff\xd8\x3d\xde\x00", "😀"),
        (b"", ""),
    ],
)
def test_text_strings_are_decoded(raw: bytes, text: str) -> None:
    assert decode(raw) == text


@given(st.binary(max_size=400))
def test_any_bytes_give_a_line_that_can_be_stored(raw: bytes) -> None:
    text = clean(decode(raw))
    text.encode()
    assert text.isprintable() or not any(map(str.isspace, text.replace(" ", "")))
    assert "\0" not in text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\0b\r\nc", "a b c"),
        ("\ud800x", "x"),
        ("a\u202eb", "a b"),
        ("\x1ben\x1bHello", "Hello"),
        ("x" * 9000, "x" * MAX_FIELD),
    ],
)
def test_cleaning(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("D:20240229120305+01'00'", "2024-02-29T12:03:05+01:00"),
        ("D:20240229120305-0330", "2024-02-29T12:03:05-03:30"),
        ("D:20240229120305Z00'00'", "2024-02-29T12:03:05+00:00"),
        ("20240229", "2024-02-29T00:00:00"),
        ("D:2024", "2024-01-01T00:00:00"),
        ("2024-02-29T12:03:05.123+01:00", "2024-02-29T12:03:05+01:00"),
        ("2024-02-29", "2024-02-29T00:00:00"),
        ("2024-02-29 12:03:05", "2024-02-29T12:03:05"),
        ("D:20230229", ""),
        ("D:19101220000000", "1910-12-20T00:00:00"),
        ("D:191012200000000", ""),
        ("Thu Feb 29 2024", ""),
        ("D:20240229120305+99'00'", ""),
        ("", ""),
    ],
)
def test_dates_become_iso(written: str, date: str) -> None:
    assert iso_date(written) == date


@given(st.text(alphabet="D:0123456789-+TZ' .", max_size=40))
def test_any_date_is_iso_or_nothing(text: str) -> None:
    date = iso_date(text)
    assert date == "" or iso_date(date) == date


def test_the_first_source_wins_field_by_field() -> None:
    assert merge({"title": " A ", "author": ""}, {"title": "B", "author": "C"}) == {"title": "A", "author": "C"}


def test_xmp_fills_in() -> None:
    found = metadata_of(samples.with_xmp(samples.xmp()))
    assert found == {"title": "Un título", "author": "Ana, Luis", "created": "2024-02-29T12:00:00+01:00"}


def test_xmp_is_read_in_utf_16() -> None:
    assert read_xmp(samples.xmp().decode().encode("utf-16"))["title"] == "Un título"


def test_a_billion_laughs_stay_unexpanded() -> None:
    assert len(metadata_of(samples.xmp_bomb()).get("title", "")) < 100


def test_external_entities_are_not_fetched() -> None:
    prolog = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    assert "root:" not in read_xmp(samples.xmp(title="&f;", prolog=prolog)).get("title", "")


def test_a_huge_packet_is_left_alone() -> None:
    assert metadata_of(samples.with_xmp(samples.xmp(title="x" * MAX_XMP))) == {}


def test_a_packed_packet_is_read_and_a_bomb_is_not() -> None:
    for title, expected in (("corto", "corto"), ("x" * (64 << 20), None)):
        assert metadata_of(samples.with_packed_xmp(samples.xmp(title=title))).get("title") == expected


@given(st.binary(max_size=300))
def test_any_packet_gives_fields(packet: bytes) -> None:
    assert isinstance(read_xmp(packet), dict)


def test_markup_is_only_text() -> None:
    assert metadata_of(samples.markup_title())["title"] == "<script>alert(1)</script><b>Hola</b>"


def test_info_of_the_wrong_kind_is_ignored() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.trailer.Info = pikepdf.Dictionary(Title=pikepdf.Name.Oops, Author=7, Subject=pikepdf.Array())
    assert read_metadata(pdf) == {}

import io

import pikepdf
import pytest

from pliego.errors import BadRequest
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import assert_sound, tried

SAMPLE = sample_pdf(2)


def test_it_opens_with_its_password_only() -> None:
    result = tried("protect", SAMPLE, opening="sésamo", owner="boss")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(result.data))
    assert_sound(result.data, "sésamo")
    with pikepdf.open(io.BytesIO(result.data), password="boss") as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert len(pdf.pages) == 2


def test_restrictions_without_a_password() -> None:
    result = tried("protect", SAMPLE, printing=False, copying=False)
    assert result.notes == {"open"}
    allowed = result.pdf.allow
    assert not allowed.print_highres
    assert not allowed.extract
    assert allowed.accessibility
    assert allowed.modify_form


def test_what_would_protect_nothing_is_refused() -> None:
    with pytest.raises(BadRequest, match="opening"):
        tried("protect", SAMPLE)
    with pytest.raises(BadRequest, match="password"):
        tried("protect", SAMPLE, opening="ñ" * 64)


def test_a_new_protection_takes_the_place_of_the_old() -> None:
    once = tried("protect", SAMPLE, opening="one").data
    twice = tried("protect", once, opening="two", passwords=["one"]).data
    assert_sound(twice, "two")

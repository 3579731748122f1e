import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf.zipping import Zip, safe_name


def test_a_name_that_is_taken_gets_a_number() -> None:
    out = io.BytesIO()
    with Zip(out) as zipped:
        for name in ("a.pdf", "A.pdf", "a.pdf"):
            zipped.add(name, b"x")
    assert zipfile.ZipFile(out).namelist() == ["a.pdf", "A (2).pdf", "a (3).pdf"]


def test_after_an_error_there_is_no_zip() -> None:
    out = io.BytesIO()
    with suppress(ZeroDivisionError), Zip(out) as zipped:
        zipped.add("a.pdf", b"x")
        raise ZeroDivisionError
    assert not zipfile.is_zipfile(out)


@pytest.mark.parametrize(
    ("name", "safe"),
    [("../../etc/a.pdf", "etc a.pdf"), ("C:\\a.pdf", "C a.pdf"), ("\u202efdp.pdf", "fdp.pdf"), ("...", "file")],
)
def test_hostile_names_are_made_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text())
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set('/\\:*?"<>|\0')
    assert not safe.startswith(".")

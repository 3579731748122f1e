import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.storage.packed import members

CONTENTS = {"1": b"one" * 50, "2": b"", "33": bytes(range(256))}


def packed() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in CONTENTS.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_those_that_are_there_in_their_order() -> None:
    found = list(members(io.BytesIO(packed()), {"33", "1", "7"}.__contains__))
    assert found == [("1", CONTENTS["1"]), ("33", CONTENTS["33"])]


def test_all_that_the_standard_library_has_written() -> None:
    assert dict(members(io.BytesIO(packed()), CONTENTS.__contains__)) == CONTENTS


@given(st.integers(0, len(packed()) - 1))
def test_no_torn_archive_is_believed(keep: int) -> None:
    with pytest.raises((ValueError, zlib.error)):
        list(members(io.BytesIO(packed()[:keep]), CONTENTS.__contains__))


@given(st.integers(0, len(packed()) - 1), st.integers(1, 255))
def test_a_flipped_byte_gives_no_other_content(at: int, flip: int) -> None:
    data = bytearray(packed())
    data[at] ^= flip
    try:
        found = dict(members(io.BytesIO(bytes(data)), CONTENTS.__contains__))
    except (ValueError, zlib.error):
        return
    assert found.items() <= CONTENTS.items()

from pathlib import Path

import pytest

from pliego.errors import BadRequest, FileCount, NotFound
from pliego.pdf.confinement import MIB
from pliego.pdf.errand import Errand, limits_for
from pliego.pdf.refusals import BadPages

FILE = Path("a.pdf")


def test_an_errand_is_checked_and_filled_in() -> None:
    errand = Errand.of("rotate", [FILE], {"pages": "3, 1"}, passwords=["", "x"])
    assert errand.to_json() == {
        "operation": "rotate",
        "options": {"turn": "90", "pages": "3,1"},
        "names": ["a.pdf"],
        "passwords": ["x"],
        "further": [],
    }


@pytest.mark.parametrize(
    ("name", "files", "options", "error"),
    [
        ("fly", [FILE], {}, NotFound),
        ("rotate", [], {}, FileCount),
        ("rotate", [FILE, FILE], {}, FileCount),
        ("merge", [FILE] * 101, {}, FileCount),
        ("rotate", [FILE], {"pages": "?"}, BadPages),
        ("rotate", [FILE], {"wings": 2}, BadRequest),
    ],
)
def test_a_wrong_errand_is_refused(name: str, files: list[Path], options: dict[str, object], error: type) -> None:
    with pytest.raises(error):
        Errand.of(name, files, options)


def test_what_does_not_fit_into_a_request_is_refused() -> None:
    words = {"words": "\x01" * 20_000}  # six bytes each in JSON
    assert Errand.of("redact", [FILE], words, passwords=["x"])
    with pytest.raises(BadRequest):
        Errand.of("redact", [FILE], words, passwords=["x" * 1000] * 20)


def test_large_files_may_use_more() -> None:
    small, large = limits_for(MIB), limits_for(300 * MIB)
    assert large.memory > 2 * small.memory
    assert large.cpu > 1000 > small.cpu
    assert large.written > 2000 * MIB

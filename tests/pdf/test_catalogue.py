import pytest

from pliego.errors import NotFound
from pliego.pdf.catalogue import WRITTEN, named, operations
from pliego.pdf.operations.__main__ import PAGE, declarations, page, written


def test_what_is_written_down_is_what_is_declared() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == written(), "run `make tools`"
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make tools`"
    assert list(operations().values()) == declarations()


def test_a_tool_is_found_by_its_name() -> None:
    assert named("merge").name == "merge"
    with pytest.raises(NotFound):
        named("__init__")

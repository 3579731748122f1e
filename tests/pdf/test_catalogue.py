import pytest

from pliego.errors import BadRequest, NotFound
from pliego.pdf.catalogue import WRITTEN, following, named, operations
from pliego.pdf.operations.__main__ import PAGE, declarations, page, written


def test_what_is_written_down_is_what_is_declared() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == written(), "run `make tools`"
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make tools`"
    assert list(operations().values()) == declarations()


def test_a_tool_is_found_by_its_name() -> None:
    assert named("merge").name == "merge"
    with pytest.raises(NotFound):
        named("__init__")


def test_tools_that_fit_follow_one_another() -> None:
    assert [each.name for each in following(["merge", "rotate", "split"])] == ["merge", "rotate", "split"]


@pytest.mark.parametrize("names", [[], ["split", "rotate"], ["rotate"] * 21])
def test_tools_that_do_not_fit_are_refused(names: list[str]) -> None:
    with pytest.raises(BadRequest):
        following(names)


def test_an_unknown_tool_is_not_found() -> None:
    with pytest.raises(NotFound):
        following(["fly"])

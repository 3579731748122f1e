from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.errors import BadRequest, FileCount
from pliego.pdf import fields
from pliego.pdf.catalogue import operations
from pliego.pdf.operation import MAX_FORM, MAX_TEXT, Field, Group, Inputs, Kind, Operation, declared, operation
from pliego.pdf.refusals import BadPages


@operation(label="Do", summary="Does.", help="Well.", group=Group.EDIT, icon="x", sample={}, inputs=Inputs.TWO)
def do_it(
    work: object,
    *,
    size: Annotated[float, fields.number("Size", 1, 20, default=12)],
    times: Annotated[int, fields.whole("Times", 1, 9)],
    bold: Annotated[bool, fields.flag("Bold")],
) -> None:
    """Nothing."""


DO_IT = declared(do_it)


def test_name_and_fields_come_from_the_signature() -> None:
    assert DO_IT.name == "do-it"
    assert [field.name for field in DO_IT.fields] == ["size", "times", "bold"]
    assert [field.required for field in DO_IT.fields] == [False, True, False]


def test_a_declaration_crosses_as_json() -> None:
    for told in [DO_IT, *operations().values()]:
        assert Operation.from_json(told.to_json()) == told


def test_options_get_their_types_and_defaults() -> None:
    assert DO_IT.check({"times": "3", "bold": "on"}) == {"size": 12, "times": 3, "bold": True}
    assert DO_IT.check({"times": 3, "size": "7,5"})["size"] == 7.5


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({}, "times"),
        ({"times": ""}, "times"),
        ({"times": 1.5}, "times = 1.5"),
        ({"times": True}, "times = True"),
        ({"times": 10}, "times = 10"),
        ({"times": 1, "size": "nan"}, "size = nan"),
        ({"times": 1, "size": [1]}, "size"),
        ({"times": 1, "bold": "perhaps"}, "bold = perhaps"),
        ({"times": 1, "colour": "red"}, "colour"),
    ],
)
def test_wrong_options_are_refused_by_name(options: dict[str, object], what: str) -> None:
    with pytest.raises(BadRequest) as caught:
        DO_IT.check(options)
    assert str(caught.value.params["what"]).startswith(what)


def test_other_kinds_are_checked() -> None:
    assert Field(Kind.COLOUR, "Colour").check("#FF0000") == "#ff0000"
    assert Field(Kind.PAGES, "Pages", default="all").check("") == "all"
    assert Field(Kind.TEXT, "Text", default="x").check("") == ""
    assert Field(Kind.FORM, "Values").check("ж" * (MAX_FORM // 2 - 1))
    for kind, value in (
        (Kind.COLOUR, "red"),
        (Kind.TEXT, "x" * (MAX_TEXT + 1)),
        (Kind.TEXT, "\ud800"),
        (Kind.PASSWORD, "a\0b"),
        (Kind.FORM, "ж" * (MAX_FORM // 2)),
    ):
        with pytest.raises(BadRequest):
            Field(kind, "Field").check(value)
    with pytest.raises(BadPages):
        Field(Kind.ORDER, "Order").check("one")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda each: st.lists(each, max_size=3)
)


@given(st.sampled_from(Kind), ANYTHING)
def test_any_value_is_of_its_type_or_an_error_of_ours(kind: Kind, value: object) -> None:
    field = Field(kind, "Field", default="1", choices={"1": "One"}, least=0, most=5, name="field")
    try:
        checked = field.check(value)
    except (BadRequest, BadPages):
        return
    assert isinstance(checked, {Kind.WHOLE: int, Kind.NUMBER: float, Kind.FLAG: bool}.get(kind, str))


def test_the_schema_says_what_is_accepted() -> None:
    schema = DO_IT.schema()
    assert schema["required"] == ["times"]
    assert schema["properties"]["times"] == {"title": "Times", "type": "integer", "minimum": 1, "maximum": 9}
    assert not schema["additionalProperties"]


def test_the_number_of_files_is_checked() -> None:
    DO_IT.check_count(2)
    for count in (0, 1, 3):
        with pytest.raises(FileCount):
            DO_IT.check_count(count)

"""What every tool guarantees, whatever it does."""

import io
import zipfile

import pikepdf
import pytest

from pliego.errors import NeedsPassword, WrongPassword
from pliego.pdf.catalogue import operations
from pliego.pdf.exercise import sample_inputs
from pliego.pdf.operation import Inputs, Kind, Operation, Output, Promise
from pliego.pdf.sample import sample_images
from tests.pdf.operations.tried import Tried, assert_sound, tried

TOOLS = list(operations().values())
OF_PDFS = [told for told in TOOLS if told.inputs not in (Inputs.IMAGES, Inputs.OFFICE)]
WHATEVER_THE_LOCK = {"repair"}
"""Tools that need no password because what they do is done to the file as it is."""


def with_sample(told: Operation, *inputs: bytes, passwords: tuple[str, ...] = ()) -> Tried:
    further = {field.name: sample_images()[0] for field in told.fields
               if field.kind is Kind.FILE and field.name in told.sample}  # fmt: skip
    options = {name: value for name, value in told.sample.items() if name not in further}
    return tried(told.name, *inputs, passwords=passwords, further=further, **options)


def locked(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="sesame", owner="boss"))
    return out.getvalue()


def sound(result: Tried, password: str = "") -> None:
    if result.report.output is Output.PDF:
        assert_sound(result.data, password)
    elif result.report.output is Output.ZIP:
        with zipfile.ZipFile(io.BytesIO(result.data)) as zipped:
            assert zipped.testzip() is None
            for name in zipped.namelist():
                if name.endswith(".pdf"):
                    assert_sound(zipped.read(name))


def password_of(result: Tried) -> str:
    """The password that the result still has."""
    if result.report.output is not Output.PDF:
        return ""
    try:
        pikepdf.open(io.BytesIO(result.data)).close()
    except pikepdf.PasswordError:
        return "sesame"
    return ""


@pytest.mark.parametrize("told", TOOLS, ids=lambda told: told.name)
def test_the_result_opens_without_errors_and_no_input_changes(told: Operation) -> None:
    result = with_sample(told, *sample_inputs(told))
    sound(result, str(told.sample.get("opening", "")))
    assert result.report.size_after == len(result.data) > 0


@pytest.mark.parametrize("told", TOOLS, ids=lambda told: told.name)
def test_a_tool_tells_how_far_it_is(told: Operation) -> None:
    percents = [said["percent"] for said in with_sample(told, *sample_inputs(told)).progress]
    assert percents == sorted(percents)
    assert percents


@pytest.mark.parametrize("told", OF_PDFS, ids=lambda told: told.name)
def test_a_protected_input_asks_for_its_password(told: Operation) -> None:
    inputs = [*sample_inputs(told)[:-1], locked(sample_inputs(told)[-1])]
    with pytest.raises(NeedsPassword) as caught:
        with_sample(told, *inputs)
    assert caught.value.params == {"input": len(inputs) - 1}
    with pytest.raises(WrongPassword):
        with_sample(told, *inputs, passwords=("open",))
    result = with_sample(told, *inputs, passwords=("open", "sesame"))
    if told.name != "protect":
        sound(result, password_of(result))


@pytest.mark.parametrize(
    "told", [told for told in TOOLS if Promise.NEVER_LARGER in told.promises], ids=lambda told: told.name
)
def test_what_is_promised_never_to_grow_does_not(told: Operation) -> None:
    once = with_sample(told, *sample_inputs(told))
    again = with_sample(told, once.data)
    assert again.report.size_after <= once.report.size_after <= once.report.size_before
    assert not again.report.unchanged or again.data == once.data

"""Files whose objects are not what they should be: a tool does its work all the same, or says that it cannot."""

from contextlib import suppress
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from pliego.errors import PliegoError
from pliego.pdf.catalogue import operations
from pliego.pdf.exercise import sample_inputs
from pliego.pdf.operation import Inputs
from tests.pdf.operations.test_guarantees import with_sample
from tests.samples.drawing import changed

TOOLS = [told for told in operations().values() if told.inputs not in (Inputs.IMAGES, Inputs.OFFICE) and not told.program]
KEPT = {"/Length", "/Filter"}
"""What the writer of the test's own file needs."""
THINGS: list[Any] = [
    *(5, -1, 10**9, 0.5, True, Name.Foo, String(""), String("ÿ"), Array(), Dictionary(), Array([None, String("a")])),
    Dictionary(K=5, Kids=Array([5]), Names=Array([1]), Nums=Array([String("a"), 0]), Fields=Array([5])),
]
swaps = st.lists(st.tuples(*[st.integers(0, 400)] * 3, st.integers(-1, len(THINGS))), min_size=1, max_size=4)


def swap(pdf: Pdf, at: int, inner: int, key: int, thing: int) -> None:
    """Put another thing into an object, or into one written within it; or take out what is there."""
    holders = [each for each in pdf.objects if isinstance(each, Dictionary | Array | Stream)]
    holder = holders[at % len(holders)]
    within = [each for each in values(holder) if isinstance(each, Dictionary | Array) and not each.is_indirect]
    holder = [holder, *within][inner % (len(within) + 1)]
    keys: list[Any] = list(range(len(holder))) if isinstance(holder, Array) else sorted(set(holder.keys()) - KEPT)
    if not keys:
        return
    if thing < 0:
        del holder[keys[key % len(keys)]]
    else:
        holder[keys[key % len(keys)]] = holders[key % len(holders)] if thing == len(THINGS) else THINGS[thing]


def values(holder: Any) -> list[Any]:
    return list(holder) if isinstance(holder, Array) else list(holder.values())


@pytest.mark.filterwarnings("ignore")
@given(told=st.sampled_from(TOOLS), swapped=swaps)
def test_a_tool_does_its_work_or_says_that_it_cannot(told: Any, swapped: list[tuple[int, int, int, int]]) -> None:
    def spoil(pdf: Pdf) -> None:
        for each in swapped:
            swap(pdf, *each)

    with suppress(pikepdf.PdfError, RuntimeError):  # what the writer of the test's own file refuses
        inputs = [changed(each, spoil) for each in sample_inputs(told)]
        with suppress(PliegoError):
            with_sample(told, *inputs)

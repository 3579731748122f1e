"""Files whose objects are not what they should be: a tool does its work all the same, or says that it cannot."""

from contextlib import suppress
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Object, Pdf, Stream

from pliego.errors import PliegoError
from pliego.pdf.catalogue import operations
from pliego.pdf.exercise import sample_inputs
from pliego.pdf.operation import Inputs
from tests.pdf.operations.test_guarantees import with_sample
from tests.samples.drawing import changed

OTHERS = (Inputs.IMAGES, Inputs.OFFICE)
TOOLS = [told for told in operations().values() if told.inputs not in OTHERS and not told.program]
KEPT = {"/Length", "/Filter"}
"""What the writer of the test's own file needs."""
THINGS = b"""5 -1 1000000000 0.5 true /Foo () <ff> [] << >> [null (a)]
<< /K 5 /Kids [5] /Names [1] /Nums [(a) 0] /Fields [5] >>"""
"""What is put into the place of something else; the last is another object of the same file."""
MOST = 12


swaps = st.lists(st.tuples(*[st.integers(0, 400)] * 3, st.integers(-1, MOST)), min_size=1, max_size=4)


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
        fresh = Object.parse(b"[" + THINGS + b"]")
        holder[keys[key % len(keys)]] = holders[key % len(holders)] if thing == MOST else fresh[thing]


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

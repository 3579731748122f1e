"""Every tool of the toolbox by its name, as declared; no PDF library is loaded to know them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from pliego.errors import BadRequest, NotFound
from pliego.pdf import recognition
from pliego.pdf.operation import Inputs, Operation, Output
from pliego.pdf.recognition import AUTO

WRITTEN = Path(__file__).with_name("operations.json")
"""Made from the declarations by `make tools`; a test holds them together."""
MOST_STEPS = 20
"""Tools that work one after the other."""


@cache
def operations() -> dict[str, Operation]:
    """All tools, in the order of their shelves."""
    told = [Operation.from_json(data) for data in json.loads(WRITTEN.read_text(encoding="utf-8"))]
    return {operation.name: operation for operation in told}


def named(name: str) -> Operation:
    """The tool of this name, as it is offered here. Raise NotFound."""
    try:
        return _offered(operations()[name])
    except KeyError as error:
        raise NotFound from error


def _offered(operation: Operation) -> Operation:
    """Of the languages that words can be recognised in, only those that are installed."""
    known = {AUTO, *recognition.installed()} if operation.program == "tesseract" else set()
    return replace(operation, fields=tuple(
        replace(told, choices={value: label for value, label in told.choices.items() if value in known})
        if known and told.name == "language" else told for told in operation.fields
    ))  # fmt: skip


def following(names: Sequence[str]) -> list[Operation]:
    """The tools of these names, to be used one after the other: each but the first takes the PDF made before it.

    Raise NotFound for an unknown one and BadRequest for none, too many, or some that cannot follow one another.
    """
    if not 1 <= len(names) <= MOST_STEPS:
        raise BadRequest(what=f"{len(names)} tools")
    found = [named(name) for name in names]
    for before, after in pairwise(found):
        if not can_follow(before, after):
            raise BadRequest(what=f"{before.name} + {after.name}")
    return found


def can_follow(before: Operation, after: Operation) -> bool:
    """Whether one tool can work on what another has made."""
    return before.output is Output.PDF and takes_one_pdf(after)


def takes_one_pdf(operation: Operation) -> bool:
    """Whether it can work on a single PDF."""
    return operation.inputs in {Inputs.ONE, Inputs.SEVERAL}

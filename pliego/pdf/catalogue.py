"""Every tool of the toolbox by its name, as declared; no PDF library is loaded to know them."""

import json
from functools import cache
from pathlib import Path

from pliego.errors import NotFound
from pliego.pdf.operation import Operation

WRITTEN = Path(__file__).with_name("operations.json")
"""Made from the declarations by `make tools`; a test holds them together."""


@cache
def operations() -> dict[str, Operation]:
    """All tools, in the order of their shelves."""
    told = [Operation.from_json(data) for data in json.loads(WRITTEN.read_text(encoding="utf-8"))]
    return {operation.name: operation for operation in told}


def named(name: str) -> Operation:
    """The tool of this name. Raise NotFound."""
    try:
        return operations()[name]
    except KeyError as error:
        raise NotFound from error

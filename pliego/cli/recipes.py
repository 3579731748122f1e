"""Recipes: which tools work in a row, and how, as a TOML file says.

    [[step]]
    tool = "rotate"
    turn = "90"

    [[step]]
    tool = "compress"

Every other word of a step is an option of its tool. A file is named as seen from the recipe.
"""

import tomllib
from pathlib import Path
from typing import Any

from pliego.errors import BadRequest
from pliego.pdf import catalogue
from pliego.pdf.operation import Kind, Operation


def read(path: Path) -> list[tuple[Operation, dict[str, Any]]]:
    """The tools of a recipe with their options. Raise BadRequest or NotFound for one that cannot be followed."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))["step"]
        names = [str(step["tool"]) for step in told]
    except (ValueError, KeyError, TypeError) as error:
        raise BadRequest(what=f"{path.name}: {error}") from error
    operations = catalogue.following(names)
    return [
        (operation, _options(operation, step, path.parent)) for operation, step in zip(operations, told, strict=True)
    ]


def _options(operation: Operation, step: dict[str, Any], folder: Path) -> dict[str, Any]:
    files = {told.name for told in operation.fields if told.kind is Kind.FILE}
    options = {name: folder / str(value) if name in files else value for name, value in step.items() if name != "tool"}
    return dict.fromkeys(files) | options

"""The fields of a form as somebody is asked for them, and what is said of them: plain values.

A tool that is told nothing of a form tells its blanks with its refusal; the doors may ask for each of them.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from pliego.errors import BadRequest, NotGiven

MOST = 300
"""Blanks that are told of one form."""
NAME_MOST = 300
"""Characters of a name; a field with a longer one is no blank, since a name that is cut names nothing."""
LABEL_MOST = 200
VALUE_MOST = 2000
CHOICES_MOST = 300
"""Choices of one blank. A country is one of 250."""
TICKED = {"true", "on", "yes", "1", "x"}
"""What ticks a box."""


class Shape(StrEnum):
    """How a blank is filled in."""

    LINE = "line"
    LINES = "lines"
    TICK = "tick"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Blank:
    """A field of a form."""

    name: str
    label: str
    shape: Shape
    page: int
    """The first one that shows it, from 1."""
    value: str = ""
    """What stands in it: of a box "yes" or "", of a choice one of its values, or "" for none."""
    choices: tuple[tuple[str, str], ...] = ()
    """Value and label."""
    most: int = 0
    """Characters that it takes, 0 where it does not say."""

    def to_json(self) -> dict[str, Any]:
        """Give what `from_json` takes."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Raise TypeError, ValueError or KeyError on another shape."""
        choices = tuple((str(value)[:LABEL_MOST], str(label)[:LABEL_MOST]) for value, label in data["choices"])
        return cls(
            str(data["name"])[:NAME_MOST],
            str(data["label"])[:LABEL_MOST],
            Shape(data["shape"]),
            max(int(data["page"]), 1),
            str(data["value"])[:VALUE_MOST],
            choices[:CHOICES_MOST],
            min(max(int(data["most"]), 0), VALUE_MOST),
        )


def blanks_from(told: Any) -> list[Blank]:
    """What a child tells of a form, no more than is ever told; what has another shape is left out."""
    found = []
    for each in told[:MOST] if isinstance(told, list) else ():
        with suppress(TypeError, ValueError, KeyError, OverflowError):
            found.append(Blank.from_json(each))
    return found


def read_values(words: str) -> dict[str, str]:
    """Values by the names of their fields, from lines or from JSON. Raise BadRequest."""
    if words.strip().startswith("{"):
        try:
            told: dict[str, Any] = json.loads(words)
        except (ValueError, RecursionError) as error:
            raise BadRequest(what="values") from error
        return {str(name): _word(value) for name, value in told.items()}
    values = {}
    for line in filter(str.strip, words.split("\n")):
        name, equals, value = line.partition("=")
        if not equals or not name.strip():
            raise BadRequest(what=line.strip()[:60])
        values[name.strip()] = value.strip()
    if not values:
        raise NotGiven(what="values")
    return values


def written_values(values: Mapping[str, str]) -> str:
    """The same as JSON, which takes every name and every value; "" without any."""
    return json.dumps(values, ensure_ascii=False) if values else ""


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

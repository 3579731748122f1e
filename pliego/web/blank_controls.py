"""The fields of a PDF's own form as controls of a page, and the option that is made of what was filled in."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pliego.errors import NothingFilledIn, PliegoError
from pliego.pdf.blanks import TICKED, Blank, Shape, read_values, written_values


@dataclass(frozen=True, slots=True)
class BlankControl:
    """One field as the template shows it."""

    blank: Blank
    name: str
    """Of the page's field: "0-values-3" is the fourth blank of the option "values"."""
    value: str

    @property
    def shape(self) -> str:
        """A word of blanks.Shape."""
        return str(self.blank.shape)

    @property
    def checked(self) -> bool:
        """Whether a box is ticked."""
        return self.value.lower() in TICKED


def controls(option: str, sent: Mapping[str, Any], blanks: Sequence[Blank]) -> list[BlankControl]:
    """A control for each blank: with what was sent, or was told in one piece before, or else what the PDF says."""
    told: dict[str, str] = {}
    with suppress(PliegoError):
        told = read_values(str(sent.get(option, "")))
    return [
        BlankControl(blank, name, str(sent.get(name, told.get(blank.name, blank.value))))
        for blank, name in zip(blanks, _names(option, blanks), strict=True)
    ]


def composed(option: str, sent: Mapping[str, Any], blanks: Sequence[Blank], lines: str) -> str:
    """The option's value: what stands otherwise in a blank than before, and what was told in lines beside.

    Raise NothingFilledIn when nothing does, or what is wrong with the lines.
    """
    values = read_values(lines) if lines.strip() else {}
    for blank, name in zip(blanks, _names(option, blanks), strict=True):
        value = str(sent.get(name, blank.value)).replace("\r\n", "\n")
        if value != blank.value:
            values[blank.name] = (value or "no") if blank.shape is Shape.TICK else value
    if not values:
        raise NothingFilledIn
    return written_values(values)


def _names(option: str, blanks: Sequence[Blank]) -> list[str]:
    return [f"{option}-{number}" for number in range(len(blanks))]

"""What a tool says while it works and at its end: plain values, checked on arrival as all that a child says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from pliego.errors import gettext_noop as _
from pliego.pdf.operation import Operation, Output

MAX_NOTES = 200
MAX_WORDS = 2000
"""Characters of a text that a note carries."""


class Step(StrEnum):
    """What a tool is at."""

    READ = "read"
    RECOGNISE = "recognise"
    CONVERT = "convert"
    PAGES = "pages"
    PICTURES = "pictures"
    CHECK = "check"
    WRITE = "write"


STEPS = {
    Step.READ: _("Reading"),
    Step.RECOGNISE: _("Recognising words"),
    Step.CONVERT: _("Converting"),
    Step.PAGES: _("Working on the pages"),
    Step.PICTURES: _("Working on the pictures"),
    Step.CHECK: _("Checking"),
    Step.WRITE: _("Writing"),
}
"""In words."""
UNCHANGED = _("This is your file as it was: the tool could not make it better.")
"""What is said of a result that is `unchanged`."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come."""

    step: Step
    percent: int
    """Of the whole work, 0 to 100."""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Raise TypeError, ValueError or KeyError on another shape."""
        return cls(Step(data["step"]), min(max(int(data["percent"]), 0), 100))


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing about the result."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def say(self, sentence: str) -> str:
        """The operation's sentence for this code, perhaps translated, with its gaps filled."""
        return re.sub(r"%\((\w+)\)s", lambda gap: str(self.params.get(gap[1], "")), sentence)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the work."""

    operation: str
    output: Output
    size_before: int
    """Bytes of all inputs."""
    size_after: int
    pages: int
    """Of the result, 0 where it has none."""
    first: int = 1
    """The first page of the result that was changed, where the tool changes some alone."""
    unchanged: bool = False
    """The result is the input, byte for byte: the tool could not make it better."""
    notes: tuple[Note, ...] = ()

    def sentences(self, declared: Operation) -> list[str]:
        """What it says, in English."""
        unchanged = [UNCHANGED] if self.unchanged else []
        return unchanged + [note.say(declared.note(note.code, note.params)) for note in self.notes]

    def to_json(self, declared: Operation) -> dict[str, Any]:
        """The report for programs."""
        notes = [
            {"code": note.code, **dict(note.params), "sentence": note.say(declared.note(note.code, note.params))}
            for note in self.notes
        ]
        return {
            "operation": self.operation,
            "output": str(self.output),
            "size_before": self.size_before,
            "size_after": self.size_after,
            "pages": self.pages,
            "first_changed": self.first,
            "unchanged": self.unchanged,
            "notes": notes,
        }

    @classmethod
    def from_child(cls, data: dict[str, Any], declared: Operation, sizes: tuple[int, int]) -> Self:
        """What a child says of its work; ``sizes`` as measured before and after. Raise as Progress.from_json."""
        notes = [_note(told, declared) for told in data["notes"][:MAX_NOTES]]
        pages = max(int(data["pages"]), 0)
        first = min(max(int(data["first"]), 1), max(pages, 1))
        return cls(declared.name, Output(data["output"]), *sizes, pages, first,
                   bool(data["unchanged"]), tuple(notes))  # fmt: skip


def _note(told: dict[str, Any], declared: Operation) -> Note:
    if told["code"] not in declared.notes:
        raise ValueError
    params = {str(name): value if isinstance(value, int) else str(value)[:MAX_WORDS]
              for name, value in told["params"].items()}  # fmt: skip
    return Note(told["code"], params)

"""The form of one or more tools, derived from their declarations: its controls, and what was filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy

from pliego.errors import PliegoError
from pliego.pdf import ranges
from pliego.pdf.blanks import MOST, Blank, blanks_from
from pliego.pdf.operation import Field, Kind, Operation
from pliego.toolbox.models import Job, JobState
from pliego.web import blank_controls
from pliego.web.answers import sentence
from pliego.web.blank_controls import BlankControl

_PAGES = {
    "all": pgettext_lazy("pages", "all"),
    "odd": pgettext_lazy("pages", "odd"),
    "even": pgettext_lazy("pages", "even"),
    "last": pgettext_lazy("pages", "last"),
}
"""Words for pages as they are written in a field; `ranges` knows them in every language."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Control:
    """One option as the template shows it."""

    told: Field
    name: str
    """Of the form's field: "0-pages" is the option "pages" of the first tool."""
    value: str
    error: str = ""
    blanks: Sequence[BlankControl] = ()
    """Of a FORM whose fields are known: one for each."""

    @property
    def pages(self) -> list[tuple[int, list[BlankControl]]]:
        """The blanks of each page."""
        return [(page, list(blanks)) for page, blanks in groupby(self.blanks, key=lambda each: each.blank.page)]

    @property
    def more(self) -> bool:
        """Whether a form may have fields beside its blanks, to be told in lines."""
        return len(self.blanks) >= MOST

    @property
    def kind(self) -> str:
        """What it is, a word of operation.Kind."""
        return str(self.told.kind)

    @property
    def label(self) -> str:
        """In the language of this request."""
        return gettext(self.told.label) if self.told.label else ""

    @property
    def help(self) -> str:
        """In the language of this request, "" without any."""
        return gettext(self.told.help) if self.told.help else ""

    @property
    def described(self) -> str:
        """The identifiers of its help and its error: for those who do not see that they stand below the field."""
        return " ".join([f"h{self.name}"] * bool(self.told.help) + [f"e{self.name}"] * bool(self.error))

    @property
    def only(self) -> str:
        """With which choice alone it counts: "0-by=pages,size", "" when it always does."""
        step = self.name.partition("-")[0]
        return " ".join(f"{step}-{name}={','.join(values)}" for name, values in self.told.only.items())

    @property
    def pictured(self) -> bool:
        """Whether it is about the pages of the file that was sent: those of a later tool may be others by then."""
        return self.name.startswith("0-")

    @property
    def page_words(self) -> str:
        """What is understood as all, odd, even and the last pages, apart by "|": first as it is written, then all."""
        return "|".join(f"{said} {ranges.WORDS[meaning]}" for meaning, said in _PAGES.items())

    @property
    def checked(self) -> bool:
        """Whether a flag is set."""
        return self.value.lower() in {"true", "on", "1", "yes"}

    @property
    def choices(self) -> list[Choice]:
        """The values of a choice, in the language of this request."""
        return [Choice(value, gettext(label), value == self.value) for value, label in self.told.choices.items()]


@dataclass
class ToolForm:
    """The form of tools that are used one after the other."""

    operations: Sequence[Operation]
    data: QueryDict | None = None
    """What was sent; None shows the defaults."""
    errors: dict[str, str] = field(default_factory=dict)
    """Sentences by the name of the field."""
    blanks: Sequence[Blank] = ()
    """The fields of the PDF's own form, where a job has found them out."""

    @classmethod
    def again(cls, operations: Sequence[Operation], source: object) -> "ToolForm":
        """The form to begin with: filled in as for the job that failed, if that is the source and did the same."""
        names = [operation.name for operation in operations]
        if not isinstance(source, Job) or source.state != JobState.FAILED or source.tools != names:
            return cls(operations)
        said = QueryDict(mutable=True)
        for step, (_, options) in enumerate(source.steps):
            said.update({f"{step}-{name}": str(value) for name, value in options.items() if value is not None})
        return cls(operations, said, blanks=known_blanks(source.inputs))

    def options(self) -> list[dict[str, Any]]:
        """What was sent, checked and in its right types; what is wrong is in ``errors`` afterwards.

        Raise NothingFilledIn, or BadRequest for lines that are not as those of a form.
        """
        return [self._checked(step, operation) for step, operation in enumerate(self.operations)]

    def steps(self) -> list[tuple[Operation, list[Control]]]:
        """Each tool and its controls."""
        return [
            (operation, [self._control(step, told) for told in operation.fields])
            for step, operation in enumerate(self.operations)
        ]

    @property
    def scripts(self) -> list[str]:
        """The scripts that it needs beside its own: for several files, pages, areas and what is drawn by hand."""
        fields = [told for operation in self.operations for told in operation.fields]
        needed = {
            "js/several.js": self.operations[0].most_inputs > 1,
            "js/board.js": any(told.kind in {Kind.PAGES, Kind.ORDER} for told in fields),
            "js/turns.js": any(told.board == "turned" for told in fields),
            "js/cuts.js": any(told.board == "parts" for told in fields),
            "js/order.js": any(told.board == "order" for told in fields),
            "js/arrange.js": any(told.board == "arrange" for told in fields),
            "js/marker.js": any(told.kind is Kind.AREAS for told in fields),
            "js/pad.js": any(told.drawn for told in fields),
        }
        return [script for script, needs in needed.items() if needs]

    @property
    def wrong(self) -> list[str]:
        """What is wrong, as it is labelled."""
        controls = [control for _, controls in self.steps() for control in controls]
        return [control.label for control in controls if control.error]

    def _checked(self, step: int, operation: Operation) -> dict[str, Any]:
        sent: Mapping[str, Any] = self.data if self.data is not None else {}
        found = {}
        for told in operation.fields:
            name = f"{step}-{told.name}"
            value = sent.get(name, sent.get(told.name) if step == 0 else None)
            if told.kind is Kind.FORM and self.blanks:
                value = blank_controls.composed(name, sent, self.blanks, lines=value or "")
            if told.kind is Kind.FILE or value is None:
                continue  # a file is named by the draft; what was not sent has its default
            try:
                found[told.name] = told.check(value)
            except PliegoError as error:
                self.errors[name] = sentence(error)
        return found

    def _control(self, step: int, told: Field) -> Control:
        name = f"{step}-{told.name}"
        default = "" if told.default is None else str(told.default)
        if told.kind in {Kind.PAGES, Kind.ORDER}:
            default = str(_PAGES.get(default, default))
        value = default if self.data is None or told.kind is Kind.PASSWORD else self.data.get(name, default)
        blanks = blank_controls.controls(name, self.data or {}, self.blanks) if told.kind is Kind.FORM else []
        return Control(told, name, value, self.errors.get(name, ""), blanks)


def known_blanks(inputs: Sequence[Mapping[str, Any]]) -> list[Blank]:
    """The fields of the form that a file has which stands alone, [] where nobody has found them out."""
    return blanks_from(inputs[0].get("blanks", [])) if len(inputs) == 1 else []

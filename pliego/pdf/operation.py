"""What a tool of the toolbox is: a declaration, from which form, JSON schema, help and command line are derived.

The working function stands in `operations/<name>.py` under `@operation`, its options in its signature, each annotated
with a Field. What is declared there is written to `operations.json` (`make tools`), which `catalogue` reads: so a web
process or the terminal knows every tool without loading a PDF library. All words are English and marked for
translation; the doors translate them.
"""

import inspect
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Self, TypeVar, get_type_hints

from pliego.errors import BadRequest, FileCount
from pliego.errors import gettext_noop as _
from pliego.pdf import ranges
from pliego.pdf.programs import Program, missing

MAX_INPUTS = 100
"""Files that one run takes."""
MAX_TEXT = 2000
"""Characters of a text that is typed in."""
MAX_LINES = 20_000
"""The same of one with several lines."""
MAX_FORM = 100_000
"""Bytes, as JSON, of what is filled into a form: 300 fields with long names and a line each. It goes in one request."""


class Group(StrEnum):
    """The shelf of the toolbox that a tool stands on."""

    ORGANISE = "organise"
    OPTIMISE = "optimise"
    CONVERT = "convert"
    PROTECT = "protect"
    EDIT = "edit"
    INSPECT = "inspect"


GROUPS = {
    Group.ORGANISE: _("Organise"),
    Group.OPTIMISE: _("Optimise"),
    Group.CONVERT: _("Convert"),
    Group.PROTECT: _("Protect"),
    Group.EDIT: _("Edit"),
    Group.INSPECT: _("Inspect"),
}
"""What the shelves are called."""


class Inputs(StrEnum):
    """What a tool takes."""

    ONE = "one"
    """One PDF."""
    SEVERAL = "several"
    """PDFs, in an order that matters."""
    TWO = "two"
    """Two PDFs, to be held against each other."""
    IMAGES = "images"
    """Pictures, in an order that matters."""
    OFFICE = "office"
    """A text, a table or a presentation."""


class Output(StrEnum):
    """What a tool gives; the value is the ending of the file's name. The report says which it was."""

    PDF = "pdf"
    ZIP = "zip"
    TEXT = "txt"
    MARKDOWN = "md"
    EPUB = "epub"
    JSON = "json"

    @property
    def media_type(self) -> str:
        """As it is sent over HTTP."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Output.PDF: "application/pdf",
    Output.ZIP: "application/zip",
    Output.TEXT: "text/plain; charset=utf-8",
    Output.MARKDOWN: "text/markdown; charset=utf-8",
    Output.EPUB: "application/epub+zip",
    Output.JSON: "application/json",
}


class Kind(StrEnum):
    """What an option is. The value that a program gives for it is a string unless told otherwise."""

    CHOICE = "choice"
    WHOLE = "whole"
    """A whole number."""
    NUMBER = "number"
    """A number, perhaps with a fraction."""
    PAGES = "pages"
    """Pages of the input, such as `1-3,7,odd,last`: see `ranges`."""
    ORDER = "order"
    """The same, where the order matters and a page may come twice."""
    TEXT = "text"
    LINES = "lines"
    """Text of several lines."""
    AREAS = "areas"
    """Areas of pages, one on each line: page: left, top, width, height, in points or per cent of the page."""
    FORM = "form"
    """Values for the fields of a form, `name = value` on each line, or a JSON object (see blanks.py)."""
    COLOUR = "colour"
    """#rrggbb."""
    FLAG = "flag"
    """True or false."""
    PASSWORD = "password"  # noqa: S105 - the name of a kind
    FILE = "file"
    """A further file; its value is its name."""


class Promise(StrEnum):
    """What a tool promises beyond doing its work."""

    NEVER_LARGER = "never-larger"
    """A result that would be larger than the input is the input instead, and the report says so."""


@dataclass(frozen=True, slots=True)
class Field:
    """One option of a tool."""

    kind: Kind
    label: str
    help: str = ""
    default: str | int | float | bool | None = None
    """None: it has to be told."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """The label of each value of a CHOICE."""
    least: float | None = None
    most: float | None = None
    unit: str = ""
    """Such as mm, pt, % or MB; "" for plain numbers."""
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The choices with which alone it counts: their values by the name of the other option."""
    drawn: bool = False
    """Whether a FILE may be drawn by hand, where there is a screen to draw on."""
    board: str = ""
    """How PAGES and ORDER are told by pictures of the pages: chosen, out, turned, order, parts, arrange; "" for folded.

    What is beside is shown on the pictures of another option. AREAS are one alone, or put by a click."""
    name: str = ""
    """As its parameter is named."""

    @property
    def required(self) -> bool:
        """Whether it has to be told."""
        return self.default is None

    def check(self, value: Any) -> Any:
        """The value in its right type, from JSON or from a form's words. Raise BadRequest or what `ranges` raises."""
        if value is None or (value == "" and self.kind not in _WORDS):
            value = self.default
        if value is None:
            raise BadRequest(what=self.name)
        try:
            return _CHECKS[self.kind](self, value)
        except (TypeError, ValueError, OverflowError) as error:
            raise BadRequest(what=f"{self.name} = {str(value)[:60]}") from error

    def schema(self) -> dict[str, Any]:
        """Its JSON Schema (2020-12)."""
        more = {
            "description": self.help or None,
            "default": self.default,
            "enum": list(self.choices) or None,
            "minimum": self.least,
            "maximum": self.most,
        }
        told = {key: value for key, value in more.items() if value is not None}
        return {"title": self.label, **_SCHEMAS[self.kind], **told}


_WORDS = {Kind.TEXT, Kind.LINES, Kind.AREAS, Kind.FORM, Kind.PASSWORD, Kind.FILE}
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_SCHEMAS: dict[Kind, dict[str, Any]] = {
    Kind.CHOICE: {"type": "string"},
    Kind.WHOLE: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.PAGES: {"type": "string", "format": "pages"},
    Kind.ORDER: {"type": "string", "format": "pages"},
    Kind.TEXT: {"type": "string", "maxLength": MAX_TEXT},
    Kind.LINES: {"type": "string", "maxLength": MAX_LINES},
    Kind.AREAS: {"type": "string", "format": "areas", "maxLength": MAX_LINES},
    Kind.FORM: {"type": "string", "format": "form", "maxLength": MAX_FORM},
    Kind.COLOUR: {"type": "string", "pattern": f"^{_COLOUR.pattern}$"},
    Kind.FLAG: {"type": "boolean"},
    Kind.PASSWORD: {"type": "string", "format": "password"},
    Kind.FILE: {"type": "string", "format": "file"},
}


def _choice(told: Field, value: Any) -> str:
    if str(value) not in told.choices:
        raise ValueError
    return str(value)


def _whole(told: Field, value: Any) -> int:
    if isinstance(value, bool) or float(value) != int(float(value)):
        raise ValueError
    return int(_within(told, float(value)))


def _within(told: Field, value: Any) -> float:
    number = float(str(value).replace(",", "."))
    if not (told.least is None or number >= told.least) or not (told.most is None or number <= told.most):
        raise ValueError
    return number


def _pages(told: Field, value: Any) -> str:
    return "" if value == told.default == "" else str(ranges.parse(str(value)))


def _text(told: Field, value: Any) -> str:
    text = str(value).replace("\r\n", "\n")
    if len(text) > _SCHEMAS[told.kind].get("maxLength", MAX_TEXT) or "\0" in text:
        raise ValueError
    text.encode()  # half a surrogate pair is no text
    return text


def _form(told: Field, value: Any) -> str:
    text = _text(told, value)
    if len(json.dumps(text, ensure_ascii=False).encode()) > MAX_FORM:
        raise ValueError
    return text


def _colour(_told: Field, value: Any) -> str:
    if not _COLOUR.fullmatch(str(value).lower()):
        raise ValueError
    return str(value).lower()


_TRUTH = {"true": True, "on": True, "1": True, "yes": True, "false": False, "off": False, "0": False, "no": False}


def _flag(_told: Field, value: Any) -> bool:
    if str(value).lower() not in _TRUTH:
        raise ValueError
    return _TRUTH[str(value).lower()]


_CHECKS: dict[Kind, Callable[[Field, Any], Any]] = {
    Kind.CHOICE: _choice,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _within,
    Kind.PAGES: _pages,
    Kind.ORDER: _pages,
    Kind.TEXT: _text,
    Kind.LINES: _text,
    Kind.AREAS: _text,
    Kind.FORM: _form,
    Kind.COLOUR: _colour,
    Kind.FLAG: _flag,
    Kind.PASSWORD: _text,
    Kind.FILE: _text,
}


@dataclass(frozen=True, slots=True)
class Operation:
    """A tool of the toolbox."""

    name: str
    """As it stands in addresses and on the command line."""
    label: str
    """What it is called: a verb with its object."""
    summary: str
    """What it does, in one sentence."""
    help: str
    """What is good to know before using it, in a few sentences."""
    group: Group
    icon: str
    """Of Lucide, in the site's sprite."""
    sample: Mapping[str, Any]
    """Options that show it at work; with them it is exercised before a file of somebody else is opened."""
    inputs: Inputs = Inputs.ONE
    output: Output = Output.PDF
    promises: tuple[Promise, ...] = ()
    program: str = ""
    """The program of others that works first, by its name in `programs`; "" for none."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What the report may say: sentences by code. Their gaps are filled with what the note carries."""
    fields: tuple[Field, ...] = ()

    @property
    def most_inputs(self) -> int:
        """How many files it takes."""
        return {Inputs.ONE: 1, Inputs.OFFICE: 1, Inputs.TWO: 2}.get(self.inputs, MAX_INPUTS)

    @property
    def least_inputs(self) -> int:
        """How few files it takes."""
        return 2 if self.inputs is Inputs.TWO else 1

    @property
    def missing(self) -> Program | None:
        """The program that it needs and that is not installed here, None when it can work."""
        return missing(self.program)

    def check(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Every option in its right type, defaults filled in. Raise BadRequest for a wrong value or name."""
        names = {told.name for told in self.fields}
        for name in options:
            if name not in names:
                raise BadRequest(what=name[:60])
        return {told.name: told.check(options.get(told.name)) for told in self.fields}

    def note(self, code: str, params: Mapping[str, object]) -> str:
        """The sentence of a note: that of one thing, declared as ``code:one``, where one is counted."""
        alone = f"{code}:one"
        return self.notes[alone if params.get("count") == 1 and alone in self.notes else code]

    def check_count(self, files: int) -> None:
        """Raise FileCount when it cannot work on so many files."""
        least, most = self.least_inputs, self.most_inputs
        if not least <= files <= most:
            raise FileCount(wanted=str(least) if least == most else f"{least}\u2013{most}")

    def schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) of its options."""
        return {
            "type": "object",
            "title": self.label,
            "description": self.summary,
            "properties": {told.name: told.schema() for told in self.fields},
            "required": [told.name for told in self.fields if told.required],
            "additionalProperties": False,
        }

    def to_json(self) -> dict[str, Any]:
        """Give what from_json takes."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The declaration again. Raise TypeError, KeyError or ValueError on another shape."""
        fields = tuple(Field(**{**told, "kind": Kind(told["kind"])}) for told in data["fields"])
        kinds = {"group": Group(data["group"]), "inputs": Inputs(data["inputs"]), "output": Output(data["output"])}
        return cls(**{**data, **kinds, "fields": fields, "promises": tuple(map(Promise, data["promises"]))})


Function = TypeVar("Function", bound=Callable[..., None])


def operation(
    *,
    label: str,
    summary: str,
    help: str,
    group: Group,
    icon: str,
    sample: Mapping[str, Any],
    **more: Any,
) -> Callable[[Function], Function]:
    """Declare a function as a tool: it takes the Work, then its options by name, each annotated with a Field."""

    def declare(function: Function) -> Function:
        name = function.__name__.replace("_", "-")
        declared = Operation(name, label, summary, help, group, icon, sample, fields=_fields(function), **more)
        vars(function)["operation"] = declared
        return function

    return declare


def declared(function: Callable[..., None]) -> Operation:
    """What was declared of a tool's function."""
    told: Operation = vars(function)["operation"]
    return told


def _fields(function: Callable[..., None]) -> tuple[Field, ...]:
    hints = get_type_hints(function, include_extras=True)
    names = [name for name, told in inspect.signature(function).parameters.items() if told.kind is told.KEYWORD_ONLY]
    return tuple(replace(hints[name].__metadata__[0], name=name) for name in names)

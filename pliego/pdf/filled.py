"""How a filled-in field looks: its value in our typeface, in the size, colour and alignment that it asks for."""

import re
from collections.abc import Iterator
from decimal import Decimal

from pikepdf import AcroForm, AcroFormField, Array, Dictionary, FormFieldFlag, Name, Object, Pdf
from pikepdf.form import AppearanceStreamGenerator

from pliego.pdf.placing import rectangle_of
from pliego.pdf.typeface import ASCENT, DESCENT, Typeface, composed

PADDING = 2.0
"""Points between the edge of a field and its value."""
LEADING = 1.15
_FONT = re.compile(r"/\S+\s+(\d+(?:\.\d+)?)\s+Tf")
_COLOUR = re.compile(r"(?:\d*\.?\d+\s+){1,4}(?:g|rg|k)(?=\s|$)")
_LARGEST = 12.0
"""Type size of a field that leaves the size to us."""


class Looks(AppearanceStreamGenerator):
    """Notes the fields that get a value, and makes their appearances when all are known: they share one typeface."""

    def __init__(self, pdf: Pdf, form: AcroForm) -> None:
        super().__init__(pdf, form)
        self._fields: dict[tuple[int, int], AcroFormField] = {}

    def generate_text(self, field: AcroFormField) -> None:
        """The value in one line, in lines that are wrapped, or letter by letter in a comb."""
        self._fields[field.obj.objgen] = field

    def generate_choice(self, field: AcroFormField) -> None:
        """The chosen value in one line."""
        self.generate_text(field)

    def draw(self) -> None:
        """Give the widgets of all these fields their appearance. Raise NoSuchLetters."""
        values = {key: _shown(field) for key, field in self._fields.items()}
        face = Typeface(self.pdf, "".join(values.values()).replace("\n", ""))
        for key, field in self._fields.items():
            for widget in self.form.get_annotations_for_field(field):
                _draw_value(self.pdf, field, widget.obj, values[key], face)


def _shown(field: AcroFormField) -> str:
    """The value as it is read: of a choice, what the list calls it."""
    value = str(field.value_as_string)
    options = field.get_inheritable_field_value("/Opt") if field.is_choice else None
    for option in options if isinstance(options, Array) else ():
        if isinstance(option, Array) and len(option) == 2 and str(option[0]) == value:
            value = str(option[1])
            break
    lines = re.split(r"\r\n?|\n", value)
    return "\n".join(composed(line.replace("\t", " ")) for line in lines)


def _draw_value(pdf: Pdf, field: AcroFormField, widget: Object, value: str, face: Typeface) -> None:
    rectangle = rectangle_of(widget)  # type: ignore[arg-type]
    if rectangle is None:
        return
    width, height = abs(rectangle.width), abs(rectangle.height)
    wishes = bytes(field.default_appearance).decode("latin-1")
    multiline = bool(field.flags & FormFieldFlag.tx_multiline)
    told = _FONT.search(wishes)
    size = (float(told[1]) if told else 0.0) or min(_LARGEST, height * (0.2 if multiline else 0.7))
    colour = _COLOUR.search(wishes)
    comb = _number(field, "/MaxLen") if field.flags & FormFieldFlag.tx_comb else 0
    lines = list(_wrapped(value, size, width - 2 * PADDING, face)) if multiline else [value.replace("\n", " ")]
    top = height - PADDING - size if multiline else (height - size * (ASCENT - DESCENT)) / 2
    shown = [(line, top - number * size * LEADING) for number, line in enumerate(lines)]
    parts = [b"/Tx BMC q 1 1 %.2f %.2f re W n BT" % (width - 2, height - 2)]
    parts.append(b"%b /F %.2f Tf" % (colour[0].encode() if colour else b"0 g", size))
    for line, y in shown:
        parts += (
            _combed(line, size, width / comb, y, face)
            if comb > 0
            else [_placed(line, size, width, y, _number(field, "/Q"), face)]
        )
    entries = {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, width, height])}
    look = pdf.make_stream(b"\n".join([*parts, b"ET Q EMC"]), entries)
    look.Resources = Dictionary(Font=Dictionary(F=face.font))
    widget.AP = Dictionary(N=look)


def _number(field: AcroFormField, key: str) -> int:
    told = field.get_inheritable_field_value(key)
    return int(told) if isinstance(told, int | Decimal) else 0


def _placed(line: str, size: float, width: float, y: float, align: int, face: Typeface) -> bytes:
    room = width - 2 * PADDING - face.width(line, size)
    x = PADDING + {1: room / 2, 2: room}.get(align, 0.0)
    return b"1 0 0 1 %.2f %.2f Tm %b Tj" % (x, y, face.written(line))


def _combed(line: str, size: float, cell: float, y: float, face: Typeface) -> Iterator[bytes]:
    for number, letter in enumerate(line):
        x = (number + 0.5) * cell - face.width(letter, size) / 2
        yield b"1 0 0 1 %.2f %.2f Tm %b Tj" % (x, y, face.written(letter))


def _wrapped(value: str, size: float, width: float, face: Typeface) -> Iterator[str]:
    for paragraph in value.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and face.width(longer, size) > width:
                yield line
                line = word
            else:
                line = longer
        yield line

"""How a filled-in field looks: its value in Helvetica, in the size, colour and alignment that the field asks for."""

import re
from collections.abc import Iterator

from pikepdf import AcroFormField, Array, Dictionary, FormFieldFlag, Name, Object, Pdf
from pikepdf.form import AppearanceStreamGenerator

from pliego.pdf import helvetica
from pliego.pdf.placing import rectangle_of

PADDING = 2.0
"""Points between the edge of a field and its value."""
LEADING = 1.15
_FONT = re.compile(r"/\S+\s+(\d+(?:\.\d+)?)\s+Tf")
_COLOUR = re.compile(r"(?:\d*\.?\d+\s+){1,4}(?:g|rg|k)(?=\s|$)")
_LARGEST = 12.0
"""Type size of a field that leaves the size to us."""


class Looks(AppearanceStreamGenerator):
    """Makes the appearance of each field that gets a value."""

    def generate_text(self, field: AcroFormField) -> None:
        """The value in one line, in lines that are wrapped, or letter by letter in a comb."""
        for widget in self.form.get_annotations_for_field(field):
            draw_value(self.pdf, field, widget.obj)

    def generate_choice(self, field: AcroFormField) -> None:
        """The chosen value in one line."""
        self.generate_text(field)


def draw_value(pdf: Pdf, field: AcroFormField, widget: Object) -> None:
    """Give a widget the appearance of its field's value."""
    rectangle = rectangle_of(widget)  # type: ignore[arg-type]
    if rectangle is None:
        return
    width, height = abs(rectangle.width), abs(rectangle.height)
    wishes = bytes(field.default_appearance).decode("latin-1")
    value = str(field.value_as_string)
    multiline = bool(field.flags & FormFieldFlag.tx_multiline)
    told = _FONT.search(wishes)
    size = (float(told[1]) if told else 0.0) or min(_LARGEST, height * (0.2 if multiline else 0.7))
    colour = _COLOUR.search(wishes)
    comb = int(field.obj.get("/MaxLen", 0)) if field.flags & FormFieldFlag.tx_comb else 0
    align = int(field.obj.get("/Q", 0))
    lines = list(_wrapped(value, size, width - 2 * PADDING)) if multiline else [value.replace("\n", " ")]
    top = height - PADDING - size if multiline else (height - size * (helvetica.ASCENT - helvetica.DESCENT)) / 2
    shown = [(line, top - number * size * LEADING) for number, line in enumerate(lines)]
    parts = [b"/Tx BMC q 1 1 %.2f %.2f re W n BT" % (width - 2, height - 2)]
    parts.append(b"%b /Helv %.2f Tf" % (colour[0].encode() if colour else b"0 g", size))
    for line, y in shown:
        parts += _combed(line, size, width / comb, y) if comb else [_placed(line, size, width, y, align)]
    entries = {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, width, height])}
    look = pdf.make_stream(b"\n".join([*parts, b"ET Q EMC"]), entries)
    look.Resources = Dictionary(Font=Dictionary(Helv=helvetica.font()))
    widget.AP = Dictionary(N=look)


def _placed(line: str, size: float, width: float, y: float, align: int) -> bytes:
    room = width - 2 * PADDING - helvetica.width(line, size)
    x = PADDING + {1: room / 2, 2: room}.get(align, 0.0)
    return b"1 0 0 1 %.2f %.2f Tm %b Tj" % (x, y, helvetica.written(line, replacing=True))


def _combed(line: str, size: float, cell: float, y: float) -> Iterator[bytes]:
    for number, letter in enumerate(line):
        x = (number + 0.5) * cell - helvetica.width(letter, size) / 2
        yield b"1 0 0 1 %.2f %.2f Tm %b Tj" % (x, y, helvetica.written(letter, replacing=True))


def _wrapped(value: str, size: float, width: float) -> Iterator[str]:
    for paragraph in value.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and helvetica.width(longer, size) > width:
                yield line
                line = word
            else:
                line = longer
        yield line

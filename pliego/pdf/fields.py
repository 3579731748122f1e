"""Options that several tools have."""

from dataclasses import replace

from pliego.errors import gettext_noop as _
from pliego.pdf.operation import Field, Kind

PAGES_HELP = _("Such as 1-3, 7, odd, last. All pages unless told.")


def pages(label: str = _("Pages"), help: str = PAGES_HELP, default: str | None = "all", board: str = "") -> Field:
    """Pages of the input."""
    return Field(Kind.PAGES, label, help, default, board=board)


def order(label: str, help: str, default: str | None = None, board: str = "order") -> Field:
    """Pages of the input, in an order that matters."""
    return Field(Kind.ORDER, label, help, default, board=board)


def choice(label: str, choices: dict[str, str], default: str, help: str = "") -> Field:
    """One of several values, each with its label."""
    return Field(Kind.CHOICE, label, help, default, choices=choices)


def whole(label: str, least: int, most: int, default: int | None = None, help: str = "", unit: str = "") -> Field:
    """A whole number."""
    return Field(Kind.WHOLE, label, help, default, least=least, most=most, unit=unit)


def number(
    label: str, least: float, most: float, default: float | None = None, help: str = "", unit: str = ""
) -> Field:
    """A number."""
    return Field(Kind.NUMBER, label, help, default, least=least, most=most, unit=unit)


def text(label: str, help: str = "", default: str | None = "") -> Field:
    """Words."""
    return Field(Kind.TEXT, label, help, default)


def lines(label: str, help: str = "", default: str | None = "") -> Field:
    """Words on several lines."""
    return Field(Kind.LINES, label, help, default)


def form_values(label: str, help: str = "") -> Field:
    """What is written into the fields of a form; nothing unless told."""
    return Field(Kind.FORM, label, help, "")


def areas(label: str, help: str = "", board: str = "") -> Field:
    """Areas of pages; none unless told."""
    return Field(Kind.AREAS, label, help, "", board=board)


def flag(label: str, help: str = "", *, default: bool = False) -> Field:
    """Yes or no."""
    return Field(Kind.FLAG, label, help, default)


def colour(label: str, default: str, help: str = "") -> Field:
    """A colour."""
    return Field(Kind.COLOUR, label, help, default)


def password(label: str, help: str = "", default: str | None = "") -> Field:
    """A password that is to be set."""
    return Field(Kind.PASSWORD, label, help, default)


def file(label: str, help: str = "", default: str | None = "") -> Field:
    """A further file."""
    return Field(Kind.FILE, label, help, default)


def drawing(label: str, help: str = "") -> Field:
    """A further file, a picture, that may be drawn by hand; none unless told."""
    return replace(file(label, help), drawn=True)


def only(field: Field, **choices: str) -> Field:
    """The same option, which counts only with these values of another: ``where="at"``, several apart by spaces."""
    return replace(field, only={name: values.split() for name, values in choices.items()})

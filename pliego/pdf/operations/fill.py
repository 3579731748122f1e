"""Fill in a form."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated, Any

from pikepdf import Pdf, PdfError
from pikepdf.form import (
    CheckboxField,
    ChoiceField,
    Form,
    RadioButtonGroup,
    TextField,
)

from pliego.errors import PliegoError
from pliego.errors import gettext_noop as _
from pliego.pdf.blanks import CHOICES_MOST, LABEL_MOST, MOST, NAME_MOST, TICKED, VALUE_MOST, Blank, Shape, read_values
from pliego.pdf.fields import form_values
from pliego.pdf.filled import Looks
from pliego.pdf.operation import Group, operation
from pliego.pdf.refusals import NoForm, NothingToFill
from pliego.pdf.work import Work

LISTED_MOST = 190
"""Letters in which fields are listed."""
_NOT_AS_IT_SHOULD = (ValueError, TypeError, AttributeError, KeyError, RuntimeError, PdfError)
"""What a field gives that is not as the standard says."""


@operation(
    label=_("Fill in a form"),
    summary=_("Write values into the fields of a form."),
    help=_(
        "A page of this site asks for each field. Written in lines, a value is the field's name, an equals sign and "
        "the value, or all are one JSON object; boxes take yes or no."
    ),
    group=Group.EDIT,
    icon="square-pen",
    sample={"values": "name = Ana"},
    notes={
        "filled": _("%(count)s fields were filled in."),
        "filled:one": _("%(count)s field was filled in."),
        "unknown": _("There are no such fields: %(what)s."),
        "refused": _("These fields do not take the value: %(what)s."),
        "fields": _("The fields of this form: %(what)s."),
    },
)
def fill(
    work: Work,
    *,
    values: Annotated[
        str, form_values(_("Values"), _("Such as name = Ana. Left empty, you are told which fields there are."))
    ],
) -> None:
    """Each field gets a new appearance, so that every reader shows its value."""
    pdf = work.open()
    if not values.strip():
        raise _asked(pdf)
    wanted = read_values(values)
    form = Form(pdf)
    form.generate_appearances = looks = Looks(pdf, pdf.acroform)
    known = _known(pdf, form)
    refused = [name for name in wanted if name in known and not _set(known[name], wanted[name])]
    unknown = [name for name in wanted if name not in known]
    looks.draw()
    filled = wanted.keys() - set(refused)
    work.first = min((page for name, page in _places(pdf).items() if name in filled), default=1)
    work.note("filled", count=len(wanted) - len(refused) - len(unknown))
    if refused:
        work.note("refused", what=", ".join(refused))
    if unknown:
        work.note("unknown", what=", ".join(unknown))
        work.note("fields", what=", ".join(sorted(known)))
    work.save(pdf)


def _asked(pdf: Pdf) -> PliegoError:
    """What to say to somebody who does not know yet which fields there are, and what those take."""
    known = _known(pdf, Form(pdf))
    told = [words for name, field in known.items() if (words := _listed(name, field))]
    if not told:
        return NoForm()
    listed = "; ".join(told)
    return NothingToFill(
        fields=listed if len(listed) <= LISTED_MOST else f"{listed[:LISTED_MOST]}…",
        blanks=[blank.to_json() for blank in _blanks(known, _places(pdf))],
    )


def _known(pdf: Pdf, form: Form) -> dict[str, Any]:
    """The fields by their names; one of no kind that the standard has is left out, and keeps nobody from the others."""
    known: dict[str, Any] = {}
    for each in pdf.acroform.fields:
        with suppress(*_NOT_AS_IT_SHOULD):
            name = str(each.fully_qualified_name)
            field = form[name]
            known.setdefault(name, field[0] if isinstance(field, list) else field)  # a list where several share a name
    return known


def _listed(name: str, field: Any) -> str:
    """A field and what it takes, "" of one that takes nothing."""
    with suppress(*_NOT_AS_IT_SHOULD):
        if isinstance(field, CheckboxField):
            return f"{name} (yes, no)"
        if isinstance(field, RadioButtonGroup | ChoiceField):
            return f"{name} ({', '.join(label for _, label in _choices(field))})"
        if isinstance(field, TextField):
            return name
    return ""


def _places(pdf: Pdf) -> dict[str, int]:
    """On which page each field is seen first, from 1, as they follow one another there."""
    form, places = pdf.acroform, dict[str, int]()
    for number, page in enumerate(pdf.pages, start=1):
        with suppress(*_NOT_AS_IT_SHOULD):
            for widget in form.get_widget_annotations_for_page(page):
                places.setdefault(str(form.get_field_for_annotation(widget).fully_qualified_name), number)
    return places


def _blanks(known: dict[str, Any], places: dict[str, int]) -> list[Blank]:
    """What somebody can be asked for; a field that is seen nowhere, is not to be changed or is damaged is left out."""
    found: list[Blank] = []
    for name, page in places.items():
        if len(found) < MOST and len(name) <= NAME_MOST and name in known:
            with suppress(*_NOT_AS_IT_SHOULD):
                found += _blank(name, page, known[name])
    return found


def _blank(name: str, page: int, field: Any) -> Iterator[Blank]:
    if field.is_read_only:
        return
    label = _label(str(field.alternate_name or name), name)
    if isinstance(field, TextField):
        value = "\n".join(str(field.value or "").splitlines())
        shape = Shape.LINES if field.is_multiline or "\n" in value else Shape.LINE
        most = min(max(field.max_length or 0, 0), VALUE_MOST)
        if len(value) <= VALUE_MOST:
            yield Blank(name, label, shape, page, value, most=most)
    elif isinstance(field, CheckboxField):
        yield Blank(name, label, Shape.TICK, page, "yes" if field.checked else "")
    elif isinstance(field, RadioButtonGroup | ChoiceField) and (choices := _choices(field)[:CHOICES_MOST]):
        value = str(field.value or "")
        value = value.removeprefix("/") if isinstance(field, RadioButtonGroup) else value
        chosen = value if value in dict(choices) else ""
        yield Blank(name, label, Shape.CHOICE, page, chosen, tuple(choices))


def _label(told: str, name: str) -> str:
    """What a field calls itself; one that has its name alone goes by the last part of that."""
    if told == name:
        told = re.sub(r"\[\d+\]$", "", name.rpartition(".")[2])
    return (" ".join(told.split()) or name)[:LABEL_MOST]


def _choices(field: RadioButtonGroup | ChoiceField) -> list[tuple[str, str]]:
    """Each value that the field takes, and what it is called."""
    if isinstance(field, RadioButtonGroup):
        values = [str(each.on_value).removeprefix("/") for each in field.options]
        return [(value, value) for value in values]
    return [(str(each.export_value), str(each.display_value)) for each in field.options]


def _set(field: Any, value: str) -> bool:
    """Whether the field takes the value."""
    try:
        if isinstance(field, TextField):
            field.value = value
        elif isinstance(field, CheckboxField):
            field.checked = value.lower() in TICKED
        elif isinstance(field, RadioButtonGroup):
            option = next((each for each in field.options if str(each.on_value).removeprefix("/") == value), None)
            if option is None:
                return False
            field.selected = option
        elif isinstance(field, ChoiceField):
            choice = next((each for each in field.options if value in (each.display_value, each.export_value)), None)
            if choice is None:
                return False
            choice.select()
        else:
            return False
    except _NOT_AS_IT_SHOULD:
        return False
    return True

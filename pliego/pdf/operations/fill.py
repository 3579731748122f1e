"""Fill in a form."""

import json
from typing import Annotated, Any

from pikepdf.form import (
    CheckboxField,
    ChoiceField,
    Form,
    RadioButtonGroup,
    TextField,
)

from pliego.errors import BadRequest, NotGiven
from pliego.errors import gettext_noop as _
from pliego.pdf.fields import lines
from pliego.pdf.filled import Looks
from pliego.pdf.operation import Group, operation
from pliego.pdf.work import Work

_TICKED = {"true", "on", "yes", "1", "x"}


@operation(
    label=_("Fill in a form"),
    summary=_("Write values into the fields of a form."),
    help=_("One line for each field: its name, an equals sign, its value. Or a JSON object. Boxes take yes or no."),
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
def fill(work: Work, *, values: Annotated[str, lines(_("Values"), _("Such as name = Ana."), default=None)]) -> None:
    """Each field gets a new appearance, so that every reader shows its value."""
    wanted = read_values(values)
    pdf = work.open()
    form = Form(pdf)
    form.generate_appearances = looks = Looks(pdf, pdf.acroform)
    known = {str(name): field for name, field in form.items()}
    refused = [name for name in wanted if name in known and not _set(known[name], wanted[name])]
    unknown = [name for name in wanted if name not in known]
    looks.draw()
    work.note("filled", count=len(wanted) - len(refused) - len(unknown))
    if refused:
        work.note("refused", what=", ".join(refused))
    if unknown:
        work.note("unknown", what=", ".join(unknown))
        work.note("fields", what=", ".join(sorted(known)))
    work.save(pdf)


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


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _set(field: Any, value: str) -> bool:
    """Whether the field takes the value."""
    try:
        if isinstance(field, TextField):
            field.value = value
        elif isinstance(field, CheckboxField):
            field.checked = value.lower() in _TICKED
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
    except (ValueError, TypeError, AttributeError, KeyError):  # a field that is not as the standard says
        return False
    return True

"""Fill in a form."""

import json
from typing import Annotated, Any

from pikepdf import Pdf
from pikepdf.form import (
    CheckboxField,
    ChoiceField,
    Form,
    RadioButtonGroup,
    TextField,
)

from pliego.errors import BadRequest, NotGiven, PliegoError
from pliego.errors import gettext_noop as _
from pliego.pdf.fields import lines
from pliego.pdf.filled import Looks
from pliego.pdf.operation import Group, operation
from pliego.pdf.refusals import NoForm, NothingToFill
from pliego.pdf.work import Work

MOST = 190
"""Letters in which fields are listed."""
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
def fill(
    work: Work,
    *,
    values: Annotated[
        str, lines(_("Values"), _("Such as name = Ana. Left empty, you are told which fields there are."))
    ],
) -> None:
    """Each field gets a new appearance, so that every reader shows its value."""
    pdf = work.open()
    if not values.strip():
        raise _asked(pdf)
    wanted = read_values(values)
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


def _asked(pdf: Pdf) -> PliegoError:
    """What to say to somebody who does not know yet which fields there are, and what those take."""
    told = []
    for name, field in Form(pdf).items():
        if isinstance(field, CheckboxField):
            told.append(f"{name} (yes, no)")
        elif isinstance(field, RadioButtonGroup):
            told.append(f"{name} ({', '.join(str(each.on_value).removeprefix('/') for each in field.options)})")
        elif isinstance(field, ChoiceField):
            told.append(f"{name} ({', '.join(str(each.display_value) for each in field.options)})")
        elif isinstance(field, TextField):
            told.append(str(name))
    listed = "; ".join(told)
    return NothingToFill(fields=listed if len(listed) <= MOST else f"{listed[:MOST]}…") if told else NoForm()


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

"""Draw forms and notes into the pages for good."""

from typing import Annotated

from pikepdf import Array, Dictionary, Pdf

from pliego.errors import gettext_noop as _
from pliego.pdf.destinations import annotations
from pliego.pdf.fields import flag
from pliego.pdf.filled import Looks
from pliego.pdf.operation import Group, operation
from pliego.pdf.work import Work


@operation(
    label=_("Flatten forms and notes"),
    summary=_("Draw filled-in forms, notes and stamps into the pages, so that nobody changes them any more."),
    help=_("What is seen stays the same; fields and notes become part of the page. Links go on working."),
    group=Group.EDIT,
    icon="layers",
    sample={},
    notes={
        "flattened": _("%(count)s fields and notes became part of their pages."),
        "flattened:one": _("%(count)s field or note became part of its page."),
        "nothing": _("There was nothing to flatten."),
    },
)
def flatten(
    work: Work,
    *,
    forms: Annotated[bool, flag(_("Forms"), default=True)],
    notes: Annotated[bool, flag(_("Notes, stamps and drawings"), default=True)],
) -> None:
    """Appearances are made where fields lack them; then each is drawn by its page's content."""
    pdf = work.open()
    count = flatten_all(pdf, forms=forms, notes=notes)
    work.note("flattened", count=count) if count else work.note("nothing")
    work.save(pdf)


def flatten_all(pdf: Pdf, *, forms: bool = True, notes: bool = True) -> int:
    """Draw what is annotated into the pages; return how many things that were."""
    form = pdf.Root.get("/AcroForm")
    told = form.get("/Fields") if isinstance(form, Dictionary) else None
    fields = list(told) if isinstance(told, Array) else []
    if forms and fields:
        _draw_values(pdf)
    kept = {}
    count = 0
    for page in pdf.pages:
        found = annotations(page.obj)
        staying = [each for each in found if not _goes(each, forms=forms, notes=notes)]
        going = [each for each in found if _goes(each, forms=forms, notes=notes)]
        kept[page.obj.objgen] = staying
        count += len(going)
        page.obj.Annots = Array(going)
    pdf.flatten_annotations("screen")
    for page in pdf.pages:
        page.obj.Annots = Array(kept[page.obj.objgen])
        if not kept[page.obj.objgen]:
            del page.obj.Annots
    if forms:
        if "/AcroForm" in pdf.Root:
            del pdf.Root.AcroForm
    elif isinstance(form, Dictionary):  # from which qpdf has taken what no page showed meanwhile
        form.Fields = Array(fields)
        pdf.Root.AcroForm = form
    return count


def _draw_values(pdf: Pdf) -> None:
    """Give those fields an appearance that lack it, or all where the form asks for that."""
    form = pdf.acroform
    looks = Looks(pdf, form)
    for field in form.fields:
        if not (field.is_text or field.is_choice):
            continue
        widgets = form.get_annotations_for_field(field)
        if form.needs_appearances or (field.value_as_string and any("/AP" not in widget.obj for widget in widgets)):
            looks.generate_text(field)
    looks.draw()
    form.needs_appearances = False  # else qpdf leaves the fields out


def _goes(annotation: Dictionary, *, forms: bool, notes: bool) -> bool:
    kind = annotation.get("/Subtype")
    return forms if kind == "/Widget" else notes and kind != "/Link"

"""Bring the pages into another order."""

from typing import Annotated

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import order as order_field
from pliego.pdf.labels import read_labels, write_labels
from pliego.pdf.operation import Group, operation
from pliego.pdf.report import Step
from pliego.pdf.work import Work, in_order


@operation(
    label=_("Reorder pages"),
    summary=_("Bring the pages into another order."),
    help=_("Pages that you do not name follow behind, as they were. To turn the whole order round, write last-1."),
    group=Group.ORGANISE,
    icon="arrow-up-down",
    sample={"order": "last-1"},
)
def reorder(
    work: Work,
    *,
    order: Annotated[str, order_field(_("Order"), _("The pages as they are to follow, such as 3, 1, 5-last."))],
) -> None:
    """The pages change places within the document, so that all that points to them stays right."""
    pdf = work.open()
    named = list(dict.fromkeys(in_order(order, pdf)))
    following = [*named, *sorted(set(range(len(pdf.pages))) - set(named))]
    labels = read_labels(pdf)
    pages = list(pdf.pages)
    for _page in pages:
        del pdf.pages[-1]
    for index in work.each(Step.PAGES, following):
        pdf.pages.append(pages[index])
    if labels:
        write_labels(pdf, [labels[index] for index in following])
    work.save(pdf)

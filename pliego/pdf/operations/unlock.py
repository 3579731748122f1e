"""Take the password away."""

from pikepdf import Pdf, Permissions

from pliego.errors import gettext_noop as _
from pliego.pdf.operation import Group, operation
from pliego.pdf.work import Work

_FORBIDDEN = {
    "no-printing": "print_lowres",
    "no-copying": "extract",
    "no-changes": "modify_other",
    "no-filling": "modify_form",
}


@operation(
    label=_("Unlock a PDF"),
    summary=_("Remove the password and the restrictions of a document that you can open."),
    help=_("You need the password that opens it. Remove restrictions only where you have the right to."),
    group=Group.PROTECT,
    icon="lock-open",
    sample={},
    notes={
        "open": _("This file was not protected."),
        "password": _("The password to open it was removed."),
        "no-printing": _("Printing was forbidden; now it is allowed."),
        "no-copying": _("Copying was forbidden; now it is allowed."),
        "no-changes": _("Changes were forbidden; now they are allowed."),
        "no-filling": _("Filling in forms was forbidden; now it is allowed."),
    },
)
def unlock(work: Work) -> None:
    """Written anew without encryption."""
    pdf = work.open()
    if not pdf.is_encrypted:
        work.note("open")
        work.pages = len(pdf.pages)
        work.keep_input()
        return
    _tell(work, pdf)
    work.save(pdf, encryption=False)


def _tell(work: Work, pdf: Pdf) -> None:
    if work.password_of():
        work.note("password")
    allowed: Permissions = pdf.allow
    for code, permission in _FORBIDDEN.items():
        if not getattr(allowed, permission):
            work.note(code)

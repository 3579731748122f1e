"""Lock a document with a password."""

import secrets
from typing import Annotated

from pikepdf import Encryption, Permissions

from pliego.errors import BadRequest, NotGiven
from pliego.errors import gettext_noop as _
from pliego.pdf.fields import flag, password
from pliego.pdf.operation import Group, operation
from pliego.pdf.work import Work

PASSWORD_MOST = 127
"""Bytes of a password (ISO 32000-2, 7.6.4.3.2)."""


@operation(
    label=_("Protect a PDF"),
    summary=_("Encrypt it with AES-256, so that it opens with a password only, or restrict what readers allow."),
    help=_(
        "A lost password cannot be recovered. Restrictions without a password to open are a request that honest "
        "readers honour, no lock: the content can be read by anyone."
    ),
    group=Group.PROTECT,
    icon="lock",
    sample={"opening": "sesame"},
    notes={
        "locked": _("It opens with its password only."),
        "open": _("It opens without a password; readers are asked to keep to the restrictions."),
    },
)
def protect(
    work: Work,
    *,
    opening: Annotated[str, password(_("Password to open"), _("Empty: everyone can open it."))],
    owner: Annotated[str, password(_("Password to change the protection"), _("Made up and forgotten when empty."))],
    printing: Annotated[bool, flag(_("Allow printing"), default=True)],
    copying: Annotated[bool, flag(_("Allow copying of text and pictures"), default=True)],
    changing: Annotated[bool, flag(_("Allow changes"), default=True)],
    filling: Annotated[bool, flag(_("Allow filling in forms and commenting"), default=True)],
) -> None:
    """Every protection that it had is replaced."""
    allow = Permissions(
        accessibility=True, extract=copying, modify_annotation=filling, modify_assembly=changing,
        modify_form=filling, modify_other=changing, print_lowres=printing, print_highres=printing,
    )  # fmt: skip
    if not opening and all((printing, copying, changing, filling)):
        raise NotGiven(what="opening")
    if max(len(word.encode()) for word in (opening, owner)) > PASSWORD_MOST:
        raise BadRequest(what="password")
    pdf = work.open()
    work.note("locked" if opening else "open")
    work.save(pdf, encryption=Encryption(user=opening, owner=owner or secrets.token_urlsafe(24), R=6, allow=allow))

"""What a document says about itself."""

from typing import Annotated

from pikepdf import Name, Pdf, String

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import flag, text
from pliego.pdf.operation import Group, operation
from pliego.pdf.work import Work

_EMPTY_KEEPS = _("Left empty, it stays as it is.")


@operation(
    label=_("Edit metadata"),
    summary=_("Change title, author, subject, keywords and language."),
    help=_("Both places where a PDF keeps them are written, so that every reader and catalogue sees the same."),
    group=Group.EDIT,
    icon="tags",
    sample={"title": "A title", "author": "An author, another"},
)
def metadata(
    work: Work,
    *,
    title: Annotated[str, text(_("Title"), _EMPTY_KEEPS)],
    author: Annotated[str, text(_("Author"), _("Several are separated by commas. Left empty, it stays as it is."))],
    subject: Annotated[str, text(_("Subject"), _EMPTY_KEEPS)],
    keywords: Annotated[str, text(_("Keywords"), _("Separated by commas. Left empty, they stay as they are."))],
    language: Annotated[str, text(_("Language"), _("Its code, such as es or en-GB. Left empty, it stays as it is."))],
    empty: Annotated[bool, flag(_("Remove what is left empty"))],
) -> None:
    """Information dictionary and XMP are kept in step."""
    pdf = work.open()
    told = {"/Title": title, "/Author": author, "/Subject": subject, "/Keywords": keywords}
    told = {key: " ".join(value.split()) for key, value in told.items() if value.strip() or empty}
    _write_info(pdf, told)
    _write_xmp(pdf, told)
    if language.strip():
        pdf.Root.Lang = String(language.strip()[:40])
    elif empty and "/Lang" in pdf.Root:
        del pdf.Root.Lang
    work.save(pdf)


def _write_info(pdf: Pdf, told: dict[str, str]) -> None:
    for key, value in told.items():
        if value:
            pdf.docinfo[Name(key)] = String(value)
        elif key in pdf.docinfo:
            del pdf.docinfo[Name(key)]


def _write_xmp(pdf: Pdf, told: dict[str, str]) -> None:
    values: dict[str, object] = {
        "dc:title": told.get("/Title"),
        "dc:creator": _listed(told.get("/Author")),
        "dc:description": told.get("/Subject"),
        "dc:subject": _listed(told.get("/Keywords")),
        "pdf:Keywords": told.get("/Keywords"),
    }
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False, strict=False) as packet:
        for key, value in values.items():
            if value:
                packet[key] = value
            elif value is not None and key in packet:
                del packet[key]


def _listed(words: str | None) -> list[str] | None:
    return None if words is None else [part.strip() for part in words.split(",") if part.strip()]

"""Take out what nobody sees: who wrote it, with what, what it carries and what it would do by itself."""

from collections.abc import Callable
from typing import Annotated

from pikepdf import Dictionary, Pdf, Stream, sanitize

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import flag
from pliego.pdf.hidden import drop_hidden_text
from pliego.pdf.objects import dictionaries
from pliego.pdf.operation import Group, operation
from pliego.pdf.report import Step
from pliego.pdf.work import Work

_KEPT = ("/Trapped",)


@operation(
    label=_("Clean a PDF"),
    summary=_("Remove metadata, scripts, attachments, previews and hidden text, and hear what was found."),
    help=_(
        "What the pages show stays as it is. Hidden text is also how a scan can be searched: remove it only if you "
        "do not trust it."
    ),
    group=Group.PROTECT,
    icon="brush-cleaning",
    sample={"hidden_text": True},
    notes={
        "metadata": _("Metadata found and removed: %(what)s."),
        "scripts": _("JavaScript found and removed."),
        "actions": _("Actions that start programs, send forms or play media found and removed."),
        "attachments": _("Attachments found and removed: %(what)s."),
        "thumbnails": _("Previews of pages found and removed."),
        "private": _("Private data of programs found and removed."),
        "hidden-text": _("Hidden text found and removed on %(count)s pages."),
        "nothing": _("Nothing to clean was found."),
    },
)
def clean(
    work: Work,
    *,
    facts: Annotated[bool, flag(_("Metadata"), _("Title, author, programs, dates."), default=True)],
    scripts: Annotated[bool, flag(_("Scripts and actions"), default=True)],
    attachments: Annotated[bool, flag(_("Attachments"), default=True)],
    thumbnails: Annotated[bool, flag(_("Previews and private data of programs"), default=True)],
    hidden_text: Annotated[bool, flag(_("Hidden text"))],
) -> None:
    """Each kind is counted before and after it is removed, so that what is reported was there."""
    pdf = work.open()
    said = len(work.notes)
    if facts:
        _without_metadata(work, pdf)
    if scripts:
        _without(work, pdf, "scripts", sanitize.remove_javascript, {"/JS", "/JavaScript"})
        actions = {"/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound"}
        _without(work, pdf, "actions", _without_actions, actions)
    if attachments:
        _without_attachments(work, pdf)
    if thumbnails:
        _without(work, pdf, "thumbnails", sanitize.remove_thumbnails, {"/Thumb"})
        _without(work, pdf, "private", sanitize.remove_private_app_data, {"/PieceInfo"})
    if hidden_text:
        pages = work.each(Step.PAGES, list(pdf.pages))
        if count := sum(drop_hidden_text(pdf, page) for page in pages):
            work.note("hidden-text", count=count)
    if len(work.notes) == said:
        work.note("nothing")
    work.save(pdf)


def _without_metadata(work: Work, pdf: Pdf) -> None:
    info = pdf.trailer.get("/Info")
    found = {str(key).removeprefix("/") for key in info if key not in _KEPT} if isinstance(info, Dictionary) else set()
    if found:
        del pdf.trailer.Info
    for thing in pdf.objects:
        if isinstance(thing, Dictionary | Stream) and "/Metadata" in thing:
            del thing.Metadata
            found.add("XMP")
    if "/ID" in pdf.trailer:
        del pdf.trailer.ID
    if found:
        work.note("metadata", what=", ".join(sorted(found)))


def _without_attachments(work: Work, pdf: Pdf) -> None:
    names = sorted(str(name) for name in pdf.attachments)
    embedded = any(isinstance(thing, Dictionary) and "/EF" in thing for thing in pdf.objects)
    if names or embedded:
        sanitize.remove_attachments(pdf)
        work.note("attachments", what=", ".join(names) or "1")


def _without_actions(pdf: Pdf) -> None:
    sanitize.remove_multimedia(pdf)
    for holder in dictionaries(pdf):
        action = holder.get("/A")
        if isinstance(action, Dictionary) and action.get("/S") in ("/Launch", "/SubmitForm", "/ImportData"):
            del holder.A
        if isinstance(holder.get("/AA"), Dictionary):
            del holder.AA
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, Dictionary) and opening.get("/S") != "/GoTo":
        del pdf.Root.OpenAction


def _without(work: Work, pdf: Pdf, code: str, remove: Callable[[Pdf], None], names: set[str]) -> None:
    if _has(pdf, names):
        remove(pdf)
        work.note(code)


def _has(pdf: Pdf, names: set[str]) -> bool:
    """Whether some object has an entry, or an action, of one of these names."""
    return any(
        any(name in holder for name in names) or str(holder.get("/S", "")) in names for holder in dictionaries(pdf)
    )

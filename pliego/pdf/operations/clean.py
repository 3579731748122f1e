"""Take out what nobody sees: who wrote it, with what, what it carries and what it would do by itself."""

from collections.abc import Callable
from typing import Annotated

from pikepdf import Dictionary, Pdf, Stream, sanitize

from pliego.errors import gettext_noop as _
from pliego.pdf.fields import flag
from pliego.pdf.hidden import drop_hidden_text
from pliego.pdf.objects import dictionaries, dictionaries_in
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
        "hidden-text:one": _("Hidden text found and removed on %(count)s page."),
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
    """What there is of each kind is looked for first, so that what is reported was there."""
    work.shares |= {Step.READ: (0, 40), Step.PAGES: (40, 80)}
    pdf = work.open()
    said = len(work.notes)
    if facts:
        _without_metadata(work, pdf)
    kinds = (_ACTIVE if scripts else {}) | (_LEFT_BEHIND if thumbnails else {})
    found = _signs_in(work, pdf) if kinds else set()
    for code, (signs, remove) in kinds.items():
        if found & signs:
            remove(pdf)
            work.note(code)
    if attachments:
        _without_attachments(work, pdf)
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
    if "/ID" in pdf.trailer and not (pdf.is_encrypted and pdf.encryption.R < 5):  # whose key is made with it
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


def _without_private_data(pdf: Pdf) -> None:
    for holder in dictionaries(pdf):
        if "/PieceInfo" in holder:
            del holder.PieceInfo


_Kinds = dict[str, tuple[set[str], Callable[[Pdf], None]]]
"""By the code of its note: the names that tell of a kind, as entries or as kinds of actions, and how it is removed."""
_ACTIVE: _Kinds = {
    "scripts": ({"/JS", "/JavaScript"}, sanitize.remove_javascript),
    "actions": ({"/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound"}, _without_actions),
}
_LEFT_BEHIND: _Kinds = {
    "thumbnails": ({"/Thumb"}, sanitize.remove_thumbnails),
    "private": ({"/PieceInfo"}, _without_private_data),
}
_SIGNS = set().union(*(signs for signs, _remove in (_ACTIVE | _LEFT_BEHIND).values()))


def _signs_in(work: Work, pdf: Pdf) -> set[str]:
    """Which of the names stand in the document."""
    found: set[str] = set()
    for thing in work.each(Step.READ, list(pdf.objects)):
        for holder in dictionaries_in(thing):
            found |= _SIGNS & {*holder.keys(), str(holder.get("/S", ""))}
    return found

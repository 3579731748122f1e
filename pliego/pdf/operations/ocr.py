"""Lay the words that were recognised on the pages of a scan, unseen."""

from typing import Annotated

from pikepdf import Dictionary, Object, Page, Pdf

from pliego.errors import gettext_noop as _
from pliego.pdf import recognised
from pliego.pdf.fields import choice, flag
from pliego.pdf.glyphless import glyphless, unseen
from pliego.pdf.hidden import drop_hidden_text
from pliego.pdf.operation import Group, operation
from pliego.pdf.overlay import lay, stamp, turn
from pliego.pdf.placing import shown_size
from pliego.pdf.recognised import WORDS, RecognisedPage
from pliego.pdf.recognition import AUTO, LANGUAGES
from pliego.pdf.report import Step
from pliego.pdf.work import Work

_TONGUES = {AUTO: _("Told from the words"), **{code: itself for code, (_name, itself) in LANGUAGES.items()}}


@operation(
    label=_("Make a scan searchable"),
    summary=_("Recognise the words of scanned pages, so that they can be searched, selected and copied."),
    help=_(
        "The pages look as before: their pictures are kept as they are, and the words lie on them unseen, each where "
        "it stands. Pages that have words are left alone. It takes some seconds a page."
    ),
    group=Group.OPTIMISE,
    icon="scan-text",
    sample={},
    program="tesseract",
    notes={
        "recognised": _("%(words)s words were recognised on %(count)s pages."),
        "recognised:one": _("%(words)s words were recognised on %(count)s page."),
        "straightened": _("%(count)s crooked pages were straightened."),
        "straightened:one": _("%(count)s crooked page was straightened."),
        "none": _("No page was found that is a picture without words."),
    },
)
def ocr(
    work: Work,
    *,
    language: Annotated[
        str, choice(_("Language of the text"), _TONGUES, AUTO, _("More words are recognised when it is told."))
    ],
    redo: Annotated[
        bool, flag(_("Once more"), _("Recognise scans that have unseen words already, and replace those."))
    ],
    straighten: Annotated[bool, flag(_("Straighten"), _("Turn crooked pages by as much as their lines lean."))],
) -> None:
    """The words come in a further file; see `recognising`."""
    file = work.further(WORDS)
    pages = list(recognised.read(file)) if file else []
    pdf = work.open()
    font = glyphless(pdf)
    done = [page for page in work.each(Step.PAGES, pages) if _lay_words(pdf, page, font, redo=redo)]
    if not done:
        work.note("none")
        work.pages = len(pdf.pages)
        work.keep_input()
        return
    words = sum(len(line.words) for page in done for line in page.lines)
    work.note("recognised", count=len(done), words=words)
    if turned := sum(page.turn != 0 for page in done):
        work.note("straightened", count=turned)
    work.save(pdf)


def _lay_words(pdf: Pdf, found: RecognisedPage, font: Object, *, redo: bool) -> bool:
    """Put the words of a page on it; whether that was done. Words that can be seen stay the only ones of their page."""
    page = Page(pdf.pages[found.number - 1].obj)
    dropped = redo and drop_hidden_text(pdf, page)
    if not (found.bare or dropped):
        return False
    width, height = shown_size(page)
    if found.turn:
        turn(page, found.turn)
    content = b"".join(unseen(line.words, height - line.y - line.height, line.height) for line in found.lines)
    lay(page, stamp(pdf, width, height, content, {"/Font": Dictionary(G=font)}), 0, 0)
    return True

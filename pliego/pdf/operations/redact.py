"""Black out words and areas, and prove that they are gone."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Annotated

import pikepdf
from pikepdf import Page, Pdf

from pliego.errors import NotGiven
from pliego.errors import gettext_noop as _
from pliego.pdf import proof
from pliego.pdf.areas import Areas, read_areas
from pliego.pdf.blackening import blacken
from pliego.pdf.fields import areas as areas_field
from pliego.pdf.fields import flag, lines
from pliego.pdf.finding import Box, Letters, letters_of, tells, text_of
from pliego.pdf.glyphless import glyphless
from pliego.pdf.operation import Group, operation
from pliego.pdf.operations.flatten import flatten_all
from pliego.pdf.report import Step
from pliego.pdf.work import Work


@operation(
    label=_("Redact a PDF"),
    summary=_("Black out words or areas so that nothing of them is left in the file, with a proof."),
    help=_(
        "Pages with black areas become pictures; their other words can still be searched. Metadata, attachments, "
        "scripts, notes and earlier versions are removed. The result is read again, and there is none unless all of "
        "it is gone. Words inside pictures are not found: mark them as areas."
    ),
    group=Group.PROTECT,
    icon="eraser",
    sample={"words": "Some words"},
    notes={
        "redacted": _("%(count)s places were blacked out. Pages on which there are such: %(pages)s."),
        "redacted:one": _("%(count)s place was blacked out."),
        "proved": _(
            "The result was read again by two engines, word by word and byte by byte: nothing is left of them."
        ),
        "nothing": _("None of the words was found; metadata and attachments were removed all the same."),
        "wordless": _("Pages without words, perhaps scans, on which no words can be found: %(what)s."),
    },
)
def redact(
    work: Work,
    *,
    words: Annotated[str, lines(_("Words"), _("One on each line; several words on a line are found together."))],
    areas: Annotated[
        str,
        areas_field(
            _("Areas"),
            _(
                "One on each line: page: left, top, width, height, from the top left, in points or per cent of the "
                "page, such as 1: 72, 90, 200, 14 or 2: 10%, 5%, 30%, 4%."
            ),
        ),
    ],
    whole: Annotated[
        bool, flag(_("Whole words only"), _("Otherwise parts of words are blacked out too."), default=True)
    ],
) -> None:
    """Flattened, found, blackened, written anew, and read again; from files, as memory is short."""
    wanted = [" ".join(line.split()) for line in words.split("\n") if line.strip()]
    work.shares |= {Step.WRITE: (60, 65), Step.CHECK: (65, 99)}
    pdf = work.open()
    marked = read_areas(areas, pdf)
    if not wanted and not marked:
        raise NotGiven(what="words")
    flatten_all(pdf)
    proof.strip_document(pdf, wanted, whole=whole)
    found = _found(work, pdf, wanted, marked, whole=whole)
    work.save(pdf, encryption=False)
    pdf.close()  # what it holds, the proof may need
    with work.made() as source:
        proof.check(source, wanted, found, whole=whole, tell=partial(work.step, Step.CHECK))
    work.note("proved")


def _found(work: Work, pdf: Pdf, wanted: Sequence[str], marked: Areas, *, whole: bool) -> Areas:
    """Blacken all pages on which something is to go; return what was blackened."""
    with work.result() as file:
        pdf.save(file, encryption=False, fix_metadata_version=False)
    font = glyphless(pdf)
    blackened: Areas = {}
    wordless = []
    count = len(pdf.pages)
    with work.made() as source:
        for document, number in source.page_by_page(1, count):
            work.step(Step.PAGES, number, count)
            index = number - 1
            page = document[index]
            text = text_of(page)
            if not text.strip():
                wordless.append(number)
            if (
                index in marked
                or tells(text, wanted, whole=whole)
                or proof.spelled(_content(pdf.pages[index]), wanted)  # told, but not where it can be seen
            ):
                letters = letters_of(page)
                boxes = [*marked.get(index, ()), *_boxes(letters, wanted, whole=whole)]
                blacken(pdf, pdf.pages[index], page, letters, boxes, font)
                blackened[index] = boxes
            page.close()
    work.first = min(blackened, default=0) + 1
    places = sum(map(len, blackened.values()))
    work.note("redacted", count=places, pages=len(blackened)) if blackened else work.note("nothing")
    if wordless and wanted:
        work.note("wordless", what=", ".join(map(str, wordless[:50])))
    return blackened


def _content(page: Page) -> bytes:
    """What its content streams hold, unpacked."""
    told = page.obj.get("/Contents")
    parts = list(told) if isinstance(told, pikepdf.Array) else [told]
    content = b""
    for part in parts:
        with suppress(pikepdf.PdfError):
            content += part.read_bytes() if isinstance(part, pikepdf.Stream) else b""
    return content


def _boxes(letters: Letters, wanted: Sequence[str], *, whole: bool) -> list[Box]:
    return [box for word in wanted for place in letters.places(word, whole=whole) for box in letters.lines(place)]

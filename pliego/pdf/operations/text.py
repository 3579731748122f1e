"""Take out the words, to be read elsewhere."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Annotated
from uuid import NAMESPACE_OID, uuid5

from pliego.errors import gettext_noop as _
from pliego.pdf import epub
from pliego.pdf.facts import read_facts
from pliego.pdf.fields import choice
from pliego.pdf.flow import Block, Kind
from pliego.pdf.language import language_of
from pliego.pdf.layout import bodies
from pliego.pdf.numbering import PageLabels
from pliego.pdf.operation import Group, Output, operation
from pliego.pdf.outline import read_outline
from pliego.pdf.reflow import reflow
from pliego.pdf.report import Step
from pliego.pdf.source import Source
from pliego.pdf.text import read_pages
from pliego.pdf.values import MAX_READ_PAGES, PageText, PdfFacts
from pliego.pdf.work import Work

KINDS = {"text": Output.TEXT, "markdown": Output.MARKDOWN, "epub": Output.EPUB}


@operation(
    label=_("PDF to text, Markdown or EPUB"),
    summary=_("Take out the words as clean reading text, or as a book for an e-reader."),
    help=_(
        "Lines become paragraphs, broken words are joined, running heads left out; headings and footnotes are told "
        "apart. A scan has no words until they are recognised."
    ),
    group=Group.CONVERT,
    icon="book-open-text",
    output=Output.TEXT,
    sample={"kind": "epub"},
    notes={
        "wordless": _("%(count)s pages have no words: they may be scans."),
        "wordless:one": _("%(count)s page has no words: it may be a scan."),
    },
)
def text(
    work: Work,
    *,
    kind: Annotated[
        str,
        choice(_("Result"), {"text": _("Plain text"), "markdown": "Markdown", "epub": _("EPUB book")}, default="text"),
    ],
) -> None:
    """The reader's own reading text."""
    source = work.source()
    facts = read_facts(source)
    work.output = KINDS[kind]
    wordless: list[int] = []
    blocks = reflow(bodies(_read(work, source, facts, wordless)), read_outline(source))
    if kind == "epub":
        _bind(work, source, facts, blocks)
    else:
        told = _markdown if kind == "markdown" else Block.plain
        with work.result() as file:
            for block in blocks:
                file.write(told(block).encode("utf-8", "replace"))
    if wordless:
        work.note("wordless", count=len(wordless))


def _read(work: Work, source: Source, facts: PdfFacts, wordless: list[int]) -> Iterator[PageText]:
    last = min(facts.pages, MAX_READ_PAGES)
    for page in read_pages(source, 1, last):
        work.step(Step.PAGES, page.number, last)
        if not page.lines:
            wordless.append(page.number)
        yield page


_MARKUP = str.maketrans({letter: f"\\{letter}" for letter in r"\`*_[]<>"})


def _markdown(block: Block) -> str:
    words = block.text.translate(_MARKUP)
    match block.kind:
        case Kind.HEADING:
            return f"{'#' * min(max(block.level, 1), 6)} {words}\n\n"
        case Kind.ITEM:
            mark = block.mark if block.mark[:-1].isdigit() and block.mark[-1] in ".)" else "-"
            return f"{'  ' * max(block.level - 1, 0)}{mark} {words}\n"
        case Kind.FOOTNOTE:
            return f"[^{block.id}]: {block.mark} {words}\n\n"
        case Kind.VERSE | Kind.PROGRAM:
            return "".join(f"    {line}\n" for line in block.text.split("\n")) + "\n"
    return f"{words}\n\n"


def _bind(work: Work, source: Source, facts: PdfFacts, blocks: Iterable[Block]) -> None:
    kept = list(blocks)
    sections = [epub.Section(entry.title, entry.level, entry.page) for entry in read_outline(source)]
    digest = hashlib.sha256(source.content).hexdigest()
    title = facts.title or PurePath(work.names[0]).stem
    language = facts.language or language_of(" ".join(block.text for block in kept[:40])[:20_000])
    book = epub.Book(
        identifier=f"urn:uuid:{uuid5(NAMESPACE_OID, digest)}", title=title,
        authors=[facts.author] if facts.author else [], language=language, modified=_modified(facts),
        source=f"urn:sha256:{digest}", pages=min(facts.pages, MAX_READ_PAGES), sections=sections,
        labels=PageLabels(facts.page_labels, facts.pages),
    )  # fmt: skip
    with work.result() as file:
        epub.write(file, book, kept)


def _modified(facts: PdfFacts) -> datetime:
    """When the document says it was last changed; the same file gives the same book."""
    told = facts.modified or facts.created
    try:
        date = datetime.fromisoformat(told)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)
    return date if date.tzinfo else date.replace(tzinfo=UTC)

"""The parser process: `python -m pliego.pdf.parser SOCKET PARENT [TASKS]`.

It loads every library that reads PDFs, exercises them once so that nothing is left to load, and then only forks: see
`forkserver`. It reads no document itself, holds no secret, and logs nothing about contents. PARENT is the id of the
process it ends with. TASKS is the name of a module whose TASKS are served too, for tests.
"""

import gc
import importlib
import logging
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NoReturn

from pliego import memory
from pliego.pdf import frames, probe
from pliego.pdf.card import draw_card
from pliego.pdf.child import Answer, Job, Task
from pliego.pdf.confinement import capabilities
from pliego.pdf.copy import write_reading_copy
from pliego.pdf.excerpt import write_excerpt
from pliego.pdf.exercise import TOOL
from pliego.pdf.facts import read_facts
from pliego.pdf.forkserver import ForkServer
from pliego.pdf.language import language_of
from pliego.pdf.links import read_links
from pliego.pdf.outline import read_outline
from pliego.pdf.picture import render_page
from pliego.pdf.scans import draw_scan, scanned_pages
from pliego.pdf.source import Source
from pliego.pdf.text import read_pages
from pliego.pdf.title import guess_title
from pliego.pdf.values import Card, PageText, PdfFacts, Remarks, lines_of
from pliego.pdf.warm import warm
from pliego.pdf.whole import read_whole
from pliego.pdf.words import read_words

log = logging.getLogger(__name__)


def ready(_job: Job) -> Iterator[Answer]:
    """Nothing: the answer is that there is one."""
    yield from ()


def facts(job: Job) -> Iterator[Answer]:
    """The PdfFacts."""
    yield read_facts(_source(job)).to_json()


def text(job: Job) -> Iterator[Answer]:
    """The PageText of pages ``first`` to ``last``, in batches of lines."""
    return lines_of(read_pages(_source(job), job.params["first"], job.params["last"]))


def words(job: Job) -> Iterator[Answer]:
    """Where the words of page ``number`` lie on its lines."""
    yield {"lines": read_words(_source(job), job.params["number"])}


def links(job: Job) -> Iterator[Answer]:
    """The Links of page ``number``."""
    yield {"links": [link.to_json() for link in read_links(_source(job), job.params["number"])]}


def whole(job: Job) -> Iterator[Answer]:
    """Facts, picture of ``width``, pages and remarks, as far as `read_whole` tells them of a file of ``most`` pages."""
    for told in read_whole(_source(job), job.params["width"], job.params["most"]):
        if isinstance(told, bytes):
            yield told
        elif isinstance(told, (PdfFacts, Remarks)):
            yield told.to_json()
        else:
            yield from lines_of(told)


def outline(job: Job) -> Iterator[Answer]:
    """The OutlineEntry of every bookmark."""
    yield {"entries": [entry.to_json() for entry in read_outline(_source(job))]}


def picture(job: Job) -> Iterator[Answer]:
    """Page ``number`` as a WebP of ``width`` pixels."""
    yield render_page(_source(job), job.params["number"], job.params["width"])


def card(job: Job) -> Iterator[Answer]:
    """The picture for links to a page or a passage, as a JPEG."""
    yield draw_card(_source(job), Card.from_json(job.params["card"]))


def scanned(job: Job) -> Iterator[Answer]:
    """Which of the pages ``numbers`` are pictures."""
    yield {"pages": list(scanned_pages(_source(job), job.params["numbers"]))}


def scan(job: Job) -> Iterator[Answer]:
    """Page ``number`` as a grey picture for recognition, after the degrees that it was turned by."""
    picture, turn = draw_scan(_source(job), job.params["number"], straighten=job.params["straighten"])
    yield {"turn": turn}
    yield picture


def reading_copy(job: Job) -> Iterator[Answer]:
    """Nothing: the copy is in the output file."""
    write_reading_copy(_source(job), job.descriptors[1], links_printed=bool(job.params.get("links_printed")))
    yield from ()


def excerpt(job: Job) -> Iterator[Answer]:
    """Nothing: pages ``first`` to ``last`` are in the output file."""
    write_excerpt(_source(job), job.params["first"], job.params["last"], job.descriptors[1])
    yield from ()


def language(job: Job) -> Iterator[Answer]:
    """The language of ``text``."""
    yield {"language": language_of(job.params["text"])}


def title(job: Job) -> Iterator[Answer]:
    """The title that ``page`` seems to begin with."""
    yield {"title": guess_title(PageText.from_json(job.params["page"]))}


TASKS = {
    "ready": Task(ready, interactive=True),
    "facts": Task(facts),
    "text": Task(text),
    "words": Task(words, interactive=True),
    "links": Task(links, interactive=True),
    "whole": Task(whole),
    "outline": Task(outline),
    "picture": Task(picture, interactive=True),
    "card": Task(card, interactive=True),
    "scanned": Task(scanned),
    "scan": Task(scan),
    "reading_copy": Task(reading_copy),
    "excerpt": Task(excerpt),
    "language": Task(language),
    "title": Task(title),
    "operate": TOOL,
    "probe": Task(probe.run),
}


def _source(job: Job) -> Source:
    return Source(job.descriptors[0], job.params.get("password", ""))


def main(arguments: Sequence[str]) -> int:
    """Serve until told to stop."""
    socket, parent, *modules = arguments
    logging.basicConfig(format="%(levelname)s %(message)s")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: who started us decides
    signal.signal(signal.SIGTERM, _stop)
    tasks = dict(TASKS)
    for module in modules:
        tasks |= importlib.import_module(module).TASKS
    for lacking in capabilities().missing:
        log.warning("PDFs are read with less confinement: this machine has no %s.", lacking)
    _allow_many_connections()
    warm()
    if len(os.listdir("/proc/self/task")) > 1:  # noqa: PTH208 - a count of threads, not files
        log.error("The parser process has more than one thread and cannot fork safely.")
        return 1
    with closing(frames.listen(Path(socket))) as listener:
        gc.collect()
        memory.trim()  # a child gets new pages much faster than copies of used ones
        gc.freeze()  # a child's collections then leave the shared pages alone
        ForkServer(listener, tasks, int(parent)).run()
    return 0


def _stop(*_: object) -> NoReturn:
    raise SystemExit(0)


def _allow_many_connections() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

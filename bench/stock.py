"""Fills a data folder with documents whose text is known, without their PDFs, and indexes them.

`python -m bench.stock`, with PLIEGO_DATA set, takes one JSON object a line and answers with one number a line:

    {"title", "language", "pages": [text, ...]}    one more document; no answer
    {"rebuild"}                 `pliego reindex`; the number of pages, and then the pages in a second of processor time
    {"ask": text}               a question without the page around it; milliseconds
    {"commit": pages, "word"}   a document of so many pages with this word in it; the moment after the commit
    {"churn": commits}          so many commits of one page, a third of them put one again; the bytes of their texts
"""

import hashlib
import json
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from pliego.pdf.values import PageText

MANY = 1_000_000
"""Documents in an archive whose subjects nobody tells again while the benchmark runs."""


def main() -> None:
    """Do what is asked until there is no more."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django is ready only now

    call_command("migrate", verbosity=0)
    pages = 0
    for line in sys.stdin:
        given = json.loads(line)
        if "title" in given:
            pages += add(given)
        for answer in answers(given, pages):
            print(answer, flush=True)


def answers(given: dict[str, Any], pages: int) -> Iterator[float]:
    """The numbers that answer one line."""
    if "rebuild" in given:
        yield pages
        yield pages / rebuilt()
    elif "ask" in given:
        yield asked(given["ask"])
    elif "commit" in given:
        yield commit(given["word"], given["commit"])
    elif "churn" in given:
        yield churn(given["churn"])


def add(given: dict[str, Any]) -> int:
    """Make one document and give the number of its pages."""
    from pliego.documents.engines import TEXT_VERSION, sidecar  # noqa: PLC0415
    from pliego.documents.models import Document, File, State  # noqa: PLC0415
    from pliego.documents.sidecar import CHUNK_PAGES  # noqa: PLC0415

    texts = list(given["pages"])
    key = hashlib.sha256(json.dumps(given).encode()).hexdigest()
    if File.objects.filter(pk=key).exists():
        return 0
    states = dict.fromkeys(("facts_state", "text_state"), State.DONE)
    file = File.objects.create(
        sha256=key, size=1, pages=len(texts), pages_read=len(texts), language=given["language"], finished=True,
        subject_told=MANY, text_version=TEXT_VERSION, pictures_state=State.FAILED,
        guessed_title=given["title"][:300], **states,
    )  # fmt: skip
    Document.objects.create(file=file, original_name=f"{given['title'][:200]}.pdf")
    for first in range(1, len(texts) + 1, CHUNK_PAGES):
        chunk = enumerate(texts[first - 1 : first - 1 + CHUNK_PAGES], first)
        sidecar(key).write_chunk(first, [page(number, text) for number, text in chunk])
    return len(texts)


def page(number: int, text: str) -> "PageText":
    """A page with its lines, as a PDF's would be kept."""
    from pliego.pdf.values import Line, PageText  # noqa: PLC0415

    lines = [Line(line, 72, 72 + 14.4 * at, 451.5, 12, 10.5) for at, line in enumerate(text.splitlines())]
    return PageText(number, 595, 842, lines, [text])


def rebuilt() -> float:
    """Build the index and give the seconds of processor time that it took."""
    from pliego.documents import indexing  # noqa: PLC0415

    start = time.process_time()
    indexing.rebuild()
    return time.process_time() - start


def asked(text: str) -> float:
    """Milliseconds of an answer with filter, snippets and counts."""
    from pliego.accounts.viewer import ANONYMOUS  # noqa: PLC0415
    from pliego.documents.searching import Question, search  # noqa: PLC0415

    start = time.perf_counter()
    search(ANONYMOUS, Question(text))
    return (time.perf_counter() - start) * 1000


def commit(word: str, pages: int) -> float:
    """Put a document with this word into the index; give the moment after the commit."""
    from pliego.documents.engines import index  # noqa: PLC0415
    from pliego.search.records import DocumentRecord, PageRecord  # noqa: PLC0415

    texts = [PageRecord(number, f"{word} page {number} of a book " * 60) for number in range(1, pages + 1)]
    index().replace(DocumentRecord(word, title=word), texts)
    return time.time()


def churn(commits: int) -> int:
    """Put single pages into the index, one a commit, a third of them in the place of another; the bytes of all."""
    from pliego.documents.engines import index  # noqa: PLC0415
    from pliego.documents.models import Document  # noqa: PLC0415
    from pliego.documents.reading import texts_of  # noqa: PLC0415
    from pliego.search.records import DocumentRecord, PageRecord  # noqa: PLC0415

    known = list(Document.objects.select_related("file")[: commits * 2 // 3])
    size = 0
    for at in range(commits):
        document = known[at * 2 // 3 % len(known)]
        text = next(iter(texts_of(document.file, [1 + at % document.file.pages]).values()), "")
        record = DocumentRecord(f"small{at * 2 // 3}", title=document.title, language=document.language)
        index().replace(record, [PageRecord(1, text)])
        size += len(text.encode()) if at % 3 != 1 else 0
    return size


if __name__ == "__main__":
    main()

"""Fills a data folder with documents whose text is known, without their PDFs, and indexes them.

`python -m bench.stock < documents.jsonl`, with PLIEGO_DATA set: a line is {"title", "language", "pages": [text, ...]}.
It says in JSON how many pages there are and the seconds of processor time that `pliego reindex` took over them. Then,
for each further line on stdin that is a number, it commits one document of so many pages and says when.
"""

import hashlib
import json
import sys
import time
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from pliego.pdf.values import PageText


def main() -> None:
    """Read the documents, then commit on demand."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django is ready only now

    from pliego.documents import indexing  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    pages = 0
    for line in sys.stdin:
        if not line.strip():
            break
        pages += add(json.loads(line))
    start = time.process_time()
    indexing.rebuild()
    print(json.dumps({"pages": pages, "seconds": time.process_time() - start}), flush=True)
    for at, line in enumerate(sys.stdin):
        print(commit(f"fresh{at}", int(line)), flush=True)


def add(given: dict[str, Any]) -> int:
    """Make one document and give the number of its pages."""
    from pliego.documents.engines import sidecar  # noqa: PLC0415
    from pliego.documents.models import Document, File, State  # noqa: PLC0415
    from pliego.documents.sidecar import CHUNK_PAGES  # noqa: PLC0415

    texts = list(given["pages"])
    key = hashlib.sha256(json.dumps(given).encode()).hexdigest()
    if File.objects.filter(pk=key).exists():
        return 0
    states = dict.fromkeys(("facts_state", "text_state"), State.DONE)
    file = File.objects.create(
        sha256=key, size=1, pages=len(texts), pages_read=len(texts), language=given["language"], finished=True,
        subject_told=0, pictures_state=State.FAILED, guessed_title=given["title"], **states,
    )  # fmt: skip
    Document.objects.create(file=file, original_name=f"{given['title']}.pdf")
    for first in range(1, len(texts) + 1, CHUNK_PAGES):
        chunk = enumerate(texts[first - 1 : first - 1 + CHUNK_PAGES], first)
        sidecar(key).write_chunk(first, [page(number, text) for number, text in chunk])
    return len(texts)


def page(number: int, text: str) -> "PageText":
    """A page with its lines, as a PDF's would be kept."""
    from pliego.pdf.values import Line, PageText  # noqa: PLC0415

    lines = [Line(line, 72, 72 + 14.4 * at, 451.5, 12, 10.5) for at, line in enumerate(text.splitlines())]
    return PageText(number, 595, 842, lines, [text])


def commit(word: str, pages: int) -> float:
    """Put a document with this word into the index; give the moment after the commit."""
    from pliego.documents.engines import index  # noqa: PLC0415
    from pliego.search.records import DocumentRecord, PageRecord  # noqa: PLC0415

    texts = [PageRecord(number, f"{word} page {number} of a book " * 60) for number in range(1, pages + 1)]
    index().replace(DocumentRecord(word, title=word), texts)
    return time.time()


if __name__ == "__main__":
    main()

"""Makes collections that judge themselves, for bench/quality.py, of what Debian packages hold.

    python -m bench.judged papers FOLDER TARGET     PDFs whose first pages name their keywords (r-cran-* packages)
    python -m bench.judged chapters FOLDER TARGET   pieces of long PDFs: what is of the same book is about the same
    python -m bench.judged subjects FOLDER TARGET   web pages: what lies in the same folder is about the same
    python -m bench.judged manuals FOLDER TARGET    manual pages in any languages (manpages-*): the line that says what
                                                    a page is for asks for it, and is not in its text

FOLDER holds unpacked packages (`apt-get download NAME`, `dpkg -x NAME.deb FOLDER`).
"""

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bench.texts import pages_of, text_of
from pliego.pdf.language import language_of
from pliego.search.tables.make import from_roff

PIECE = 12
"""Pages of a book in one piece."""
PIECES = 12
"""Pieces of one book, or web pages of one folder."""
LONG = 60
SHORTEST = 1500
"""Characters of a web page."""
_KEYWORDS = re.compile(
    r"\bKey\s?words?\s*(?:and phrases)?\s*[:—–.]\s*(?:~\s*)?(.{10,400}?)\.?\s*\n\s*(?:\d|[A-Z])", re.DOTALL
)
_NAME = re.compile(r"\.SH +\"?[^\n]{2,30}\"?\n(?P<name>.{1,120}?) +(?:\\-|\\\(em|-|–) +(?P<what>[^\n]{12,200})\n")

Given = dict[str, Any]


def papers(folder: Path) -> Iterator[Given]:
    """The documents, their own keywords taken out of the text."""
    for path in sorted(folder.rglob("*.pdf")):
        pages = pages_of(path)
        found = _KEYWORDS.search("\n".join(pages[:2]).replace("\r", ""))
        if found and len(pages) > 3:
            phrases = [" ".join(part.split()) for part in re.split("[,;]", found[1].replace("-\n", ""))]
            text = "\n".join(pages).replace("\r", "").replace(found[0], "\n")
            yield document(path.stem, text, keywords=[phrase for phrase in phrases if 2 < len(phrase) < 50])


def chapters(folder: Path) -> Iterator[Given]:
    """Up to PIECES pieces of each book."""
    for path in sorted(folder.rglob("*.pdf")):
        pages = pages_of(path)
        starts = range(0, len(pages) - PIECE, PIECE) if len(pages) >= LONG else ()
        for first in islice(starts, 0, None, max(len(starts) // PIECES, 1)):
            yield document(f"{path.stem} {first}", "\n".join(pages[first : first + PIECE]), topic=path.stem)


def subjects(folder: Path) -> Iterator[Given]:
    """Up to PIECES pages of each folder that has so many."""
    for parent in sorted(path for path in folder.rglob("*") if path.is_dir()):
        texts = ((path, text_of(path)) for path in sorted(parent.glob("*.html"), key=mixed))
        long = list(islice(((path, text) for path, text in texts if len(text) >= SHORTEST), PIECES))
        for path, text in long if len(long) == PIECES else ():
            yield document(str(path.relative_to(folder)), text[:40_000], topic=str(parent.relative_to(folder)))


def manuals(folder: Path) -> Iterator[Given]:
    """Manual pages; ``asked`` is what each says it is for."""
    for path in sorted(folder.rglob("man/*/man?/*.gz"), key=mixed):
        roff = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        found = _NAME.search(roff)
        if found and not path.is_symlink():
            text = from_roff(roff[: found.start("what")] + roff[found.end("what") :])
            yield document(str(path.relative_to(folder)), text[:40_000], asked=from_roff(found["what"]).strip())


def mixed(path: Path) -> str:
    """An order that has nothing to do with names."""
    return hashlib.sha256(path.name.encode()).hexdigest()


def document(key: str, text: str, **more: object) -> Given:
    """A line of documents.jsonl."""
    return {"id": key, "text": text, "language": language_of(text), **more}


def write(given: Iterator[Given], target: Path) -> int:
    """Write the files of a collection and give the number of documents."""
    target.mkdir(parents=True, exist_ok=True)
    count = 0
    with (
        (target / "documents.jsonl").open("w", encoding="utf-8") as documents,
        (target / "queries.jsonl").open("w", encoding="utf-8") as queries,
        (target / "judgments.jsonl").open("w", encoding="utf-8") as judgments,
    ):
        for each in given:
            asked = each.pop("asked", "")
            print(json.dumps(each, ensure_ascii=False), file=documents)
            if asked:
                print(json.dumps({"id": each["id"], "text": asked}, ensure_ascii=False), file=queries)
                right = {"query": each["id"], "document": each["id"], "relevance": 1}
                print(json.dumps(right, ensure_ascii=False), file=judgments)
            count += 1
    return count


KINDS = {"papers": papers, "chapters": chapters, "subjects": subjects, "manuals": manuals}


def main() -> None:
    """Make the collection that the command line names."""
    kind, folder, target = sys.argv[1:]
    print(write(KINDS[kind](Path(folder)), Path(target)), "documents")


if __name__ == "__main__":
    main()

"""Searching many pages over HTTP, held against the bare engine and SQLite FTS5 with the same pages and questions.

The pages are those of BENCH_PDFS, a folder of PDFs, web pages or plain texts (bench/texts.py says where to get some),
up to BENCH_PAGES (20,000 without that); without a folder they are made of random words.

Aim: with top 10 and snippets, p95 at most 2 times that of the bare engine and 50 ms; a page found 60 ms after its
commit by another process, 455 pages within 250 ms; the index no larger than the text, and 1.5 times that after 1,000
small commits; 100,000 pages indexed anew in five minutes of processor time, so that what was taken down is soon gone
from the disk too.

The bare engine gives ten snippets and no page around them; ours shows up to three for each of ten documents, filtered
by the database, with choices and their counts. The bare engine at the same work does that too, but for the database:
it is the fair comparison, and the first the one that shows what all of it costs. "Answer" is ours without the page:
question, filter, snippets, counts.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from bench.measurement import Measurement, seconds
from bench.references import Ask, Reference, bare_engine, fts5, same_work
from bench.site import Client, Site
from bench.texts import Document, documents
from pliego.pdf.language import language_of
from pliego.search.index import Index
from pliego.search.query import parse

EACH = 40
"""Questions of each kind."""
NONSENSE = 10_000
PAGES = 20_000
FRESH = 20
COMMITS = 1000
REINDEX = 100_000 / 300
"""Pages a second."""

SAME_WORK = "bare engine, same work"

Question = tuple[str, str]
"""Its kind and what is typed."""


def measure() -> Iterator[Measurement]:
    """Stock a site, then ask it and the references the same."""
    folder = os.environ.get("BENCH_PDFS")
    given = list(documents(Path(folder) if folder else None, int(os.environ.get("BENCH_PAGES", str(PAGES)))))
    pages = [page for _, texts in given for page in texts]
    questions = list(asked(pages))
    text = sum(len(page.encode()) for page in pages)
    with tempfile.TemporaryDirectory(prefix="pliego-bench-") as name:
        root = Path(name)
        references = {
            "bare engine": bare_engine(root / "bare", pages),
            SAME_WORK: same_work(root / "same", given),
            "SQLite FTS5": fts5(root / "fts5", pages),
        }
        with Stock(root / "data", given) as stock:
            yield from indexing(stock, references["bare engine"].speed, text, root / "data/index")
            with Site(root) as site, closing(site.client()) as client:
                yield from speeds(client, stock, references, questions)
                yield from nonsense(client)
            yield from freshness(stock, root / "data/index")
            grown = stock.ask({"churn": COMMITS})
            yield size(root / "data/index", text + grown, f"index after {COMMITS} small commits", 1.5)


def indexing(stock: "Stock", bare: float, text: int, folder: Path) -> Iterator[Measurement]:
    """How fast the whole index is made, and how large it is."""
    what = f"reindex of {stock.pages} pages, one thread"
    yield Measurement(what, stock.speed, "pages/s", REINDEX, at_least=True)
    yield Measurement(what, stock.speed, "pages/s", 0, "bare engine", bare, at_least=True)
    yield size(folder, text, "index", 1.0)


def size(folder: Path, text: float, what: str, aim: float) -> Measurement:
    """What lies in the folder against its text."""
    found = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Measurement(what, found / 1e6, "MB", aim, "its text", text / 1e6)


def speeds(
    client: Client, stock: "Stock", references: dict[str, Reference], questions: list[Question]
) -> Iterator[Measurement]:
    """Each kind of question over HTTP, without the page, and of the references, taken in turn."""
    times: dict[Question, list[float]] = {}
    for again in range(2):  # what is not warm yet does not count
        for kind, text in questions:
            for who, took in ask_all(client, stock, references, kind, text).items():
                times.setdefault((kind, who), []).extend([took] * again)
    for kind in dict.fromkeys(kind for kind, _ in questions):
        ours = times[kind, "HTTP"]
        yield Measurement(f"{kind}, p95", p95(ours), "ms", 50)
        for who in references:
            aim = 1.0 if who == "SQLite FTS5" else 2.0
            for about, what in (("HTTP", kind), ("answer", f"{kind}, answer")):
                if (kind, who) in times and (kind, about) in times:
                    found, theirs = times[kind, about], times[kind, who]
                    yield Measurement(f"{what}, p50", median(found), "ms", aim, who, median(theirs))
                    yield Measurement(f"{what}, p95", p95(found), "ms", aim, who, p95(theirs))


def ask_all(client: Client, stock: "Stock", references: dict[str, Reference], kind: str, text: str) -> dict[str, float]:
    """Milliseconds of each."""
    typing = kind == "a beginning"
    path = f"/en/search/{'suggest.json' if typing else ''}?{urlencode({'q': text})}"
    found = {"HTTP": seconds(lambda: client.get(path)) * 1000}
    if not typing:
        found["answer"] = stock.ask({"ask": text})
    for who, reference in references.items():
        ask: Ask | None = {"a beginning": reference.beginning, "a typing error": reference.slip}.get(
            kind, reference.words
        )
        if ask:
            found[who] = seconds(lambda ask=ask: ask(text)) * 1000  # type: ignore[misc]
    return found


def nonsense(client: Client) -> Iterator[Measurement]:
    """What is typed by nobody: no error of ours, and an answer in bounded time."""
    chance = random.Random(13)
    parts = [*'"-*~(\\’日\0   ', "OR", "title:", "lang:", "year:>", "..", "日本", "the", "of"]
    wrong, times = 0, []
    for _ in range(NONSENSE):
        odd = "".join(chr(chance.randrange(1, 0xD000)) for _ in range(chance.randrange(8)))
        query = urlencode({"q": odd + "".join(chance.choices(parts, k=chance.randrange(20)))})
        start = time.perf_counter()
        client.request("GET", f"/en/search/?{query}", headers={"Accept": "text/html"})
        answer = client.getresponse()
        answer.read()
        times.append((time.perf_counter() - start) * 1000)
        wrong += answer.status != 200
    yield Measurement(f"{NONSENSE} random questions that are not answered", wrong, "", 0)
    yield Measurement("a random question, p99", quantiles(times, n=100)[-1], "ms", 100)
    yield Measurement("a random question, the slowest", max(times), "ms", 500)


def p95(values: list[float]) -> float:
    """What 95 of 100 do not exceed."""
    return quantiles(values, n=20)[-1]


def freshness(stock: "Stock", folder: Path) -> Iterator[Measurement]:
    """How long after its commit another process finds a document."""
    reader = Index(folder)
    at = 0
    for pages, times, aim in ((1, FRESH, 60), (455, 3, 250)):
        waits = []
        for _ in range(times):
            stock.tell({"commit": pages, "word": f"fresh{at}"})
            while not reader.find(parse(f"fresh{at}")).total:
                pass
            waits.append((time.time() - stock.told()) * 1000)
            at += 1
        slowest = p95(waits) if times > len("95") else max(waits)
        yield Measurement(f"{pages} pages committed to found elsewhere, p95", max(0.0, slowest), "ms", aim)


class Stock:
    """A data folder with these documents, and the process that made it, for as long as a with block lasts."""

    def __init__(self, data: Path, given: list[Document]) -> None:
        environment = {**os.environ, "PLIEGO_DATA": str(data), "DJANGO_SETTINGS_MODULE": "pliego.settings"}
        pipe = subprocess.PIPE
        command = [sys.executable, "-m", "bench.stock"]
        self._process = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True)
        for title, pages in given:
            language = language_of(" ".join(page[:500] for page in pages[:5]))
            self.tell({"title": title, "language": language, "pages": pages})
        self.pages, self.speed = self.ask({"rebuild": True}), self.told()

    def __enter__(self) -> "Stock":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def tell(self, what: dict[str, object]) -> None:
        """Ask for something; see bench/stock.py."""
        print(json.dumps(what), file=self._process.stdin, flush=True)

    def told(self) -> float:
        """The next answer."""
        assert self._process.stdout is not None
        return float(self._process.stdout.readline())

    def ask(self, what: dict[str, object]) -> float:
        """Ask for something and wait for the answer."""
        self.tell(what)
        return self.told()


def asked(pages: list[str]) -> Iterator[Question]:
    """Questions of each kind with words of the pages: frequent ones and rare ones."""
    chance = random.Random(5)
    some = chance.sample(pages, min(len(pages), 10_000))
    counts = Counter(word for page in some for word in set(page.lower().split()) if word.isalpha() and len(word) > 3)
    known = [word for word, count in counts.most_common(4000) if count > 2]
    for number in range(EACH):
        yield "1 to 3 words", " ".join(chance.sample(known, number % 3 + 1))
        words = [word for word in chance.choice(some).lower().split() if word.isalpha()]
        at = chance.randrange(max(len(words) - 1, 1))
        yield "a phrase", f'"{" ".join(words[at : at + 2]) or known[0]}"'
        yield "a beginning", chance.choice(known)[:4]
        word = chance.choice(known)
        yield "a typing error", word[:2] + word[3:] + "x"

"""Searching many pages over HTTP, held against the bare engine and SQLite FTS5 with the same pages and questions.

Aim: with top 10 and snippets, p95 at most 2 times that of the bare engine and 50 ms; a page found 60 ms after its
commit by another process, 455 pages within 250 ms; the index no larger than the text; reindex at a twentieth of the
speed of the bare engine, which does not stem and keeps nothing for suggestions and related documents. The
pages are those of the PDFs in the folder that BENCH_PDFS names, up to BENCH_PAGES (20,000 without that), else made of
random words. The bare engine answers ten snippets and no page around them; ours shows up to three for each document.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

import pypdfium2
import tantivy

from bench.measurement import Measurement, seconds
from bench.site import Client, Site
from pliego.search.index import Index
from pliego.search.query import parse

QUESTIONS = 60
NONSENSE = 10_000
PAGES = 20_000
MADE = (40, 50)
"""Documents, and pages of each, where no folder is given."""
FRESH = 20

Document = tuple[str, list[str]]
Ask = Callable[[str], object]


def measure() -> Iterator[Measurement]:
    """Stock a site, then ask it and the references the same."""
    documents = list(given()) or list(made())
    pages = [page for _, texts in documents for page in texts]
    questions = list(asked(pages))
    with tempfile.TemporaryDirectory(prefix="pliego-bench-") as name:
        folder = Path(name)
        start = time.process_time()
        bare = bare_engine(folder / "bare", pages)
        bare_speed = len(pages) / (time.process_time() - start)
        with stocked(folder / "data", documents) as (told, stock):
            what = f"reindex of {told['pages']} pages"
            speed = told["pages"] / told["seconds"]
            yield Measurement(what, speed, "pages/s", 0.05, "bare engine, one thread", bare_speed, at_least=True)
            size = sum(path.stat().st_size for path in (folder / "data/index").rglob("*") if path.is_file())
            text = sum(len(page.encode()) for page in pages)
            yield Measurement("index", size / 1e6, "MB", 1.0, "its text", text / 1e6)
            yield from freshness(folder / "data/index", stock)
        with Site(folder) as site, closing(site.client()) as client:
            yield from speeds(client, {"bare engine": bare, "SQLite FTS5": fts5(folder / "fts5", pages)}, questions)
            yield from nonsense(client)


def speeds(client: Client, references: dict[str, Ask], questions: list[tuple[str, str]]) -> Iterator[Measurement]:
    """Each kind of question over HTTP and of the references, taken in turn."""
    times: dict[tuple[str, str], list[float]] = {}
    everybody = {"HTTP": lambda text: client.get(f"/en/search/?{urlencode({'q': text})}"), **references}
    for _ in range(2):  # what is not warm yet does not count
        for kind, text in questions:
            for who, ask in everybody.items():
                times.setdefault((kind, who), []).append(seconds(lambda ask=ask, text=text: ask(text)) * 1000)  # type: ignore[misc]
    for kind in dict.fromkeys(kind for kind, _ in questions):
        found = {who: times[kind, who][len(times[kind, who]) // 2 :] for who in everybody}
        for who in references:
            aim = 2.0 if who == "bare engine" else 1.0
            yield Measurement(f"{kind}, p50", median(found["HTTP"]), "ms", aim, who, median(found[who]))
            yield Measurement(f"{kind}, p95", p95(found["HTTP"]), "ms", aim, who, p95(found[who]))
        yield Measurement(f"{kind}, p95", p95(found["HTTP"]), "ms", 50)
    yield Measurement("suggestions, p95", p95([typing(client, text) for _, text in questions]), "ms", 50)


def typing(client: Client, text: str) -> float:
    """Milliseconds until the suggestions for the beginning of a word are there."""
    query = urlencode({"q": text.strip('"')[:4]})
    return seconds(lambda: client.get(f"/en/search/suggest.json?{query}")) * 1000


def nonsense(client: Client) -> Iterator[Measurement]:
    """What is typed by nobody: no error of ours, and an answer in bounded time."""
    chance = random.Random(13)
    parts = [
        '"',
        "-",
        "OR",
        "title:",
        "lang:",
        "year:>",
        "..",
        "*",
        "~",
        "(",
        "\\",
        "日本",
        "the",
        "of",
        "\0",
        "’",
        " ",
    ]
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
    yield Measurement("a random question, the slowest", max(times), "ms", 1000)


def p95(values: list[float]) -> float:
    """What 95 of 100 do not exceed."""
    return quantiles(values, n=20)[-1]


def freshness(folder: Path, stock: "subprocess.Popen[str]") -> Iterator[Measurement]:
    """How long after its commit another process finds a document."""
    reader = Index(folder)
    at = 0
    for pages, times, aim in ((1, FRESH, 60), (455, 3, 250)):
        waits = []
        for _ in range(times):
            print(pages, file=stock.stdin, flush=True)
            while not reader.find(parse(f"fresh{at}")).total:
                pass
            found = time.time()
            waits.append((found - float(stock.stdout.readline())) * 1000)  # type: ignore[union-attr]
            at += 1
        yield Measurement(f"{pages} pages committed to found elsewhere", max(0.0, *waits), "ms", aim)


class stocked:  # noqa: N801 - used as a statement
    """A data folder with these documents, and the process that made it, for as long as the block lasts."""

    def __init__(self, data: Path, documents: list[Document]) -> None:
        environment = {**os.environ, "PLIEGO_DATA": str(data), "DJANGO_SETTINGS_MODULE": "pliego.settings"}
        command = [sys.executable, "-m", "bench.stock"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True)
        self.documents = documents

    def __enter__(self) -> "tuple[dict[str, Any], subprocess.Popen[str]]":
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        for title, pages in self.documents:
            print(json.dumps({"title": title, "language": "en", "pages": pages}), file=self.process.stdin)
        print(file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline()), self.process

    def __exit__(self, *_: object) -> None:
        self.process.communicate()


def given() -> Iterator[Document]:
    """The PDFs of the folder, read by bare pypdfium2."""
    left = int(os.environ.get("BENCH_PAGES", str(PAGES)))
    for path in sorted(Path(os.environ["BENCH_PDFS"]).rglob("*.pdf")) if os.environ.get("BENCH_PDFS") else ():
        try:
            document = pypdfium2.PdfDocument(path)
            texts = [page.get_textpage().get_text_bounded() for page, _ in zip(document, range(left), strict=False)]
        except pypdfium2.PdfiumError:
            continue
        left -= len(texts)
        if texts:
            yield path.stem, [text.encode(errors="replace").decode() for text in texts]
        if left <= 0:
            return


def made() -> Iterator[Document]:
    """Books of words whose frequencies fall as in a language (Zipf)."""
    chance = random.Random(11)
    words = ["".join(chance.choices("aeioulnrstcdmp", k=chance.randint(3, 10))) for _ in range(20_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    for number in range(MADE[0]):
        yield f"book {number}", [" ".join(chance.choices(words, weights, k=400)) for _ in range(MADE[1])]


def asked(pages: list[str]) -> Iterator[tuple[str, str]]:
    """Questions of each kind with words of the pages: frequent ones and rare ones."""
    chance = random.Random(5)
    counts = Counter(word for page in pages for word in set(page.lower().split()) if word.isalpha() and len(word) > 3)
    known = [word for word, count in counts.most_common(4000) if count > 2]
    for number in range(QUESTIONS // 3):
        yield "1 to 3 words", " ".join(chance.sample(known, number % 3 + 1))
        words = [word for word in chance.choice(pages).lower().split() if word.isalpha()]
        at = chance.randrange(max(len(words) - 1, 1))
        yield "a phrase", f'"{" ".join(words[at : at + 2]) or known[0]}"'
        word = chance.choice(known)
        yield "a typing error", word[:2] + word[3:] + "x"


def bare_engine(folder: Path, pages: list[str]) -> Ask:
    """Tantivy by itself: one field, its own query parser and snippets."""
    folder.mkdir(parents=True)
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True)
    schema = builder.build()
    index = tantivy.Index(schema, str(folder))
    writer = index.writer(128_000_000, 1)
    for page in pages:
        document = tantivy.Document()
        document.add_text("text", page)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()

    def ask(text: str) -> list[str]:
        index.reload()
        searcher = index.searcher()
        query = index.parse_query(text, ["text"], conjunction_by_default=True)
        cutter = tantivy.SnippetGenerator.create(searcher, query, schema, "text")
        return [cutter.snippet_from_doc(searcher.doc(at)).to_html() for _, at in searcher.search(query, 10).hits]

    return ask


def fts5(path: Path, pages: list[str]) -> Ask:
    """SQLite's own full text, ranked, with snippets."""
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE page USING fts5(text, tokenize='porter')")
    database.executemany("INSERT INTO page VALUES (?)", ((page.replace("\0", " "),) for page in pages))
    database.commit()
    query = "SELECT snippet(page, 0, '<b>', '</b>', '…', 30) FROM page WHERE page MATCH ? ORDER BY rank LIMIT 10"
    return lambda text: database.execute(query, (text,)).fetchall()

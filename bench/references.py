"""What searching is held against: the bare engine and SQLite's own full text, over the same pages."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import tantivy

Ask = Callable[[str], object]
TOP = 10


class Reference(NamedTuple):
    """Ways to ask; ten snippets each. None where it has no such question."""

    words: Ask
    """Words or a phrase in quotation marks."""
    beginning: Ask
    """Whatever begins with some letters."""
    slip: Ask | None
    """A word with one letter wrong."""
    speed: float
    """Pages indexed in a second of processor time."""


def bare_engine(folder: Path, pages: list[str]) -> Reference:
    """Tantivy by itself, one thread: one field, its own analyser, query parser and snippets."""
    folder.mkdir(parents=True)
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True)
    schema = builder.build()
    index = tantivy.Index(schema, str(folder))
    start = time.process_time()
    writer = index.writer(128_000_000, 1)
    for page in pages:
        document = tantivy.Document()
        document.add_text("text", page)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    speed = len(pages) / (time.process_time() - start)

    def answer(query: tantivy.Query) -> list[str]:
        index.reload()
        searcher = index.searcher()
        cutter = tantivy.SnippetGenerator.create(searcher, query, schema, "text")
        return [cutter.snippet_from_doc(searcher.doc(at)).to_html() for _, at in searcher.search(query, TOP).hits]

    return Reference(
        lambda text: answer(index.parse_query(text, ["text"], conjunction_by_default=True)),
        lambda text: answer(tantivy.Query.regex_query(schema, "text", f"{text}.*")),
        lambda text: answer(tantivy.Query.fuzzy_term_query(schema, "text", text)),
        speed,
    )


def fts5(path: Path, pages: list[str]) -> Reference:
    """SQLite FTS5 with Porter's stemmer, ranked by its BM25, with its snippets."""
    database = sqlite3.connect(path)
    start = time.process_time()
    database.execute("CREATE VIRTUAL TABLE page USING fts5(text, tokenize='porter')")
    database.executemany("INSERT INTO page VALUES (?)", ((page.replace("\0", " "),) for page in pages))
    database.commit()
    speed = len(pages) / (time.process_time() - start)
    query = "SELECT snippet(page, 0, '<b>', '</b>', '…', 30) FROM page WHERE page MATCH ? ORDER BY rank LIMIT 10"

    def ask(text: str) -> list[object]:
        return database.execute(query, (text,)).fetchall()

    return Reference(ask, lambda text: ask(f"{text}*"), None, speed)

"""What searching is held against: the bare engine, alone and at the same work, and SQLite's own full text."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import tantivy

from bench.texts import Document
from pliego.pdf.language import language_of

Ask = Callable[[str], object]
TOP = 10
EACH = 3
ROUND = 300
COUNTS = {
    "documents": {"terms": {"field": "document", "size": 2000}},
    "languages": {"terms": {"field": "language"}},
    "lengths": {"range": {"field": "length", "ranges": [{"to": 11}, {"from": 11, "to": 51}, {"from": 51}]}},
}


class Reference(NamedTuple):
    """Ways to ask; ten snippets each. None where it has no such question."""

    words: Ask
    """Words or a phrase in quotation marks."""
    beginning: Ask | None
    """Whatever begins with some letters."""
    slip: Ask | None
    """A word with one letter wrong."""
    speed: float
    """Pages indexed in a second of processor time."""


def bare_engine(folder: Path, pages: list[str]) -> Reference:
    """Tantivy by itself, one thread: one field, its own analyser, query parser and snippets."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True)
    schema = builder.build()
    index, speed = _filled(folder, schema, ({"text": page} for page in pages))

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


def same_work(folder: Path, documents: list[Document]) -> Reference:
    """Tantivy by itself, asked for what a page of results shows.

    The documents, languages and lengths that match are counted, among those that may be seen; of the ten best
    documents the three best pages are given, each with a snippet.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True)
    builder.add_text_field("language", fast=True, tokenizer_name="raw")
    builder.add_unsigned_field("document", fast=True, indexed=True)
    builder.add_unsigned_field("length", fast=True)
    builder.add_boolean_field("public", indexed=True)
    schema = builder.build()
    index, speed = _filled(folder, schema, _records(documents))
    public = tantivy.Query.const_score_query(tantivy.Query.term_query(schema, "public", True), 0.0)

    def answer(wanted: tantivy.Query) -> list[str]:
        index.reload()
        searcher = index.searcher()
        query = _both(wanted, public)
        searcher.aggregate(query, COUNTS)
        found = [address for _, address in searcher.search(query, ROUND, count=False).hits]
        best = list(dict.fromkeys(searcher.fast_field_values("document", found)))[:TOP]
        cutter = tantivy.SnippetGenerator.create(searcher, wanted, schema, "text")
        shown: list[str] = []
        for number in best:
            own = _both(wanted, tantivy.Query.term_query(schema, "document", number))
            hits = searcher.search(own, EACH, count=False).hits
            shown += [cutter.snippet_from_doc(searcher.doc(at)).to_html() for _, at in hits]
        return shown

    return Reference(
        lambda text: answer(index.parse_query(text, ["text"], conjunction_by_default=True)), None, None, speed
    )


def _records(documents: list[Document]) -> Iterator[dict[str, object]]:
    for number, (_, pages) in enumerate(documents):
        language = language_of(" ".join(page[:500] for page in pages[:5]))
        for page in pages:
            yield {"text": page, "language": language, "document": number, "length": len(pages), "public": True}


def _filled(folder: Path, schema: tantivy.Schema, records: Iterable[dict[str, object]]) -> tuple[tantivy.Index, float]:
    """An index of these records, made by one thread, and how many of them in a second of processor time."""
    folder.mkdir(parents=True)
    index = tantivy.Index(schema, str(folder))
    start = time.process_time()
    writer = index.writer(128_000_000, 1)
    count = 0
    for count, record in enumerate(records, 1):  # noqa: B007 - the last number is theirs
        writer.add_document(tantivy.Document.from_dict(record, schema))
    writer.commit()
    writer.wait_merging_threads()
    return index, count / (time.process_time() - start)


def _both(one: tantivy.Query, other: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, one), (tantivy.Occur.Must, other)])


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

"""How good the answers are, on judged collections, through the code that serves them.

Aim: nDCG@10 of searches at least that of the engine's built-in analyser; precision@6 of related documents at least 0.97
times that of brute-force TF-IDF cosine; F1@10 of keywords 1.15 times that of YAKE at half of its processor time. YAKE
is no part of this project (GPL): BENCH_YAKE names a Python that has it, such as that of an environment of its own.

BENCH_QUALITY names folders, with colons between them; without it a small collection is made. `python -m bench.judged`
makes such folders of Debian packages. Each holds JSON lines, and only the first file must be there:

    documents.jsonl   {"id", "text", "title"?, "language"?, "topic"?, "keywords"?: [phrase, ...]}
    queries.jsonl     {"id", "text"}
    judgments.jsonl   {"query", "document", "relevance"}: whole numbers from 0

The weights of keywords were chosen on 48 English papers, that of two words said once (ONCE) with an eye on abstracts
and news, marked * here. F1@10 beside that of YAKE 0.7.1 (LIAAD's KeywordExtractor-Datasets, all or up to 300 documents
of each): NUS .20 and .18, SemEval-2010 .20 and .13, theses .07 and .08; news: 500N-KPCrowd* .13 and .08, WikiNews (fr)*
.35 and .27, 110-PT-BN .26 and .20; abstracts: Inspec* .17 and .18, SemEval-2017* .21 and .18, WWW* .11 and .10, KDD*
.09 and .10, PAK-2018 (pl)* .07 and .04. The mean of the eleven is 1.21 times that of YAKE, at 0.46 to 0.68 of its time.
"""

import json
import os
import random
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import log, log2, sqrt
from pathlib import Path
from statistics import mean
from typing import Any

import tantivy

from bench.measurement import Measurement
from pliego.search.analysis import fold, folded_tokens, stems, words_of
from pliego.search.index import Index
from pliego.search.keywords import keywords
from pliego.search.query import parse
from pliego.search.records import DocumentRecord, PageRecord

DEPTH = 10
NEIGHBOURS = 6
PAGE = 3000
"""Characters."""

YAKE = """
import json, sys, time, yake
given = json.load(sys.stdin)
start = time.process_time()
found = [yake.KeywordExtractor(lan=lan, n=3, top=top).extract_keywords(text) for text, lan, top in given]
json.dump([[[phrase for phrase, _ in each] for each in found], time.process_time() - start], sys.stdout)
"""

Ranking = Callable[[str], Sequence[str]]
"""From a question, or a document, to the documents that answer it, the best first."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, and what people say of them."""

    name: str
    documents: dict[str, dict[str, Any]]
    queries: dict[str, str] = field(default_factory=dict)
    judgments: dict[str, dict[str, int]] = field(default_factory=dict)


def measure() -> Iterator[Measurement]:
    """Each collection, as far as it is judged."""
    folders = [Path(name) for name in os.environ.get("BENCH_QUALITY", "").split(":") if name]
    for collection in map(read, folders) if folders else [made()]:
        with tempfile.TemporaryDirectory(prefix="pliego-bench-") as name:
            index = Index(Path(name) / "index")
            index.rebuild((record(key, given) for key, given in collection.documents.items()), unchanged)
            yield from measure_search(collection, index)
            yield from measure_related(collection, index)
            yield from measure_keywords(collection, index)


def measure_search(collection: Collection, index: Index) -> Iterator[Measurement]:
    """nDCG@10 over all queries with a judgment."""
    if collection.queries:
        ours = ndcg(collection, lambda text: [hit.key for hit in index.find(parse(text), limit=DEPTH).documents])
        theirs = ndcg(collection, built_in(collection))
        what = f"{collection.name}: searches, nDCG@10"
        yield Measurement(what, ours, "", 1.0, "built-in analyser", theirs, at_least=True)


def measure_related(collection: Collection, index: Index) -> Iterator[Measurement]:
    """The part of six neighbours that has the document's own topic."""
    if any("topic" in given for given in collection.documents.values()):
        ours = precision(collection, lambda key: [one.key for one in index.related(key, limit=NEIGHBOURS)])
        theirs = precision(collection, cosine(collection))
        what = f"{collection.name}: related, precision@6"
        yield Measurement(what, ours, "", 0.97, "TF-IDF cosine", theirs, at_least=True)


def measure_keywords(collection: Collection, index: Index) -> Iterator[Measurement]:
    """F1@10 against the keywords that people have given, stems compared."""
    judged = [given for given in collection.documents.values() if given.get("keywords")]
    python = os.environ.get("BENCH_YAKE")
    if judged and python:
        archive = index.snapshot()
        start = time.process_time()
        ours = [keywords(pages(given["text"]), language(given), archive) for given in judged]
        took = time.process_time() - start
        theirs, yake_took = yake(python, judged)
        scores = [mean(map(f1, judged, found)) for found in (ours, theirs)]
        yield Measurement(f"{collection.name}: keywords, F1@10", scores[0], "", 1.15, "YAKE", scores[1], at_least=True)
        yield Measurement(f"{collection.name}: keywords, processor", took, "s", 0.5, "YAKE", yake_took)


def read(folder: Path) -> Collection:
    """The collection in a folder."""
    judgments: dict[str, dict[str, int]] = defaultdict(dict)
    for each in lines(folder / "judgments.jsonl"):
        judgments[each["query"]][each["document"]] = each["relevance"]
    documents = {each["id"]: each for each in lines(folder / "documents.jsonl")}
    queries = {each["id"]: each["text"] for each in lines(folder / "queries.jsonl") if each["id"] in judgments}
    return Collection(folder.name, documents, queries, judgments)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file; none of one that is not there."""
    if path.exists():
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def made() -> Collection:
    """Twelve topics with words of their own among words of all, each with Spanish endings; a query is two of them."""
    chance = random.Random(3)
    words = ["".join(chance.choices("aeiounrstlcdmpg", k=chance.randint(4, 9))) + "nt" for _ in range(2000)]
    topics = [chance.sample(words, 40) for _ in range(12)]
    documents, queries, judgments = {}, {}, {}
    for topic, own in enumerate(topics):
        for number in range(12):
            text = chance.choices(own, k=60) + chance.choices(words, k=300)
            chance.shuffle(text)
            endings = chance.choices(("o", "os", "a", "as"), k=len(text))
            said = " ".join(map("".join, zip(text, endings, strict=True)))
            documents[f"{topic}-{number}"] = {"text": said, "language": "es", "topic": topic}
        queries[str(topic)] = " ".join(f"{word}o" for word in chance.sample(own, 2))
        judgments[str(topic)] = {f"{topic}-{number}": 1 for number in range(12)}
    return Collection("made", documents, queries, judgments)


def record(key: str, given: dict[str, Any]) -> tuple[DocumentRecord, list[PageRecord]]:
    """A document as the index takes it."""
    texts = [PageRecord(number, text) for number, text in enumerate(pages(given["text"]), 1)]
    return DocumentRecord(key, title=given.get("title", ""), language=language(given), pages=len(texts)), texts


def unchanged(key: str) -> None:
    """Nothing is added while the index is built."""


def pages(text: str) -> list[str]:
    """A text cut into pages."""
    return [text[at : at + PAGE] for at in range(0, len(text), PAGE)] or [""]


def language(given: dict[str, Any]) -> str:
    """The language that a document names, "" without one."""
    return str(given.get("language", ""))


def ndcg(collection: Collection, ranking: Ranking) -> float:
    """The mean over all queries (Järvelin and Kekäläinen, 2002, with gains of 2^relevance - 1)."""
    return mean(_ndcg(collection.judgments[key], ranking(text)) for key, text in collection.queries.items())


def _ndcg(judged: dict[str, int], found: Sequence[str]) -> float:
    best = gain(sorted(judged.values(), reverse=True))
    return gain([judged.get(key, 0) for key in found]) / best if best else 0.0


def gain(relevances: Sequence[int]) -> float:
    """The discounted gain of the first ten."""
    return sum(((1 << relevance) - 1) / log2(at + 2) for at, relevance in enumerate(relevances[:DEPTH]))


def precision(collection: Collection, ranking: Ranking) -> float:
    """The mean over all documents with a topic."""
    topics = {key: given["topic"] for key, given in collection.documents.items() if "topic" in given}
    right: list[int] = [sum(topics.get(other) == topic for other in ranking(key)) for key, topic in topics.items()]
    return sum(right) / len(right) / NEIGHBOURS


def f1(given: dict[str, Any], found: Sequence[str]) -> float:
    """Harmonic mean of precision and recall of the first ten phrases."""
    wanted = {stemmed(phrase, given) for phrase in given["keywords"]}
    got = {stemmed(phrase, given) for phrase in found[:DEPTH]}
    return 2.0 * len(wanted & got) / (len(wanted) + len(got))


def stemmed(phrase: str, given: dict[str, Any]) -> str:
    """A phrase as its stems."""
    return fold(" ".join(stems(words_of(phrase), language(given))))


def yake(python: str, judged: list[dict[str, Any]]) -> tuple[list[list[str]], float]:
    """What YAKE finds in each document, and its seconds of processor time."""
    asked = json.dumps([[given["text"], language(given) or "en", DEPTH] for given in judged])
    answer = subprocess.run([python, "-c", YAKE], input=asked, capture_output=True, text=True, check=True).stdout
    found, took = json.loads(answer)
    return found, took


def built_in(collection: Collection) -> Ranking:
    """The engine with its default analyser, a document a record."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw")
    builder.add_text_field("title")
    builder.add_text_field("text")
    index = tantivy.Index(builder.build())
    writer = index.writer(64_000_000, 1)
    for key, given in collection.documents.items():
        document = tantivy.Document()
        document.add_text("key", key)
        document.add_text("title", given.get("title", ""))
        document.add_text("text", given["text"])
        writer.add_document(document)
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ranking(text: str) -> list[str]:
        query, _ = index.parse_query_lenient(text, ["title", "text"])
        return [str(searcher.doc(at).get_first("key")) for _, at in searcher.search(query, DEPTH).hits]

    return ranking


def cosine(collection: Collection) -> Ranking:
    """Every document against every other (Salton's weights)."""
    counts = {key: Counter(folded_tokens(given["text"])) for key, given in collection.documents.items()}
    spread = Counter(word for count in counts.values() for word in count)
    vectors = {key: weighed(count, spread, len(counts)) for key, count in counts.items()}

    def ranking(key: str) -> list[str]:
        own = vectors[key]
        likeness = {
            other: sum(weight * vector.get(word, 0.0) for word, weight in own.items())
            for other, vector in vectors.items()
            if other != key
        }
        return sorted(likeness, key=lambda other: -likeness[other])[:NEIGHBOURS]

    return ranking


def weighed(count: Counter[str], spread: Counter[str], documents: int) -> dict[str, float]:
    """Damped counts times idf, of length one."""
    weights = {word: (1 + log(times)) * log(documents / spread[word]) for word, times in count.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items() if weight}

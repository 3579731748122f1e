"""The index as it is at one moment, for questions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import compress, islice

import tantivy
from tantivy import DocAddress, Occur, Query

from pliego.search.analysis import stem_forms
from pliego.search.duplicates import bands
from pliego.search.entries import SEPARATOR, key_number
from pliego.search.matching import Matching, both, document_records, of_document, of_documents, without
from pliego.search.query import Search, Term
from pliego.search.records import (
    Allowed,
    DocumentHit,
    Found,
    Grouping,
    Leading,
    Neighbour,
    Order,
    PageHit,
    Suggestion,
    everyone,
)
from pliego.search.related import REASONS, Subject, alike, stems_of, subjects
from pliego.search.schema import SCHEMA
from pliego.search.spelling import similar

COUNTED = 2_000
"""Documents that are counted one by one; beyond it a total is "at least so many"."""
DEEPEST = 1_000
"""Results after the thousandth are not given: nobody looks there but robots."""
ROUND = 300
"""Records that are looked at in one go."""
PAGES = 3_000
"""Page hits of some documents that are looked at in one go."""
FEW = 30
"""Documents whose keys are read in one go."""
ASKED = COUNTED
"""Keys in one question to ``allowed``."""
GUESSES = 10
"""Likely words that are tried for one that was mistyped."""
CORRECTED = 4
"""Words of one search that are put right: each takes a hundred looks into the dictionary."""
TOGETHER = 20
"""Of the documents that are found as one, so many may be shown for them."""
NEAR = 0.9
"""Part of the best score from which another one matches about as well."""
NEED = 20
"""Documents that are looked at before a word counts as held by none that is allowed."""
RARE = 2
"""A word in no more documents may be a slip, made by whoever wrote them too ..."""
USUAL = 8
"""... when one like it is in so many times as many."""

_KEYS = {"keys": {"terms": {"field": "key", "size": COUNTED}}}
_Ranked = list[tuple[float, DocAddress]]


class Gate:
    """Asks ``allowed`` in batches and about each key once."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed
        self._known: dict[str, bool] = {}

    def passing(self, keys: Sequence[str]) -> list[str]:
        """Those of the keys that are allowed, in their order."""
        unknown = iter([key for key in dict.fromkeys(keys) if key not in self._known])
        while batch := list(islice(unknown, ASKED)):
            allowed = frozenset(self._allowed(batch))
            self._known.update((key, key in allowed) for key in batch)
        return [key for key in keys if self._known[key]]


class Snapshot:
    """Answers from one searcher; cheap to make, one for each question."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    def languages(self) -> list[str]:
        """ISO 639-1 codes of the documents in the index, the most common first."""
        return [code for code, _ in self._searcher.terms_with_prefix("language", "") if code]

    def find(
        self,
        search: Search,
        allowed: Allowed,
        group: Grouping,
        lead: Leading,
        limit: int,
        offset: int,
        pages_each: int,
        order: Order,
    ) -> Found:
        """Documents ``offset`` to ``offset + limit`` of those that are allowed, with their best pages."""
        if not search:
            return Found()
        matching = self._for(search)
        gate = Gate(allowed)
        query, relaxed = matching.strict(), False
        first = self._search(query, order)
        keys, complete = self._matching(query, first, gate)
        if not keys and (loose := matching.relaxed()) is not None:
            query, relaxed = loose, True
            first = self._search(query, order)
            keys, complete = self._matching(query, first, gate)
        if not keys:
            return Found()
        limit = max(0, min(limit, DEEPEST - offset))
        leading = _first_of_each(self._ranked(query, gate, order, first), group)
        ranked = list(islice(leading, offset, offset + limit))
        groups = _grouped(keys, group)
        if order is Order.RELEVANCE:
            ranked = list(self._led(query, ranked, [groups[group(key)] for key, _ in ranked], lead))
        in_page = matching.in_page() if pages_each else None
        pages = self._best_pages(in_page, query, [key for key, _ in ranked], pages_each)
        hits = [
            DocumentHit(key, score, tuple(pages.get(key, ())), tuple(one for one in groups[group(key)] if one != key))
            for key, score in ranked
        ]
        return Found(tuple(hits), tuple(keys), complete, relaxed, len(groups))

    def among(self, search: Search, keys: Sequence[str]) -> list[str]:
        """Those of these documents that match, however many others do; most of the words do if none holds all."""
        matching = self._for(search)
        found = self._among(matching.strict(), keys) if search else []
        if search and not found and (loose := matching.relaxed()) is not None:
            return self._among(loose, keys)
        return found

    def _among(self, query: Query, keys: Sequence[str]) -> list[str]:
        found: list[str] = []
        for start in range(0, len(keys), COUNTED):
            own = both(query, of_documents(keys[start : start + COUNTED]))
            found += (bucket["key"] for bucket in self._searcher.aggregate(own, _KEYS)["keys"]["buckets"])
        return found

    def _led(
        self, query: Query, ranked: list[tuple[str, float]], groups: list[list[str]], lead: Leading
    ) -> Iterator[tuple[str, float]]:
        """The documents, each in the place of those that are found as one with it and match about as well."""
        several = [key for together in groups if len(together) > 1 for key in together[:TOGETHER]]
        found = self._search(both(query, of_documents(several)), Order.RELEVANCE) if several else []
        scores = {self._key(address): score for score, address in self._by_document(found)}
        for (key, score), together in zip(ranked, groups, strict=True):
            near = [other for other in together if other != key and scores.get(other, 0.0) >= NEAR * score]
            yield lead([key, *near]) if near else key, score

    def unmatched(self, search: Search, allowed: Allowed) -> list[str]:
        """The words, as typed, that no allowed document holds by themselves within the same bounds."""
        matching = self._for(search)
        gate = Gate(allowed)
        held = self._holding([matching.group(at) for at in range(len(search.required))], gate)
        return [group[0].text for group, count in zip(search.required, held, strict=True) if not count]

    def best_pages(self, search: Search, keys: list[str], most: int) -> dict[str, list[PageHit]]:
        """The best hits within each of these documents that has any. The caller has asked who may."""
        matching = self._for(search)
        return self._best_pages(matching.in_page(), matching.strict(), keys, most)

    def suggest(self, prefix: str, allowed: Allowed, limit: int) -> list[Suggestion]:
        """What begins with ``prefix``, folded and at least two characters, and stands in an allowed document."""
        if len(prefix) < 2:
            return []
        gate = Gate(allowed)
        found = iter(self._searcher.terms_with_prefix("suggest", prefix, limit=limit * 5))
        shown: list[Suggestion] = []
        while len(shown) < limit and (some := list(islice(found, limit))):
            held = self._holding([Query.term_query(SCHEMA, "suggest", term) for term, _ in some], gate)
            passing = compress(some, held)
            shown += [Suggestion(term.partition(SEPARATOR)[2], count) for term, count in passing]
        return shown[:limit]

    def _holding(self, queries: Sequence[Query], gate: Gate) -> list[int]:
        """For each query how many of the first NEED documents that match may be seen; deleted ones do not count.

        The gate is asked once.
        """
        first = [islice(self._ranked(query, Gate(everyone), Order.RELEVANCE), NEED) for query in queries]
        keys = [[key for key, _ in some] for some in first]
        passing = frozenset(gate.passing([key for some in keys for key in some]))
        return [len(passing.intersection(some)) for some in keys]

    def document_frequency(self, stem: str) -> int:
        """In how many documents a stem stands; documents deleted not long ago may still count."""
        return self._searcher.doc_freq("bag", stem)

    def documents(self) -> int:
        """How many documents there are."""
        return _count(self._searcher.search(document_records(), limit=1))

    def frequency(self, phrase: str, language: str) -> int:
        """About how many documents hold a folded word or phrase; of a phrase in how many pages it stands."""
        words = phrase.split()
        if len(words) == 1:
            return max(map(self.document_frequency, stem_forms(phrase, (language,))))
        return _count(self._searcher.search(Query.phrase_query(SCHEMA, "folded", list(words)), limit=1))

    def related(self, key: str, unwanted: Collection[str], allowed: Allowed, limit: int) -> list[Neighbour]:
        """Allowed documents about the same subject, the nearest first; none when there is no such document."""
        kept = self._profile(key)
        weighed = subjects(kept, self.document_frequency, self.documents()) if kept else []
        if not weighed:
            return []
        wanted = without(both(alike(weighed), document_records()), of_documents({key, *unwanted}))
        nearest = list(islice(self._ranked(wanted, Gate(allowed), Order.RELEVANCE), limit))
        asked = [subject for subject, _ in weighed]
        return [Neighbour(other, score, self._shared(asked, other)) for other, score in nearest]

    def near(self, signature: bytes, allowed: Allowed, limit: int) -> list[str]:
        """Allowed documents that may be near copies of a text with this signature, the likeliest first."""
        found = [band.hex() for band in bands(signature)]
        if not found:
            return []
        terms = [(Occur.Should, Query.const_score_query(Query.term_query(SCHEMA, "band", b), 1.0)) for b in found]
        ranked = self._ranked(Query.boolean_query(terms), Gate(allowed), Order.RELEVANCE)
        return [key for key, _ in islice(ranked, limit)]

    def _profile(self, key: str) -> bytes:
        found = self._searcher.search(both(document_records(), of_document(key)), limit=1).hits
        return bytes(self._searcher.doc(found[0][1]).get_first("profile") or b"") if found else b""

    def _shared(self, asked: Sequence[Subject], key: str) -> tuple[str, ...]:
        """The words of those terms that the other document is about too."""
        theirs = stems_of(self._profile(key))
        return tuple(islice((subject.word for subject in asked if subject.stem in theirs), REASONS))

    def corrected(self, search: Search, allowed: Allowed) -> dict[str, str]:
        """For words, as typed, that no allowed document holds, or hardly any: a word like it that far more do."""
        gate = Gate(allowed)
        matching = self._for(search)
        words = [at for at, group in enumerate(search.required) if len(group) == 1 and group[0].word]
        held = self._holding([matching.group(at) for at in words], gate)
        slips = ((search.required[at][0], count) for at, count in zip(words, held, strict=True) if count <= RARE)
        better: dict[str, str] = {}
        for term, count in islice(slips, CORRECTED):
            if usual := self._usual(search, term, max(count * USUAL, 1), gate):
                better[term.text] = usual
        return better

    def _usual(self, search: Search, term: Term, least: int, gate: Gate) -> str:
        """The likeliest word for a mistyped one, "" when ``least`` allowed documents do not hold it in its place."""
        likely = [self._suggestion(word) for word in similar(term.tokens[0], self._words)[:GUESSES]]
        held = self._holding([Query.term_query(SCHEMA, "suggest", one) for one in likely], gate)
        for folded, _, word in (one.partition(SEPARATOR) for one in compress(likely, held)):
            if least == 1 and not term.field:
                return word
            other = replace(search, required=((replace(term, text=word, tokens=(folded,), word=word.lower()),),))
            if self._holding([self._for(other).group(0)], gate)[0] >= least:
                return word
        return ""

    def _words(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Folded single words that begin with ``prefix``, and their counts of documents, the most common first."""
        found = self._searcher.terms_with_prefix("suggest", prefix, limit=limit)
        pairs = ((term.partition(SEPARATOR)[0], count) for term, count in found)
        return [(word, count) for word, count in pairs if " " not in word]

    def _suggestion(self, word: str) -> str:
        """The most common entry of a folded word."""
        return self._searcher.terms_with_prefix("suggest", word + SEPARATOR, limit=1)[0][0]

    def stamps(self) -> Iterator[tuple[str, str]]:
        """Key and stamp of every document."""
        at = 0
        while found := self._searcher.search(document_records(), limit=ROUND, offset=at, count=False).hits:
            for _, address in found:
                stored = self._searcher.doc(address).to_dict()
                yield str(stored["key"][0]), str(stored["stamp"][0])
            at += len(found)

    def _for(self, search: Search) -> Matching:
        return Matching(search, self.languages(), self._searcher.doc_freq, self._searcher.num_docs)

    def _matching(self, query: Query, first: _Ranked, gate: Gate) -> tuple[list[str], bool]:
        """The allowed documents that match, and whether these are all of them; ``first`` is the first round of them."""
        if len(first) < ROUND:
            return gate.passing([self._key(address) for _, address in self._by_document(first)]), True
        found = self._searcher.aggregate(query, _KEYS)["keys"]
        return gate.passing([bucket["key"] for bucket in found["buckets"]]), not found["sum_other_doc_count"]

    def _ranked(
        self, query: Query, gate: Gate, order: Order, first: _Ranked | None = None
    ) -> Iterator[tuple[str, float]]:
        """Allowed documents by their best entry, each once; ``first`` is the first round where it is known.

        One long document may fill a whole round of records, so each round leaves out the documents seen before.
        """
        seen: list[str] = []
        found = self._search(query, order) if first is None else first
        while len(seen) < DEEPEST:
            fresh = iter(self._by_document(found))
            while few := [(self._key(address), float(score)) for score, address in islice(fresh, FEW)]:
                few.sort(key=lambda each: (-each[1], each[0]))  # equal ones in the same order after a rebuild
                keys = [key for key, _ in few]
                passing = frozenset(gate.passing(keys))
                yield from ((key, score) for key, score in few if key in passing)
                seen += keys
            if len(found) < ROUND:
                return
            found = self._search(without(query, of_documents(seen)), order)

    def _search(self, query: Query, order: Order) -> _Ranked:
        if order is Order.NEWEST:
            return self._searcher.search(query, limit=ROUND, count=False, order_by_field="created").hits
        return self._searcher.search(query, limit=ROUND, count=False).hits

    def _by_document(self, ranked: _Ranked) -> _Ranked:
        """The first entry of each document."""
        numbers = self._searcher.fast_field_values("document", [address for _, address in ranked])
        first: dict[object, tuple[float, DocAddress]] = {}
        for number, hit in zip(numbers, ranked, strict=True):
            first.setdefault(number, hit)
        return list(first.values())

    def _best_pages(self, in_page: Query | None, query: Query, keys: list[str], most: int) -> dict[str, list[PageHit]]:
        """The best pages of each document: those that match as a whole, else those that hold any of the words.

        The words may stand on different pages, or be in the title only.
        """
        if in_page is None or not keys:
            return {}
        found = self._pages_of(both(query, in_page), keys, most)
        if lacking := [key for key in keys if key not in found]:
            found |= self._pages_of(in_page, lacking, most)
        return found

    def _pages_of(self, query: Query, keys: list[str], most: int) -> dict[str, list[PageHit]]:
        """The best pages of those documents that have any, by one search as long as none crowds out the others."""
        hits = self._searcher.search(both(query, of_documents(keys)), limit=PAGES, count=False).hits
        names = {key_number(key): key for key in keys}
        numbers = self._searcher.fast_field_values("document", [address for _, address in hits])
        ranked: dict[str, _Ranked] = {}
        for number, hit in zip(numbers, hits, strict=True):
            ranked.setdefault(names[int(number)], []).append(hit)  # type: ignore[arg-type]  # every record has one
        for key in keys if len(hits) == PAGES else ():
            if len(ranked.get(key, ())) < most:
                ranked[key] = self._searcher.search(both(query, of_document(key)), limit=most, count=False).hits
        return {key: self._page_hits(own[:most]) for key, own in ranked.items() if own}

    def _page_hits(self, ranked: _Ranked) -> list[PageHit]:
        numbers = self._searcher.fast_field_values("number", [address for _, address in ranked])
        hits = zip(numbers, ranked, strict=True)
        return [PageHit(int(number or 0), float(score)) for number, (score, _) in hits]

    def _key(self, address: DocAddress) -> str:
        return str(self._searcher.doc(address).get_first("key"))


def _first_of_each(ranked: Iterable[tuple[str, float]], group: Grouping) -> Iterator[tuple[str, float]]:
    """The best document of each group."""
    seen: set[str] = set()
    for key, score in ranked:
        if (name := group(key)) not in seen:
            seen.add(name)
            yield key, score


def _grouped(keys: Iterable[str], group: Grouping) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        found[group(key)].append(key)
    return found


def _count(found: tantivy.SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined]  # the engine's stub leaves it out

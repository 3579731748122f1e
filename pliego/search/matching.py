"""A Search -> what the engine looks for. Built from terms only: nothing typed is ever parsed by the engine.

A word may be in the page (as written or as a stem), in the title, author or the other fields, or anywhere in the
document; the best place counts, the others add a little (dis-max). Places that say more weigh more.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from math import ceil, log

from tantivy import FieldType, Occur, Query

from pliego.search.analysis import fold, is_unspaced, stem_languages
from pliego.search.query import Bounds, Search, Term
from pliego.search.schema import SCHEMA

WEIGHTS = {"folded": 1.0, "stemmed": 0.9, "title": 3.0, "author": 2.0, "about": 1.5, "bag": 0.3}
TIE = 0.3
"""Part of the lesser places' scores that is added to the best one's."""
MOST = 0.6
"""Part of the words that must be there when no document has all of them."""
FEW_VALUES = 64
NEARBY = 0.5
"""Weight of all words standing next to each other in the order typed."""

_Part = tuple[Occur, Query]


class Matching:
    """The queries for one Search.

    ``languages`` are those of the archive (ISO 639-1 codes; "" is passed over); ``frequency`` tells in how many entries
    a token stands in a field, of ``entries`` in all.
    """

    def __init__(
        self, search: Search, languages: Iterable[str], frequency: Callable[[str, str], int], entries: int
    ) -> None:
        self.search = search
        self._languages = tuple(sorted(set(languages) - {""}))
        self._frequency = frequency
        self._entries = entries
        self._made: dict[tuple[Term, bool], Query] = {}

    def strict(self) -> Query:
        """Every group must match."""
        return self._query([(Occur.Must, self._either(group, everywhere=True)) for group in self.search.required])

    def relaxed(self) -> Query | None:
        """Most of the groups must match; None when there are fewer than two."""
        count = len(self.search.required)
        if count < 2:
            return None
        groups = [(Occur.Should, self._either(group, everywhere=True)) for group in self.search.required]
        least = max(1, min(count - 1, ceil(MOST * count)))
        return self._query([(Occur.Must, Query.boolean_query(groups, minimum_number_should_match=least))])

    def in_page(self) -> Query | None:
        """Any of the words in the text of a page; None when no words are asked for."""
        terms = [term for group in self.search.required for term in group if not term.field]
        return _any([self._term(term, everywhere=False) for term in terms]) if terms else None

    def group(self, index: int) -> Query:
        """One group by itself."""
        return self._query([(Occur.Must, self._either(self.search.required[index], everywhere=True))])

    def _query(self, parts: list[_Part]) -> Query:
        parts = parts or [(Occur.Must, document_records())]
        parts += [(Occur.Should, nearby) for nearby in self._nearby()]
        parts += [(Occur.MustNot, self._excluded(term)) for term in self.search.excluded]
        return Query.boolean_query(parts + self._bounds())

    def _either(self, group: Sequence[Term], everywhere: bool) -> Query:
        return _any([self._term(term, everywhere) for term in group])

    def _term(self, term: Term, everywhere: bool) -> Query:
        """The places where a term may be; ``everywhere`` or only in the text of the page. Made once for each."""
        if (term, everywhere) not in self._made:
            self._made[term, everywhere] = self._places(term, everywhere)
        return self._made[term, everywhere]

    def _places(self, term: Term, everywhere: bool) -> Query:
        if term.field:
            return self._place(term, term.field)
        text = ["folded", "stemmed"] if term.word else ["folded"]
        fields = ["title", "author", "about", *(["bag"] if term.word else [])]
        return _best([self._place(term, name) for name in text + (fields if everywhere else [])], TIE)

    def _place(self, term: Term, field: str) -> Query:
        if len(term.tokens) > 1:
            query = Query.phrase_query(SCHEMA, field, list(term.tokens))
        elif field in {"folded", "author"} or not term.word:
            query = _exact(field, term.tokens[0])
        else:
            query = self._forms(term.word, field)
        return Query.boost_query(query, WEIGHTS[field])

    def _forms(self, word: str, field: str) -> Query:
        """The stems that a word may have, each weighed as if it stood wherever any of them does.

        Else an English word would count most in the texts where it is foreign, and its stem there rare. A stem counts
        in texts of its languages only: "kernle" is no form of the English "kern", though a German stemmer says so.
        """
        forms = stem_languages(word, self._languages)
        counts = {form: self._frequency(field, form) for form in forms}
        known = {form: count for form, count in counts.items() if count} or dict.fromkeys([fold(word)], 1)
        # The entries with one stem are others than those with another; a title holds the word beside its stem.
        together = self._idf(min(sum(known.values()), self._entries) if field == "stemmed" else max(known.values()))
        return _best(
            [
                Query.boost_query(_within(_exact(field, form), forms.get(form, ())), together / self._idf(count))
                for form, count in known.items()
            ],
            0.0,
        )

    def _idf(self, count: int) -> float:
        """As the engine's BM25 has it."""
        return log(1 + (self._entries - count + 0.5) / (count + 0.5))

    def _excluded(self, term: Term) -> Query:
        """Where an excluded term must not be; of single words only the form as typed is excluded."""
        fields = [term.field] if term.field else ["folded", "title", "author", "about"]
        queries = [self._place(Term(term.text, term.tokens), field) for field in fields]
        if term.word and not term.field:
            queries.append(self._place(term, "bag"))
        return _any(queries)

    def _nearby(self) -> list[Query]:
        """All words next to each other, in a page or a title: not asked for, but better."""
        groups = self.search.required
        words = [group[0].tokens[0] for group in groups if len(group) == 1 and group[0].word and not group[0].field]
        if not 2 <= len(words) == len(groups) <= 6:
            return []
        fields = ("folded", "title")
        return [Query.boost_query(Query.phrase_query(SCHEMA, f, list(words)), NEARBY * WEIGHTS[f]) for f in fields]

    def _bounds(self) -> list[_Part]:
        search = self.search
        parts: list[_Part] = []
        if search.languages:
            parts.append((Occur.Must, _silent(_one_of("language", sorted(search.languages)))))
        if search.not_languages:
            parts.append((Occur.MustNot, _one_of("language", sorted(search.not_languages))))
        # Year 0 is an unknown year and lies within no bounds.
        parts += _range("year", search.years, 1)
        parts += _range("pages", search.pages, 0)
        return parts


def document_records() -> Query:
    """The records that stand for documents, not pages."""
    return _silent(Query.term_query(SCHEMA, "number", 0))


def of_document(key: str) -> Query:
    """The entries of one document."""
    return _silent(Query.term_query(SCHEMA, "key", key))


def of_documents(keys: Iterable[str]) -> Query:
    """The entries of these documents."""
    return _silent(_one_of("key", list(keys)))


def both(*queries: Query) -> Query:
    """What all of these match."""
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def without(query: Query, unwanted: Query) -> Query:
    """What the first matches and the second does not."""
    return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, unwanted)])


def _within(query: Query, languages: Sequence[str]) -> Query:
    """What a query matches in documents of these languages; everywhere when none is named."""
    return both(query, _silent(_one_of("language", languages))) if languages else query


def _one_of(field: str, values: Sequence[str]) -> Query:
    """Any of these values of a raw field. The engine's own set of terms walks the dictionary: 1 ms, for many only."""
    if len(values) > FEW_VALUES or not values:
        return Query.term_set_query(SCHEMA, field, list(values))
    return _any([Query.term_query(SCHEMA, field, value) for value in values])


def _exact(field: str, token: str) -> Query:
    if len(token) == 1 and is_unspaced(token):
        return _pairs_with(field, token)
    return Query.term_query(SCHEMA, field, token)


@lru_cache(maxsize=1_000)
def _pairs_with(field: str, character: str) -> Query:
    """The tokens of a script without spaces, which are pairs, that begin with a character: 0.2 ms to make."""
    return Query.regex_query(SCHEMA, field, f"{character}.?")


def _any(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _best(queries: Sequence[Query], tie: float) -> Query:
    return queries[0] if len(queries) == 1 else Query.disjunction_max_query(queries, tie)


def _silent(query: Query) -> Query:
    """Filter without a say in the score."""
    return Query.const_score_query(query, 0.0)


def _range(field: str, bounds: Bounds, least: int) -> list[_Part]:
    if bounds == Bounds():
        return []
    low = max(bounds.low if bounds.low is not None else least, least)
    if bounds.high is not None and bounds.high < low:
        return [(Occur.Must, Query.empty_query())]
    found = Query.range_query(SCHEMA, field, FieldType.Unsigned, low, bounds.high)
    return [(Occur.Must, _silent(found))]

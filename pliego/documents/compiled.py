"""Questions that are asked with each request, put into SQL once.

Django takes twenty times as long to put such a question into words as SQLite takes to answer it. The words come from
the QuerySet itself, and the database is asked anew each time: what it may answer is said nowhere else.
"""

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.expressions import RawSQL
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=models.Model)


def blank(name: str) -> str:
    """Return what stands in a question where a word is put in each time; no row has it."""
    return f"\0{name}"


def each(keys: str) -> RawSQL:
    """Return keys, as JSON, as one parameter of a question: a thousand take longer to prepare than to look up."""
    return RawSQL("SELECT value FROM json_each(%s)", [keys])


class Asked:
    """A question with blanks, compiled when it is first asked. Each word is for the blank of its name."""

    def __init__(self, question: Callable[[], "models.QuerySet[Any, Any]"]) -> None:
        self._question = question
        self._compiled: Any = None

    @property
    def compiled(self) -> Any:
        """Django's compiler of the question, used up."""
        if self._compiled is None:
            compiler = self._question().query.get_compiler(DEFAULT_DB_ALIAS)
            sql, params = compiler.as_sql()
            blanks = [isinstance(each, str) and each.startswith("\0") for each in params]
            compiler.words = sql, list(zip(params, blanks, strict=True))
            compiler.converters = compiler.get_converters([each for each, _, _ in compiler.select])
            self._compiled = compiler
        return self._compiled

    def rows(self, **words: str) -> list[list[Any]]:
        """Return what is selected, row by row. Raise KeyError of a blank without a word."""
        compiler = self.compiled
        sql, params = compiler.words
        with connection.cursor() as cursor:
            found = cursor.execute(sql, [words[each[1:]] if blank else each for each, blank in params]).fetchall()
        return list(compiler.apply_converters(found, compiler.converters)) if found else []


class ByKey(Generic[Row]):
    """The row of a primary key among some rows, with what they select beside it (`select_related`, `only`)."""

    def __init__(self, rows: "Callable[[], models.QuerySet[Row, Row]]") -> None:
        self._asked = Asked(lambda: rows().filter(pk=blank("key")))

    def get(self, key: str) -> Row | None:
        """Ask the database; None when it is not among them."""
        found = self._asked.rows(key=key)
        return self._row(found[0]) if found else None

    @cached_property
    def _shape(self) -> tuple[Any, list[str], slice, list[Any]]:
        """The model, which of the values are its own and their names, and what puts the rows beside it there."""
        known, select = self._asked.compiled.klass_info, self._asked.compiled.select
        own = slice(known["select_fields"][0], known["select_fields"][-1] + 1)
        beside = get_related_populators(known, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # stubs of 6.1
        return known["model"], [column.target.attname for column, _, _ in select[own]], own, beside

    def _row(self, values: list[Any]) -> Row:
        model, fields, own, beside = self._shape
        row: Row = model.from_db(DEFAULT_DB_ALIAS, fields, values[own])
        for other in beside:
            other.populate(values, row)
        return row


class ByKeys(ByKey[Row]):
    """The rows of some primary keys, likewise."""

    def __init__(self, rows: "Callable[[], models.QuerySet[Row, Row]]") -> None:
        self._asked = Asked(lambda: rows().filter(pk__in=each(blank("keys"))))

    def all(self, keys: Sequence[str]) -> dict[str, Row]:
        """Ask the database for those of the keys that are among them."""
        rows = map(self._row, self._asked.rows(keys=json.dumps(list(keys))))
        return {row.pk: row for row in rows}

"""What a page costs must not grow with the archive: no question of any page walks through a whole table.

SQLite tells how it would look things up. It is asked without knowing the sizes of the tables, so for large ones.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pliego.accounts.viewer import Viewer
from pliego.documents import (
    comparing,
    gathering,
    indexing,
    leaving,
    processing,
    scans,
    sharing,
    subjects,
    trash,
    upkeep,
    uploads,
    views_count,
)
from pliego.documents.models import Privacy
from pliego.documents.sharing import Terms
from tests.house.routes import GATHERED, KEPT, METHODS, POSTED, ROUTES
from tests.people import Shared, account, share, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]

LARGE = {
    *("document", "file", "topic", "tally", "version", "sharelink", "shortlink", "nearcopy", "gathered", "recentview"),
}
"""Tables of `documents` that grow with the archive."""
FEW = (
    "file_unreadable",
    "file_untold",
    "version_untold",
    "document_unindexed",
    "file_waiting",
    "file_scans_waiting",
    "document_trashed",
    "document_recovery",
)
"""Indexes of rows of which there are few at any time."""
ANY = 'SELECT 1 AS "a" FROM "documents_document" LIMIT 1'
"""Whether there is a row at all."""
SWEPT = (
    *(processing.waiting, scans.waiting, subjects.tell_untold, comparing.tell_untold, indexing.index_changes),
    *(uploads.expire, leaving.empty_closed, trash.expire, views_count.forget_visitors, sharing.forget_guesses),
)
"""What the worker does each minute, and some of it with each file that comes."""
OF_ALL = {"site:explore": "what there is most of is counted anew", "web:sitemap": "by months"}
"""Pages that are about all documents."""


@pytest.fixture
def shared(archive: None) -> Shared:
    """A document with what a document can have, of an account that has a collection with it."""
    shared = share("balance", owner=account())
    subjects.tell_untold()
    indexing.index_changes()
    sharing.give(shared.document, Terms())
    gathering.make(Viewer(person=account().pk), "Balances", Privacy.PUBLIC, shared.document.pk)
    return shared


def asked(client: Client, path: str) -> list[str]:
    """The questions that a page asks of the database."""

    def get() -> None:
        answer = client.get(path)
        if answer.streaming:
            answer.getvalue()

    caches["pages"].clear()
    return asked_by(get)


def asked_by(work: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        work()
    questions = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in questions if sql.startswith("SELECT") and sql != ANY]


def path_of(route: str, shared: Shared) -> str:
    rule, path = ROUTES[route]
    document = shared.document
    kept = document.gathered.get().collection if rule in {GATHERED, KEPT} else document
    link = document.share_links.get()
    return path.format(id=kept.pk, slug=kept.slug, link=link.pk).replace("Clara Ruiz", document.author)


def walks(sql: str) -> Iterator[str]:
    """The steps of a question that go through a whole table, or list all public documents to look few up in them."""
    tables = {short: name for name, short in re.findall(r'"documents_(\w+)" ([A-Z]\d+)\b', sql)}
    with connection.cursor() as cursor:
        plan = cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    listing = {number for number, _, _, step in plan if step.startswith("LIST SUBQUERY")}
    for _, within, _, step in plan:
        walked = re.match(r"SCAN (?:documents_)?(\w+)", step)
        named = walked and tables.get(walked[1], walked[1])
        if (named in LARGE and not step.endswith(FEW)) or (within in listing and "(privacy=?)" in step):
            yield step


@pytest.mark.parametrize("person", ["anonymous", "account"])
def test_no_page_walks_through_a_whole_table(shared: Shared, person: str) -> None:
    client = visit(person, shared)
    routes = [route for route in ROUTES if route not in {*POSTED, *METHODS, *OF_ALL}]
    walked = {(route, step) for route in routes for sql in asked(client, path_of(route, shared)) for step in walks(sql)}
    assert sorted(walked) == []


@pytest.mark.parametrize("work", SWEPT, ids=lambda work: f"{work.__module__}.{work.__name__}")
def test_no_sweep_walks_through_a_whole_table(work: Callable[[], object], shared: Shared) -> None:
    assert shared
    assert not [step for sql in asked_by(work) for step in walks(sql)]


def test_no_link_is_looked_for_in_a_whole_table(shared: Shared) -> None:
    for path in ("/m/not-a-token/", f"/m/{share('otra', read=False).token}/"):
        assert not [step for sql in asked(Client(), path) for step in walks(sql)]


def test_what_is_most_of_is_counted_in_the_order_of_an_index(shared: Shared) -> None:
    upkeep.know_sizes()
    [sql] = [sql for sql in asked(Client(), "/explorar/") if "documents_topic" in sql]
    with connection.cursor() as cursor:
        steps = [step for *_, step in cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
    assert "SCAN documents_topic USING COVERING INDEX topic_folded" in steps
    assert not [step for step in steps if "GROUP BY" in step or "documents_file_1" in step]

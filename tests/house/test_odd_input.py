"""Whatever is sent to any route is answered with a page or a sentence, and never with a mistake of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pliego.accounts.viewer import Viewer
from pliego.documents import gathering
from pliego.documents.models import Privacy
from pliego.toolbox.drafts import KEPT_FOR
from pliego.toolbox.models import Job
from tests.house.routes import METHODS, ROUTES
from tests.people import account, share, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive")]

ODD = (
    *("", " ", "0", "-1", "1", "007", "1.5", "1e400", "nan", "inf", "true", "9" * 30, "9" * 5000, "-" + "9" * 40),
    *("٣", "²", "Ⅷ", "１２", "1_000", "0x10", "1-999999999", "5-", "-2", "last", "odd,last-1", "1," * 3000),
    *("\0", "a\0b", "\r\nX-Evil: 1", "\n", "\t", "\u202egnp.pdf", "\ud800", "\udcff", "\ufffe", "🦊" * 400, "é" * 5000),
    *("<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{7*7}}", "%s%n", "%", "%00", "../../x"),
    *("http://[", "http://[::1", "http://evil.example/d/x/", "https://testserver/d/1111111111111111/", "javascript:1"),
    *("2026-02-30", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00~x", "0000-00", "2026-11"),
    *("[]", "{}", "null", "[" * 5000, '{"a":' * 5000, '[{"tool": "rotate", "options": {"turn": [1]}}]', '"\\ud800"'),
    *('[{"tool": "number", "options": {"text": "\\ud800\\u0000"}}]', '[{"tool": "\\ud800"}]', "[[]]", '[{"tool": {}}]'),
    *('"', '"a', '"a b"', "-", "*", "(", ")", "a*", "author:", "year:٣", "year:" + "9" * 40, "pages:1-", "lang:\0"),
    *("bytes=0-", "bytes=-0", "bytes=-" + "9" * 400, "bytes=5-1", "bytes=0-0,5-9", "bytes=a-b", "bytes=٣-"),
    *("save", "delete", "add", "remove:x", "up:1", "public", "private", "es", "xx", "en;q=nan", "*;q=1", "zz-" * 900),
    *("a@b.c", "@", "a@" + "b" * 400, "filename x,y", "filename //8=", "sha1 x", "md5 " + "A" * 24, "gzip;q=x", 'W/"'),
)  # fmt: skip
NAMES = (
    *("q", "w", "n", "p", "page", "from", "to", "after", "before", "text", "end", "days", "draft", "find", "format"),
    *("job", "next", "panel", "quote", "state", "then", "url", "view", "whole", "maxwidth", "maxheight", "year"),
    *("order", "sort", "length", "limit", "cursor", "size", "author", "privacy", "title", "description", "language"),
    *("all", "deed", "do", "documents", "document", "email", "folder", "link", "name", "parent", "password", "add"),
    *("to_folder", "to_privacy", "to_tag", "id", "open_password", "only", "steps", "turn", "pages", "shown", "file"),
    *("expires", "view_limit", "reason", "message", "kind", "login", "code", "tag", "0-turn", "0-pages"),
)  # fmt: skip
HEADERS = (
    *("Accept", "Accept-Language", "Range", "If-Range", "If-None-Match", "If-Modified-Since", "Cookie", "Host"),
    *("Upload-Length", "Upload-Offset", "Upload-Metadata", "Upload-Checksum", "Upload-Concat", "Upload-Defer-Length"),
    *("X-HTTP-Method-Override", "Authorization", "Referer", "Origin", "User-Agent", "Sec-Fetch-Site"),
    *("X-Requested-With", "HX-Request", "X-Forwarded-For", "Accept-Encoding", "Content-Encoding"),
)  # fmt: skip
KINDS = (
    *("application/x-www-form-urlencoded", "application/json", "multipart/form-data", "multipart/form-data; boundary="),
    *("multipart/form-data; boundary=x", "multipart/form-data; boundary=" + "x" * 300, "application/pdf", "text/plain"),
    *("application/offset+octet-stream", "x", "a/b; charset=utf-7", "application/json; charset=nonsense", ""),
)  # fmt: skip
BODIES = (
    *(b"", b"\0", b"--x", b"--x--\r\n", b"--x\r\n\r\n", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"),
    b'--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\0b\xff.pdf"\r\n\r\n%PDF-1.4\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="file"\r\nContent-Transfer-Encoding: base64\r\n\r\n@\r\n--x--',
    b'--x\r\nContent-Disposition: form-data; name="\xff\0"\r\n\r\n\xff\r\n--x\r\nContent-Disposition: form-data; name=',
    *(b"[" * 9000, b"{}", b"[]", b"null", b'{"title": "\\ud800\\u0000"}', b'{"title": [], "privacy": 1e999}'),
    *(b"a=1&" * 1500, b"\xff=\xff&%ff=%ff&%00=%00", b'{"title": ' + b"9" * 6000 + b"}"),
)  # fmt: skip

odd = st.one_of(st.sampled_from(ODD), st.text(max_size=20))
fields = st.lists(st.tuples(st.sampled_from(NAMES), odd), max_size=5)
headers = st.dictionaries(st.sampled_from(HEADERS), odd, max_size=3)
bodies = st.one_of(st.sampled_from(BODIES), fields)


PEOPLE = ("owner", "account", "anonymous")
ENDS = dict.fromkeys(map(ord, "\r\n\0"))
TOLD = {501, 503, 507}
"""Of 500 and more, what is an answer: not in this format, too busy, no room."""


class Site:
    """A site with a document of each kind of owner, a collection and a job; and the browsers of those owners."""

    def __init__(self) -> None:
        self.shared = {
            "owner": share("suyo", Privacy.PRIVATE),
            "account": share("de cuenta", owner=account()),
            "anonymous": share("de todos"),
        }
        self.clients = {name: visit(name, shared) for name, shared in self.shared.items()}
        keeper = Viewer(person=account().pk)
        self.collection, _ = gathering.make(keeper, "Varios", Privacy.PUBLIC, self.shared["anonymous"].document.pk)
        self.job = Job.objects.create(steps=[["rotate", {}]], inputs=[], expires_at=timezone.now() + KEPT_FOR)

    def path(self, route: str, person: str) -> str:
        document = self.shared[person].document
        key = {"collection": self.collection.pk, "job": self.job.pk}.get(
            route.split(":")[1].split("_", maxsplit=1)[0], document.pk
        )
        return ROUTES[route][1].format(id=key, slug=document.slug, link=1)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_no_input_is_answered_with_a_mistake_of_ours(site: Site, data: st.DataObject) -> None:
    """Nor does any raise: the browser of the tests lets through what a view does not answer."""
    person, route = data.draw(st.sampled_from(PEOPLE)), data.draw(st.sampled_from(sorted(ROUTES)))
    method = data.draw(st.sampled_from([METHODS.get(route, "POST"), "GET", "POST", "HEAD", "PATCH", "DELETE"]))
    query, sent = encoded(data.draw(fields)), data.draw(bodies)
    body, kind = (encoded(sent), KINDS[0]) if isinstance(sent, list) else (sent, data.draw(st.sampled_from(KINDS)))
    with rolled_back():
        path, said = site.path(route, person).split("?")[0], as_sent(data.draw(headers))
        answer = site.clients[person].generic(method, path, body, kind, headers=said, QUERY_STRING=query)
        b"".join(answer if answer.streaming else ())
    assert answer.status_code < 500 or answer.status_code in TOLD, answer.status_code


@pytest.fixture
def site(archive: None) -> Site:
    return Site()


def encoded(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{quote(name)}={quote(value.encode(errors='surrogatepass'))}" for name, value in pairs)


def as_sent(words: dict[str, str]) -> dict[str, str]:
    """Headers as a server hands them on: bytes in Latin-1, one line each."""
    sent = {name: value.encode(errors="surrogatepass").decode("latin-1") for name, value in words.items()}
    return {name: value.translate(ENDS) for name, value in sent.items()}


@contextmanager
def rolled_back() -> Iterator[None]:
    """What is done to the database is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

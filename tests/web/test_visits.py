import pytest
from django.test import RequestFactory

from pliego.documents.models import Counted
from pliego.web.visits import visit_of


def source(referrer: str, **headers: str) -> tuple[Counted | None, str]:
    visit = visit_of(RequestFactory().get("/d/x/", headers={"referer": referrer, **headers}))
    return visit.source, visit.value


@pytest.mark.parametrize(
    ("referrer", "host"),
    [
        ("https://www.example.org/secret?token=abc", "example.org"),
        ("https://news.example.org", "news.example.org"),
        ("http://EXAMPLE.org:8080/", "example.org"),
        ("https://user:secret@example.org/", "example.org"),
        ("https://xn--espaa-rta.example/", "xn--espaa-rta.example"),
    ],
)
def test_of_another_site_the_host_is_all(referrer: str, host: str) -> None:
    assert source(referrer) == (Counted.HOST, host)


@pytest.mark.parametrize(
    "referrer",
    [
        "",
        "about:blank",
        "android-app://com.example.app/",
        "javascript:alert(1)",
        "https://[::1",
        "https://<script>.example/",
        "https://=cmd|.example",
        "https://localhost/",
        "https://example.org\x00/",
        "ftp://example.org/",
        "x" * 5000,
    ],
)
def test_what_is_no_site_is_nothing(referrer: str) -> None:
    assert source(referrer) == (None, "")


@pytest.mark.parametrize("path", ["/buscar/", "/en/search/", "/de/suche/"])
def test_our_own_search_tells_its_words(path: str) -> None:
    assert source(f"http://testserver{path}?q=old++bridge&page=2") == (Counted.WORDS, "old bridge")


def test_what_was_searched_for_turns_no_line() -> None:
    assert source("http://testserver/buscar/?q=a%E2%80%AEb") == (Counted.WORDS, "a b")


@pytest.mark.parametrize("path", ["/", "/documentos/?q=x", "/buscar/?q=", "/buscar/", "/d/x/find?q=x"])
def test_our_other_pages_tell_nothing(path: str) -> None:
    assert source(f"http://testserver{path}") == (None, "")


def test_another_port_of_this_host_is_another_site_without_a_name() -> None:
    assert source("http://testserver:81/buscar/?q=x") == (None, "")

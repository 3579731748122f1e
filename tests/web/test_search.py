"""The page of results: words lit, choices, pages, feed, suggestions, and nothing that a person types is an error."""

import json
import random
import re
from html import unescape
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pliego.documents.models import Document
from tests.archive import BEES, HIVES, put

pytestmark = pytest.mark.usefixtures("archive")


def ask(path: str = "search", **query: str) -> str:
    response = Client().get(reverse(f"site:{path}"), query, headers={"accept": "text/html"})
    assert response.status_code == 200
    return response.content.decode()


def test_a_hit_is_a_page_with_the_words_marked_and_lit() -> None:
    document = put("molino", ["El molino de viento muele trigo."]).document
    page = ask(q="molinos viento")
    assert "<mark>molino</mark> de <mark>viento</mark>" in page
    assert f'href="{document.page_url(1)}?q=molino+viento"' in page


def test_what_is_found_is_escaped() -> None:
    put("molino", ["Un molino <b>negro</b> & viejo"])
    assert "&lt;b&gt;negro&lt;/b&gt; &amp; viejo" in ask(q="molino")


def test_a_choice_is_a_link_with_its_count() -> None:
    put("molino")
    page = ask(q="molino")
    assert re.search(r'href="[^"]*\?q=molino&amp;lang=es"[^>]*>\w+</a> <span class="count">1</span>', page)


def test_relaxed_results_say_so() -> None:
    put("molino")
    assert 'class="notice"' in ask(q="molino xylotrupes")


def test_a_slip_of_the_keyboard_is_noticed() -> None:
    put("molinera")
    assert re.search(r'\?q=molinera"><b dir="auto">molinera</b>', ask(q="moliennra"))


def test_an_empty_page_says_which_word_to_drop() -> None:
    put("molino")
    page = ask(q='"xylotrupes gideon" molino lang:es', lang="fr")
    assert "xylotrupes gideon" in page
    assert "?q=molino" in page


def test_an_empty_page_says_which_choice_to_drop() -> None:
    put("molino")
    page = ask(q="molino", lang="fr")
    assert re.search(r'class="button" href="[^"]*\?q=molino">[\s\S]*?Francés <span class="count">1</span>', page)
    assert "<b>molino</b>" not in page


def test_results_come_in_pages() -> None:
    for number in range(11):
        put(f"molino{number}", ["Todo es harina."])
    first, second = ask(q="harina"), ask(q="harina", page="2")
    assert 'rel="next" href="' in first
    assert first.count('class="result"') == 10
    assert second.count('class="result"') == 1


def test_most_viewed_first() -> None:
    put("uno", ["harina"])
    other = put("dos", ["harina"])
    Document.objects.filter(pk=other.document.pk).update(view_count=5)
    page = ask(q="harina", sort="viewed")
    assert page.index("Sobre dos") < page.index("Sobre uno")


def test_a_search_is_a_feed() -> None:
    document = put("molino").document
    feed = ElementTree.fromstring(ask("search_feed", q="molino"))
    links = [link.get("href") for link in feed.iterfind(".//{*}entry/{*}link[@rel='alternate']")]
    assert links == [f"http://testserver{document.get_absolute_url()}"]


def test_feed_readers_understand_the_feed() -> None:
    put("molino", ["El molino de viento muele <b>trigo</b> & maíz."])
    feed = feedparser.parse(ask("search_feed", q="molino"))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.entries[0].title == "Sobre molino"
    assert "<b>trigo</b>" not in feed.entries[0].summary


def test_near_copies_stand_below_the_best_one() -> None:
    put("bees", (*BEES, *HIVES))
    put("hive", (*BEES, *HIVES, "Añadido en la segunda edición."))
    [_, result] = ask(q="cera").split('<li class="result">')
    best, others = result.split('<details class="copies">')
    assert "Sobre bees" in best + others
    assert "Sobre hive" in best + others
    assert len(re.findall(r'<li><a href="/d/[^"]*/sobre-[^"/]*/"', others)) == 1


def test_more_results_cost_no_more_queries() -> None:
    counts = []
    for number in range(6):
        put(f"molino{number}", ["Todo es harina."])
        ask(q="harina")  # what a process has not seen yet it asks once
        with CaptureQueriesContext(connection) as queries:
            ask(q="harina")
        counts.append(len(queries))
    assert counts[-2] == counts[-1] <= 2
    assert max(counts) <= 3  # of a word that hardly any document holds it asks what was meant, too


def test_suggestions_go_on_with_what_is_typed() -> None:
    put("molinera")
    assert json.loads(ask("suggest", q="moli")) == ["moli", ["molinera"]]
    assert json.loads(ask("suggest", q="la vieja moli"))[1] == ["la vieja molinera"]


def test_browsers_are_told_how_to_search() -> None:
    offered = ElementTree.fromstring(ask("opensearch"))
    [page] = [url.get("template") for url in offered.iterfind("{*}Url[@type='text/html']")]
    assert page == f"http://testserver{reverse('site:search')}?q={{searchTerms}}&page={{startPage?}}"


def test_the_box_keeps_what_was_typed() -> None:
    assert 'value="&quot;a&lt;b"' in ask(q='"a<b')


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.text(max_size=6))
def test_nothing_that_is_typed_is_an_error(typed: str, choice: str) -> None:
    ask(q=typed, lang=choice, year=choice, length=choice, sort=choice, page=choice)
    ask("suggest", q=typed)


def test_no_mix_of_operators_is_an_error() -> None:
    chance = random.Random(7)
    parts = ['"', "-", "OR", "título:", "lang:", "year:>", "..", "molino", "*", "~1", "(", "\\", "日本", "\x00", "'"]
    put("molino")
    for _ in range(150):
        ask(q="".join(chance.choices([*parts, " "], k=12)))


def test_the_language_of_the_page_can_be_changed_without_losing_the_search() -> None:
    assert "%3Fq%3Dmolino" in unescape(ask(q="molino"))

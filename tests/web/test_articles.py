"""The help: complete in every language, findable, and with links that lead somewhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

import pliego.web
from pliego.web import articles

LANGUAGES = [code for code, _ in settings.LANGUAGES]
FOLDER = Path(pliego.web.__file__).parent / "templates/help"
PREFIX = {code: "" if code == settings.LANGUAGE_CODE else f"/{code}" for code in LANGUAGES}


def index(code: str) -> str:
    with translation.override(code):
        return f"{PREFIX[code]}/{translation.pgettext('address', 'help/')}"


def page(path: str) -> str:
    answer = Client().get(path, headers={"accept": "text/html"})
    assert answer.status_code == 200, path
    return answer.content.decode()


def names(text: str) -> list[str]:
    return [found.article.name for found in articles.find(text)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_article_exists_in_every_language_and_no_other(code: str) -> None:
    assert {path.stem for path in (FOLDER / code).iterdir()} == set(articles.ADDRESSES)


def test_every_article_is_in_one_group() -> None:
    grouped = [name for _, listed in articles.GROUPS for name in listed]
    assert sorted(grouped) == sorted(articles.ADDRESSES)


@pytest.mark.parametrize("name", articles.ADDRESSES)
def test_an_article_says_the_same_in_all_languages_and_has_a_picture(name: str) -> None:
    written = [(FOLDER / code / f"{name}.html").read_text() for code in LANGUAGES]
    assert all(f'include "help/pictures/{name}.html"' in text for text in written)
    assert len({tuple(re.findall(r"<(\w+)|help_article' '(\w+)'", text)) for text in written}) == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_addresses_are_translated_and_no_two_are_the_same(code: str) -> None:
    with translation.override(code):
        addresses = [str(address) for address in articles.ADDRESSES.values()]
    assert len(set(addresses)) == len(addresses)
    assert all(re.fullmatch(articles.Converter.regex, address) for address in addresses)


@pytest.mark.django_db
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_index_leads_to_every_article_and_each_leads_to_its_other_languages(code: str) -> None:
    paths = set(re.findall(rf'href="({index(code)}[a-z0-9-]+/)"', page(index(code))))
    assert len(paths) == len(articles.ADDRESSES)
    for path in paths:
        others = re.findall(r'hreflang="\w\w" href="http://testserver([^"]+)"', page(path))
        assert path in others
        assert len(set(others)) == len(LANGUAGES)


@pytest.mark.django_db
def test_the_links_of_the_help_lead_somewhere() -> None:
    for code in LANGUAGES:
        links = set(re.findall(r'href="(/[^"#?]*)"', page(index(code)))) - {"/samples"}
        assert [link for link in links if link.startswith(index(code)) and not page(link)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/ayuda/share-a-pdf/", "/ayuda/nada/", "/en/help/compartir-un-pdf/", "/ayuda/%00/"])
def test_what_is_no_article_in_this_language_is_not_found(path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("code", "words", "name"),
    [
        ("es", "borrar", "delete"),
        ("es", "CONTRASEÑAS", "refused"),
        ("en", "embedding code", "embed"),
        ("en", "keybo", "read"),
        ("fr", "supprime", "delete"),
        ("pt", "senha", "refused"),
        ("de", "löschen", "delete"),
    ],
)
def test_words_are_found_whatever_their_endings(code: str, words: str, name: str) -> None:
    with translation.override(code):
        assert name in names(words)[:3]


def test_all_the_words_must_be_there() -> None:
    with translation.override("en"):
        assert "delete" in names("delete")
        assert names("delete xylophone") == []
        assert names("") == names("¿?") == []


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "%00", "'\" OR 1=1", "x" * 5000, "%ff"])
def test_any_words_may_be_searched_for(words: str) -> None:
    assert "<script>alert" not in page(f"/ayuda/?q={words}")


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("path", ["/", "/buscar/", "/documentos/"])
def test_the_help_is_linked_where_people_need_it(path: str) -> None:
    assert len(re.findall(r'href="/ayuda/[^"]*"', page(path))) >= 1 + (path != "/documentos/")

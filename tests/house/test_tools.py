"""Every tool of the toolbox is complete: words in all languages, an icon, a sample, a test."""

import gettext
from collections import defaultdict

import pytest
from django.conf import settings

from pliego.pdf.catalogue import operations
from pliego.pdf.operation import GROUPS, Kind, Operation
from pliego.pdf.recognition import LANGUAGES as TONGUES
from tests.house.shape import PACKAGE, ROOT

TOOLS = list(operations().values())
NAMES = {"A3", "A4", "A5", "A6", "PNG", "JPEG", "WebP", "Markdown", *(itself for _, itself in TONGUES.values())}
"""What is called the same everywhere."""
BOARDS = defaultdict(
    lambda: {""},
    {
        Kind.PAGES: {"", "chosen", "out", "turned", "beside"},
        Kind.ORDER: {"order", "parts", "arrange"},
        Kind.AREAS: {"", "one", "put"},
    },
)
"""What the pictures of pages can do for an option of each kind (static/js/board.js)."""
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def sentences(told: Operation) -> list[str]:
    """Everything of a tool that people read."""
    of_fields = [words for field in told.fields for words in (field.label, field.help, *field.choices.values())]
    return [word for word in (told.label, told.summary, told.help, *told.notes.values(), *of_fields) if word]


@pytest.mark.parametrize("told", TOOLS, ids=lambda told: told.name)
def test_a_tool_says_what_it_is(told: Operation) -> None:
    assert told.label
    assert told.summary.endswith(".")
    assert told.help.endswith(".")
    assert told.icon
    assert told.group in GROUPS
    assert all(field.label for field in told.fields)


@pytest.mark.parametrize("told", TOOLS, ids=lambda told: told.name)
def test_an_option_that_counts_only_with_a_choice_names_one_that_there_is(told: Operation) -> None:
    choices = {field.name: set(field.choices) for field in told.fields}
    for field in told.fields:
        for name, values in field.only.items():
            assert set(values) < choices[name], field.name


@pytest.mark.parametrize("told", TOOLS, ids=lambda told: told.name)
def test_only_pages_are_on_a_board_and_it_knows_what_they_are(told: Operation) -> None:
    for field in told.fields:
        assert field.board in BOARDS[field.kind], field.name


@pytest.mark.parametrize("told", TOOLS, ids=lambda told: told.name)
def test_a_tool_has_a_sample_that_its_own_options_accept(told: Operation) -> None:
    assert set(told.check(told.sample)) == {field.name for field in told.fields}


@pytest.mark.parametrize("told", TOOLS, ids=lambda told: told.name)
def test_a_tool_has_a_test_of_its_own(told: Operation) -> None:
    assert (ROOT / f"tests/pdf/operations/test_{told.name.replace('-', '_')}.py").is_file()


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("told", TOOLS, ids=lambda told: told.name)
def test_a_tool_speaks_every_language(told: Operation, code: str) -> None:
    with (PACKAGE / f"locale/{code}/LC_MESSAGES/django.mo").open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    assert [
        words for words in sentences(told) if words not in known and words not in NAMES and not words.isdigit()
    ] == []

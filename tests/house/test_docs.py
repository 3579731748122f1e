"""The documentation says what is there, all of it, and its links lead somewhere."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from django.urls import get_resolver

from pliego import errors
from pliego.cli import serve
from pliego.cli.app import app
from pliego.documents import backup, readiness, restoring, safekeeping
from pliego.errors import PliegoError
from pliego.pdf import refusals
from pliego.pdf.catalogue import operations
from pliego.search.generations import RebuildRunning
from pliego.search.records import SearchUnavailable
from tests.house.shape import PACKAGE, ROOT, name_of
from tests.house.test_access import routes

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OPERATE = ROOT / "docs/operate"
OF_ALL_TOOLS = {"--output", "-o", "--password", "--json", "--quiet", "-q"}
"""Options that are told once for all tools."""
COMMANDS = (OPERATE / "commands.md", ROOT / "docs/use/tools.md")
MAKEFILE = (ROOT / "Makefile").read_text()
READERS = {"_text", "_one_of", "_whole", "_switch", "_words", "_site_address", "_time_zone"}
WITH_ERRORS = (errors, refusals, backup, readiness, restoring, safekeeping, serve)
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCED = re.compile(r"^    .*$|`[^`\n]+`", re.MULTILINE)
"""What stands as code: indented lines and words between backticks."""


def settings_read() -> dict[str, str | None]:
    """Each setting with its default as the settings file writes it; None where it is worked out."""
    calls = (node for node in ast.walk(ast.parse((PACKAGE / "settings.py").read_text())) if isinstance(node, ast.Call))
    return {
        ast.literal_eval(call.args[0]): default_of(call)
        for call in calls
        if ast.unparse(call.func) in READERS and isinstance(call.args[0], ast.Constant)
    }


def default_of(call: ast.Call) -> str | None:
    given = [*call.args[1:2], *(word.value for word in call.keywords if word.arg == "default")]
    if not given:
        return "0" if ast.unparse(call.func) == "_switch" else ""
    value = given[0].value if isinstance(given[0], ast.Constant) else None
    return None if value is None else str(int(value) if isinstance(value, bool) else value)


def rows(page: Path, *, first: str) -> dict[str, list[str]]:
    """The rows of a page's tables whose first cell is code that begins with ``first``; the rest of their cells."""
    found = re.findall(rf"^\| `({first}[^`]*)` \|(.*)\|$", page.read_text(), re.MULTILINE)
    return {name: [cell.strip() for cell in rest.split(" | ")] for name, rest in found}


def commands() -> dict[str, list[str]]:
    """Each command that is offered, with its options."""
    offered = {name: command for name, command in typer.main.get_group(app).commands.items() if not command.hidden}
    return {
        name: [option for parameter in command.params for option in parameter.opts if option.startswith("-")]
        for name, command in offered.items()
    }


def section(page: Path, title: str) -> str:
    """What stands under a heading, up to the next one."""
    return page.read_text().partition(f"## {title}\n")[2].partition("\n## ")[0]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def links(page: Path) -> Iterator[str]:
    for target in LINK.findall(page.read_text()):
        if not target.startswith(("http://", "https://")):
            yield target


def is_there(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    aim = (page.parent / path).resolve() if path else page
    return aim.is_file() and (not anchor or anchor in anchors(aim))


def errors_said() -> list[type[PliegoError]]:
    family = {kind for module in WITH_ERRORS for _, kind in inspect.getmembers(module, inspect.isclass)}
    kinds = [kind for kind in family if issubclass(kind, PliegoError) and kind is not PliegoError]
    return [*kinds, SearchUnavailable, RebuildRunning]


def plain(sentence: str) -> str:
    return re.sub(r"%\(\w+\)s", "…", sentence)


def test_every_setting_is_documented_with_its_default() -> None:
    documented = rows(OPERATE / "settings.md", first="PLIEGO_")
    assert set(documented) == set(settings_read())
    for name, default in settings_read().items():
        if default is not None:
            assert documented[name][0].strip("`") == default, name


def test_every_command_has_a_section_and_no_other() -> None:
    written = "\n".join(page.read_text() for page in COMMANDS)
    titles = re.findall(r"^## pliego ([\w-]+)$", written, re.MULTILINE)
    assert sorted(titles) == sorted(commands())


@pytest.mark.parametrize("name", commands())
def test_a_section_names_the_options_of_its_command(name: str) -> None:
    said = "".join(section(page, f"pliego {name}") for page in COMMANDS)
    options = [option for option in commands()[name] if name not in operations() or option not in OF_ALL_TOOLS]
    assert [option for option in options if f"`{option}`" not in said] == []
    assert set(re.findall(r"^\| `(--[\w-]+)`", said, re.MULTILINE)) <= set(options)


def test_every_error_is_documented_with_status_and_sentence() -> None:
    documented = rows(OPERATE / "troubleshooting.md", first="[a-z-]+")
    said = {kind.code: [str(kind.status), plain(kind.sentence)] for kind in errors_said()}
    assert {code: cells for code, cells in documented.items() if " " not in code} == said


def test_every_address_is_documented() -> None:
    documented = rows(ROOT / "docs/develop/addresses.md", first="(?:web|site|api|):")
    assert set(documented) == set(routes(get_resolver()))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    assert [target for target in links(page) if not is_there(page, target)] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_words_of_make_and_pliego_exist(page: Path) -> None:
    code = "\n".join(FENCED.findall(page.read_text()))
    words = re.findall(r"(?:^ +|`|=\S+ )make ([a-z]+)", code, re.MULTILINE)
    assert [word for word in words if not re.search(rf"^{word}:", MAKEFILE, re.MULTILINE)] == []
    used = re.findall(r"(?:^ +|`|bin/)pliego ([a-z][a-z-]*)\b", code, re.MULTILINE)
    assert set(used) <= set(commands()), used


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_settings_that_are_named_exist(page: Path) -> None:
    named = {name.removesuffix("_FILE") for name in re.findall(r"PLIEGO_[A-Z_]+[A-Z]", page.read_text())}
    assert named <= set(settings_read())


def test_every_page_of_the_documentation_is_linked() -> None:
    linked = {(page.parent / target.partition("#")[0]).resolve() for page in PAGES for target in links(page)}
    assert [name_of(page) for page in PAGES if page not in linked and page != ROOT / "README.md"] == []


def test_the_architecture_stays_short() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text().splitlines()) <= 150


def test_the_readme_begins_with_what_it_is_a_picture_and_two_commands() -> None:
    beginning = (ROOT / "README.md").read_text().partition("\n## What people get")[0]
    assert re.search(r"!\[.+\]\(docs/use/screenshots/.+\.png\)", beginning)
    assert re.findall(r"^    make (\w+)", beginning, re.MULTILINE) == ["run", "test"]

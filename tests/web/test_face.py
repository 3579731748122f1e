"""The face of the site: what its templates, styles, scripts and vendored files must keep to."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

import pliego.web
from pliego.pdf.catalogue import operations
from pliego.pdf.operation import Operation
from pliego.web.tool_form import ToolForm

WEB = Path(pliego.web.__file__).parent
STATIC = WEB / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
READER = sorted((STATIC / "js/reader").glob("*.js"))
ENTRY = re.compile(r"^\| ([^ |]+) \|.*`([0-9a-f]{64})` \|$", re.MULTILINE)


def squeezed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))


def icons_used() -> set[str]:
    of_tools = {told.icon for told in operations().values()}
    shown = "\n".join(path.read_text() for path in TEMPLATES)
    return of_tools | set(re.findall(r'icon\.html" with name="([^"]+)"', shown))


def icons_drawn() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "lucide/icons.svg").read_text()))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_inline_style_or_script(path: Path) -> None:
    """Linked data is no script: nothing runs it, and the content policy does not concern it."""
    text = path.read_text().replace('<script type="application/ld+json">', "")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 120


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_switches_escaping_off(path: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape off|safeseq", path.read_text())


def test_every_icon_is_drawn_and_used() -> None:
    assert icons_used() == icons_drawn()


def test_the_styles_fit_their_budget() -> None:
    """Those that every page has, with the largest of those that some have."""
    sizes = {path.stem: squeezed(path) for path in (STATIC / "css").glob("*.css")}
    everywhere = sizes.pop("pliego") + sizes.pop("search")
    assert everywhere + max(sizes.values()) <= 15_000


def test_the_scripts_fit_their_budget() -> None:
    """Those that every page has, with the three largest of those that some have."""
    sizes = {path.stem: squeezed(path) for path in SCRIPTS}
    everywhere = sum(sizes.pop(name) for name in ("theme", "parts", "suggest"))
    assert everywhere + sum(sorted(sizes.values())[-3:]) <= 15_000


@pytest.mark.parametrize("told", operations().values(), ids=lambda told: told.name)
def test_the_scripts_of_the_form_of_a_tool_fit_their_budget(told: Operation) -> None:
    """With all that they import."""
    needed = [STATIC / "js/tool.js", *(STATIC / script for script in ToolForm([told]).scripts)]
    needed += [STATIC / f"js/{name}.js" for name in ("theme", "parts", "suggest")]
    for path in needed:
        imported = re.findall(r'^import .*"\./([\w]+\.js)";$', path.read_text(), re.MULTILINE)
        needed += [path.parent / name for name in imported if path.parent / name not in needed]
    assert sum(map(squeezed, needed)) <= 15_000


def test_the_scripts_of_the_reader_fit_their_budget() -> None:
    everywhere = [STATIC / f"js/{name}.js" for name in ("parts", "theme")]
    assert sum(map(squeezed, [*READER, *everywhere])) <= 24_000


@pytest.mark.parametrize("path", [*SCRIPTS, *READER], ids=lambda path: path.name)
def test_a_script_imports_only_what_lies_beside_or_below_it(path: Path) -> None:
    """Only names with a checksum are served: an import must be of the form that is rewritten to such a name."""
    script = path.read_text()
    imported = re.findall(r'^import (?:\{ [\w, ]+ \} from )?"\./([\w/]+\.js)";$', script, re.MULTILINE)
    assert len(imported) == len(re.findall(r"^\s*import\b|\bimport\(", script, re.MULTILINE))
    assert all((path.parent / name).exists() for name in imported)


def test_vendored_files_are_those_of_the_list() -> None:
    listed = dict(ENTRY.findall((VENDOR / "VENDORED.md").read_text()))
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name not in {"VENDORED.md", "LICENSE"}
    }
    assert listed == found

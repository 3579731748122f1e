"""Each language says everything that the interface says, and what is compiled is what was translated."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.house.shape import PACKAGE

LANGUAGES = [code for code, _ in settings.LANGUAGES]
NOT_SPOKEN = shutil.ignore_patterns("__pycache__", "static")


def catalogue(package: Path, code: str) -> Path:
    return package / "locale" / code / "LC_MESSAGES" / "django.po"


def run(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def messages(compiled: Path) -> dict[object, str]:
    """What a compiled catalogue says, without its header, which holds the date of the last collection."""
    with compiled.open("rb") as file:
        said: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {message: text for message, text in said.items() if message}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with every sentence of the code collected into its catalogues, as `make messages` does."""
    package = tmp_path_factory.mktemp("collected") / "pliego"
    shutil.copytree(PACKAGE, package, ignore=NOT_SPOKEN)
    words = ["makemessages", "--all", "--no-location", "--no-obsolete", "--settings", "pliego.settings"]
    environment = {**os.environ, "PYTHONPATH": str(package.parent)}  # the settings of the copy name its own catalogues
    command = [sys.executable, "-m", "django", *words]
    subprocess.run(command, cwd=package, env=environment, check=True, capture_output=True)
    return package


@pytest.mark.parametrize("state", ["--untranslated", "--only-fuzzy"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_is_translated(code: str, state: str, collected: Path) -> None:
    unfinished = run("msgattrib", state, "--no-obsolete", "--no-wrap", catalogue(collected, code))
    header, *sentences = re.findall(r'^msgid "(.*)"$', unfinished, re.MULTILINE) or [""]
    assert not header
    assert sentences == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_compiled_is_what_was_translated(code: str, tmp_path: Path) -> None:
    run("msgfmt", "--check", "-o", tmp_path / "django.mo", catalogue(PACKAGE, code))
    assert messages(catalogue(PACKAGE, code).with_suffix(".mo")) == messages(tmp_path / "django.mo")

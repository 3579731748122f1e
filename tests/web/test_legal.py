from pathlib import Path

import pytest
from django.conf import settings as site
from django.test import Client
from pytest_django import Settings

from pliego.web import legal

LANGUAGES = [code for code, _ in site.LANGUAGES]
BUILT_IN = Path(legal.__file__).parent / "texts"
PATHS = {"es": "/privacidad/", "en": "/en/privacy/", "de": "/de/datenschutz/"}


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "texts"


def page(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def write(data: Path, code: str, text: bytes) -> None:
    (data / code).mkdir(parents=True)
    (data / code / "privacy.txt").write_bytes(text)


@pytest.mark.parametrize("name", ["terms", "privacy"])
def test_both_texts_say_the_same_in_every_language(name: str) -> None:
    shapes = set()
    for code in LANGUAGES:
        with_marks = (BUILT_IN / code / f"{name}.txt").read_text().splitlines()
        shapes.add(tuple(line.split(" ")[0] if line[:1] in {"#", "-"} else bool(line) for line in with_marks))
    assert len(shapes) == 1


@pytest.mark.parametrize(("code", "path"), PATHS.items())
def test_they_are_shown_in_the_language_of_the_page(code: str, path: str) -> None:
    text = page(path)
    assert f'<article class="help-article" lang="{code}">' in text
    assert text.count("<h2>") == 6


def test_the_operators_text_takes_their_place(data: Path) -> None:
    write(data, "es", "# Nuestra casa\n\nEscribe a casa@example.org\n- uno\n- dos\n## Más".encode())
    text = page("/privacidad/")
    assert "<h1>Nuestra casa</h1>" in text
    assert '<a href="mailto:casa@example.org">' in text
    assert "<ul><li>uno</li><li>dos</li></ul><h2>Más</h2>" in text.replace("\n  ", "")


def test_in_another_language_it_is_still_the_operators(data: Path) -> None:
    write(data, "es", b"# Nuestra casa")
    assert '<article class="help-article" lang="es">' in page("/de/datenschutz/")


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"<script>alert(1)</script>", b"{{ x }} {% y %}", b"# " * 9999])
def test_whatever_is_written_is_shown_as_text(data: Path, text: bytes) -> None:
    write(data, "es", text)
    assert "<script>alert" not in page("/privacidad/")

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pliego.cli.app import app
from pliego.documents.models import Document
from pliego.errors import NotAPdf, NotFound, SameVersion
from tests.people import leaflet, share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


@pytest.fixture(autouse=True)
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.cli.replace.prepare", lambda: None)


def run(document: str, file: Path) -> dict[str, object]:
    result = CliRunner().invoke(app, ["replace", document, str(file), "--json"], catch_exceptions=False)
    told: dict[str, object] = json.loads(result.stdout)
    return told


@pytest.mark.parametrize("by", ["{id}", "http://x.example/d/{id}/", "/d/{id}/titulo-primera/"])
def test_it_replaces_the_file_of_what_is_named(by: str, tmp_path: Path) -> None:
    document = share("primera", "private").document
    new = tmp_path / "nuevo.pdf"
    new.write_bytes(leaflet("segunda"))
    assert run(by.format(id=document.pk), new)["version"] == 2
    assert Document.objects.get().original_name == "nuevo.pdf"


def test_what_goes_wrong_is_raised_and_changes_nothing(tmp_path: Path) -> None:
    document = share("primera").document
    for content, name, error in (
        (b"hola", document.pk, NotAPdf),
        (leaflet("primera"), document.pk, SameVersion),
        (leaflet("segunda"), "1" * 16, NotFound),
    ):
        file = tmp_path / "x.pdf"
        file.write_bytes(content)
        with pytest.raises(error):
            run(str(name), file)
    assert Document.objects.get().version == 1

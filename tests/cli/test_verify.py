import json
from pathlib import Path

import pytest
from django.db import connection
from typer.testing import CliRunner, Result

from pliego.cli.app import app
from pliego.documents.engines import blobs
from pliego.documents.readiness import NoSite
from tests.damage import flip
from tests.people import share

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.cli.verify.prepare", lambda: None)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["verify", *words], catch_exceptions=False)


def test_all_is_well() -> None:
    share("sano", read=False)
    result = run()
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1; all as they were shared." in result.stderr


def test_what_is_damaged_or_missing_is_told_by_document() -> None:
    documents = [share(word, read=False).document for word in ("roto", "ido", "sano")]
    flip(blobs().path(documents[0].file_id))
    blobs().path(documents[1].file_id).unlink()
    result = run("--json")
    assert result.exit_code == 1
    told = {answer["name"]: answer for answer in map(json.loads, result.stdout.splitlines())}
    assert {name: answer["state"] for name, answer in told.items()} == {"roto.pdf": "damaged", "ido.pdf": "missing"}
    assert told["roto.pdf"]["document"] == documents[0].pk
    assert told["roto.pdf"]["page"].endswith(documents[0].get_absolute_url())
    assert "1 damaged, 1 missing" in result.stderr


def test_where_there_is_no_site_all_is_not_well(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", tmp_path / "pliego.sqlite3")
    with pytest.raises(NoSite):
        run()

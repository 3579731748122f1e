from pathlib import Path

import pytest
from django.conf import settings
from typer.testing import CliRunner, Result

from pliego.cli.app import app
from pliego.documents.engines import blobs
from pliego.documents.restoring import DataNotEmpty
from tests.people import share

pytestmark = pytest.mark.django_db(transaction=True)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, list(map(str, words)), catch_exceptions=False)


def test_it_says_how_much_there_is_and_how_much_was_copied(tmp_path: Path) -> None:
    for number in range(2):
        share(f"copia {number}", read=False)
    assert "Backed up: 2 files, " in (said := run("backup", tmp_path).stderr)
    assert "copied this time: 2." in said
    assert "copied this time: 0." in run("backup", "--compare", tmp_path).stderr
    assert run("backup", "-q", tmp_path).stderr == ""


def test_what_the_site_has_lost_makes_it_fail(tmp_path: Path) -> None:
    blobs().path(share("perdida", read=False).document.file_id).unlink()
    result = run("backup", "-q", tmp_path)
    assert result.exit_code == 1
    assert "Not in the backup, lost or not to be read: 1." in result.stderr


def test_it_is_not_restored_over_this_site(tmp_path: Path) -> None:
    run("backup", tmp_path)
    before = {path.name for path in settings.DATA.iterdir()}
    with pytest.raises(DataNotEmpty):
        run("restore", tmp_path)
    assert {path.name for path in settings.DATA.iterdir()} == before

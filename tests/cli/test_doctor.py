import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings
from typer.testing import CliRunner

from pliego.cli.app import app
from tests.people import share

pytestmark = pytest.mark.django_db


def report() -> tuple[int, list[str]]:
    result = CliRunner().invoke(app, ["doctor"], catch_exceptions=False)
    return result.exit_code, result.stdout.splitlines()


def test_each_finding_is_one_line_for_whoever_reads_it() -> None:
    share("sano", read=False)
    code, lines = report()
    assert code == 0
    assert all(line.split()[0] in {"good", "note"} for line in lines)
    assert "free space" in lines[1]
    assert "uploads are refused under" in lines[1]


def test_a_name_in_brackets_is_told_as_it_is(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "mis datos [bold]"
    settings.DATA.mkdir()
    assert report()[1][0].endswith("mis datos [bold]")


def test_a_variable_that_is_no_setting_is_named(settings: Settings) -> None:
    settings.UNKNOWN_SETTINGS = ["PLIEGO_SITE_ADRESS"]
    assert "PLIEGO_SITE_ADRESS is none of the settings" in report()[1][0]


def test_a_slip_of_the_keyboard_is_no_setting(tmp_path: Path) -> None:
    program = "from pliego import settings; print(settings.UNKNOWN_SETTINGS)"
    given = {"PLIEGO_DATA": str(tmp_path), "PLIEGO_SITE_ADRESS": "x", "PLIEGO_MAIL_PASSWORD_FILE": os.devnull}
    told = subprocess.check_output([sys.executable, "-c", program], env={**os.environ, **given}, text=True)
    assert told.strip() == "['PLIEGO_SITE_ADRESS']"

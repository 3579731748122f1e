"""Counting page views while the counting process is killed again and again."""

import os
import random
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

VIEWS = 20_000
FOLD = """
import django; django.setup()
from pliego.documents import views_count
views_count.fold()
"""
IDENTIFIER = "2" * 16


def prepared(data: Path) -> dict[str, str]:
    """A data folder with one document and a spool of views, none a repeat; the environment that names it."""
    environment = {**os.environ, "PLIEGO_DATA": str(data), "DJANGO_SETTINGS_MODULE": "pliego.settings"}
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity", "0"], env=environment, check=True)
    make = (
        "import django; django.setup(); from pliego.documents.models import Document, File; "
        f"Document.objects.create(id='{IDENTIFIER}', file=File.objects.create(sha256='a' * 64, size=1))"
    )
    subprocess.run([sys.executable, "-c", make], env=environment, check=True)
    (data / "views").mkdir()
    hour = datetime.now(UTC) - timedelta(minutes=1)
    with (data / "views" / f"{hour:%Y%m%d%H}.views").open("w") as spool:
        spool.writelines(f"{IDENTIFIER} {int(hour.timestamp())} {number:032x}\n" for number in range(VIEWS))
    return environment


def counted(data: Path) -> int:
    with sqlite3.connect(data / "pliego.sqlite3") as database:
        return int(database.execute("SELECT view_count FROM documents_document").fetchone()[0])


def test_a_killed_fold_loses_and_repeats_nothing(tmp_path: Path) -> None:
    environment = prepared(tmp_path)
    chance = random.Random(5)
    for _ in range(4):
        wanted = counted(tmp_path) + chance.randrange(1, 3000)
        with subprocess.Popen([sys.executable, "-c", FOLD], env=environment) as fold:
            while counted(tmp_path) < wanted:
                assert fold.poll() is None
            fold.kill()
    assert counted(tmp_path) < VIEWS, "no kill came in the middle of the work"
    subprocess.run([sys.executable, "-c", FOLD], env=environment, check=True)
    assert counted(tmp_path) == VIEWS

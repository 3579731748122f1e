"""Counting page views while the counting process is killed again and again."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

VIEWS = 20_000
FOLD = """
import django; django.setup()
from pliego.documents import views_count
print("ready", flush=True)
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
    between = 0
    for _ in range(6):
        with subprocess.Popen([sys.executable, "-c", FOLD], env=environment, stdout=subprocess.PIPE) as fold:
            assert fold.stdout is not None
            fold.stdout.readline()
            time.sleep(chance.random() * 0.3)
            fold.kill()
        between += 0 < counted(tmp_path) < VIEWS
    assert between, "no kill came in the middle of the work"
    subprocess.run([sys.executable, "-c", FOLD], env=environment, check=True, stdout=subprocess.DEVNULL)
    assert counted(tmp_path) == VIEWS

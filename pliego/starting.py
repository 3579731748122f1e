"""What every process of a site that works with its data does first, and how it ends where it cannot."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from pliego.errors import PliegoError, StorageFails
from pliego.storage.refusal import refusal
from pliego.terminal import talk


def set_up() -> None:
    """Make files for this user and group alone, and let Django read the settings. Raise ImproperlyConfigured.

    On a full disk the reserve is given up: to open a database takes a little room already.
    """
    os.umask(0o027)  # what the data folder holds is for this user, and for a web server in the same group
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pliego.settings")
    django.setup()
    from pliego.documents import readiness  # noqa: PLC0415 - it reads the settings

    readiness.make_room()


@contextmanager
def told_in_a_line() -> Iterator[None]:
    """End with one line on stderr where a setting, our own sentence or the disk is what stands in the way."""
    try:
        yield
    except ImproperlyConfigured as error:
        _end(2, f"settings {error}")
    except StorageFails as error:
        _end(1, f"{error.code} {error}", error.__cause__)
    except PliegoError as error:
        _end(1, f"{error.code} {error}")
    except (OSError, sqlite3.Error, DatabaseError) as error:
        told = refusal(error)
        if told is None:
            raise
        _end(1, f"{told.code} {told}", error)


def _end(code: int, line: str, reason: BaseException | None = None) -> None:
    talk(f"error: {line} ({reason})" if reason else f"error: {line}")
    sys.exit(code)

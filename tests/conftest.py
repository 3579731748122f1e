"""Every test run has a data folder of its own; it is set before Django reads its settings."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from hypothesis import settings as examples
from pytest_django import Settings

DATA = Path(tempfile.mkdtemp(prefix="pliego-test-"))
for _name in [name for name in os.environ if name.startswith("PLIEGO_")]:
    del os.environ[_name]
(DATA / "static").mkdir()
os.environ["PLIEGO_DATA"] = str(DATA)
os.environ["PLIEGO_MIN_FREE_MB"] = "0"
os.environ["DJANGO_SETTINGS_MODULE"] = "pliego.settings"
django.setup()
# The processes that share out the tests begin with this environment: each has to come here before Django, too.
del os.environ["DJANGO_SETTINGS_MODULE"]


# How long one example takes says more of the machine than of the code. `make test` tries the same examples each time,
# so that what it says of a change is of the change; `make fuzz` tries others.
examples.register_profile("same", deadline=None, derandomize=True)
examples.register_profile("fuzz", deadline=None, max_examples=2000)
examples.load_profile("same")


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def _plain_static_files() -> None:
    """Pages name their static files without a manifest, which only a served site has."""
    from django.conf import settings  # noqa: PLC0415 - after the environment is set

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(scope="session")
def parser() -> Iterator[None]:
    """The parser process of this run's site."""
    from django.conf import settings  # noqa: PLC0415 - after the environment is set

    from pliego.documents.engines import reader  # noqa: PLC0415
    from pliego.pdf.sandbox import socket_in, start_parser  # noqa: PLC0415

    process = start_parser(socket_in(settings.DATA))
    try:
        assert reader().ready(timeout=30)
        yield
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def own_data(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A data folder of one test alone."""
    from pliego.documents.engines import blobs  # noqa: PLC0415 - after the environment is set

    settings.DATA = tmp_path
    blobs.cache_clear()
    yield tmp_path
    blobs.cache_clear()


@pytest.fixture
def archive(db: None, parser: None) -> Iterator[None]:
    """An empty search index, and a reader to fill it."""
    from django.core.cache import caches  # noqa: PLC0415 - after the environment is set

    from pliego.documents import indexing  # noqa: PLC0415
    from pliego.documents.engines import index  # noqa: PLC0415

    caches["pages"].clear()
    indexing.rebuild()
    yield
    index().close()

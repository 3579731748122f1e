"""Every test run has a data folder of its own; it is set before Django reads its settings."""

import os
import shutil
import tempfile
from pathlib import Path


DATA = Path(tempfile.mkdtemp(prefix="pliego-test-"))
os.environ["PLIEGO_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "pliego.settings"
for _name in [name for name in os.environ if name.startswith("PLIEGO_") and name != "PLIEGO_DATA"]:
    del os.environ[_name]


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(DATA, ignore_errors=True)

"""Where backups are made, and where they are brought back."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "copia"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """What a command finds where there is no site yet."""
    data = tmp_path / "datos"
    data.mkdir()
    (data / "secret-key").write_text("made at the start")
    return data

from collections.abc import Iterable
from pathlib import Path

import pytest

from pliego.search.index import Index


@pytest.fixture
def index(tmp_path: Path) -> Iterable[Index]:
    index = Index(tmp_path / "index")
    yield index
    index.close()

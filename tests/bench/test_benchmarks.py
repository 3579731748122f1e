"""The benchmarks themselves run only by `make bench`: here they must load and say what they aim at."""

from types import ModuleType

import pytest

from bench.__main__ import benchmarks

MODULES = benchmarks()


def test_what_must_be_measured_is() -> None:
    wanted = {
        "intake",
        "bulk",
        "text",
        "pages",
        "download",
        "upload",
        "idle",
        "pictures",
        "bombs",
        "confinement",
        "search",
    }
    assert wanted <= set(MODULES)


@pytest.mark.parametrize("module", MODULES.values(), ids=MODULES.keys())
def test_each_names_its_aim(module: ModuleType) -> None:
    assert "Aim: " in (module.__doc__ or "")

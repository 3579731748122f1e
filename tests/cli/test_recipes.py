"""Several tools in a row on the terminal."""

import json
from pathlib import Path

import pytest

from pliego.cli import recipes
from pliego.errors import BadRequest, NotFound
from tests.cli.test_toolbox import folder, pages, pliego

__all__ = ["folder"]
RECIPE = """
[[step]]
tool = "merge"

[[step]]
tool = "rotate"
turn = 90

[[step]]
tool = "extract"
pages = "1-2"
"""


def written(folder: Path, words: str) -> Path:
    path = folder / "recipe.toml"
    path.write_text(words)
    return path


def test_the_tools_work_one_after_the_other(folder: Path) -> None:
    written(folder, RECIPE)
    done = pliego(folder, "run", "recipe.toml", "a.pdf", "b.pdf", "-o", "out.pdf", "--json")
    assert done.returncode == 0, done.stderr
    assert pages((folder / "out.pdf").read_bytes()) == 2
    assert [step["pages"] for step in json.loads(done.stdout)["steps"]] == [4, 4, 2]


def test_a_step_that_fails_leaves_no_result(folder: Path) -> None:
    written(folder, RECIPE.replace("1-2", "9"))
    done = pliego(folder, "run", "recipe.toml", "a.pdf", "-o", "out.pdf")
    assert (done.returncode, (folder / "out.pdf").exists()) == (1, False)
    assert b"error: no-such-page" in done.stderr


@pytest.mark.parametrize(
    "words", ["", "step = 7", "[[step]]", "x = [", '[[step]]\ntool = "split"\n[[step]]\ntool = "rotate"']
)
def test_a_recipe_that_makes_no_sense_is_refused(tmp_path: Path, words: str) -> None:
    with pytest.raises(BadRequest):
        recipes.read(written(tmp_path, words))


def test_an_unknown_tool_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        recipes.read(written(tmp_path, '[[step]]\ntool = "fly"'))


def test_an_unknown_option_is_told(folder: Path) -> None:
    written(folder, '[[step]]\ntool = "rotate"\ntrun = 90')
    done = pliego(folder, "run", "recipe.toml", "a.pdf", "-o", "out.pdf")
    assert (done.returncode, b"trun" in done.stderr) == (2, True)

import os
from pathlib import Path

import pytest

from pliego.errors import NeedsPassword, ReaderStopped
from pliego.pdf.confinement import MIB, Limits
from pliego.pdf.frames import Kind, decode
from pliego.pdf.reader import Reader


def test_a_task_gets_its_parameters_and_its_file(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"bytes")
    answers = list(reader.ask("echo", {"a": [1, "ñ"]}, tmp_path / "file"))
    assert [kind for kind, _ in answers] == [Kind.JSON, Kind.BYTES]
    assert decode(answers[0][1]) == {"a": [1, "ñ"]}
    assert answers[1][1] == b"bytes"


def test_a_child_knows_nothing_of_us(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLIEGO_SECRET_KEY", "secret")
    (tmp_path / "file").touch()
    [(_, payload)] = reader.ask("environment", {}, tmp_path / "file")
    assert decode(payload)["descriptors"] == [0, 1, 2, 3, 4]
    assert not [name for name in decode(payload)["names"] if "PLIEGO" in name]


@pytest.mark.parametrize("task", ["hoard", "hoard_natively"])
def test_out_of_memory(reader: Reader, task: str) -> None:
    assert stopped(reader, task, Limits(memory=200 * MIB)) == "memory"


def test_out_of_processor_time(reader: Reader) -> None:
    assert stopped(reader, "burn", Limits(cpu=1)) == "time"


def test_out_of_time(reader: Reader) -> None:
    assert stopped(reader, "wait", Limits(wall=0.3)) == "time"


def test_too_large_an_answer(reader: Reader) -> None:
    assert stopped(reader, "flood", Limits(answer=5 * MIB)) == "size"


@pytest.mark.parametrize("task", ["crash", "vanish"])
def test_a_crash(reader: Reader, task: str) -> None:
    assert stopped(reader, task) == "crash"


def test_an_error_with_a_name_comes_after_what_was_read(reader: Reader) -> None:
    answers = reader.ask("refuse")
    assert next(answers) == (Kind.BYTES, b"first")
    with pytest.raises(NeedsPassword):
        next(answers)


def test_a_mistake_of_ours_is_told_by_its_place_and_not_by_the_words_of_the_document(reader: Reader) -> None:
    with pytest.raises(ReaderStopped) as caught:
        list(reader.ask("fail"))
    [note] = caught.value.__notes__
    assert note.startswith("ValueError at hostile_tasks.py:")


def test_the_output_file_has_a_cap(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "in").touch()
    little = Limits(written=1000)
    with (tmp_path / "out").open("wb") as out:
        list(reader.ask("write", {"bytes": 1000}, tmp_path / "in", [out.fileno()], little))
        with pytest.raises(ReaderStopped) as caught:
            list(reader.ask("write", {"bytes": 1}, tmp_path / "in", [out.fileno()], little))
    assert caught.value.reason == "size"
    assert (tmp_path / "out").stat().st_size == 1000


def test_without_an_output_file_nothing_can_be_written(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    number = os.open(tmp_path / "file", os.O_RDWR)
    with pytest.raises(ReaderStopped):
        list(reader.ask("write", {"bytes": 1}, tmp_path / "file", [number]))
    os.close(number)


def stopped(reader: Reader, task: str, limits: Limits | None = None) -> str:
    """Why a task was ended."""
    with pytest.raises(ReaderStopped) as caught:
        list(reader.ask(task, limits=limits))
    return caught.value.reason

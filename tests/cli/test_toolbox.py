"""The tools as commands, in a process of their own and without a site."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from pliego.pdf.sample import sample_pdf
from tests.house.shape import ROOT
from tests.samples import book, encrypted


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.pdf").write_bytes(sample_pdf(3))
    (tmp_path / "b.pdf").write_bytes(sample_pdf(1))
    (tmp_path / "locked.pdf").write_bytes(encrypted("sesame"))
    return tmp_path


def pliego(folder: Path, *words: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "PLIEGO_DATA": "/nowhere/at/all", "COLUMNS": "200"}
    command = [sys.executable, "-m", "pliego", *words]
    return subprocess.run(command, cwd=folder, env=environment, input=given, capture_output=True, check=False)


def pages(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def test_a_result_goes_where_it_is_told(folder: Path) -> None:
    done = pliego(folder, "merge", "a.pdf", "b.pdf", "-o", "out.pdf")
    assert (done.returncode, done.stdout) == (0, b"")
    assert pages((folder / "out.pdf").read_bytes()) == 4
    assert sorted(path.name for path in folder.iterdir()) == ["a.pdf", "b.pdf", "locked.pdf", "out.pdf"]


def test_standard_input_and_output(folder: Path) -> None:
    done = pliego(folder, "extract", "-", "--pages", "2-", given=sample_pdf(3))
    assert done.returncode == 0
    assert pages(done.stdout) == 2


def test_a_report_for_programs(folder: Path) -> None:
    done = pliego(folder, "split", "a.pdf", "--every", "2", "-o", "out.zip", "--json")
    report = json.loads(done.stdout)
    assert (report["operation"], report["notes"][0]["count"]) == ("split", 2)
    assert report["size_after"] == (folder / "out.zip").stat().st_size
    assert done.stderr == b""


def test_an_input_is_never_written_over(folder: Path) -> None:
    (folder / "same.pdf").symlink_to("a.pdf")
    for target in ("a.pdf", "./a.pdf", "same.pdf"):
        done = pliego(folder, "rotate", "a.pdf", "-o", target)
        assert done.returncode == 2
        assert b"place of an input" in done.stderr
    assert (folder / "a.pdf").read_bytes() == sample_pdf(3)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["rotate", "a.pdf", "--pages", "9"], 1, "no-such-page There is no page 9"),
        (["rotate", "a.pdf", "--pages", "x"], 2, "bad-pages"),
        (["rotate", "a.pdf", "--turn", "45"], 2, "--turn"),
        (["rotate", "none.pdf"], 2, "no file none.pdf"),
        (["rotate", "a.pdf", "-o", "no/where.pdf"], 2, "no folder no"),
        (["extract", "a.pdf"], 2, "--pages"),
        (["merge", "a.pdf", "locked.pdf"], 1, "needs-password locked.pdf: This PDF is protected"),
        (["merge", "a.pdf", "locked.pdf", "--password", "x"], 1, "wrong-password"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_a_code(folder: Path, words: list[str], code: int, said: str) -> None:
    done = pliego(folder, *words)
    assert done.returncode == code
    assert said in done.stderr.decode()
    assert done.stdout == b""


def test_after_an_error_an_older_result_is_still_there(folder: Path) -> None:
    (folder / "out.pdf").write_bytes(b"older")
    assert pliego(folder, "rotate", "a.pdf", "--pages", "9", "-o", "out.pdf").returncode == 1
    assert (folder / "out.pdf").read_bytes() == b"older"
    assert len(list(folder.iterdir())) == 4


def test_a_password_opens_an_input(folder: Path) -> None:
    done = pliego(folder, "merge", "a.pdf", "locked.pdf", "--password", "sesame", "-q")
    assert done.returncode == 0
    assert done.stderr == b""


def test_a_large_document_is_protected(folder: Path) -> None:
    (folder / "book.pdf").write_bytes(book(455))  # needs more random numbers than are read ahead
    assert pliego(folder, "protect", "book.pdf", "--opening", "sesame", "-o", "locked.pdf").returncode == 0
    with pikepdf.open(folder / "locked.pdf", password="sesame") as pdf:
        assert len(pdf.pages) == 455


def test_a_tool_loads_no_django_and_no_pdf_library() -> None:
    script = (
        "import sys, pliego.__main__\nfrom pliego.cli import toolbox\ntoolbox.is_tool('merge')\nprint(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {name.partition(".")[0] for name in loaded.split()} & {"django", "pikepdf", "PIL", "pypdfium2"} == set()


@pytest.mark.parametrize(
    "title", [b"\xfe\xff\x00H\x00o\x00j\x00a", b"\xff\xfeH\x00o\x00j\x00a\x00", b"caf\xe9", b"\x00H\x00o\x00j\x00a"]
)
def test_words_in_any_encoding_can_be_read(folder: Path, title: bytes) -> None:
    """The child loads no encoding any more once it is shut in."""
    with pikepdf.open(folder / "b.pdf") as pdf:
        pdf.docinfo["/Title"] = pikepdf.String(title)
        pdf.save(folder / "named.pdf")
    assert pliego(folder, "inspect", "named.pdf", "-o", "out.json").returncode == 0
    assert pliego(folder, "watermark", "named.pdf", "--text", "Borrador", "-o", "out.pdf").returncode == 0

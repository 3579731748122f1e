import os
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from pliego.errors import NeedsPassword, NotAPdf, ReaderStopped, UnreadablePdf
from pliego.pdf.alone import OwnChild
from pliego.pdf.errand import Errand
from pliego.pdf.reader import Reader
from pliego.pdf.refusals import NoSuchPage
from pliego.pdf.report import Progress, Report, Step
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import assert_sound
from tests.samples import book, encrypted, leaflet


@pytest.fixture(params=["its own child", "the parser process"])
def runner(request: pytest.FixtureRequest) -> Reader:
    if request.param == "its own child":
        return OwnChild()
    served: Reader = request.getfixturevalue("reader")
    return served


@pytest.fixture
def output(tmp_path: Path) -> Path:
    path = tmp_path / "out"
    path.touch()
    return path


def run(
    runner: Reader, output: Path, name: str, *contents: bytes, tell: object = lambda _: None, **options: object
) -> Report:
    inputs = [output.with_name(f"{number}.pdf") for number in range(len(contents))]
    for path, content in zip(inputs, contents, strict=True):
        path.write_bytes(content)
    descriptor = os.open(output, os.O_RDWR)
    try:
        return runner.run(Errand.of(name, inputs, options), descriptor, tell)  # type: ignore[arg-type]
    finally:
        os.close(descriptor)


def test_a_tool_runs_and_reports(runner: Reader, output: Path) -> None:
    heard: list[Progress | None] = []
    report = run(runner, output, "merge", sample_pdf(2), sample_pdf(1), tell=heard.append)
    assert (report.pages, report.size_after) == (3, output.stat().st_size)
    assert_sound(output.read_bytes())
    assert {said.step for said in heard if said} >= {Step.READ, Step.WRITE}


def test_many_files_are_joined(runner: Reader, output: Path) -> None:
    assert run(runner, output, "merge", *[sample_pdf(1)] * 100).pages == 100


def test_a_file_whose_objects_cannot_be_found_is_rescued(runner: Reader, output: Path) -> None:
    with pikepdf.open(BytesIO(leaflet())) as pdf:
        pdf.save(packed := BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.generate)
    report = run(runner, output, "repair", packed.getvalue().replace(b"/W [", b"/X ["))
    assert [note.code for note in report.notes] == ["rescued"]
    assert_sound(output.read_bytes())
    with pytest.raises(UnreadablePdf):  # PDFium would write again what nobody finds a page in
        run(runner, output, "repair", leaflet().replace(b"/Kids", b"/Kidz"))


def test_errors_of_a_tool_arrive_whole(runner: Reader, output: Path) -> None:
    with pytest.raises(NoSuchPage, match="no page 9: this PDF has 2"):
        run(runner, output, "extract", sample_pdf(2), pages="9")
    with pytest.raises(NotAPdf):
        run(runner, output, "extract", b"nothing", pages="1")
    with pytest.raises(NeedsPassword) as caught:
        run(runner, output, "merge", sample_pdf(1), encrypted("secret"))
    assert caught.value.params == {"input": 1}


def test_an_error_of_the_listener_ends_the_child(runner: Reader, output: Path) -> None:
    class Enough(Exception):
        pass

    def stop(_: Progress | None) -> None:
        raise Enough

    with pytest.raises(Enough):
        run(runner, output, "merge", sample_pdf(2), tell=stop)
    assert children() == [] or not isinstance(runner, OwnChild)


def test_a_child_of_its_own_is_shut_in_while_it_works(output: Path) -> None:
    seen: set[str] = set()

    def look(said: Progress | None) -> None:
        for pid in children():
            status = Path(f"/proc/{pid}/status").read_text()
            seen.update(line for line in status.split("\n") if line.startswith(("Seccomp:", "NoNewPrivs:")))

    run(OwnChild(), output, "split", book(455), tell=look)
    assert seen >= {"Seccomp:\t2", "NoNewPrivs:\t1"}


def test_a_child_that_dies_is_told(output: Path) -> None:
    def end(said: Progress | None) -> None:
        for pid in children() if said else ():
            os.kill(int(pid), 9)

    with pytest.raises(ReaderStopped):
        run(OwnChild(), output, "split", book(455), tell=end, every=1)  # long enough to be caught at work


def children() -> list[str]:
    """The children of this process that work alone."""
    found = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return [pid for pid in found if b"pliego.pdf.alone" in Path(f"/proc/{pid}/cmdline").read_bytes()]

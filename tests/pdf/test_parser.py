from pathlib import Path

import pytest

from pliego.pdf import facts, picture, text
from pliego.pdf.parser import TASKS
from pliego.pdf.reader import PrivateParser, Reader
from pliego.pdf.source import Source
from tests import samples

KINDS = {
    "book": samples.book(pages=12),
    "empty password": samples.encrypted(),
    "leaflet": samples.leaflet(),
    "paper": samples.paper(),
    "right to left": samples.right_to_left(),
    "scan": samples.scan(),
    "slides": samples.slides(),
    "truncated": samples.truncated(),
    "xmp": samples.with_xmp(samples.xmp()),
}
WHOLE = [name for name in KINDS if name != "truncated"]


@pytest.fixture
def pdf(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(KINDS[request.param])
    return path


@pytest.mark.parametrize("pdf", KINDS, indirect=True)
def test_the_facts_are_the_same_within_the_confinement(reader: Reader, pdf: Path) -> None:
    with pdf.open("rb") as file:
        assert reader.facts(pdf) == facts.read_facts(Source(file.fileno()))


@pytest.mark.parametrize("pdf", WHOLE, indirect=True)
def test_the_words_are_the_same_within_the_confinement(reader: Reader, pdf: Path) -> None:
    with pdf.open("rb") as file:
        assert list(reader.text(pdf, 1, 9)) == list(text.read_pages(Source(file.fileno()), 1, 9))


@pytest.mark.parametrize("pdf", WHOLE, indirect=True)
def test_the_picture_is_the_same_within_the_confinement(reader: Reader, pdf: Path) -> None:
    with pdf.open("rb") as file:
        assert reader.picture(pdf, 1, 500) == picture.render_page(Source(file.fileno()), 1, 500)


def test_only_pictures_that_somebody_waits_for_go_first() -> None:
    assert {name for name, task in TASKS.items() if task.interactive} == {"picture", "card", "words", "links", "ready"}


def test_an_idle_parser_process_is_small_and_has_one_thread(parser: PrivateParser) -> None:
    process = Path(f"/proc/{parser.process.pid}")
    [resident] = [line for line in (process / "smaps_rollup").read_text().splitlines() if line.startswith("Pss:")]
    assert int(resident.split()[1]) < 80 * 1024
    assert len(list((process / "task").iterdir())) == 1

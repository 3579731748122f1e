"""Twenty bombs in front of two hundred normal files, all asked of one parser process at once.

Aim: the normal files take at most 1.5 times what they take without the bombs. To be run without real-time priority
(`chrt`), under which no process counts as less urgent than another.
"""

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from bench.measurement import Measurement, seconds, side_by_side
from pliego.pdf import frames
from pliego.pdf.confinement import Limits
from pliego.pdf.reader import PrivateParser, Reader
from tests import samples

BOMBS = 20
FILES = 200
READERS = 4
"""Files that are read at the same time."""
ROUNDS = 5
PICTURES = 40
PAGES = 6


def measure() -> Iterator[Measurement]:
    """Read the files with and without the bombs."""
    with tempfile.TemporaryDirectory(prefix="pliego-bench-") as name, PrivateParser() as reader:
        normal = written(Path(name) / "normal.pdf", samples.book(PAGES))
        hostile = [
            written(Path(name) / "form.pdf", samples.form_bomb()),
            written(Path(name) / "content.pdf", samples.content_bomb()),
            written(Path(name) / "image.pdf", samples.image_bomb()),
        ]

        def beset() -> float:
            with bombs(reader, hostile):
                return read_all(reader, normal)

        beset_time, alone = side_by_side(beset, lambda: read_all(reader, normal), ROUNDS)
        yield Measurement(f"{FILES} files behind {BOMBS} bombs", beset_time, "s", 1.5, "without bombs", alone)
        alone = picture_time(reader, normal)
        with bombs(reader, hostile):
            picture_time(reader, normal)  # until the bombs have been found out
            beset_picture = picture_time(reader, normal)
        yield Measurement(f"picture beside {BOMBS} bombs", beset_picture, "ms", 1.5, "without bombs", alone)


def picture_time(reader: Reader, file: Path) -> float:
    """Milliseconds for a picture, as a rule."""
    return median(seconds(lambda: reader.picture(file, 1, 800)) * 1000 for _ in range(PICTURES))


def written(path: Path, pdf: bytes) -> Path:
    """A file with these bytes."""
    path.write_bytes(pdf)
    return path


def read_all(reader: Reader, file: Path) -> float:
    """Seconds for all the normal files."""
    with ThreadPoolExecutor(READERS) as pool:
        return seconds(lambda: list(pool.map(lambda _: read(reader, file), range(FILES))))


def read(reader: Reader, file: Path) -> None:
    """What intake asks for: the facts, the first picture, the text."""
    reader.facts(file)
    reader.picture(file, 1, 800)
    for _ in reader.text(file, 1, PAGES):
        pass


@contextmanager
def bombs(reader: Reader, files: list[Path]) -> Iterator[None]:
    """So many requests for the text or picture of bombs, asked before anything else and then dropped."""
    with ExitStack() as stack:
        for number in range(BOMBS):
            file = stack.enter_context(files[number % len(files)].open("rb"))
            task = ("text", {"first": 1, "last": 1}) if number % 2 else ("picture", {"number": 1, "width": 800})
            sock = stack.enter_context(frames.connect(reader.socket, 2))
            request = {"task": task[0], "params": task[1], "limits": Limits().to_json()}
            frames.send_request(sock, request, [file.fileno()])
        yield

"""How the rest of Pliego reads a PDF: ask the parser process. No PDF library is imported here.

The answers come from a confined process that may have been taken over by a hostile file: their size is capped and their
shape is checked. They are still only claims of the file about itself.
"""

import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pliego.errors import (
    DiskFull,
    EmptyFile,
    NeedsPassword,
    NoPages,
    NotAPdf,
    NotFound,
    PliegoError,
    ReaderBusy,
    ReaderStopped,
    UnreadablePdf,
    WrongPassword,
)
from pliego.pdf import frames
from pliego.pdf.blanks import blanks_from
from pliego.pdf.confinement import MIB, Limits
from pliego.pdf.errand import SAID_BY_TOOLS, Errand, Tell, limits_for
from pliego.pdf.frames import Kind, TooLongError, WireError
from pliego.pdf.probe import PROBES, Probe
from pliego.pdf.refusals import NothingToFill
from pliego.pdf.report import Progress, Report
from pliego.pdf.sandbox import start_parser
from pliego.pdf.values import Card, Extent, Link, OutlineEntry, PageText, PdfFacts, Remarks, extents_from, links_from

T = TypeVar("T")

CONNECT_SECONDS = 2.0
QUEUE_SECONDS = 20.0
"""How long a request may wait for a place before ReaderBusy. A whole call is shorter than the lease of a worker."""
GRACE_SECONDS = 5.0
"""How long after its wall time a child's end is awaited: the parser process is to say it."""
LANGUAGE_MOST = 20_000
"""Characters that are enough to tell the language of a text; they fit in one request."""
TITLE_LINES_MOST, TITLE_LINE_MOST = 100, 150
"""A title stands among the first lines, and is short; so much of them fits in one request."""
LINKS_LIMITS = Limits(cpu=2, wall=5.0)
"""Far more than an honest page needs: tens of milliseconds, of 10,000 pages and 500 links a tenth of a second."""
PASSWORD_MOST = 1000
"""PDF uses at most 127 bytes of a password (ISO 32000-2, 7.6.4.3.2); a longer one may still be asked for."""

_REASONS = ("time", "memory", "size", "crash")
_KINDS = (DiskFull, EmptyFile, NeedsPassword, NoPages, NotAPdf, NotFound, ReaderBusy, UnreadablePdf, WrongPassword)
_ERRORS: dict[str, type[PliegoError]] = {kind.code: kind for kind in (*_KINDS, *SAID_BY_TOOLS)}


class Reader:
    """A client of the parser process that listens on ``socket``. Safe from many threads: one connection per call.

    Every method may raise ReaderBusy (nobody there, or no place in time: try again) and ReaderStopped (this file asks
    for too much). Pages are numbered from 1.
    """

    def __init__(self, socket: Path, queue_seconds: float = QUEUE_SECONDS) -> None:
        self.socket = socket
        self._queue_seconds = queue_seconds

    def facts(self, file: Path, password: str = "") -> PdfFacts:
        """What the PDF says about itself. Raise NotAPdf, NeedsPassword, WrongPassword, NoPages, UnreadablePdf."""
        return self._value(PdfFacts.from_json, "facts", {"password": password[:PASSWORD_MOST]}, file)

    def text(self, file: Path, first: int, last: int, password: str = "") -> Generator[PageText]:
        """The words of pages first to last, as they are read. Close the iterator to stop the reading."""
        for _, payload in self.ask("text", {"first": first, "last": last, "password": password}, file):
            yield from map(_page, payload.split(b"\n"))

    def whole(self, file: Path, width: int, most: int) -> "Whole":
        """All of a file with at most so many pages, its first page as a picture; to be closed."""
        return Whole(self.ask("whole", {"width": width, "most": most}, file))

    def words(self, file: Path, number: int) -> list[list[Extent]]:
        """Where the words of a page lie on each of its lines."""
        return self._value(lambda data: extents_from(data["lines"]), "words", {"number": number}, file)

    def links(self, file: Path, number: int) -> list[Link]:
        """The links of page ``number``; see `read_links`. Raise as picture does, but sooner: a page waits for them."""
        return self._value(lambda data: links_from(data["links"]), "links", {"number": number}, file, LINKS_LIMITS)

    def outline(self, file: Path) -> list[OutlineEntry]:
        """The bookmarks of the PDF, [] when it has none."""
        return self._value(
            lambda data: [OutlineEntry.from_json(entry) for entry in data["entries"]], "outline", {}, file
        )

    def picture(self, file: Path, number: int, width: int) -> bytes:
        """A page as a WebP of ``width`` pixels."""
        return b"".join(payload for _, payload in self.ask("picture", {"number": number, "width": width}, file))

    def card(self, file: Path, card: Card) -> bytes:
        """The picture for links to a page or a passage, as a JPEG."""
        return b"".join(payload for _, payload in self.ask("card", {"card": card.to_json()}, file))

    def scanned_pages(self, file: Path, numbers: Sequence[int], password: str = "") -> list[int]:
        """Those of the pages that pictures cover."""
        params = {"numbers": numbers, "password": password}
        return self._value(lambda data: [int(page) for page in data["pages"]], "scanned", params, file)

    def scan(self, file: Path, number: int, password: str = "", *, straighten: bool = False) -> tuple[bytes, float]:
        """A page as a grey picture (PGM) for a program that recognises words, and how it was turned (see draw_scan)."""
        params = {"number": number, "password": password, "straighten": straighten}
        told, *parts = [payload for _, payload in self.ask("scan", params, file)]
        return b"".join(parts), _shaped(lambda data: float(data["turn"]), told)

    def opening(self, file: Path, passwords: Sequence[str]) -> str:
        """The one of the passwords that opens a file, "" when it needs none. Raise NeedsPassword or WrongPassword."""
        for password in ("", *passwords):
            with suppress(NeedsPassword):
                self.facts(file, password)
                return password
        raise (WrongPassword if passwords else NeedsPassword)(input=0)

    def reading_copy(self, file: Path, target: Path, password: str = "", *, links_printed: bool = False) -> None:
        """Write a decrypted, repaired copy to ``target``, which must not exist; synced. On failure it is not there.

        ``links_printed``: see `copy`.
        """
        params = {"password": password[:PASSWORD_MOST], "links_printed": links_printed}
        limits = Limits(written=4 * file.stat().st_size + 64 * MIB)
        output = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            for _ in self.ask("reading_copy", params, file, [output], limits):
                pass
            os.fsync(output)
        except BaseException:
            target.unlink()
            raise
        finally:
            os.close(output)

    def excerpt(self, file: Path, first: int, last: int, output: int) -> None:
        """Write pages ``first`` to ``last`` as a PDF of their own to an open descriptor. Raise NotFound."""
        limits = Limits(written=file.stat().st_size + 16 * MIB)
        for _ in self.ask("excerpt", {"first": first, "last": last}, file, [output], limits):
            pass

    def run(self, errand: Errand, output: int, tell: Tell = lambda _: None) -> Report:
        """Let a tool work; its result goes to an open, empty descriptor.

        ``tell`` hears how far it is, and None about every second in which nothing new is to be said; an error of it
        ends the work at once. Raise what the tool raises: NeedsPassword and WrongPassword name the ``input``, from 0.
        """
        size = errand.size
        report = None
        with ExitStack() as stack:
            descriptors = [stack.enter_context(_opened(file)) for file in errand.files]
            answers = self._ask(
                "operate", errand.to_json(), [*descriptors, output], limits_for(size), lambda: tell(None)
            )
            for _, payload in stack.enter_context(closing(answers)):
                said = frames.decode(payload)
                if "percent" in said:
                    tell(_shaped(Progress.from_json, payload))
                else:
                    sizes = (size, os.fstat(output).st_size)
                    report = _shaped(partial(Report.from_child, declared=errand.operation, sizes=sizes), payload)
        if report is None:
            raise ReaderStopped("crash")
        return report

    def language(self, text: str) -> str:
        """The ISO 639-1 code of the language of a text, "" when unsure."""
        return self._value(lambda data: str(data["language"]), "language", {"text": text[:LANGUAGE_MOST]})

    def guess_title(self, page: PageText) -> str:
        """The title that a first page seems to begin with, "" when unsure."""
        lines = [line._replace(text=line.text[:TITLE_LINE_MOST]) for line in page.lines[:TITLE_LINES_MOST]]
        top = replace(page, lines=lines, paragraphs=[])
        return self._value(lambda data: str(data["title"]), "title", {"page": top.to_json()})

    def probe(self, database: Path, secrets: Sequence[str] = ()) -> list[Probe]:
        """Try from inside the confinement what must not be possible. ``secrets``: values not to be found there."""
        params = {"database": str(database), "secrets": list(secrets)}
        seen: dict[str, Probe] = {}
        with suppress(ReaderStopped):
            for _, payload in self.ask("probe", params):
                probe = _shaped(Probe.from_json, payload)
                seen[probe.name] = probe
        return [seen.get(name) or Probe(name, denied=False, reason="did not come back") for name in PROBES]

    def ready(self, timeout: float = 0.0) -> bool:
        """Whether the parser process answers within ``timeout`` seconds; asked at least once."""
        deadline = time.monotonic() + timeout
        while True:
            with suppress(ReaderBusy):
                return not list(self.ask("ready"))
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.02)

    def ask(
        self,
        task: str,
        params: dict[str, Any] | None = None,
        file: Path | None = None,
        outputs: Sequence[int] = (),
        limits: Limits | None = None,
    ) -> Generator[tuple[Kind, bytes]]:
        """Run a task and yield its answers, JSON or bytes, as they come. WireError when the request is too large."""
        with ExitStack() as stack:
            descriptors = list(outputs)
            if file is not None:
                descriptors.insert(0, stack.enter_context(_opened(file)))
            yield from self._ask(task, params or {}, descriptors, limits or Limits())

    def _ask(
        self,
        task: str,
        params: dict[str, Any],
        descriptors: Sequence[int],
        limits: Limits,
        alive: Callable[[], None] | None = None,
    ) -> Generator[tuple[Kind, bytes]]:
        with self._begun({"task": task, "params": params, "limits": limits.to_json()}, descriptors) as sock:
            yield from self._answers(sock, limits, alive)

    @contextmanager
    def _begun(self, request: dict[str, Any], descriptors: Sequence[int]) -> Iterator[socket.socket]:
        """The connection to a child that has been asked; leaving it ends the child."""
        with ExitStack() as stack:
            try:
                sock = stack.enter_context(frames.connect(self.socket, CONNECT_SECONDS))
                frames.send_request(sock, request, descriptors)
            except OSError as error:
                raise ReaderBusy from error
            yield sock

    def _answers(
        self, sock: socket.socket, limits: Limits, alive: Callable[[], None] | None
    ) -> Generator[tuple[Kind, bytes]]:
        started = False
        wall = limits.wall + GRACE_SECONDS
        try:
            for kind, payload in frames.receive(sock, limits.answer, self._queue_seconds, wall, alive):
                if kind is Kind.ERROR:
                    _raise(frames.decode(payload))
                if kind is Kind.STARTED:
                    started = True
                elif kind is not Kind.END:
                    yield kind, payload
        except TooLongError as error:
            raise ReaderStopped("size") from error
        except TimeoutError as error:
            raise (ReaderStopped("time") if started else ReaderBusy()) from error
        except (WireError, ConnectionError) as error:
            raise (ReaderStopped("crash") if started else ReaderBusy()) from error

    def _value(
        self,
        shape: Callable[[Any], T],
        task: str,
        params: dict[str, Any],
        file: Path | None = None,
        limits: Limits | None = None,
    ) -> T:
        """The one JSON value that a task answers with."""
        values = [_shaped(shape, payload) for _, payload in self.ask(task, params, file, limits=limits)]
        if len(values) != 1:
            raise ReaderStopped("crash")
        return values[0]


class Whole:
    """What one child tells of a file, to be asked for in this order. Everything raises what Reader.facts raises.

    There is no picture of a damaged file, and there are no pages and no remarks of one with too many.
    """

    def __init__(self, answers: Generator[tuple[Kind, bytes]]) -> None:
        self._answers = answers

    def close(self) -> None:
        """End the child, if it still reads."""
        self._answers.close()

    def facts(self) -> PdfFacts:
        """What the PDF says about itself."""
        return _shaped(PdfFacts.from_json, self._next(Kind.JSON))

    def picture(self) -> bytes:
        """The first page as a WebP, b"" when it cannot be drawn."""
        return self._next(Kind.BYTES)

    def pages(self, count: int) -> Iterator[PageText]:
        """The words of so many pages, as they are read."""
        number = 0
        while number < count:
            for page in map(_page, self._next(Kind.BYTES).split(b"\n")):
                number += 1
                if page.number != number:
                    raise ReaderStopped("crash")
                yield page

    def remarks(self) -> Remarks:
        """The rest."""
        return _shaped(Remarks.from_json, self._next(Kind.JSON))

    def _next(self, kind: Kind) -> bytes:
        said, payload = next(self._answers, (Kind.ERROR, b""))
        if said is not kind:
            raise ReaderStopped("crash")
        return payload


class PrivateParser(AbstractContextManager[Reader]):
    """A parser process of one's own, for a command or a test: entered, it gives its Reader.

    Raise ReaderBusy when it cannot start. ``tasks`` names a module with further tasks, for tests.
    """

    process: "subprocess.Popen[bytes]"
    reader: Reader

    def __init__(self, tasks: str = "") -> None:
        self._tasks = tasks
        self._stack = ExitStack()

    def __enter__(self) -> Reader:
        with ExitStack() as stack:
            socket = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pliego-"))) / "parser"
            self.process = stack.enter_context(start_parser(socket, self._tasks))
            stack.callback(self.process.terminate)
            self.reader = Reader(socket)
            while not self.reader.ready(timeout=1.0):
                if self.process.poll() is not None:
                    raise ReaderBusy
            self._stack = stack.pop_all()
        return self.reader

    def __exit__(self, *_: object) -> None:
        self._stack.close()


@contextmanager
def _opened(file: Path) -> Iterator[int]:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _page(line: bytes) -> PageText:
    """A page as promised. Anything else is a reader gone wrong."""
    try:
        return PageText.decode(line)
    except (ValueError, OverflowError, RecursionError) as error:
        raise ReaderStopped("crash") from error


def _shaped(shape: Callable[[Any], T], payload: bytes) -> T:
    """A value of the promised shape. Anything else is a reader gone wrong."""
    try:
        return shape(frames.decode(payload))
    except (WireError, TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
        raise ReaderStopped("crash") from error


def _gaps(kind: type[PliegoError], said: dict[str, Any]) -> dict[str, Any]:
    """What an error of the child carries: what its sentence has gaps for, the number of an input, and blanks."""
    told = {name: said.get(name, "") for name in re.findall(r"%\((\w+)\)s", kind.sentence)}
    gaps: dict[str, Any] = {name: value if isinstance(value, int) else str(value)[:200] for name, value in told.items()}
    if kind is NothingToFill:
        gaps["blanks"] = [blank.to_json() for blank in blanks_from(said.get("blanks"))]
    return gaps | ({"input": said["input"]} if isinstance(said.get("input"), int) else {})


def _raise(said: Any) -> NoReturn:
    """Raise the error that a last word names; one that is not ours to hear from a reader is a crash."""
    code = said.get("code") if isinstance(said, dict) else None
    if code in _ERRORS:
        raise _ERRORS[code](**_gaps(_ERRORS[code], said))
    reason = said.get("reason") if code == ReaderStopped.code else "crash"
    error = ReaderStopped(reason if reason in _REASONS else "crash")
    if isinstance(said, dict) and said.get("where"):
        error.add_note(str(said["where"])[:200])
    raise error

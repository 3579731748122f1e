"""A tool at work, inside the confined child: its inputs, its result, and what it tells on the way."""

import io
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from importlib import import_module
from typing import Any, BinaryIO, TypeVar

import pikepdf
import pypdfium2
from pikepdf import ObjectStreamMode

from pliego.errors import NeedsPassword, NoPages, UnreadablePdf, WrongPassword
from pliego.pdf.child import Answer, Job
from pliego.pdf.operation import Operation, declared
from pliego.pdf.randomness import draw_anew
from pliego.pdf.ranges import Pages
from pliego.pdf.refusals import DamagedPdf
from pliego.pdf.report import Step
from pliego.pdf.source import Source

T = TypeVar("T")
_AS_IT_IS = ObjectStreamMode.preserve

SHARES = {Step.READ: (0, 5), Step.PAGES: (5, 60), Step.PICTURES: (5, 75), Step.CHECK: (60, 80), Step.WRITE: (80, 99)}
"""From which to which per cent of the whole work each step usually goes; a tool may change its own."""
SILENCE = 0.05
"""Seconds in which nothing new is said of the same step: a file of 8 MB is done in less."""


def operate(job: Job) -> Iterator[Answer]:
    """Run the operation that the request names; its progress, then its report.

    Raise DamagedPdf of a file that cannot be read, by which tools name the one that repairs: that one has no such way.
    """
    function = function_of(job.params["operation"])
    with Work(job, declared(function)) as work:
        try:
            function(work, **declared(function).check(job.params["options"]))
        except NoPages:
            raise
        except (UnreadablePdf, pikepdf.PdfError, pypdfium2.PdfiumError) as error:
            raise (UnreadablePdf if work.operation.name == "repair" else DamagedPdf) from error
        yield work.report()


def function_of(name: str) -> Callable[..., None]:
    """The function that does the work of a tool."""
    word = name.replace("-", "_")
    function: Callable[..., None] = getattr(import_module(f"pliego.pdf.operations.{word}"), word)
    return function


class Work:
    """One run of a tool. Its inputs are numbered from 0 and never changed."""

    def __init__(self, job: Job, operation: Operation) -> None:
        self.operation = operation
        self.names: Sequence[str] = job.params["names"]
        self.output = operation.output
        """What the result is; a tool that can give several kinds says which."""
        self.pages = 0
        """Pages of the result."""
        self.first = 1
        """The first page of the result that was changed, where the tool changes some alone."""
        count = len(self.names)
        self._inputs = job.descriptors[:count]
        self._further = dict(zip(job.params["further"], job.descriptors[count:-1], strict=True))
        self._out = job.descriptors[-1]
        self._passwords: Sequence[str] = job.params["passwords"]
        self._tell = job.tell
        self.shares = dict(SHARES)
        self._said = ("", 0)
        self._quiet_until = 0.0
        self.notes: dict[str, dict[str, Any]] = {}
        """What the report will say, by code."""
        self._unchanged = False
        self._opened: list[pikepdf.Pdf] = []
        self._stack = ExitStack()

    def __enter__(self) -> "Work":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def open(self, number: int = 0, *, complete_pages: bool = True) -> pikepdf.Pdf:
        """An input, opened by qpdf, every page with all its attributes unless told that they may be inherited.

        Raise NeedsPassword or WrongPassword, which name the input, NoPages, UnreadablePdf, NotAPdf or EmptyFile.
        """
        pdf = self.unlooked(number, complete_pages=complete_pages)
        if not len(pdf.pages):
            raise NoPages
        return pdf

    def unlooked(self, number: int = 0, *, complete_pages: bool = False) -> pikepdf.Pdf:
        """The same, its page tree not looked at: it may be such that no page can be counted. No pages is no error."""
        self.step(Step.READ)
        pdf = self._unlocked(
            number, lambda source: self._stack.enter_context(source.qpdf(complete_pages=complete_pages))
        )
        self._opened.append(pdf)
        return pdf

    def draw(self, number: int = 0) -> pypdfium2.PdfDocument:
        """An input, opened by PDFium. Raise as `open`."""
        self.step(Step.READ)
        return self._unlocked(number, lambda source: self._stack.enter_context(closing(source.pdfium())))

    def source(self, number: int = 0) -> Source:
        """An input as the readers take it, with the password that opens it. Raise as `open`."""
        source = Source(self._inputs[number], self.password_of(number))
        return self._stack.enter_context(source)

    def password_of(self, number: int = 0) -> str:
        """The password that an input needs, "" when it opens without."""
        return self._unlocked(number, _password_of)

    def _unlocked(self, number: int, use: Callable[[Source], T]) -> T:
        """Use an input with the password that opens it."""
        for password in ("", *self._passwords):
            with suppress(NeedsPassword):
                return use(Source(self._inputs[number], password))
        raise (WrongPassword if self._passwords else NeedsPassword)(input=number)

    def given(self, number: int) -> bytes:
        """The bytes of an input that is no PDF."""
        descriptor = self._inputs[number]
        return os.pread(descriptor, os.fstat(descriptor).st_size, 0)

    def further(self, option: str) -> BinaryIO | None:
        """The file of an option that is one, None when it was left out."""
        if option not in self._further:
            return None
        file = self._stack.enter_context(os.fdopen(os.dup(self._further[option]), "rb"))
        file.seek(0)
        return file

    def step(self, step: Step, done: int = 0, total: int = 1) -> None:
        """Tell how far a step has come; cheap enough to call for every page."""
        first, last = self.shares[step]
        percent = max(first + (last - first) * done // max(total, 1), self._said[1])
        now = time.monotonic()
        if step != self._said[0] or (percent > self._said[1] and now >= self._quiet_until):
            self._said = (step, percent)
            self._quiet_until = now + SILENCE
            self._tell({"step": step, "percent": percent})

    def each(self, step: Step, things: Sequence[T]) -> Iterator[T]:
        """Things one by one, telling how far it has come."""
        for number, thing in enumerate(things):
            self.step(step, number, len(things))
            yield thing

    def changing(self, words: str, pdf: pikepdf.Pdf) -> list[int]:
        """As `chosen`, of pages that are changed in their place; the report tells the first of them."""
        indexes = chosen(words, pdf)
        self.first = min(indexes, default=0) + 1
        return indexes

    def note(self, code: str, **params: str | int) -> None:
        """Have the report say the operation's sentence of this code."""
        self.notes[code] = params

    @contextmanager
    def result(self) -> Iterator[BinaryIO]:
        """The output, empty, to be written to; it can be sought in."""
        with os.fdopen(os.dup(self._out), "w+b") as file:
            file.seek(0)
            file.truncate()
            yield file

    def save(self, pdf: pikepdf.Pdf, **settings: Any) -> None:
        """Make a document the result. An encrypted input stays encrypted, as it was, unless settings say otherwise."""
        self.pages = len(pdf.pages)
        with self.result() as file:
            self.write(pdf, file, **settings)

    def write(self, pdf: pikepdf.Pdf, file: BinaryIO | io.BytesIO, **settings: Any) -> None:
        """Write a document, with the progress of writing."""
        wanted: dict[str, Any] = {
            "encryption": pdf.is_encrypted,
            "fix_metadata_version": False,
            "preserve_pdfa": False,
            "object_stream_mode": self._packing(pdf),
            **settings,
        }
        if wanted["encryption"]:
            draw_anew()
        if "/Size" not in pdf.trailer:
            pdf.trailer.Size = 0  # of a damaged file: qpdf writes the true one only where there is one
        try:
            pdf.save(file, progress=lambda percent: self.step(Step.WRITE, percent, 100), **wanted)
        except (pikepdf.PdfError, RuntimeError) as error:
            raise UnreadablePdf from error

    def _packing(self, pdf: pikepdf.Pdf) -> ObjectStreamMode:
        """An input stays packed as it is; what was made of inputs is packed as the newest of them may be."""
        made = all(pdf is not each for each in self._opened)
        return packing(max((each.pdf_version for each in self._opened), default="")) if made else _AS_IT_IS

    @contextmanager
    def made(self) -> Iterator[Source]:
        """The result as it is so far, to be read again before it is given. When that fails, it is empty."""
        try:
            with Source(self._out) as source:
                yield source
        except BaseException:
            os.truncate(self._out, 0)
            raise

    def not_smaller(self) -> bool:
        """Whether the result that was saved is as large as the first input, or larger."""
        return os.fstat(self._out).st_size >= os.fstat(self._inputs[0]).st_size

    def keep_input(self) -> None:
        """Make the first input the result, byte for byte."""
        self._unchanged = True
        with self.result() as file, os.fdopen(os.dup(self._inputs[0]), "rb") as given:
            given.seek(0)
            while block := given.read(1 << 20):
                file.write(block)

    def report(self) -> dict[str, Any]:
        """What `Report.from_child` takes."""
        notes = [{"code": code, "params": params} for code, params in self.notes.items()]
        told = {"output": self.output, "pages": self.pages, "first": self.first}
        return {**told, "unchanged": self._unchanged, "notes": notes}


def packing(version: str) -> ObjectStreamMode:
    """How the small objects of a document are written that was made from documents of a PDF version.

    Together in compressed streams from PDF 1.5 on, which has them (ISO 32000-2, 7.5.7): what is copied from one
    document to another leaves the streams that it was in, and a long manual would come out twice as large.
    """
    mode: ObjectStreamMode = ObjectStreamMode.generate if version >= "1.5" else _AS_IT_IS
    return mode


def _password_of(source: Source) -> str:
    source.pdfium().close()
    return source.password


def chosen(words: str, pdf: pikepdf.Pdf) -> list[int]:
    """The indexes, from 0 and ascending, of the pages that an option names."""
    return [number - 1 for number in Pages.parse(words).chosen(len(pdf.pages))]


def in_order(words: str, pdf: pikepdf.Pdf) -> list[int]:
    """The indexes, from 0, of the pages that an option names, in its order."""
    return [number - 1 for number in Pages.parse(words).of(len(pdf.pages))]

"""Use a tool once on files of our own: what loads on first use is then there for a child that can open no file."""

import codecs
import os
import tempfile
from contextlib import ExitStack
from functools import cache

from pliego.pdf import typeface
from pliego.pdf.catalogue import operations
from pliego.pdf.child import Job, Task
from pliego.pdf.operation import Inputs, Kind, Operation, declared
from pliego.pdf.randomness import open_anew
from pliego.pdf.sample import sample_archival, sample_images, sample_pdf
from pliego.pdf.work import function_of, operate


def exercise(name: str) -> None:
    """Run the tool's own sample."""
    told = declared(function_of(name))
    inputs = sample_inputs(told)
    with ExitStack() as stack:
        files = [*inputs, *([sample_images()[0]] * len(_further(told))), b""]
        descriptors = [stack.enter_context(tempfile.TemporaryFile()).fileno() for _ in files]
        for descriptor, content in zip(descriptors, files, strict=True):
            os.write(descriptor, content)
        for _ in operate(Job(sample_request(told), descriptors)):
            pass


def sample_inputs(told: Operation) -> list[bytes]:
    """Files such as the tool takes, or such as a program of others makes for it."""
    if told.inputs is Inputs.IMAGES:
        return sample_images()
    if told.program == "ghostscript":
        return [sample_archival()]
    return [sample_pdf(3), sample_pdf(2)][: 2 if told.most_inputs > 1 else 1]


def _prepare(params: dict[str, object]) -> None:
    name = params.get("operation")
    typeface.load()
    for encoding in _ENCODINGS:
        codecs.lookup(encoding)
    if isinstance(name, str) and name in operations():
        function_of(name)  # loads it
        if name not in _ENCRYPTING:
            _exercise_once(name)


@cache
def _exercise_once(name: str) -> None:
    exercise(name)


_ENCODINGS = ("cp1252", "latin-1", "pdfdoc", "utf-16", "utf-16-be", "utf-16-le")
"""Those that texts of PDFs may be in; Python loads each when it is first asked for."""
_ENCRYPTING = {"protect"}
"""Tools that draw random numbers on their sample."""
TOOL = Task(operate, prepare=_prepare, enter=open_anew)
"""Any tool, as a task of a child."""


def sample_request(told: Operation) -> dict[str, object]:
    """What `Work` takes for them."""
    names = [f"{number}.pdf" for number in range(len(sample_inputs(told)))]
    return {
        "operation": told.name,
        "options": dict(told.sample),
        "names": names,
        "passwords": [],
        "further": _further(told),
    }


def _further(told: Operation) -> list[str]:
    return [field.name for field in told.fields if field.kind is Kind.FILE and field.name in told.sample]

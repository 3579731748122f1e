"""Use a tool once on files of our own: what loads on first use is then there for a child that can open no file."""

import io
import os
import tempfile
from contextlib import ExitStack

import pikepdf

from pliego.pdf.child import Job
from pliego.pdf.operation import Inputs, Kind, Operation, declared
from pliego.pdf.sample import sample_images, sample_pdf
from pliego.pdf.work import function_of, operate


def exercise(name: str, *, protected: bool = False) -> None:
    """Run the tool's own sample; ``protected``: on files that are encrypted and open without a password."""
    told = declared(function_of(name))
    inputs = sample_inputs(told)
    if protected and told.inputs is not Inputs.IMAGES:
        inputs = [_encrypted(content) for content in inputs]
    with ExitStack() as stack:
        files = [*inputs, *([sample_images()[0]] * len(_further(told))), b""]
        descriptors = [stack.enter_context(tempfile.TemporaryFile()).fileno() for _ in files]
        for descriptor, content in zip(descriptors, files, strict=True):
            os.write(descriptor, content)
        for _ in operate(Job(sample_request(told), descriptors)):
            pass


def sample_inputs(told: Operation) -> list[bytes]:
    """Files such as the tool takes."""
    if told.inputs is Inputs.IMAGES:
        return sample_images()
    return [sample_pdf(3), sample_pdf(2)][: 1 if told.inputs is Inputs.ONE else 2]


def _encrypted(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", R=6))
    return out.getvalue()


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

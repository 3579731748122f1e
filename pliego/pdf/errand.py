"""One run of a tool, as it is asked for: the operation, its options and its files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from pliego.errors import BadRequest, NotGiven
from pliego.pdf import frames
from pliego.pdf.catalogue import named
from pliego.pdf.confinement import MIB, Limits
from pliego.pdf.operation import Kind, Operation
from pliego.pdf.programs import require
from pliego.pdf.refusals import (
    BadPages,
    DamagedPdf,
    HeicUnknown,
    NoForm,
    NoPageLeft,
    NoSuchLetters,
    NoSuchPage,
    NotAnImage,
    NotArchival,
    NothingToFill,
    NotRedacted,
    PictureKindUnknown,
)
from pliego.pdf.report import Progress

Tell = Callable[[Progress | None], None]

SAID_BY_TOOLS = (
    *(BadPages, BadRequest, DamagedPdf, HeicUnknown, NoForm, NoPageLeft, NoSuchLetters, NoSuchPage),
    *(NothingToFill, NotAnImage, NotArchival, NotGiven, NotRedacted, PictureKindUnknown),
)
"""Errors of tools beside those of reading."""

PASSWORD_MOST = 1000
MAX_PASSWORDS = 20
TOLD_MOST = frames.REQUEST_MOST - 1024
"""Bytes of what the child is told, which has to fit in one request with its limits."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What a tool is to do. Made by `errand`, which checks it."""

    operation: Operation
    options: Mapping[str, Any]
    inputs: Sequence[Path]
    names: Sequence[str]
    """What the inputs are called, for bookmarks and the files of a ZIP."""
    passwords: Sequence[str] = ()
    """Tried on each input that is encrypted."""
    further: Mapping[str, Path] = field(default_factory=dict)
    """The file of each option that is one."""

    @property
    def files(self) -> list[Path]:
        """All that it reads, as their descriptors are sent."""
        return [*self.inputs, *self.further.values()]

    @property
    def size(self) -> int:
        """Bytes of all that it reads."""
        return sum(file.stat().st_size for file in self.files)

    def bringing(self, name: str, file: Path) -> Self:
        """The same with a further file, which is no option."""
        return replace(self, further={**self.further, name: file})

    def to_json(self) -> dict[str, Any]:
        """What the child is told."""
        return {
            "operation": self.operation.name,
            "options": dict(self.options),
            "names": list(self.names),
            "passwords": list(self.passwords),
            "further": list(self.further),
        }

    @classmethod
    def of(
        cls,
        name: str,
        inputs: Sequence[Path],
        options: Mapping[str, Any] | None = None,
        *,
        names: Sequence[str] = (),
        passwords: Sequence[str] = (),
        further: Mapping[str, Path] | None = None,
    ) -> Self:
        """An errand for the operation ``name``, checked; the inputs are called as their files unless told.

        ``further``: the file of each option that is one. Raise NotFound, BadRequest, BadPages,
        ProgramMissing.
        """
        operation = named(name)
        require(operation.program)
        operation.check_count(len(inputs))
        files = {told.name: further[told.name] for told in operation.fields
                 if told.kind is Kind.FILE and further and told.name in further}  # fmt: skip
        checked = operation.check({**{option: path.name for option, path in files.items()}, **(options or {})})
        called = [str(each)[:200] for each in names] or [path.name[:200] for path in inputs]
        kept = [password[:PASSWORD_MOST] for password in passwords[:MAX_PASSWORDS] if password]
        errand = cls(operation, checked, inputs, called, kept, files)
        if len(frames.encode(errand.to_json())) > TOLD_MOST:
            raise BadRequest(what="options")
        return errand


def limits_for(size: int) -> Limits:
    """What a tool may use for inputs of so many bytes: 300 MB of text and pictures must be possible."""
    megabytes = size // MIB
    return Limits(
        memory=1024 * MIB + 4 * size,
        cpu=120 + 4 * megabytes,
        wall=600.0 + 12 * megabytes,
        written=1024 * MIB + 8 * size,
    )

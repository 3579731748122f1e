"""A ZIP that is written as its files are made, with names that are safe to unpack anywhere."""

import re
import zipfile
from types import TracebackType
from typing import BinaryIO, Self

MAX_NAME = 120
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


class Zip:
    """Files are added to it; it is whole when it is left without an error."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)
        self._names: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._zip.close()

    def add(self, name: str, data: bytes, *, packed: bool = True) -> None:
        """Add a file; a name that is taken gets a number. ``packed``: worth to be compressed."""
        entry = zipfile.ZipInfo(self._free(safe_name(name)), (1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        entry.external_attr = 0o644 << 16
        self._zip.writestr(entry, data)

    def _free(self, name: str) -> str:
        stem, dot, ending = name.rpartition(".")
        number, free = 1, name
        while free.casefold() in self._names:
            number += 1
            free = f"{stem} ({number}){dot}{ending}"
        self._names.add(free.casefold())
        return free


def safe_name(name: str) -> str:
    """A file name without folders, control characters and what some system does not take."""
    stem, dot, ending = _UNSAFE.sub(" ", name).strip(". ").rpartition(".")
    kept = " ".join(stem.split())[:MAX_NAME].strip(". ") or "file"
    return f"{kept}{dot}{ending}"

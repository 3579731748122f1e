"""The parts of a form that sends files (RFC 7578), read as they come.

What a part holds is handed on block by block without being copied; Django's own reader copies each byte three times.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http.multipartparser import MultiPartParserError
from django.utils.http import parse_header_parameters

from pliego.storage.blobs import BLOCK

HEADERS_MOST = 16 * 1024
"""Bytes of the headers of one part."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a form. ``file_name`` is None of a field; "" of a file that was not chosen."""

    name: str
    file_name: str | None


class Parts:
    """The parts that ``read`` gives, in their order; each is read to its end before the next.

    Raise MultiPartParserError where the form is cut or is none.
    """

    def __init__(self, read: Callable[[int], bytes], boundary: bytes) -> None:
        self._read = read
        self._edge = b"\r\n--" + boundary
        self._held = b"\r\n"  # the first edge stands at the very beginning

    def __iter__(self) -> Iterator[tuple[Part, Iterator[memoryview]]]:
        for _ in self._body():
            pass  # what stands before the first part means nothing
        while self._line() == b"":
            headers = self._headers()
            body = self._body()
            part = _described(headers)
            if part:
                yield part, body
            for _ in body:
                pass
        while self._read(BLOCK):
            pass  # nor does what follows the last one

    def _headers(self) -> list[bytes]:
        found: list[bytes] = []
        size = 0
        while line := self._line():
            size += len(line) + 2
            if size > HEADERS_MOST:
                raise MultiPartParserError("a part of the form has too long a header")
            found.append(line)
        return found

    def _line(self) -> bytes:
        """The next line without its end; what follows the last edge is two dashes."""
        while b"\r\n" not in self._held and not self._held.startswith(b"--"):
            if len(self._held) > HEADERS_MOST:
                raise MultiPartParserError("a part of the form has too long a header")
            self._held += self._more()
        if self._held.startswith(b"--"):
            return b"--"
        line, _, self._held = self._held.partition(b"\r\n")
        return line.strip()

    def _body(self) -> Iterator[memoryview]:
        """What stands before the next edge; afterwards that edge has been read."""
        edge = self._edge
        reach = len(edge) - 1
        held = self._held
        while (at := held.find(edge)) < 0:
            clear, kept = memoryview(held)[:-reach], held[-reach:]
            if clear:
                yield clear
            block = self._more()
            if (kept + block[:reach]).find(edge) < 0 and len(block) > reach:
                yield memoryview(kept)
                held = block
            else:
                held = kept + block
        if at:
            yield memoryview(held)[:at]
        self._held = held[at + len(edge) :]

    def _more(self) -> bytes:
        block = self._read(BLOCK)
        if not block:
            raise MultiPartParserError("the form ends too early")
        return block


def _described(headers: list[bytes]) -> Part | None:
    """What the headers of a part say; None when they do not name it."""
    for line in headers:
        key, _, value = line.partition(b":")
        if key.strip().lower() == b"content-disposition":
            said = parse_header_parameters(value.decode(errors="replace").strip())[1]
            return Part(said["name"], said.get("filename")) if "name" in said else None
    return None

"""What a PDF would do by itself in a reader that lets it: scripts, programs, forms sent away, files inside."""

import mmap
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

import pikepdf

MAX_HITS = 10_000
"""Places looked at; a file with more is not searched to its end."""
MAX_OBJECT = 1 << 20
"""Bytes before a name in which the beginning of its object is looked for."""

KINDS = {
    "/JavaScript": "javascript",
    "/JS": "javascript",
    "/Launch": "launch",
    "/SubmitForm": "submit",
    "/ImportData": "submit",
    "/EF": "attachments",
    "/EmbeddedFiles": "attachments",
}


def _spellings(name: str) -> str:
    """A name as a pattern, any letter of which may be written as its code (ISO 32000-2, 7.3.5)."""
    letters = (f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in name[1:])
    return "".join(letters)


_NAME_END = r"(?=[\s()<>\[\]{}/%])"
_TELLTALE = re.compile(f"/(?:{'|'.join(map(_spellings, KINDS))}){_NAME_END}".encode())
_OBJECT_STREAM = re.compile(f"/{_spellings('/ObjStm')}{_NAME_END}".encode())
_OBJECT = re.compile(rb"(\d{1,10})\s{1,8}(\d{1,5})\s{1,8}obj$")


def active_content(pdf: pikepdf.Pdf, content: mmap.mmap) -> list[str]:
    """Sorted names of what is there: attachments, javascript, launch, submit. ``content`` are the bytes of the file.

    Finds the names in the bytes, then looks at the objects they are in: following references through a book takes
    seconds and may never end. So an object that nothing refers to counts too, and no corner (a field's calculation, a
    page's closing action) is forgotten. Links to pages and to the web are not active content.
    """
    found: set[str] = set()
    places = (*_plain(content), *_packed(pdf, content))
    for number in dict.fromkeys(places):
        value = pdf.get_object(number)
        if isinstance(value, (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)):
            found |= _kinds(value)
    return sorted(found)


def _plain(content: mmap.mmap) -> Iterator[tuple[int, int]]:
    """The objects of the file itself in which a telltale name stands."""
    for hit in islice(_TELLTALE.finditer(content), MAX_HITS):
        if number := _object_around(content, hit.start()):
            yield number


def _packed(pdf: pikepdf.Pdf, content: mmap.mmap) -> Iterator[tuple[int, int]]:
    """The objects within object streams (ISO 32000-2, 7.5.7) in which a telltale name stands."""
    for hit in islice(_OBJECT_STREAM.finditer(content), MAX_HITS):
        number = _object_around(content, hit.start())
        stream = pdf.get_object(number) if number else None
        if isinstance(stream, pikepdf.Stream):
            yield from _contained(stream)


def _contained(stream: pikepdf.Stream) -> Iterator[tuple[int, int]]:
    try:
        data = stream.read_bytes()
        first = int(stream.get("/First", 0))
        numbers = [int(word) for word in data[:first].split()]
    except (pikepdf.PdfError, ValueError, TypeError):
        return
    offsets = [first + offset for offset in numbers[1::2]]
    for hit in islice(_TELLTALE.finditer(data), MAX_HITS):
        if index := bisect_right(offsets, hit.start()):
            yield numbers[2 * index - 2], 0


def _object_around(content: mmap.mmap, place: int) -> tuple[int, int] | None:
    """Number and generation of the object that is written around a place of the file."""
    earliest = max(place - MAX_OBJECT, 0)
    while (place := content.rfind(b"obj", earliest, place)) >= 0:
        if match := _OBJECT.search(content[max(place - 32, 0) : place + 3]):
            return int(match[1]), int(match[2])
    return None


def _kinds(value: pikepdf.Object) -> set[str]:
    """What the direct parts of one object tell; a name inside a string is no action. Nesting is limited by qpdf."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        container = waiting.pop()
        if isinstance(container, pikepdf.Array):
            parts = list(container)
        else:
            names = {str(key) for key in container.keys()} | {str(container.get("/S", ""))}  # noqa: SIM118
            found |= {KINDS[name] for name in names & KINDS.keys() if _filled(container, name)}
            parts = [container[key] for key in container.keys()]  # noqa: SIM118
        waiting += [p for p in parts if isinstance(p, (pikepdf.Dictionary, pikepdf.Array)) and not p.is_indirect]
    return found


def _filled(container: pikepdf.Object, name: str) -> bool:
    """Whether a name is more than an empty name tree, which some programs write into every file."""
    tree = container.get(name)
    if name not in ("/JavaScript", "/EmbeddedFiles") or not isinstance(tree, pikepdf.Dictionary):
        return True
    names = tree.get("/Names")
    return "/Kids" in tree or (isinstance(names, pikepdf.Array) and len(names) > 0)

"""Every dictionary of a document, wherever it stands."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Pdf, Stream


def dictionaries(pdf: Pdf) -> Iterator[Dictionary]:
    """Those of all objects, streams among them, and those written inside others."""
    for thing in pdf.objects:
        yield from dictionaries_in(thing)


def dictionaries_in(thing: pikepdf.Object) -> Iterator[Dictionary]:
    """Those of one object, and those written inside it."""
    waiting: list[pikepdf.Object] = [thing]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, Dictionary | Stream):
            yield holder  # type: ignore[misc]
            waiting += [value for value in holder.values() if _is_inside(value)]
        elif isinstance(holder, Array):
            waiting += [value for value in holder if _is_inside(value)]


def _is_inside(value: object) -> bool:
    return isinstance(value, Dictionary | Array) and not value.is_indirect

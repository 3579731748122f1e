"""How large each picture of a document is drawn: found by following the transformations of its content streams."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Stream

MAX_DEPTH = 8
"""Forms within forms that are followed."""
OPERATORS = "q Q cm Do"

Key = tuple[int, int]
"""Number and generation of an object."""


class Drawn:
    """The largest size, in points, at which each picture is drawn; by the picture's object."""

    def __init__(self) -> None:
        self.sizes: dict[Key, tuple[float, float]] = {}
        self.pictures: dict[Key, Stream] = {}
        self._seen: set[tuple[Key, int, int]] = set()

    def add_page(self, page: pikepdf.Page) -> None:
        """Follow a page, the appearances of its annotations too."""
        self._follow(page.obj, page.obj.get("/Resources"), Matrix(), 0)
        annotations = page.obj.get("/Annots")
        for annotation in annotations if isinstance(annotations, Array) else ():
            looks = annotation.get("/AP") if isinstance(annotation, Dictionary) else None
            for look in streams_in(looks):
                self._follow(look, look.get("/Resources"), Matrix(), 1)

    def _follow(self, holder: pikepdf.Object, resources: object, matrix: Matrix, depth: int) -> None:
        things = resources.get("/XObject") if isinstance(resources, Dictionary) else None
        if not isinstance(things, Dictionary) or depth > MAX_DEPTH:
            return
        for name, at in _painted(holder, matrix):
            thing = things.get(name)
            if not isinstance(thing, Stream):
                continue
            if thing.get("/Subtype") == "/Image":
                self._note(thing, at)
            elif thing.get("/Subtype") == "/Form":
                self._enter(thing, resources, at, depth)

    def _enter(self, form: Stream, resources: object, at: Matrix, depth: int) -> None:
        width, height = _lengths(at)
        mark = (form.objgen, round(width, 1).__hash__(), round(height, 1).__hash__())
        if mark in self._seen:  # drawn in this size before: a running head, a logo
            return
        self._seen.add(mark)
        own = form.get("/Matrix")
        inner = Matrix(own) @ at if isinstance(own, Array) and len(own) == 6 else at
        self._follow(form, form.get("/Resources", resources), inner, depth + 1)

    def _note(self, picture: Stream, at: Matrix) -> None:
        width, height = _lengths(at)
        known = self.sizes.get(picture.objgen, (0.0, 0.0))
        self.sizes[picture.objgen] = (max(width, known[0]), max(height, known[1]))
        self.pictures[picture.objgen] = picture


def _lengths(matrix: Matrix) -> tuple[float, float]:
    """How long the sides of the unit square become."""
    return (matrix.a**2 + matrix.b**2) ** 0.5, (matrix.c**2 + matrix.d**2) ** 0.5


def _painted(holder: pikepdf.Object, matrix: Matrix) -> Iterator[tuple[Name, Matrix]]:
    """Each XObject that a content stream paints, with the transformation in force."""
    try:
        instructions: Any = pikepdf.parse_content_stream(holder, OPERATORS)
    except (pikepdf.PdfError, TypeError, ValueError):
        return
    stack: list[Matrix] = []
    for operands, operator in instructions:
        word = operator.unparse()  # bytes: what a damaged stream holds need not be UTF-8
        if word == b"q":
            stack.append(matrix)
        elif word == b"Q":
            matrix = stack.pop() if stack else matrix
        elif word == b"cm" and len(operands) == 6 and all(map(_is_number, operands)):
            matrix = Matrix(*map(float, operands)) @ matrix
        elif word == b"Do" and operands and isinstance(operands[0], Name):
            yield operands[0], matrix


def _is_number(value: object) -> bool:
    return hasattr(value, "__float__") and not isinstance(value, bool)


def streams_in(looks: object) -> Iterator[Stream]:
    """The streams of an annotation's appearances, whatever their states."""
    if isinstance(looks, Stream):
        yield looks
    elif isinstance(looks, Dictionary):
        for look in looks.values():
            yield from streams_in(look)

"""Lines and pages as the reader of text gives them."""

from pliego.pdf.values import Line, PageText

SIZE, PITCH, LEFT, WIDTH = 10.0, 12.0, 72.0, 300.0


def set_lines(*texts: str, top: float = 100, indent: dict[int, float] | None = None) -> list[Line]:
    """Lines of 10 points on 12, five points a character, from the left edge or indented by so many points."""
    shift = indent or {}
    return [
        Line(text, LEFT + shift.get(index, 0), top + PITCH * index, len(text) * 5.0, SIZE, SIZE)
        for index, text in enumerate(texts)
    ]


FULL = "una línea que llena toda la medida de la columna y acaba ahora."
PART = "una línea que llena toda la medida de la columna y no acaba aquí"


def page_of(lines: list[Line], number: int = 1) -> PageText:
    return PageText(number, 595, 842, lines)

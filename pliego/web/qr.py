"""QR codes (ISO 18004) of addresses, drawn here from the squares: as lines of SVG, and as PNG."""

import base64
import importlib
import io
import sys
from typing import Any

import png

QUIET = 4
"""White squares around the code, as the standard asks."""
SIDE = 1000
"""Least width of the PNG in pixels: sharp on paper."""


def _without_imaging(name: str) -> Any:
    """Import a module as if Pillow were not there: qrcode can do without, and the web process has to."""
    hidden = {module: sys.modules.pop(module) for module in [*sys.modules] if module.partition(".")[0] == "PIL"}
    sys.modules["PIL"] = None  # type: ignore[assignment]  # how Python says that a module cannot be imported
    try:
        return importlib.import_module(name)
    finally:
        del sys.modules["PIL"]
        sys.modules.update(hidden)


_qrcode = _without_imaging("qrcode")


def squares(text: str) -> list[list[bool]]:
    """Return the rows of a code with its quiet zone, True for black; it bears 15 % of damage (level M)."""
    code = _qrcode.QRCode(error_correction=_qrcode.ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows: list[list[bool]] = code.get_matrix()
    return rows


def svg(text: str) -> str:
    """Return the code as an SVG of one path."""
    rows = squares(text)
    runs = "".join(f"M{start} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for start, length in _runs(row))
    side = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path d="{runs}"/></svg>\n'
    )


def in_page(text: str) -> str:
    """Return the code as an address that a picture in a page may have."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg(text).encode()).decode()}"


def picture(text: str) -> bytes:
    """Return the code as a black and white PNG."""
    rows = squares(text)
    scale = -(-SIDE // len(rows))
    lines = [[not black for black in row for _ in range(scale)] for row in rows for _ in range(scale)]
    out = io.BytesIO()
    png.Writer(len(lines), len(lines), greyscale=True, bitdepth=1).write(out, lines)
    return out.getvalue()


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Return where black runs of a row begin, and how long they are."""
    found: list[tuple[int, int]] = []
    for x, black in enumerate(row):
        if black and found and found[-1][0] + found[-1][1] == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif black:
            found.append((x, 1))
    return found

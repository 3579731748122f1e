"""Tables for programs: CSV (RFC 4180) that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: those begin with one of a few signs."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def line(cells: Iterable[object]) -> str:
    """Return a line of CSV; texts are made harmless, numbers stay numbers."""
    out = io.StringIO()
    csv.writer(out).writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue()

"""The beginning of a text: enough of it to tell its language."""

from collections.abc import Iterable

from pliego.pdf.values import PageText

PAGES = 64
"""Pages that are looked at, at most."""
CHARACTERS = 20_000


def beginning(pages: Iterable[PageText]) -> str:
    """Reading text of some pages, from wherever the words begin; at most CHARACTERS of it."""
    parts: list[str] = []
    length = 0
    for page in pages:
        parts.append(page.text)
        length += len(page.text)
        if length > CHARACTERS:
            break
    return "\n".join(parts).strip()[:CHARACTERS]

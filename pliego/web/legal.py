"""Terms and privacy: plain texts, those of the operator where there are any, else those that come with Pliego.

A text is ``<language>/<name>.txt``, in ``PLIEGO_DATA/texts`` or beside this module. Its lines are paragraphs; empty
ones part them, "# " begins the title, "## " a heading, "- " an item of a list. It is shown as written, never as HTML.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

LONGEST = 200_000
"""Bytes of a text that are read."""
_BUILT_IN = Path(__file__).parent / "texts"
_KINDS = {"#": "title", "##": "heading", "-": "item"}


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a text: one title, heading or paragraph, or the items of a list."""

    kind: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Text:
    """A whole text, and the language it is written in."""

    title: str
    blocks: list[Block]
    language: str


def text(name: str) -> Text:
    """Return a text in the language of this request; the operator's own in another language rather than ours."""
    asked = get_language() or settings.LANGUAGE_CODE
    languages = [asked, *(code for code, _ in settings.LANGUAGES if code != asked)]
    own = [(settings.DATA / "texts" / code / f"{name}.txt", code) for code in languages]
    path, language = next(((path, code) for path, code in own if path.is_file()), (_path(asked, name), asked))
    with path.open("rb") as file:
        blocks = list(_blocks(file.read(LONGEST).decode(errors="replace")))
    title = next((block.lines[0] for block in blocks if block.kind == "title"), settings.SITE_NAME)
    return Text(title, [block for block in blocks if block.kind != "title"], language)


def _path(language: str, name: str) -> Path:
    return _BUILT_IN / language / f"{name}.txt"


def _blocks(written: str) -> Iterator[Block]:
    lines = map(_line, written.splitlines())
    for kind, stretch in groupby(lines, key=lambda line: line[0]):
        words = [line for _, line in stretch]
        if kind == "item":
            yield Block(kind, words)
        elif kind:
            yield from (Block(kind, [each]) for each in words)


def _line(written: str) -> tuple[str, str]:
    mark, _, rest = written.strip().partition(" ")
    kind = _KINDS.get(mark, "paragraph" if mark else "")
    return kind, (written if kind == "paragraph" else rest).strip()

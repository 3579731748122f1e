"""Talking to the person at the terminal: on stderr, so that stdout carries data alone."""

import json
import re
import sys
from collections.abc import Mapping

# What a terminal obeys instead of showing it: controls, changes of direction, and bytes of a name that are no UTF-8.
_COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    """What strangers may have written, with each character that commands a terminal as JSON escapes it."""
    return _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def talk(sentence: str) -> None:
    """Say one sentence on stderr."""
    print(harmless(sentence), file=sys.stderr)  # noqa: T201 - this is the terminal's voice


def write(line: str) -> None:
    """Write one line of data to stdout."""
    print(harmless(line))  # noqa: T201 - this is the command's answer


def write_answer(told: Mapping[str, object], *, as_json: bool) -> None:
    """Write what is told of one thing: a JSON object, or a line for each value and an empty one after them."""
    lines = "".join(f"{key}: {value}\n" for key, value in told.items())
    write(json.dumps(told, ensure_ascii=False) if as_json else lines)

"""What is said of a thing in several windows: each keeps what it has changed, and where two differ both are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Amended:
    """What became of a form: what it should show now, and what others said meanwhile of the fields it changes."""

    details: dict[str, Any]
    meanwhile: dict[str, Any]
    """By field; while there is any, nothing is saved."""


def amended(wanted: Mapping[str, Any], shown: Mapping[str, Any], now: Mapping[str, Any]) -> Amended:
    """Join what is wanted on a page that showed something with what is true now; the fields are the same in all."""
    changed = {name for name in wanted if wanted[name] != shown[name]}
    meanwhile = {name: now[name] for name in changed if now[name] not in (shown[name], wanted[name])}
    return Amended({**now, **{name: wanted[name] for name in changed}}, meanwhile)

"""The filters and the order of the file manager, as they stand in its address and its forms."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from pliego.accounts.viewer import Viewer
from pliego.documents import folders, mine
from pliego.documents.mine import Asked
from pliego.web.languages import language_name

_NAMES = {"words": "q", "language": "lang"}
"""Where the address calls it otherwise."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list: its name, the address that sorts by it, and which way it is sorted now ("" when not)."""

    key: str
    title: str
    address: str
    way: str


def asked(given: Mapping[str, Any]) -> Asked:
    """Return what an address or a form asks for."""
    found = {name: str(given.get(_NAMES.get(name, name), ""))[:400] for name in asdict(Asked())}
    return Asked(**{**found, "sort": found["sort"] or "-shared"})


def address(asked: Asked, **more: str) -> str:
    """Return the address of the list with these choices."""
    chosen = {**asdict(replace(asked, after="")), **more}
    if chosen["sort"] == "-shared":
        chosen["sort"] = ""
    named = {_NAMES.get(name, name): value for name, value in chosen.items() if value}
    return f"{reverse('site:files')}?{urlencode(named)}" if named else reverse("site:files")


def columns(asked: Asked) -> list[Column]:
    """Return the columns in their order."""
    titles = {
        "title": gettext("Title"),
        "privacy": gettext("Who can see it"),
        "pages": gettext("Pages"),
        "size": gettext("Size"),
        "views": gettext("Views"),
        "shared": gettext("Shared"),
    }
    return [_column(asked, key, title) for key, title in titles.items()]


def _column(asked: Asked, key: str, title: str) -> Column:
    now = asked.sort.removeprefix("-") == key
    falling = asked.sort.startswith("-")
    first = key if key in {"title", "privacy"} else f"-{key}"
    turned = key if falling else f"-{key}"
    way = ("descending" if falling else "ascending") if now else ""
    return Column(key, title, address(replace(asked, sort=turned if now else first)), way)


def offered(viewer: Viewer, asked: Asked, *, grid: bool) -> dict[str, Any]:
    """Return what the filters offer."""
    return {
        "branches": folders.tree(viewer),
        "tags": mine.tags(viewer),
        "languages": [(code, language_name(code)) for code in mine.languages(viewer)],
        "states": {
            "ready": gettext("Ready"),
            "reading": gettext("Being read"),
            "locked": gettext("Locked"),
            "failed": gettext("Cannot be read"),
        },
        "narrowed": any((asked.privacy, asked.tag, asked.language, asked.state)),
        "other_view": address(asked, view="" if grid else "grid"),
        "filtered": any((asked.words, asked.privacy, asked.tag, asked.language, asked.state)),
    }

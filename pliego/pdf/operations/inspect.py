"""Everything that can be told of a document."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from pliego.errors import gettext_noop as _
from pliego.pdf.bookmarks import Bookmark, read_bookmarks
from pliego.pdf.destinations import annotations, places_of
from pliego.pdf.drawn import Drawn
from pliego.pdf.facts import read_facts
from pliego.pdf.labels import read_labels
from pliego.pdf.objects import dictionaries
from pliego.pdf.operation import Group, Output, operation
from pliego.pdf.report import Step
from pliego.pdf.work import Work

MAX_LISTED = 2000
"""Fonts, pictures or fields that are listed."""


@operation(
    label=_("Show everything about a PDF"),
    summary=_("Facts, fonts, pictures, protection, active content and structure of a PDF, as a report."),
    help=_("The report is JSON, for people who look closely and for programs."),
    group=Group.INSPECT,
    icon="file-search",
    output=Output.JSON,
    sample={},
)
def inspect(work: Work) -> None:
    """Nothing of the document is changed or drawn."""
    facts = asdict(read_facts(work.source()))
    pdf = work.open()
    drawn = Drawn()
    for page in work.each(Step.PAGES, list(pdf.pages)):
        drawn.add_page(page)
    told = {
        "facts": facts,
        "protection": _protection(work, pdf),
        "fonts": list(_fonts(pdf))[:MAX_LISTED],
        "pictures": list(_pictures(drawn))[:MAX_LISTED],
        "structure": _structure(pdf),
        "objects": _objects(pdf),
        "warnings": [str(warning)[:300] for warning in pdf.get_warnings()[:100]],
    }
    with work.result() as file:
        file.write(json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n")


def _protection(work: Work, pdf: Pdf) -> dict[str, Any]:
    if not pdf.is_encrypted:
        return {"encrypted": False}
    told = pdf.encryption
    return {
        "encrypted": True,
        "opens_without_password": not work.password_of(),
        "revision": int(told.R),
        "bits": int(told.bits),
        "allowed": {name: bool(getattr(pdf.allow, name)) for name in pdf.allow._fields},
    }


def _fonts(pdf: Pdf) -> Iterator[dict[str, Any]]:
    seen = set()
    for thing in dictionaries(pdf):
        if thing.get("/Type") == "/Font" and "/BaseFont" in thing:
            if str(thing.get("/Subtype", "")).startswith("/CIDFont"):
                continue
            name = str(thing.BaseFont).removeprefix("/")
            told = (name, str(thing.get("/Subtype")), _descriptor_of(thing))
            if told in seen:
                continue
            seen.add(told)
            yield {
                "name": name.partition("+")[2] or name,
                "kind": str(thing.get("/Subtype", "")).removeprefix("/"),
                "embedded": _descriptor_of(thing),
                "subset": "+" in name[:8],
                "to_unicode": "/ToUnicode" in thing,
            }


def _descriptor_of(font: Dictionary) -> bool:
    """Whether the font's program is in the file."""
    parts = font.get("/DescendantFonts")
    holder = parts[0] if isinstance(parts, Array) and len(parts) and isinstance(parts[0], Dictionary) else font
    descriptor = holder.get("/FontDescriptor")
    return isinstance(descriptor, Dictionary) and any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))


def _pictures(drawn: Drawn) -> Iterator[dict[str, Any]]:
    for key, picture in drawn.pictures.items():
        width: Any = picture.get("/Width")
        height: Any = picture.get("/Height")
        across, down = drawn.sizes[key]
        if isinstance(width, int) and isinstance(height, int):
            yield {
                "width": width,
                "height": height,
                "bits": _plain(picture.get("/BitsPerComponent", 1)),
                "colours": _plain(picture.get("/ColorSpace", "")),
                "packing": _plain(picture.get("/Filter", "")),
                "bytes": len(picture.read_raw_bytes()),
                "see_through": "/SMask" in picture,
                "resolution": round(min(width / across, height / down) * 72) if across > 0 < down else None,
            }


def _plain(value: Any) -> Any:
    """A name or the first of an array, as words."""
    if isinstance(value, Array):
        return ", ".join(_plain(each) for each in value if isinstance(each, Name))
    return value if isinstance(value, int) else str(value).removeprefix("/")


def _structure(pdf: Pdf) -> dict[str, Any]:
    bookmarks = read_bookmarks(pdf, places_of(pdf))
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, Dictionary) else None
    layers = pdf.Root.get("/OCProperties")
    kinds = Counter(
        str(note.get("/Subtype", "")).removeprefix("/") for page in pdf.pages for note in annotations(page.obj)
    )
    return {
        "bookmarks": _count(bookmarks),
        "labels": bool(read_labels(pdf)),
        "annotations": dict(kinds),
        "form_fields": len(fields) if isinstance(fields, Array) else 0,
        "xfa": isinstance(form, Dictionary) and "/XFA" in form,
        "attachments": sorted(str(name) for name in pdf.attachments)[:MAX_LISTED],
        "layers": len(layers.get("/OCGs", [])) if isinstance(layers, Dictionary) else 0,
        "tagged": "/StructTreeRoot" in pdf.Root,
    }


def _count(bookmarks: list[Bookmark] | tuple[Bookmark, ...]) -> int:
    return sum(1 + _count(bookmark.children) for bookmark in bookmarks)


def _objects(pdf: Pdf) -> dict[str, int]:
    streams = [thing for thing in pdf.objects if isinstance(thing, Stream)]
    return {
        "all": len(pdf.objects),
        "streams": len(streams),
        "stream_bytes": sum(len(thing.read_raw_bytes()) for thing in streams),
    }

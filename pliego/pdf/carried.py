"""Files that a document carries along: those of the whole document and those pinned to its pages."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Pdf, Stream

from pliego.pdf.destinations import name_tree
from pliego.pdf.objects import dictionaries


def carried_files(pdf: Pdf) -> Iterator[tuple[str, bytes]]:
    """Name and content of each, once; one that cannot be unpacked is left out."""
    seen: set[tuple[int, int]] = set()
    named = name_tree(pdf, "/EmbeddedFiles")
    told = [(str(name), spec) for name, spec in named.items()] if named is not None else []
    told += [("", holder) for holder in dictionaries(pdf) if "/EF" in holder]
    for name, spec in told:
        if not isinstance(spec, Dictionary) or not isinstance(spec.get("/EF"), Dictionary):
            continue
        content = next((spec.EF[key] for key in ("/UF", "/F", "/DOS") if key in spec.EF), None)
        if not isinstance(content, Stream) or content.objgen in seen:
            continue
        seen.add(content.objgen)
        called = next((str(spec[key]) for key in ("/UF", "/F") if key in spec), "") or name
        try:
            yield called or "file", content.read_bytes()
        except pikepdf.PdfError:
            continue

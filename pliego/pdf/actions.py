"""What a PDF would do by itself in a reader that lets it: scripts, programs, forms sent away, files inside."""

import re
from itertools import islice

import pikepdf

MAX_OBJECTS = 500_000
"""Objects looked at; a file with more is not searched to its end."""

KINDS = {
    "/JavaScript": "javascript",
    "/JS": "javascript",
    "/Launch": "launch",
    "/SubmitForm": "submit",
    "/ImportData": "submit",
    "/EF": "attachments",
    "/EmbeddedFiles": "attachments",
}
_TELLTALE = re.compile("|".join(f"{name}(?![A-Za-z0-9])" for name in KINDS).encode())


def active_content(pdf: pikepdf.Pdf) -> list[str]:
    """Sorted names of what is there: attachments, javascript, launch, submit.

    Looks at every object once instead of following references, so that no cycle can hold it and no corner (a field's
    calculation, a page's closing action) is forgotten. An object that nothing refers to counts too. Links to pages
    and to the web are not active content.
    """
    found: set[str] = set()
    for value in islice(pdf.objects, MAX_OBJECTS):
        # Most objects are settled by the text that qpdf writes for them, without looking inside in Python.
        if isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and _TELLTALE.search(value.unparse()):
            found |= _kinds(value)
    return sorted(found)


def _kinds(value: pikepdf.Object) -> set[str]:
    """What the direct parts of one object tell; a name inside a string is no action. Nesting is limited by qpdf."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        container = waiting.pop()
        if isinstance(container, pikepdf.Dictionary):
            names = {str(key) for key in container} - {"/S"}
            names.add(str(container.get("/S", "")))
            found |= {KINDS[name] for name in names & KINDS.keys() if _filled(container, name)}
            parts = list(container.values())
        else:
            parts = list(container)
        waiting += [p for p in parts if isinstance(p, (pikepdf.Dictionary, pikepdf.Array)) and not p.is_indirect]
    return found


def _filled(container: pikepdf.Object, name: str) -> bool:
    """Whether a name is more than an empty name tree, which some programs write into every file."""
    tree = container.get(name)
    if name not in ("/JavaScript", "/EmbeddedFiles") or not isinstance(tree, pikepdf.Dictionary):
        return True
    return "/Kids" in tree or len(tree.get("/Names", ())) > 0

"""Text that is on a page but not to be seen: drawn in mode 3, neither filled nor stroked (ISO 32000-2, 9.3.6)."""

from typing import Any

import pikepdf
from pikepdf import Operator, Page, Pdf

SHOWING = {b"Tj", b"TJ", b"'", b'"'}
INVISIBLE = 3


def drop_hidden_text(pdf: Pdf, page: Page) -> bool:
    """Remove the invisible text of a page; whether there was any. Forms that the page draws are looked at too."""
    kept, dropped = _visible(page.obj)
    if dropped:
        page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
    resources = page.obj.get("/Resources")
    things = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    for form in list(things.values()) if isinstance(things, pikepdf.Dictionary) else ():
        if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form":
            shown, hidden = _visible(form)
            if hidden:
                form.write(pikepdf.unparse_content_stream(shown))
                dropped = True
    return dropped


def _visible(holder: pikepdf.Object) -> tuple[list[Any], bool]:
    """The instructions without those that show invisible text, and whether there were such."""
    try:
        instructions = list(pikepdf.parse_content_stream(holder))
    except (pikepdf.PdfError, TypeError):
        return [], False
    mode: Any = 0
    stack: list[Any] = []
    kept: list[Any] = []
    dropped = False
    for instruction in instructions:
        operands: Any = instruction.operands
        operator = instruction.operator.unparse()  # bytes: what a damaged stream holds need not be UTF-8
        if operator == b"q":
            stack.append(mode)
        elif operator == b"Q":
            mode = stack.pop() if stack else 0
        elif operator == b"Tr" and len(operands) == 1:
            mode = operands[0]
        elif operator in SHOWING and mode == INVISIBLE:
            dropped = True
            if operator in (b"'", b'"'):  # they also go to the next line
                kept.append(([], Operator("T*")))
            continue
        kept.append(instruction)
    return kept, dropped

"""`pliego replace`: another file for a document, from the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from pliego.accounts.viewer import OPERATOR
from pliego.cli.add import blocks
from pliego.cli.progress import bytes_progress
from pliego.cli.site import prepare
from pliego.documents import catalog, versions
from pliego.documents.addresses import in_full
from pliego.documents.engines import reader
from pliego.documents.identifiers import named_in
from pliego.documents.intake import Receiver, refuse_early
from pliego.documents.models import Document
from pliego.documents.versions import Replacement
from pliego.pdf.sandbox import socket_in, start_parser
from pliego.terminal import write_answer

PARSER_STARTS_WITHIN = 20.0


def replace(
    document: Annotated[str, typer.Argument(help="The document: its address or identifier.")],
    file: Annotated[Path, typer.Argument(help="The new PDF.", exists=True, dir_okay=False, readable=True)],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> None:
    """Replace the file of a document; its address and every link stay, the old file stays as an earlier version."""
    prepare()
    found = catalog.document_for(OPERATOR, named_in(document))
    refuse_early(file.stat().st_size)
    with bytes_progress(file.name, file.stat().st_size, quiet=quiet) as advance, _reader():
        receiver = Receiver()
        try:
            for block in blocks(file, advance):
                receiver.write(block)
            now = versions.replace(receiver, Replacement(found, file.name, OPERATOR))
        finally:
            receiver.abort()
    _tell(now, as_json=as_json)


@contextmanager
def _reader() -> Iterator[None]:
    """The parser process looks at the file first: that of the running site, else one of our own."""
    if reader().ready(timeout=0.1):
        yield
        return
    process = start_parser(socket_in(settings.DATA))
    try:
        reader().ready(timeout=PARSER_STARTS_WITHIN)
        yield
    finally:
        process.terminate()
        process.wait()


def _tell(document: Document, *, as_json: bool) -> None:
    address = in_full(document.get_absolute_url())
    answer = {"page": address, "file": in_full(document.file_url), "version": document.version}
    write_answer(answer, as_json=as_json)

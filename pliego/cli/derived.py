"""`pliego reindex` and `pliego reread`: make anew what was derived from the documents."""

from typing import Annotated

import typer

from pliego.cli.progress import count_progress
from pliego.documents import indexing, processing
from pliego.documents.models import Document
from pliego.terminal import talk


def reindex(
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> None:
    """Build the search index anew from the stored text; the old one keeps answering meanwhile."""
    with count_progress(quiet=quiet) as progress:
        task = progress.add_task("Documents", total=Document.objects.filter(file__finished=True).count())
        indexing.rebuild(lambda done: progress.update(task, completed=done))
    if not quiet:
        talk("The search index is rebuilt.")


def reread() -> None:
    """Put every file back to be read by the worker; the pages stay open meanwhile."""
    talk(f"{processing.reread_all()} files are put back to be read.")

"""`pliego reindex`: build the search index anew from the stored text."""

from typing import Annotated

import typer

from pliego.cli.terminal import count_progress, talk
from pliego.documents import indexing
from pliego.documents.models import Document


def reindex(
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> None:
    """Build the search index anew from the stored text; the old one keeps answering meanwhile."""
    with count_progress(quiet=quiet) as progress:
        task = progress.add_task("Documents", total=Document.objects.filter(file__finished=True).count())
        indexing.rebuild(lambda done: progress.update(task, completed=done))
    if not quiet:
        talk("The search index is rebuilt.")

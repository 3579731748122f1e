"""`pliego verify`: are the stored bytes still those that were shared?"""

from collections import Counter
from typing import Annotated

import typer
from django.conf import settings

from pliego.cli.progress import bytes_progress
from pliego.cli.site import prepare
from pliego.documents import readiness, safekeeping
from pliego.documents.addresses import in_full
from pliego.documents.engines import blobs
from pliego.documents.models import Document
from pliego.documents.safekeeping import Loss
from pliego.terminal import talk, write_answer


def verify(
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object for each document that lost its file.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False,
) -> None:
    """Read every stored file and tell which are damaged or missing; nobody is given these any more."""
    readiness.require_site()
    prepare()
    lost = compare(as_json=as_json, quiet=quiet)
    left = safekeeping.leftovers()
    if left and not quiet:
        talk(f"Files that no document uses: {left}. They are deleted within two days.")
    if lost:
        raise typer.Exit(1)


def compare(*, as_json: bool = False, quiet: bool = False) -> int:
    """Compare every stored file with its checksum, tell what is lost, and give the number of files that are."""
    files, size = safekeeping.extent()
    losses = []
    with bytes_progress("Comparing", size, quiet=quiet) as advance:
        for loss in safekeeping.verify(advance):
            losses.append(loss)
            for document in loss.documents:
                _tell(loss, document, as_json=as_json)
    if not quiet:
        counts = Counter(loss.condition.value for loss in losses)
        told = ", ".join(f"{number} {condition}" for condition, number in sorted(counts.items()))
        talk(f"Files compared with their checksums: {files}; {told or 'all as they were shared'}.")
    return len(losses)


def _tell(loss: Loss, document: Document, *, as_json: bool) -> None:
    answer = {
        "state": loss.condition.value,
        "name": document.original_name,
        "document": document.pk,
        "version": document.version,
        "page": in_full(document.get_absolute_url()),
        "file": str(blobs().path(loss.sha256).relative_to(settings.DATA)),
    }
    write_answer(answer, as_json=as_json)

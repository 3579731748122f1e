"""`pliego backup` and `pliego restore`: a copy of the whole site in a folder, and back from there."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils.timezone import localtime
from rich.filesize import decimal

from pliego.cli import verify
from pliego.cli.progress import growing_progress
from pliego.cli.site import prepare
from pliego.documents import backup as backups
from pliego.documents import readiness, restoring
from pliego.terminal import talk

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")]


def backup(
    folder: Annotated[Path, typer.Argument(help="An empty folder, or that of the last backup.", file_okay=False)],
    compare: Annotated[
        bool, typer.Option("--compare", help="Compare what was copied before with its checksums.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Copy the whole site into a folder, while it runs; from the second time on only what is new."""
    readiness.require_site()
    with growing_progress("Copying", quiet=quiet) as told:
        manifest, new = backups.make(folder, told, compare=compare)
    if not quiet:
        talk(f"Backed up: {manifest.files - manifest.lost} files, {decimal(manifest.size)}; copied this time: {new}.")
    if manifest.lost:
        talk(f"Not in the backup, lost or not to be read: {manifest.lost}. `pliego verify` says which PDFs are.")
        raise typer.Exit(1)


def restore(
    folder: Annotated[Path, typer.Argument(help="The folder of a backup.", exists=True, file_okay=False)],
    quiet: Quiet = False,
) -> None:
    """Bring a backup back into an empty data folder, and compare every file with its checksum."""
    with growing_progress("Copying", quiet=quiet) as told:
        manifest = restoring.restore(folder, settings.DATA, told)
    prepare()
    if not quiet:
        made = localtime(datetime.fromisoformat(manifest.made))
        talk(f"Restored into {settings.DATA}: the site as it was on {made:%Y-%m-%d at %H:%M}.")
    if verify.compare(quiet=quiet):
        raise typer.Exit(1)

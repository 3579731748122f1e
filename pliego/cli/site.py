"""Preparing the data folder for a site that is to run."""

import json

from django.conf import settings
from django.core.management import call_command

from pliego import whereabouts
from pliego.documents import readiness, samples


def prepare() -> None:
    """Make or bring up to date what the data folder holds: database, static files, the reserve, samples if wished.

    Of programs that start at the same moment one does it, and the others wait.
    """
    with whereabouts.preparing(settings.DATA):
        _prepare()


def _prepare() -> None:
    settings.EMAIL_FILE_PATH.mkdir(mode=0o700, exist_ok=True)
    if readiness.needs_migration():
        call_command("migrate", verbosity=0, interactive=False)
    if readiness.needs_static_files():
        _gather_static_files()
        readiness.static_files_done()
    readiness.keep_reserve()
    if settings.SAMPLES:
        samples.share()


def _gather_static_files() -> None:
    """Put them where they are served from. Those of the version before stay: pages of it are open, or it still runs."""
    kept = _named_static_files()
    call_command("collectstatic", verbosity=0, interactive=False)
    kept |= _named_static_files()
    for path in settings.STATIC_ROOT.rglob("*.*"):
        name = str(path.relative_to(settings.STATIC_ROOT)).removesuffix(".gz").removesuffix(".br")
        if name not in kept and path.is_file():
            path.unlink()


def _named_static_files() -> set[str]:
    """What the list of the static files names, and the list itself."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    paths: dict[str, str] = json.loads(manifest.read_text())["paths"] if manifest.exists() else {}
    return {manifest.name, *paths.values()}

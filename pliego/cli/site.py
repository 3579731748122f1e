"""Preparing the data folder for a site that is to run."""

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
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        readiness.static_files_done()
    readiness.keep_reserve()
    if settings.SAMPLES:
        samples.share()

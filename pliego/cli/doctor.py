"""`pliego doctor`: what this machine gives, what it lacks, and whether the sandbox holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer
from django.conf import settings
from django.db import connection
from rich.console import Console
from rich.text import Text

from pliego.documents import readiness
from pliego.documents.engines import reader
from pliego.documents.models import File
from pliego.documents.safekeeping import held
from pliego.pdf import programs, recognition
from pliego.pdf.catalogue import operations
from pliego.pdf.confinement import capabilities
from pliego.pdf.reader import PrivateParser, Reader
from pliego.storage.space import free_bytes
from pliego.terminal import harmless

GOOD, BAD, NOTE = "good", "BAD", "note"
_COLOURS = {GOOD: "green", BAD: "bold red", NOTE: "yellow"}
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; a BAD one makes the command fail."""

    grade: str
    topic: str
    words: str


def doctor() -> None:
    """Check data folder, disk and database, and try to break out of the sandbox from inside it."""
    findings = [*_settings(), *_data_folder(), *_database(), *_kernel(), *_sandbox(), *_recognition(), *_programs()]
    findings += _mail()
    screen = Console(soft_wrap=True, highlight=False)  # a line of the report is one line, whoever reads it
    for finding in findings:
        grade = (f"{finding.grade:>5}", _COLOURS[finding.grade])
        screen.print(Text.assemble(grade, f"  {finding.topic:<36}  {harmless(finding.words)}"))
    if any(finding.grade == BAD for finding in findings):
        raise typer.Exit(1)


def _settings() -> Iterator[Finding]:
    for name in settings.UNKNOWN_SETTINGS:
        yield Finding(NOTE, "settings", f"{name} is none of the settings, so it changes nothing")


def _data_folder() -> Iterator[Finding]:
    yield Finding(GOOD, "data folder", str(settings.DATA))
    free = free_bytes(settings.DATA) // _MEGABYTE
    grade = GOOD if free > settings.MIN_FREE_MB else BAD
    yield Finding(grade, "free space", f"{free} MB; uploads are refused under {settings.MIN_FREE_MB} MB")
    held = readiness.reserve().held()
    yield Finding(
        GOOD if held else NOTE, "reserve", "held" if held else "not there: a running site makes it once there is room"
    )


def _database() -> Iterator[Finding]:
    if readiness.needs_migration():
        yield Finding(NOTE, "database", "not up to date; `pliego serve` brings it up to date")
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        (answer,) = cursor.fetchone()
    yield Finding(GOOD if answer == "ok" else BAD, "database", f"{answer}; {File.objects.count()} files")
    waiting = File.objects.filter(finished=False).count()
    yield Finding(GOOD if waiting < 100 else NOTE, "waiting to be read", str(waiting))
    lost = sum(held(file) is None for file in File.objects.only("sha256", "size").iterator())
    words = f"missing or too short: {lost}; `pliego verify` says which" if lost else "all there"
    yield Finding(BAD if lost else GOOD, "stored files", words)


def _kernel() -> Iterator[Finding]:
    missing = capabilities().missing
    yield Finding(
        NOTE if missing else GOOD, "confinement", f"this machine lacks: {', '.join(missing)}" if missing else "complete"
    )


def _sandbox() -> Iterator[Finding]:
    running = reader().ready()
    yield Finding(
        GOOD if running else NOTE, "parser process", "answers" if running else "not running: a private one is tried"
    )
    if running:
        yield from _probes(reader())
    else:
        with PrivateParser() as private:
            yield from _probes(private)


def _probes(tried: Reader) -> Iterator[Finding]:
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    for probe in tried.probe(database, [settings.SECRET_KEY]):
        words = "denied" if probe.denied else f"NOT DENIED ({probe.reason})"
        yield Finding(GOOD if probe.denied else BAD, f"sandbox: {probe.name}", words)


def _recognition() -> Iterator[Finding]:
    """Whether the words of scanned pages can be recognised, and what to install for it."""
    installed = recognition.installed()
    lacking = [recognition.LANGUAGES[each][0] for each in recognition.COMMON if each not in installed]
    packages = " ".join(["tesseract-ocr", *(f"tesseract-ocr-{name}" for name in lacking)])
    if installed:
        yield Finding(GOOD, "scanned pages", f"recognised in {', '.join(installed)}")
    if lacking:
        aim = "know more languages" if installed else "recognise their words"
        yield Finding(NOTE, "scanned pages", f"to {aim}: apt-get install {packages}")


def _programs() -> Iterator[Finding]:
    """The other programs that tools need, and what to install for them."""
    for name, program in programs.PROGRAMS.items():
        tools = ", ".join(told.name for told in operations().values() if told.program == name)
        if programs.where(name):
            yield Finding(GOOD, program.name, f"installed, for the tool {tools}")
        else:
            yield Finding(NOTE, program.name, f"for the tool {tools}: {program.installation}")


def _mail() -> Iterator[Finding]:
    """Where letters go: confirmations, forgotten passwords."""
    if settings.MAIL_HOST:
        yield Finding(GOOD, "mail", f"sent through {settings.MAIL_HOST}:{settings.MAIL_PORT}")
    else:
        folder = settings.EMAIL_FILE_PATH
        letters = len(list(folder.iterdir())) if folder.is_dir() else 0
        yield Finding(NOTE, "mail", f"not sent but written to {folder} ({letters} there); see PLIEGO_MAIL_HOST")

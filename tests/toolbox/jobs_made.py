"""Jobs on small PDFs, as the doors begin them, for the tests of this room."""

from collections.abc import Mapping
from typing import Any

from pliego.pdf import catalogue
from pliego.pdf.typeset import Leaflet, Section, write
from pliego.toolbox import running
from pliego.toolbox.drafts import Draft
from pliego.toolbox.models import Job

PDF = write(Leaflet("Hoja", "Clara Ruiz", "es", tuple(Section(f"Parte {n}", ("Palabras.",) * 40) for n in range(3))))


def draft(*files: bytes) -> Draft:
    """A draft with files called a.pdf, b.pdf and so on."""
    made = Draft.new()
    for name, data in zip("abcdefgh", files, strict=False):
        incoming = made.receive()
        incoming.write(data)
        made.add(f"{name}.pdf", incoming)
    return made


def begun(
    *steps: tuple[str, Mapping[str, Any]], files: tuple[bytes, ...] = (PDF,), passwords: tuple[str, ...] = ()
) -> Job:
    """A job that waits."""
    operations = catalogue.following([name for name, _ in steps])
    return draft(*files).begin(operations, [options for _, options in steps], passwords)


def run(job: Job) -> Job:
    """The job when the worker is done with it."""
    running.run(job.pk)
    job.refresh_from_db()
    return job

"""`pliego add`: share PDFs from the terminal."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from django.urls import reverse

from pliego.accounts.viewer import OPERATOR
from pliego.cli.progress import bytes_progress
from pliego.cli.site import prepare
from pliego.documents.addresses import in_full
from pliego.documents.intake import Arrival, checked_privacy, receive, refuse_early
from pliego.documents.models import Origin
from pliego.errors import PliegoError
from pliego.terminal import talk, write_answer

BLOCK = 1 << 20


def add(
    files: Annotated[list[Path], typer.Argument(help="PDF files.", exists=True, dir_okay=False, readable=True)],
    privacy: Annotated[str, typer.Option(help="public, unlisted or private.")] = "public",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for each file.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> None:
    """Share PDF files on this site and print their links."""
    checked_privacy(privacy)
    prepare()
    failed = False
    for path in files:
        with bytes_progress(path.name, path.stat().st_size, quiet=quiet) as advance:
            answer = _share(path, privacy, advance)
        failed |= "error" in answer
        _tell(answer, as_json=as_json)
    if failed:
        raise typer.Exit(1)


def _share(path: Path, privacy: str, advance: Callable[[int], None]) -> dict[str, str]:
    """Return the links of a file, or its error; a file that cannot be shared does not stop the others."""
    arrival = Arrival(path.name, privacy=privacy, origin=Origin.TERMINAL, viewer=OPERATOR)
    try:
        refuse_early(path.stat().st_size)
        received = receive(blocks(path, advance), arrival)
    except PliegoError as error:
        return {"name": path.name, "error": error.code, "sentence": str(error)}
    answer = {
        "name": path.name,
        "page": in_full(received.document.get_absolute_url()),
        "file": in_full(received.document.file_url),
        "manage": in_full(reverse("web:manage_link", args=[received.token])),
    }
    if received.same_file:
        answer["same-file"] = in_full(received.same_file.get_absolute_url())
    return answer


def blocks(path: Path, advance: Callable[[int], None] = lambda _: None) -> Iterator[bytes]:
    """The bytes of a file; ``advance`` is told how many were taken."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
            advance(len(block))


def _tell(answer: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        write_answer(answer, as_json=True)
    elif "error" in answer:
        talk(f"{answer['name']}: error: {answer['error']} {answer['sentence']}")
    else:
        write_answer({key: value for key, value in answer.items() if key != "name"}, as_json=False)

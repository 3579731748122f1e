"""`pliego serve`: the whole site as one supervised command."""

import os
import sys
from typing import Annotated

import typer
from django.conf import settings

from pliego.cli.site import prepare


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.", envvar="PLIEGO_HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", envvar="PLIEGO_PORT", min=1, max=65535)] = 8000,
) -> None:
    """Run web server, worker and parser until Ctrl-C or SIGTERM."""
    os.environ.update({"PLIEGO_HOST": host, "PLIEGO_PORT": str(port)})  # for the children
    if host != settings.HOST:  # other settings may have to be right for it, and those are read once, at the start
        os.execv(sys.executable, [sys.executable, "-m", "pliego", "serve"])  # noqa: S606 - our own words, no shell wanted
    prepare()
    # The supervisor stays for as long as the site runs: it becomes a small process of its own, without Django.
    numbers = (port, settings.WEB_WORKERS, settings.WEB_THREADS)
    words = ["-m", "pliego.supervisor", str(settings.DATA), host, *map(str, numbers)]
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606 - our own words, no shell wanted

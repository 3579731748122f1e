"""`pliego serve`: the whole site as one supervised command."""

import errno
import os
import socket
import sys
import time
from contextlib import closing
from typing import Annotated

import typer
from django.conf import settings

from pliego import whereabouts
from pliego.cli.site import prepare
from pliego.errors import PliegoError, gettext_noop

FREE_WITHIN = 2.0
"""Seconds that a web server of before, which was killed, may take to let go of the port."""


class RunsAlready(PliegoError):
    """Another process serves the data folder."""

    code = "runs-already"
    sentence = gettext_noop("This site runs already, at %(address)s.")


class PortTaken(PliegoError):
    """Another program listens there."""

    code = "port-taken"
    sentence = gettext_noop("Port %(port)s is taken by another program. Choose another one with --port.")


class CannotListen(PliegoError):
    """The system lets nobody listen there, or not this user."""

    code = "cannot-listen"
    sentence = gettext_noop("This machine cannot listen on %(host)s, port %(port)s: %(reason)s.")


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.", envvar="PLIEGO_HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", envvar="PLIEGO_PORT", min=1, max=65535)] = 8000,
) -> None:
    """Run web server, worker and parser until Ctrl-C or SIGTERM."""
    os.environ.update({"PLIEGO_HOST": host, "PLIEGO_PORT": str(port)})  # for the children
    if host != settings.HOST:  # other settings may have to be right for it, and those are read once, at the start
        os.execv(sys.executable, [sys.executable, "-m", "pliego", "serve"])  # noqa: S606 - our own words, no shell wanted
    if not whereabouts.claim(settings.DATA):
        raise RunsAlready(address=whereabouts.noted(settings.DATA))
    _require_free(host, port)
    prepare()
    # The supervisor stays for as long as the site runs: it becomes a small process of its own, without Django.
    numbers = (port, settings.WEB_WORKERS, settings.WEB_THREADS)
    words = ["-m", "pliego.supervisor", str(settings.DATA), host, *map(str, numbers)]
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606 - our own words, no shell wanted


def _require_free(host: str, port: int) -> None:
    """Raise PortTaken or CannotListen unless the web server will be able to listen there.

    It would share the port with another site of this user instead of failing, and each would get some of the requests.
    """
    deadline = time.monotonic() + FREE_WITHIN
    while True:
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            with closing(socket.socket(family, kind, protocol)) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
                return
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CannotListen(host=host, port=port, reason=error.strerror) from error
            if time.monotonic() > deadline:
                raise PortTaken(port=port) from error
        time.sleep(0.05)

"""A Source over bytes, as the confined reader gets it: by a descriptor without a name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from pliego.pdf.source import Source


@contextmanager
def opened(data: bytes, password: str = "") -> Iterator[Source]:
    fd = os.memfd_create("sample")
    try:
        os.write(fd, data)
        with Source(fd, password) as source:
            yield source
    finally:
        os.close(fd)

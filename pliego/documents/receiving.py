"""Files of a form go straight to storage while they are hashed: never to memory, never twice to disk."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError

from pliego.documents.intake import Receiver, refuse_early
from pliego.errors import Interrupted, NoFile, PliegoError

FRAME = 1024
"""Bytes of a form around its file, about: a file that just fits is not refused for them."""


class ReceivedFile(UploadedFile):  # type: ignore[type-arg]  # generic only in its stubs
    """A file of a form: either received and waiting to become a document, or refused with an error."""

    def __init__(self, name: str, receiver: Receiver | None, error: PliegoError | None) -> None:
        super().__init__(None, name)
        self.receiver = receiver
        self.error = error

    def arrived(self) -> Receiver:
        """What holds its bytes; raise what it was refused for."""
        if self.receiver is None:
            raise self.error or PliegoError
        return self.receiver

    def close(self) -> None:
        """Forget the bytes unless they have become a document."""
        if self.receiver:
            self.receiver.abort()


class ReceivingHandler(FileUploadHandler):
    """Django's side of it: one Receiver for each file of the form."""

    chunk_size = 120 * 1024
    """Under the 128 kB from which malloc asks the system for each piece of memory and gives it back at once."""

    def __init__(self, refuse: Callable[[int], None], request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._refuse = refuse
        self.receivers: list[Receiver] = []
        self.receiver: Receiver | None = None
        self.error: PliegoError | None = None

    def handle_raw_input(self, input_data: Any, META: dict[str, Any], content_length: int, *_: Any, **__: Any) -> None:  # noqa: ARG002, N803 - Django's names
        """Refuse a form that is announced too large before any of it is read."""
        refuse_early(content_length)
        self._refuse(max(content_length - FRAME, 0))

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.error = None
        self.receiver = Receiver()
        self.receivers.append(self.receiver)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """Write a chunk; what is refused half-way is read to its end without being kept."""
        if self.receiver is None:
            return
        try:
            self.receiver.write(raw_data)
        except PliegoError as error:
            self.receiver.abort()
            self.receiver, self.error = None, error

    def file_complete(self, file_size: int) -> ReceivedFile:  # noqa: ARG002
        """Hand the file over, received or refused."""
        return ReceivedFile(self.file_name or "", self.receiver, self.error)

    def upload_interrupted(self) -> None:
        """Forget everything that has come of a form whose connection was cut."""
        self.abort()

    def abort(self) -> None:
        """Forget every file that has not become a document."""
        for receiver in self.receivers:
            receiver.abort()


@contextmanager
def received(request: HttpRequest, refuse: Callable[[int], None]) -> Iterator[list[ReceivedFile]]:
    """The files of a request's form, forgotten at the end unless they were made use of.

    ``refuse`` is told the size that is announced, before any of it is read, and raises what stands against it. Raise
    NoFile of a form without one, Interrupted when the connection ends too early.
    """
    handler = ReceivingHandler(refuse, request)
    request.upload_handlers = [handler]
    try:
        files = request.FILES.getlist("file")
        if not files:
            raise NoFile
        yield cast("list[ReceivedFile]", files)
    except (UnreadablePostError, MultiPartParserError) as error:
        raise Interrupted from error
    finally:
        handler.abort()

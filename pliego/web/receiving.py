"""Files of a plain form go straight to storage while they are hashed: never to memory, never twice to disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from pliego.documents import quotas
from pliego.documents.intake import Receiver, refuse_early
from pliego.errors import PliegoError
from pliego.web.viewers import place_of, visitor_of

FRAME = 1024
"""Bytes of a form around its file, about: a file that just fits is not refused for them."""


class ReceivedFile(UploadedFile):  # type: ignore[type-arg]  # generic only in its stubs
    """A file of a form: either received and waiting to become a document, or refused with an error."""

    def __init__(self, name: str, receiver: Receiver | None, error: PliegoError | None) -> None:
        super().__init__(None, name)
        self.receiver = receiver
        self.error = error

    def close(self) -> None:
        """Forget the bytes unless they have become a document."""
        if self.receiver:
            self.receiver.abort()


class ReceivingHandler(FileUploadHandler):
    """Django's side of it: one Receiver for each file of the form."""

    chunk_size = 120 * 1024
    """Under the 128 kB from which malloc asks the system for each piece of memory and gives it back at once."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.receivers: list[Receiver] = []
        self.receiver: Receiver | None = None
        self.error: PliegoError | None = None

    def handle_raw_input(self, input_data: Any, META: dict[str, Any], content_length: int, *_: Any, **__: Any) -> None:  # noqa: ARG002, N803 - Django's names
        """Refuse a form that is announced too large before any of it is read."""
        refuse_early(content_length)
        if self.request:
            quotas.require_early(max(content_length - FRAME, 0), visitor_of(self.request), place_of(self.request))

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


class RefusingHandler(FileUploadHandler):
    """For the forms that take no file: nothing large is read, and a file that comes all the same is dropped."""

    def handle_raw_input(self, input_data: Any, META: dict[str, Any], content_length: int, *_: Any, **__: Any) -> None:  # noqa: ARG002, N803 - Django's names
        """Refuse a large body before any of it is read."""
        if content_length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("no form but the home page's takes files")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Drop it."""

    def file_complete(self, file_size: int) -> None:
        """Give no file."""

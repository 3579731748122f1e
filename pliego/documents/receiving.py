"""Files of a form go straight to storage while they are hashed: never to memory, never twice to disk."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.datastructures import MultiValueDict

from pliego.documents.intake import Receiver, refuse_early
from pliego.documents.parts import Parts
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
    """Django's side of it: reads the whole form itself, with one Receiver for each of its files."""

    def __init__(self, refuse: Callable[[int], None], request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._refuse = refuse
        self.receivers: list[Receiver] = []

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: ARG002, N803 - Django's names
        content_length: int,
        boundary: Any,
        encoding: str | None = None,  # noqa: ARG002
    ) -> "tuple[QueryDict, MultiValueDict[str, UploadedFile[Any]]]":
        """Return the fields and files; refuse a form that is announced too large before any of it is read."""
        refuse_early(content_length)
        self._refuse(max(content_length - FRAME, 0))
        fields, files = Fields(), MultiValueDict["str", "UploadedFile[Any]"]()
        for part, body in Parts(input_data.read, boundary):
            if part.file_name is None:
                fields.add(part.name, body)
            elif part.file_name:
                if len(self.receivers) == settings.DATA_UPLOAD_MAX_NUMBER_FILES:
                    raise TooManyFilesSent
                files.appendlist(part.name, self._file(part.file_name, body))
        return fields.told, files

    def _file(self, name: str, body: Iterator[memoryview]) -> ReceivedFile:
        """Write a file as it comes; what is refused half-way is read to its end without being kept."""
        receiver = Receiver()
        self.receivers.append(receiver)
        try:
            for block in body:
                receiver.write(block)
        except PliegoError as error:
            receiver.abort()
            return ReceivedFile(name, None, error)
        return ReceivedFile(name, receiver, None)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing comes this way."""

    def file_complete(self, file_size: int) -> None:
        """Nor this."""

    def abort(self) -> None:
        """Forget every file that has not become a document."""
        for receiver in self.receivers:
            receiver.abort()


class Fields:
    """The fields of a form beside its files, as long and as many as Django's own limits let them be."""

    def __init__(self) -> None:
        self.told = QueryDict(mutable=True)
        self._size = self._number = 0

    def add(self, name: str, body: Iterator[memoryview]) -> None:
        """Read one; raise RequestDataTooBig or TooManyFieldsSent."""
        value = bytearray()
        self._number += 1
        if self._number > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
            raise TooManyFieldsSent
        for block in body:
            value += block
            self._size += len(block)
            if self._size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
                raise RequestDataTooBig
        self.told.appendlist(name, value.decode(errors="replace"))


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

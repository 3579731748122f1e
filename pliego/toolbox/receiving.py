"""Files of a tool's form go straight to the folder of the job that they are for, as they arrive."""

import re
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError

from pliego.accounts.callers import place_of
from pliego.accounts.viewer import Viewer
from pliego.documents import quotas
from pliego.documents.intake import refuse_early
from pliego.documents.receiving import FRAME
from pliego.errors import Interrupted, PliegoError
from pliego.toolbox.drafts import Draft
from pliego.toolbox.workspace import Incoming

FILE = "file"
"""The field of the inputs; any other file is that of an option."""


class DraftHandler(FileUploadHandler):
    """Django's side of it. ``error`` is the first thing that was wrong; what comes after it is read and dropped."""

    chunk_size = 1 << 20

    def __init__(self, draft: Draft, giver: quotas.Giver, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._giver = giver
        self.error: PliegoError | None = None
        self._draft = draft
        self._incoming: Incoming | None = None

    def handle_raw_input(self, input_data: Any, META: dict[str, Any], content_length: int, *_: Any, **__: Any) -> None:  # noqa: ARG002, N803 - Django's names
        """Refuse a form that is announced too large before any of it is read."""
        refuse_early(content_length)
        self._giver.require(max(content_length - FRAME, 0))

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._incoming = None
        if self.error is None:
            self._attempt(self._begin)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """Write a chunk."""
        incoming = self._incoming
        if incoming:
            self._attempt(lambda: incoming.write(raw_data))

    def file_complete(self, file_size: int) -> UploadedFile | None:  # type: ignore[type-arg]  # noqa: ARG002
        """Take the file in."""
        if self._incoming:
            self._attempt(self._add)
        return None

    def upload_interrupted(self) -> None:
        """Forget the file that was cut."""
        if self._incoming:
            self._incoming.abort()

    def _begin(self) -> None:
        if self.field_name == FILE:
            self._incoming = self._draft.receive()
        else:
            self._incoming = self._draft.receive_further(option_of(self.field_name or "")[1])

    def _add(self) -> None:
        assert self._incoming is not None  # noqa: S101 - for the types
        self._giver.note(self._incoming.size)
        if self.field_name == FILE:
            self._draft.add(self.file_name or "", self._incoming)
        else:
            self._draft.add_further(*option_of(self.field_name or ""), self.file_name or "", self._incoming)

    def _attempt(self, act: Any) -> None:
        try:
            act()
        except PliegoError as error:
            self.error = error
            if self._incoming:
                self._incoming.abort()
                self._incoming = None


def receive(request: HttpRequest, draft: Draft, viewer: Viewer) -> PliegoError | None:
    """Read a request's form, its files into the draft; what was wrong with one of them.

    Raise Interrupted, or what stands against the whole form: TooLarge, DiskFull, ToolsFull.
    """
    handler = DraftHandler(draft, quotas.Giver.of(viewer, place_of(request)), request)
    request.upload_handlers = [handler]
    try:
        request.POST  # noqa: B018 - reads the body
    except (UnreadablePostError, MultiPartParserError) as error:
        raise Interrupted from error
    return handler.error


def option_of(field: str) -> tuple[int, str]:
    """The step and the option that a field of the form is for: "1-pages" of the second tool, "pages" of the first."""
    found = re.fullmatch(r"(?:([0-9]{1,2})-)?(.*)", field, re.DOTALL)
    step, option = found.groups() if found else ("0", field)
    return int(step or 0), option

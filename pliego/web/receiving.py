"""What every form does that takes no file: nothing large is read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


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

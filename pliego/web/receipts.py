"""What the sharer of a file is told: the page, the file, and the secret manage link."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pliego.documents.addresses import in_full
from pliego.documents.gathered import Collection
from pliego.documents.intake import Received
from pliego.errors import PliegoError
from pliego.web.answers import sentence
from pliego.web.viewers import keep_token, kept_token


@dataclass(frozen=True, slots=True)
class Receipt:
    """The outcome of one file: either received, or an error."""

    name: str
    received: Received | None = None
    error: PliegoError | None = None

    @property
    def sentence(self) -> str:
        """The error in the language of this request."""
        return sentence(self.error) if self.error else ""


def manage_address(request: HttpRequest, token: str) -> str:
    """Return the manage link in full."""
    return in_full(reverse("web:manage_link", args=[token]), request)


def remember(request: HttpRequest, response: HttpResponse, receipt: Receipt) -> None:
    """Make this browser the owner of what it has shared, unless an account is."""
    if receipt.received and receipt.received.token:
        keep_token(request, response, receipt.received.document.pk, receipt.received.token)


def kept_address(request: HttpRequest) -> str:
    """Return the manage link that this browser keeps for the document it asks for, "" without one."""
    token = kept_token(request)
    return manage_address(request, token) if token else ""


def as_text(request: HttpRequest, receipts: list[Receipt]) -> HttpResponse:
    """Answer a program, a block of lines for each file; the status is that of the first error, else 201."""
    blocks = [_block(request, receipt) for receipt in receipts]
    status = next((receipt.error.status for receipt in receipts if receipt.error), 201)
    return HttpResponse("\n".join(blocks), status=status, content_type="text/plain; charset=utf-8")


def of_collection(request: HttpRequest, collection: Collection, token: str) -> HttpResponse:
    """Answer a program that has made a collection."""
    lines = [f"page: {in_full(collection.get_absolute_url(), request)}"]
    if token:
        lines.append(f"manage: {manage_address(request, token)}")
    return HttpResponse("\n".join(lines) + "\n", status=201, content_type="text/plain; charset=utf-8")


def _block(request: HttpRequest, receipt: Receipt) -> str:
    if receipt.received is None:
        return f"error: {receipt.error.code if receipt.error else ''} {receipt.sentence}\n"
    document = receipt.received.document
    lines = [
        f"page: {in_full(document.get_absolute_url(), request)}",
        f"file: {in_full(document.file_url, request)}",
    ]
    if receipt.received.token:
        lines.append(f"manage: {manage_address(request, receipt.received.token)}")
    if receipt.received.same_file:
        lines.append(f"same-file: {in_full(receipt.received.same_file.get_absolute_url(), request)}")
    return "\n".join(lines) + "\n"

"""The cast of the tests, with fixed roles, and the documents they share."""

from dataclasses import dataclass

from django.test import Client

from pliego.documents import processing
from pliego.documents.intake import Arrival, receive
from pliego.documents.models import Document, Privacy
from pliego.pdf.typeset import Leaflet, Section, write

PEOPLE = ("owner", "stranger", "anonymous")


@dataclass(frozen=True, slots=True)
class Shared:
    """A document, the secret of its manage link, and a word that stands in its text and nowhere else."""

    document: Document
    token: str
    canary: str


def leaflet(canary: str) -> bytes:
    """A small PDF whose title and text hold a word of its own."""
    section = Section(f"Capítulo {canary}", (f"La palabra {canary} no está en ningún otro lugar.",))
    return write(Leaflet(f"Título {canary}", f"Autora {canary}", "es", (section,)))


def share(canary: str, privacy: str = Privacy.PUBLIC, pdf: bytes | None = None, *, read: bool = True) -> Shared:
    """Share a PDF; ``read`` it as the worker does, for which the parser fixture must be in use."""
    received = receive([pdf or leaflet(canary)], Arrival(f"{canary}.pdf", privacy=privacy, network="173.178"))
    if read:
        processing.process(received.document.file_id)
    document = Document.objects.with_file().get(pk=received.document.pk)
    return Shared(document, received.token, canary)


def visit(person: str, shared: Shared) -> Client:
    """A browser of one of the PEOPLE: the owner has opened the manage link, the stranger one of another document."""
    client = Client(headers={"accept": "text/html"})
    if person == "owner":
        client.get(f"/m/{shared.token}/")
    if person == "stranger":
        other = share(f"ajena{shared.document.pk}", read=False)
        client.get(f"/m/{other.token}/")
    return client

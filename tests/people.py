"""The cast of the tests, with fixed roles, and the documents they share."""

from dataclasses import dataclass

from django.test import Client

from pliego.accounts import people
from pliego.accounts.models import Person
from pliego.accounts.viewer import ANONYMOUS, Viewer
from pliego.documents import processing
from pliego.documents.intake import Arrival, receive
from pliego.documents.models import Document, Privacy
from pliego.pdf.typeset import Leaflet, Section, write

PASSWORD = "una contraseña larga"
UNMAILABLE = "ana@x\u05d0y.org"
"""An address as Django's forms take it, to which no letter can be written: no host is named from right and left."""
PEOPLE = ("owner", "account", "stranger", "other", "anonymous")
"""Two owners, by manage link and by account; two others, with a link and an account of their own; and a passer-by."""


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


def account(name: str = "clara") -> Person:
    """The account of somebody, made when it is first asked for."""
    email = f"{name}@example.org"
    return Person.objects.filter(email=email).first() or Person.objects.create_user(email)


def with_password(email: str = "clara@example.org") -> Person:
    """An account that can sign in, with PASSWORD."""
    found = people.add(email)
    found.set_password(PASSWORD)
    found.save()
    return found


def share(
    canary: str,
    privacy: str = Privacy.PUBLIC,
    pdf: bytes | None = None,
    *,
    read: bool = True,
    owner: Person | None = None,
) -> Shared:
    """Share a PDF; ``read`` it as the worker does, for which the parser fixture must be in use."""
    viewer = Viewer(person=owner.pk) if owner else ANONYMOUS
    arrival = Arrival(f"{canary}.pdf", privacy=privacy, network="173.178", viewer=viewer)
    received = receive([pdf or leaflet(canary)], arrival)
    if read:
        processing.process(received.document.file_id)
    document = Document.objects.with_file().get(pk=received.document.pk)
    return Shared(document, received.token, canary)


def visit(person: str, shared: Shared) -> Client:
    """A browser of one of the PEOPLE; an account is that of the document's owner, or made to be another."""
    client = Client(headers={"accept": "text/html"})
    if person == "owner":
        client.get(f"/m/{shared.token or '-'}/")
    if person == "stranger":
        other = share(f"ajena{shared.document.pk}", read=False)
        client.get(f"/m/{other.token}/")
    if person == "account" and shared.document.owner:
        client.force_login(shared.document.owner)
    if person == "other":
        client.force_login(account("otra"))
    return client

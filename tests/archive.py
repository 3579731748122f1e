"""A small archive that can be searched: documents made of given words, read and indexed as the worker does."""

from collections.abc import Iterable

from pliego.documents import indexing, subjects
from pliego.documents.models import Document, Privacy
from pliego.pdf.typeset import Leaflet, Section, write
from tests.people import Shared, share

BEES = (
    "La abeja reina pone los huevos de la colmena y las obreras cuidan de la cría.",
    "El apicultor abre la colmena en primavera y mira si la abeja reina está sana.",
    "Sin néctar no hay miel: la abeja visita mil flores por cada gota de miel de la colmena.",
    "El enjambre deja la colmena cuando la abeja reina es vieja y busca otro árbol hueco.",
)
HIVES = (
    "Cada colmena de madera lleva diez cuadros, y el apicultor los cambia cuando la cera está negra.",
    "La miel de primavera es clara; la abeja la guarda en la cera de los cuadros altos.",
)
BRIDGES = (
    "El puente de piedra cruza el río con tres arcos y un pilar en medio de la corriente.",
    "Cada arco del puente descansa sobre el pilar, y el pilar sobre la roca del río.",
)


def put(word: str, texts: Iterable[str] = (), privacy: str = Privacy.PUBLIC, author: str = "Clara Ruiz") -> Shared:
    """Share a leaflet about a word, tell its subject and let the index follow."""
    own = f"La palabra {word} está escrita en esta página y en ninguna otra de las que hay aquí."
    leaflet = Leaflet(f"Sobre {word}", author, "es", (Section(f"Capítulo {word}", (own, *texts)),))
    return settled(share(word, privacy, write(leaflet)))


def settled(shared: Shared) -> Shared:
    """The same once the worker has done what comes after reading."""
    subjects.tell_untold()
    indexing.index_changes()
    document = Document.objects.with_file().get(pk=shared.document.pk)
    return Shared(document, shared.token, shared.canary)

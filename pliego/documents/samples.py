"""A few small documents of Pliego's own, so that an empty site can be looked at."""

from pliego.documents.intake import Arrival, Received, receive
from pliego.documents.models import Document, Origin
from pliego.pdf.typeset import Leaflet, Section, write

_AUTHOR = "Pliego"

LEAFLETS = (
    Leaflet(
        "Bienvenida a Pliego",
        _AUTHOR,
        "es",
        (
            Section(
                "Qué es un pliego",
                (
                    "Un pliego es una hoja grande de papel que se dobla para formar las páginas de un cuaderno. Los"
                    " libros antiguos se imprimían así: varias páginas en cada cara de la hoja, y después el "
                    "doblez, el cosido y el corte.",
                    "Los pliegos de cordel eran otra cosa: hojas baratas, dobladas una o dos veces y colgadas de "
                    "una cuerda en la plaza. Llevaban romances, noticias y oraciones a quien no podía comprar un "
                    "libro.",
                ),
            ),
            Section(
                "Qué hace este sitio",
                (
                    "Suelta un PDF en la página de inicio y tendrá su propia dirección. Quien la abra podrá leerlo "
                    "en seguida, sin descargarlo entero y sin instalar nada.",
                    "No hace falta una cuenta. Al compartir recibes un enlace secreto: con él puedes cambiar el "
                    "título, decidir quién lo ve o borrarlo. Guárdalo bien, porque el sitio no conserva más que su "
                    "huella.",
                ),
            ),
            Section(
                "Quién puede verlo",
                (
                    "Un documento público aparece en las listas y lo encuentran los buscadores. Uno no listado se "
                    "abre sólo con su enlace. Uno privado lo ves únicamente tú.",
                ),
            ),
        ),
    ),
    Leaflet(
        "How a sheet becomes a book",
        _AUTHOR,
        "en",
        (
            Section(
                "Folding",
                (
                    "Fold a sheet once and you have a folio: two leaves, four pages. Fold it again for a quarto, "
                    "and once more for an octavo of eight leaves. Each fold halves the page and doubles their "
                    "number.",
                    "The printer has to think ahead. On the flat sheet the pages stand in an order that makes no "
                    "sense, some of them upside down; only the folding brings page two behind page one.",
                ),
            ),
            Section(
                "Signatures",
                (
                    "Folded sheets are gathered into signatures, marked at the foot with a letter so that the "
                    "binder keeps them in order: A, B, C and on through the alphabet, which for a printer had "
                    "twenty-three letters.",
                    "A collation formula tells the whole story of a book in one line, and still finds missing "
                    "leaves four centuries later.",
                ),
            ),
            Section(
                "Cutting",
                (
                    "A bound book came to its reader with folded edges. The paper knife was the first tool of "
                    "reading, and an uncut page is the surest proof that nobody has been there before you.",
                ),
            ),
        ),
    ),
    Leaflet(
        "Petit guide du partage",
        _AUTHOR,
        "fr",
        (
            Section(
                "Partager un document",
                (
                    "Déposez un PDF sur la page d'accueil : son adresse existe dès que l'envoi commence et ne "
                    "change plus. On peut la donner avant même que le fichier soit arrivé.",
                    "Si la connexion est coupée, l'envoi reprend tout seul à l'endroit où il s'était arrêté.",
                ),
            ),
            Section(
                "Le lien de gestion",
                (
                    "Sans compte, c'est le lien secret qui fait de vous le propriétaire. Il permet de corriger le "
                    "titre, de changer la visibilité et de supprimer le document.",
                ),
            ),
        ),
    ),
)


def share() -> list[Received]:
    """Share each sample that is not there yet and return the new ones."""
    there = set(Document.objects.filter(origin=Origin.SAMPLE).values_list("original_name", flat=True))
    arrivals = {f"{leaflet.title}.pdf": leaflet for leaflet in LEAFLETS}
    return [
        receive([write(leaflet)], Arrival(name, origin=Origin.SAMPLE))
        for name, leaflet in arrivals.items()
        if name not in there
    ]

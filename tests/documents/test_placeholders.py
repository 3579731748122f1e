import pytest

from pliego.documents.placeholders import somebody, telling
from pliego.pdf.values import PdfFacts

NOBODY = [
    *("[FAMILY Given]", "Your Name", "Author Name", "<Author>", "unknown", "Unknown Author", "Administrator", "admin"),
    *("user", "USER1", "User 2", "Microsoft Office User", "Windows User", "Usuario de Windows", "Nombre del autor"),
    *(
        "Tu nombre",
        "Nom de l'auteur",
        "Nom Prénom",
        "Utilisateur Windows",
        "Seu nome",
        "Utilizador",
        "Vorname Nachname",
    ),
    *("Benutzer", "Unbekannt", "First Last", "FirstName LastName", "Valued Customer", "N/A", "-", "...", "no author"),
    *("Your Name (Language)", "Author Name <author@example.com>", "root", "Пользователь", "作者", "Name, Your", "  "),
    "anonymous",
]
SOMEBODY = [
    *(
        "Ana Ruiz",
        "Anónimo",
        "Anonymous",
        "Microsoft",
        "HP",
        "Shay Given",
        "Root, Elihu",
        "Last, Jonathan",
        "Autor: Juan",
    ),
    *(
        "The Name of the Rose Foundation",
        "Van der Graaf",
        "Ruth First",
        "Family Planning",
        "The Family",
        "O",
        "Q1",
        "莫言",
    ),
    *(
        "Real Academia Española",
        "User Research Group",
        "Windows Central",
        "García, Nombre Raro",
        "",
    ),
]


@pytest.mark.parametrize("author", NOBODY)
def test_nobody_is_shown(author: str) -> None:
    assert somebody(author) == ""


@pytest.mark.parametrize("author", SOMEBODY)
def test_whoever_it_is_stays_as_it_was_written(author: str) -> None:
    assert somebody(author) == author


@pytest.mark.parametrize(
    ("authors", "left"),
    [
        ('W. Borgert, Holger Wansing, Your Name ("Language")', "W. Borgert, Holger Wansing"),
        ("Unknown; Ana Ruiz", "Ana Ruiz"),
        ("Ana Ruiz; Administrator; J. Gil", "Ana Ruiz; J. Gil"),
        ("Author Name, Ana Ruiz", "Ana Ruiz"),
        ("Author, Unknown", ""),
    ],
)
def test_the_others_of_a_line_stay(authors: str, left: str) -> None:
    assert somebody(authors) == left


def test_what_a_program_wrote_for_nothing_is_not_told() -> None:
    facts = telling(PdfFacts("1.4", 1, subject="unspecified", creator="anonymous", producer="ReportLab"))
    assert facts
    assert (facts.subject, facts.creator, facts.producer) == ("", "", "ReportLab")
    assert telling(PdfFacts("1.4", 1, subject="Puentes", creator="Word")) == PdfFacts(
        "1.4", 1, subject="Puentes", creator="Word"
    )
    assert telling(None) is None

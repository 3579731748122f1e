"""Names of authors, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.documents.people import Name, names


@pytest.mark.parametrize(
    ("authors", "language", "inverted"),
    [
        ("Ana López", "", ["López, Ana"]),
        ("Gabriel García Márquez", "es", ["García Márquez, Gabriel"]),
        ("Juan Carlos Pérez", "es", ["Pérez, Juan Carlos"]),
        ("José Ortega y Gasset", "es", ["Ortega y Gasset, José"]),
        ("Miguel de Cervantes Saavedra", "es", ["de Cervantes Saavedra, Miguel"]),
        ("Fernando António Nogueira Pessoa", "pt", ["Pessoa, Fernando António Nogueira"]),
        ("Ludwig van Beethoven", "de", ["van Beethoven, Ludwig"]),
        ("J. R. R. Tolkien", "en", ["Tolkien, J. R. R."]),
        ("Tolkien, J.R.R.", "en", ["Tolkien, J.R.R."]),
        ("Smith, John and Doe, Jane", "", ["Smith, John", "Doe, Jane"]),
        ("García, Ana; J. Smith; UNESCO", "", ["García, Ana", "Smith, J.", "UNESCO"]),
        ("Ana López, Luis Pérez", "", ["López, Ana", "Pérez, Luis"]),
        ("Ana López, Luis Pérez y Eva Ruiz", "", ["López, Ana", "Pérez, Luis", "Ruiz, Eva"]),
        ("Smith, J., Doe, A.", "", ["Smith, J.", "Doe, A."]),
        ("Martin Luther King Jr.", "en", ["King Jr., Martin Luther"]),
        ("Dr. Ana López, PhD", "", ["López, Ana"]),
        ("Ministerio de Cultura y Deporte", "es", ["Ministerio de Cultura y Deporte"]),
        ("Universidad de Chile", "es", ["Universidad de Chile"]),
        ("U.S. Department of Energy", "en", ["U.S. Department of Energy"]),
        ("user42", "", ["user42"]),
        ("Ana López/Luis Pérez / Eva Ruiz", "", ["López, Ana", "Pérez, Luis", "Ruiz, Eva"]),
        ("AC/DC", "", ["AC/DC"]),
        ("Ana López; Luis Pérez; Ana López", "", ["López, Ana", "Pérez, Luis"]),
        ("", "", []),
        (" ;, ", "", []),
    ],
)
def test_names(authors: str, language: str, inverted: list[str]) -> None:
    assert [name.inverted for name in names(authors, language)] == inverted


def test_particles_make_no_name_too_long() -> None:
    long = "María de los Ángeles Rodríguez-Santiesteban y González de la Vega"
    assert [name.direct for name in names(f"{long}; Juan Pérez", "es")] == [long, "Juan Pérez"]


@pytest.mark.parametrize(
    ("given", "initials"),
    [
        ("John Ronald", "J. R."),
        ("J.R.R.", "J. R. R."),
        ("Jean-Paul", "J.-P."),
        ("María de los Ángeles", "M. Á."),
        ("", ""),
    ],
)
def test_initials(given: str, initials: str) -> None:
    assert Name("X", given).initials == initials


@given(st.text(), st.sampled_from(["", "es", "de"]))
def test_any_line_gives_names_with_words(authors: str, language: str) -> None:
    for name in names(authors, language):
        assert any(map(str.isalnum, name.direct))
        assert name.initials is not None


@pytest.mark.parametrize("written", ["Eva Sanz (wersja polska)", "Eva Sanz [editor]", "(trad.) Eva Sanz"])
def test_what_is_said_about_a_name_is_no_part_of_it(written: str) -> None:
    assert [name.direct for name in names(written)] == ["Eva Sanz"]


def test_what_is_said_in_the_place_of_a_name_is_none() -> None:
    found = names("Ana Ruiz <ana@example.org>; Email: see the top of the file; juan@example.org; ../x; a/./b")
    assert [name.direct for name in found] == ["Ana Ruiz"]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (
            "© Copyright 1995–2022, Eva Sanz, All rights reserved. This file may be changed under it, or 1.3c.",
            ["Eva Sanz"],
        ),
        ("Copyright (C) 1992 by Eva Sanz; Copyright (C) 1994-2021 by Ana Ruiz", ["Eva Sanz", "Ana Ruiz"]),
        ("Eva Sanz, Todos los derechos reservados", ["Eva Sanz"]),
        ("1998, 2001, 2003 LaTeX Project Team.", ["LaTeX Project Team"]),
        ("Eva Sanz, equipo@example.org, https://example.org/", ["Eva Sanz"]),
        ("Eva Sanz, Bridge Project", ["Eva Sanz", "Bridge Project"]),
        ("Ministerio de Educación, Cultura y Deporte", ["Ministerio de Educación, Cultura y Deporte"]),
        ("This is not a name but the beginning of a sentence", []),
        ("Your Name; Eva B.", ["Eva B."]),
        ("2001", []),
    ],
)
def test_names_are_found_in_notices_and_beside_addresses(written: str, found: list[str]) -> None:
    assert [name.direct for name in names(written)] == found

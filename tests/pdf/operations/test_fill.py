import io

import pikepdf
import pytest
from pikepdf import Array, Name, String
from reportlab.pdfgen.canvas import Canvas

from pliego.pdf.blanks import MOST, NAME_MOST, Blank, Shape, blanks_from
from pliego.pdf.refusals import NoForm, NoSuchLetters, NothingToFill
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import pictures, tried, words


def form() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.acroForm.textfield(name="nombre", x=100, y=600, width=300, height=30)
    canvas.acroForm.checkbox(name="socio", x=100, y=500)
    canvas.acroForm.choice(name="talla", x=100, y=400, options=["S", "M", "L"], value="S", width=80)
    for value in ("si", "no"):
        canvas.acroForm.radio(name="vota", value=value, x=100 if value == "si" else 200, y=300)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_fields_of_every_kind_take_their_values() -> None:
    result = tried("fill", form(), values="nombre = José Ñandú\nsocio = yes\ntalla = M\nvota = no")
    values = {str(field.T): str(field.V) for field in result.pdf.Root.AcroForm.Fields}
    assert values == {"nombre": "José Ñandú", "socio": "/Yes", "talla": "M", "vota": "/no"}
    assert result.report.notes[0].params == {"count": 4}
    assert "José Ñandú" in words(tried("flatten", result.data).data)[0]
    assert pictures(result.data)[0].tobytes() != pictures(form())[0].tobytes()


def test_names_in_letters_of_other_scripts_are_seen() -> None:
    result = tried("fill", form(), values="nombre = Łukasz Иван Γιώργος")
    assert "Łukasz Иван Γιώργος" in words(tried("flatten", result.data).data)[0]
    with pytest.raises(NoSuchLetters, match="محمد"[0]):
        tried("fill", form(), values="nombre = محمد")


def test_a_choice_is_seen_as_the_list_calls_it() -> None:
    with pikepdf.open(io.BytesIO(form())) as pdf:
        field = next(each for each in pdf.Root.AcroForm.Fields if each.T == "talla")
        field.Opt = Array([Array([String("s"), String("Pequeña")]), Array([String("m"), String("Średnia")])])
        out = io.BytesIO()
        pdf.save(out)
    result = tried("fill", out.getvalue(), values="talla = Średnia")
    assert "Średnia" in words(tried("flatten", result.data).data)[0]


def test_who_says_nothing_hears_which_fields_there_are() -> None:
    with pytest.raises(NothingToFill, match=r"nombre; socio \(yes, no\); talla \(S, M, L\); vota \(si, no\)\."):
        tried("fill", form())
    with pytest.raises(NoForm):
        tried("fill", sample_without_form())


def asked(data: bytes) -> list[Blank]:
    with pytest.raises(NothingToFill) as refusal:
        tried("fill", data)
    return blanks_from(refusal.value.params["blanks"])


def test_each_field_is_told_with_its_label_its_choices_and_its_page() -> None:
    with pikepdf.open(io.BytesIO(form())) as pdf:
        fields = {str(each.T): each for each in pdf.Root.AcroForm.Fields}
        for key, value in {"/TU": String(" Nombre  completo"), "/V": String("Ana"), "/MaxLen": 40}.items():
            fields["nombre"][key] = value
        fields["socio"].T = String("datos[0].socio[1]")
        fields["talla"].Opt = Array([Array([String("s"), String("Pequeña")]), Array([String("m"), String("Grande")])])
        pdf.add_blank_page()
        pdf.pages.reverse()
        out = io.BytesIO()
        pdf.save(out)
    assert asked(out.getvalue()) == [
        Blank("nombre", "Nombre completo", Shape.LINE, 2, "Ana", most=40),
        Blank("datos[0].socio[1]", "socio", Shape.TICK, 2),
        Blank("talla", "talla", Shape.CHOICE, 2, "", (("s", "Pequeña"), ("m", "Grande"))),
        Blank("vota", "vota", Shape.CHOICE, 2, "", (("si", "si"), ("no", "no"))),
    ]


def test_the_first_page_that_was_filled_in_is_told() -> None:
    with pikepdf.open(io.BytesIO(form())) as pdf:
        pdf.add_blank_page()
        pdf.pages.reverse()
        out = io.BytesIO()
        pdf.save(out)
    assert tried("fill", out.getvalue(), values="talla = M").report.first == 2
    assert tried("fill", out.getvalue(), values="talla = XXL").report.first == 1


def test_a_field_of_no_known_kind_keeps_nobody_from_the_others() -> None:
    with pikepdf.open(io.BytesIO(form())) as pdf:
        next(each for each in pdf.Root.AcroForm.Fields if each.T == "nombre").FT = Name.Foo
        out = io.BytesIO()
        pdf.save(out)
    assert [blank.name for blank in asked(out.getvalue())] == ["socio", "talla", "vota"]
    result = tried("fill", out.getvalue(), values="talla = M\nvota = si\nnombre = Eva")
    assert result.report.notes[0].params == {"count": 2}


def test_no_more_blanks_are_told_than_can_be_asked_for_and_none_that_may_not_be_changed() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    for number in range(MOST + 5):
        canvas.acroForm.textfield(name=f"f{number}", x=10, y=10, width=30, height=10)
    canvas.acroForm.textfield(name="x" * (NAME_MOST + 1), x=10, y=10, width=30, height=10)
    canvas.showPage()
    canvas.save()
    assert len(asked(out.getvalue())) == MOST
    with pikepdf.open(out) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            field.Ff = 1
        fixed = io.BytesIO()
        pdf.save(fixed)
    assert asked(fixed.getvalue()) == []


def sample_without_form() -> bytes:
    return tried("flatten", sample_pdf(1)).data


def test_unknown_names_and_values_are_told() -> None:
    result = tried("fill", form(), values='{"apellido": "x", "talla": "XXL", "socio": true}')
    notes = {note.code: note.params for note in result.report.notes}
    assert notes["unknown"] == {"what": "apellido"}
    assert notes["refused"] == {"what": "talla"}
    assert notes["fields"] == {"what": "nombre, socio, talla, vota"}
    assert notes["filled"] == {"count": 1}


def test_a_document_without_a_form_has_no_such_fields() -> None:
    assert "unknown" in tried("fill", tried("flatten", sample_pdf(1)).data, values="a=b").notes

import io

import pikepdf
import pytest
from pikepdf import String

from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import alike, pictures, titles, tried, words
from tests.samples import annotated, form_field

SAMPLE = sample_pdf(2)


def test_a_field_becomes_part_of_the_page_and_looks_the_same() -> None:
    result = tried("flatten", SAMPLE)
    assert "/AcroForm" not in result.pdf.Root
    assert [str(each.Subtype) for each in result.pdf.pages[0].Annots] == ["/Link"]
    assert "Ana" in words(result.data)[0]
    assert all(map(alike, pictures(result.data, 0.5), pictures(SAMPLE, 0.5)))
    assert titles(result.pdf) == [("First", 1, [("Last", 2, [])])]
    assert result.report.notes[0].params == {"count": 1}


def test_notes_and_forms_go_by_themselves() -> None:
    kept = tried("flatten", annotated(), notes=False)
    assert kept.notes == {"nothing"}
    assert len(kept.pdf.pages[0].Annots) == 1
    gone = tried("flatten", annotated())
    assert "/Annots" not in gone.pdf.pages[0]
    assert all(map(alike, pictures(gone.data), pictures(annotated())))
    assert "/AcroForm" in tried("flatten", form_field(), forms=False).pdf.Root


@pytest.mark.parametrize("form", [b"<< /Fields 5 >>", b"<< /Fields [1 null] >>", b"[1]", b"5"])
@pytest.mark.parametrize("forms", [True, False])
def test_a_form_that_is_none_keeps_nothing_from_being_flattened(form: bytes, forms: bool) -> None:
    with pikepdf.open(io.BytesIO(annotated())) as pdf:
        pdf.Root.AcroForm = pikepdf.Object.parse(form)
        pdf.save(out := io.BytesIO())
    assert tried("flatten", out.getvalue(), forms=forms).notes == {"flattened"}


@pytest.mark.parametrize("asked", [True, False], ids=["asked for", "missing"])
def test_a_value_without_a_look_gets_one_in_its_own_letters(asked: bool) -> None:
    with pikepdf.open(io.BytesIO(SAMPLE)) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        field.V = String("Łódź, Київ")
        if asked:
            pdf.Root.AcroForm.NeedAppearances = True
        else:
            del field.AP
        out = io.BytesIO()
        pdf.save(out)
    assert "Łódź, Київ" in words(tried("flatten", out.getvalue()).data)[0]

import io

import pikepdf
import pytest

from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import assert_sound, pictures, same_pages, tried, words
from tests.samples import active, leaflet

SAMPLE = sample_pdf(2)


def test_what_is_found_is_removed_and_told() -> None:
    result = tried("clean", SAMPLE)
    assert result.notes == {"metadata", "scripts", "attachments"}
    said = {note.code: note.params.get("what") for note in result.report.notes}
    assert said["metadata"] == "Title, XMP"
    assert said["attachments"] == "note.txt"
    for secret in (b"note.txt", b"JavaScript", b"xmpmeta", b"/Title (T"):
        assert secret not in plain(result.data)
    assert same_pages(pictures(result.data), pictures(SAMPLE))


def plain(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, qdf=True)
    return out.getvalue()


def test_a_second_time_nothing_is_found() -> None:
    assert tried("clean", tried("clean", SAMPLE).data).notes == {"nothing"}


def test_only_what_is_asked_for_goes() -> None:
    pdf = tried("clean", SAMPLE, facts=False, attachments=False, scripts=False).pdf
    assert pdf.docinfo["/Title"] == "Título"
    assert list(pdf.attachments) == ["note.txt"]


def test_actions_that_reach_out_go() -> None:
    for kind in ("launch", "submit"):
        result = tried("clean", active(kind))
        assert "actions" in result.notes
        assert b"/Launch" not in plain(result.data)
        assert b"/SubmitForm" not in plain(result.data)


def test_hidden_text_goes_only_when_asked() -> None:
    pdf = pikepdf.open(io.BytesIO(leaflet()))
    pdf.pages[0].contents_add(b"BT 3 Tr /F1 12 Tf 50 50 Td (secreto) Tj ET")
    out = io.BytesIO()
    pdf.save(out)
    data = out.getvalue()
    assert "secreto" in words(tried("clean", data).data)[0]
    result = tried("clean", data, hidden_text=True)
    assert "secreto" not in words(result.data)[0]
    assert "Feria" in words(result.data)[0]
    assert "hidden-text" in result.notes
    assert same_pages(pictures(result.data), pictures(data))


def test_private_data_goes_from_wherever_it_lies() -> None:
    pdf = pikepdf.open(io.BytesIO(leaflet()))
    form = pdf.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1])
    for holder in (pdf.Root, pdf.pages[0].obj, form):
        holder.PieceInfo = pikepdf.Dictionary(Secret=pikepdf.String("draft 7"))
    pdf.pages[0].add_resource(form, pikepdf.Name.XObject)
    out = io.BytesIO()
    pdf.save(out)
    result = tried("clean", out.getvalue())
    assert "private" in result.notes
    assert b"draft 7" not in plain(result.data)


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
def test_a_protected_file_opens_as_before(revision: int) -> None:
    """The key of the older ways of protecting is made with the identifier, which else is removed."""
    out = io.BytesIO()
    new = revision > 3
    with pikepdf.open(io.BytesIO(sample_pdf(1))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="u", owner="o", R=revision, aes=new, metadata=new))  # type: ignore[arg-type]
    assert_sound(tried("clean", out.getvalue(), passwords=["u"]).data, password="u")

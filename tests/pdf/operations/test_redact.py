import io
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from pliego.errors import BadRequest
from pliego.pdf import proof
from pliego.pdf.refusals import NotRedacted
from pliego.pdf.sample import sample_pdf
from pliego.pdf.source import Source
from tests.pdf.operations.tried import Tried, alike, pictures, same_pages, tried, words
from tests.samples import book, form_field, leaflet, rotated, scan, set_text

SECRET = "Zanahoria"


def everything(data: bytes) -> bytes:
    """All that the file holds, unpacked, in one string."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        parts = [data]
        for thing in pdf.objects:
            parts.append(
                thing.unparse(resolved=True) if not isinstance(thing, pikepdf.Stream) else thing.read_raw_bytes()
            )
            if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == "/FlateDecode":
                parts.append(zlib.decompressobj().decompress(thing.read_raw_bytes()))
        return b"\n".join(parts)


def nothing_left(result: Tried, secret: str = SECRET) -> None:
    held = everything(result.data).lower()
    for spelling in (secret.encode(), secret.encode("utf-16-be"), secret.encode().hex().encode()):
        assert spelling.lower() not in held
    assert secret.lower() not in " ".join(words(result.data)).lower()
    assert "proved" in result.notes


def hidden_everywhere() -> bytes:
    """A page that tells the secret in every place that we know of, and an earlier revision that tells it too."""
    pdf = pikepdf.open(io.BytesIO(set_text(f"Aqui dice {SECRET} y algo", "mas palabras que quedan")))
    page = pdf.pages[0]
    pdf.docinfo["/Title"] = SECRET
    pdf.Root.Metadata = pdf.make_stream(f"<x>{SECRET}</x>".encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, SECRET.encode(), filename=f"{SECRET}.txt")
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SECRET}')"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=String(SECRET))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 50, 30, 70]),
                      A=Dictionary(S=Name.URI, URI=String(f"https://example.org/{SECRET}")))  # fmt: skip
    page.Annots = Array([pdf.make_indirect(note), pdf.make_indirect(link)])
    page.PieceInfo = Dictionary(App=Dictionary(Private=String(SECRET)))
    page.contents_add(b"BT 3 Tr /F1 8 Tf 300 300 Td (%b) Tj ET" % SECRET.encode())
    page.contents_add(b"/Span <</ActualText (%b)>> BDC EMC" % SECRET.encode())
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, K=Dictionary(ActualText=String(SECRET)))
    )
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Sobre {SECRET}", 0))
    out = io.BytesIO()
    pdf.save(out, fix_metadata_version=False)
    # an earlier revision: what was appended takes nothing away from what was there
    return out.getvalue() + f"\n99 0 obj ({SECRET}) endobj\n".encode()


def test_words_are_gone_from_every_place() -> None:
    result = tried("redact", hidden_everywhere(), words=SECRET)
    nothing_left(result)
    assert "mas palabras que quedan" in " ".join(words(result.data)[0].split())


def test_the_black_is_where_the_words_were_and_nothing_else_changed() -> None:
    data = set_text(f"Aqui dice {SECRET} y algo", "mas palabras que quedan", size=20)
    (before,), (after,) = pictures(data, 1), pictures(tried("redact", data, words=SECRET).data, 1)
    assert after.getpixel((200, 842 - 726)) < 30  # type: ignore[operator]
    below = (0, 842 - 712, 595, 842)
    assert alike(before.crop(below), after.crop(below), most=3)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_areas_are_black_on_turned_pages_as_they_are_seen(turn: int) -> None:
    result = tried("redact", rotated(turn), areas="1: 50, 60, 120, 30")
    (page,) = pictures(result.data, 1)
    assert page.crop((52, 62, 168, 88)).getextrema() == (0, 0)
    (before,) = pictures(rotated(turn), 1)
    assert alike(before.crop((0, 100, *before.size)), page.crop((0, 100, *page.size)), most=3)


def test_pixels_of_pictures_are_gone() -> None:
    result = tried("redact", scan(1), areas="1: 100, 100, 200, 100")
    (picture,) = [thing for thing in result.pdf.objects if isinstance(thing, pikepdf.Stream) and "/Width" in thing]
    image = pikepdf.PdfImage(picture).as_pil_image().convert("L")
    scale = image.width / float(result.pdf.pages[0].mediabox[2])
    black = image.crop((round(105 * scale), round(105 * scale), round(295 * scale), round(195 * scale)))
    assert black.getextrema()[1] < 40  # type: ignore[operator]


def test_values_of_forms_are_found() -> None:
    result = tried("redact", form_field(), words="Ñandú")
    nothing_left(result, "Ñandú")
    assert "/AcroForm" not in result.pdf.Root


def test_words_are_found_whatever_stands_between_their_letters() -> None:
    for lines in (("uno clave", "secreta dos"), ("uno cla-", "ve secreta dos"), ("CLAVE   SECRETA",)):
        result = tried("redact", set_text(*lines), words="clave secreta")
        assert "redacted" in result.notes
        left = "".join(words(result.data)).lower()
        assert "clave" not in left
        assert "secreta" not in left


def test_whole_words_and_parts() -> None:
    data = set_text("manzana Ana ananas")
    assert tried("redact", data, words="ana").report.notes[0].params["count"] == 1
    parts = tried("redact", data, words="ana", whole=False)
    assert "ana" not in "".join(words(parts.data)).lower()


def test_pages_without_the_words_stay_text() -> None:
    data = tried("merge", set_text(f"esto es {SECRET}"), leaflet(), entries=False).data
    result = tried("redact", data, words=SECRET)
    nothing_left(result)
    fonts = [list(page.Resources.get("/Font", {})) for page in result.pdf.pages]
    assert fonts[1] not in ([], ["/F"])
    assert alike(pictures(result.data)[1], pictures(data)[1], most=0.01)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 30))
def test_any_word_of_a_book_goes(number: int) -> None:
    secret = words(book(2))[1].split()[number].strip(".,")
    result = tried("redact", book(2), words=secret)
    assert secret.lower() not in " ".join(words(result.data)).lower().replace(".", " ").split()


@contextmanager
def source_of(data: bytes) -> Iterator[Source]:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        with Source(file.fileno()) as source:
            yield source


def unheard(_done: int, _total: int) -> None:
    pass


def test_what_cannot_be_proved_gives_no_result() -> None:
    with source_of(set_text("aqui esta la clave")) as source, pytest.raises(NotRedacted):
        proof.check(source, ["clave"], {}, whole=True, tell=unheard)
    with source_of(leaflet()) as source, pytest.raises(NotRedacted):
        proof.check(source, [], {0: [(100, 100, 200, 200)]}, whole=True, tell=unheard)


def test_areas_may_be_told_in_parts_of_the_page() -> None:
    with pikepdf.open(io.BytesIO(leaflet())) as pdf:
        width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
    parts, points = "1: 10%, 20.5%, 30%, 4%", f"1: {width / 10}, {height * 0.205}, {width * 0.3}, {height / 25}"
    found = [tried("redact", leaflet(), areas=areas).data for areas in (parts, points)]
    assert same_pages(pictures(found[0]), pictures(found[1]))
    assert not same_pages(pictures(found[0]), pictures(leaflet()))


def test_scans_are_told_and_wrong_areas_refused() -> None:
    assert {"nothing", "wordless"} <= tried("redact", scan(1), words="algo").notes
    for areas in ("1: 2, 3, 4", "9: 1, 1, 10, 10", "1: 1, 1, 0, 5", "x", "1: 1, 1, 5%%, 5", "1: ٣, 1, 5, 5"):
        with pytest.raises(BadRequest):
            tried("redact", sample_pdf(1), areas=areas)
    with pytest.raises(BadRequest):
        tried("redact", sample_pdf(1))


def test_the_words_that_stay_can_be_found_in_every_script() -> None:
    page = tried("watermark", sample_pdf(1), text="Łukasz Иван Γιώργος", where="middle", width=90).data
    result = tried("redact", page, words="Иван")
    said = words(result.data)[0]
    assert "Łukasz" in said
    assert "Γιώργος" in said
    assert "Иван" not in said


@pytest.mark.parametrize("word", ["Γιώργος", "Łukasz", "зорко"])
def test_a_word_that_latin_letters_cannot_spell_is_not_found_in_every_stream(word: str) -> None:
    assert not proof.spelled(b"q 1 0 0 1 0 0 cm /X Do Q (ukasz)", [word])
    assert proof.spelled(b"(" + word.encode("utf-16-be") + b")", [word])

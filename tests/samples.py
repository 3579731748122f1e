"""PDFs made by code, as bytes: ordinary ones, and those that try to hurt.

The same call gives the same bytes, also in another process, except for encrypted files, whose keys are random.
"""

import io
import random
import textwrap
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4

_SUBJECTS = "el puerto|la ciudad|un viajero|la casa vieja|el maestro|aquella tarde|la lluvia|el camino|una carta|el río"
_VERBS = "guardaba|recorría|mostraba|callaba|encendía|esperaba|contaba|cruzaba|miraba|olvidaba"
_OBJECTS = (
    "los barcos del norte|una canción antigua|las ventanas abiertas|el corazón del pueblo|su propia sombra|"
    "las montañas azules|un pan recién hecho|la última señal|los niños del barrio|una respuesta clara"
)
_ENDS = (
    "sin prisa|antes del alba|como siempre|bajo la luna|hasta el otoño|en silencio|otra vez|junto al mar|allí|mañana"
)


def sentences(count: int, seed: int) -> str:
    """Spanish prose from a small grammar."""
    chance = random.Random(seed)
    parts = [part.split("|") for part in (_SUBJECTS, _VERBS, _OBJECTS, _ENDS)]
    made = (" ".join(chance.choice(part) for part in parts).capitalize() + "." for _ in range(count))
    return " ".join(made)


def _canvas(out: io.BytesIO, size: tuple[float, float] = A4) -> Canvas:
    return Canvas(out, pagesize=size, invariant=1, pageCompression=1)


def _write(canvas: Canvas, lines: list[str], x: float, y: float, pitch: float = 15) -> float:
    for line in lines:
        canvas.drawString(x, y, line)
        y -= pitch
    return y


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def _changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The same PDF after ``change``."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        return _saved(pdf)


# Ordinary documents


@cache
def book(pages: int = 455, photographs: int = 0) -> bytes:
    """A Spanish novel: chapters of twelve pages, outline, running heads, page numbers; a photograph is 0.5 MB or so."""
    out = io.BytesIO()
    canvas = _canvas(out)
    canvas.setTitle("El puerto y la lluvia")
    canvas.setAuthor("Inés Ñandú")
    canvas.setSubject("Una novela de muestra")
    canvas.setKeywords("puerto, lluvia, viaje")
    canvas.setCreator("Pliego samples")
    for number in range(1, pages + 1):
        _book_page(canvas, number)
        if number % max(pages // photographs, 1) == 0 if photographs else False:
            canvas.drawInlineImage(_photograph(number), 72, 100, 200, 130)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _book_page(canvas: Canvas, number: int) -> None:
    chapter = (number - 1) // 12 + 1
    y = HEIGHT - 100
    if number % 12 == 1:
        name = f"Capítulo {chapter}"
        canvas.bookmarkPage(name)
        canvas.addOutlineEntry(name, name)
        canvas.setFont("Times-Bold", 22)
        canvas.drawString(72, y, name)
        y -= 40
    else:
        canvas.setFont("Times-Italic", 10)
        canvas.drawString(72, HEIGHT - 50, "El puerto y la lluvia" if number % 2 else f"Capítulo {chapter}")
    canvas.setFont("Times-Roman", 12)
    for paragraph in range(4):
        lines = textwrap.wrap(sentences(6, seed=number * 10 + paragraph), 82, initial_indent="    ")
        canvas.drawString(90, y, lines[0].strip())
        y = _write(canvas, lines[1:], 72, y - 15)
    canvas.drawCentredString(WIDTH / 2, 40, str(number))


def _photograph(seed: int) -> Image.Image:
    """Noise over a gradient: as large as a photograph when it is compressed."""
    noise = random.Random(seed).randbytes(900 * 600)
    return Image.merge("RGB", [Image.frombytes("L", (900, 600), noise), Image.linear_gradient("L").resize((900, 600)),
                               Image.radial_gradient("L").resize((900, 600))])  # fmt: skip


@cache
def leaflet(text: str = "Feria del libro") -> bytes:
    """One page: a large title and a few lines."""
    out = io.BytesIO()
    canvas = _canvas(out)
    canvas.setFont("Helvetica-Bold", 36)
    canvas.drawString(72, 700, text)
    canvas.setFont("Helvetica", 12)
    _write(canvas, textwrap.wrap(sentences(8, seed=1), 80), 72, 640)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@cache
def paper(mixed: bool = False) -> bytes:
    """A page in two columns; ``mixed`` writes it row by row, as some scanners and converters do."""
    out = io.BytesIO()
    canvas = _canvas(out)
    canvas.setFont("Times-Bold", 18)
    canvas.drawString(72, 760, "Sobre la lluvia en los puertos del norte")
    canvas.setFont("Times-Roman", 10)
    columns = [textwrap.wrap(f"{name} empieza. {sentences(25, seed)}", 46) for seed, name in enumerate(["Uno", "Dos"])]
    rows = min(map(len, columns))
    for row in range(rows) if mixed else ():
        _write(canvas, columns[0][row : row + 1], 72, 720 - 12 * row)
        _write(canvas, columns[1][row : row + 1], 310, 720 - 12 * row)
    if not mixed:
        _write(canvas, columns[0][:rows], 72, 720, 12)
        _write(canvas, columns[1][:rows], 310, 720, 12)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@cache
def slides(count: int = 5) -> bytes:
    """A slide deck in colours, 960 x 540 points."""
    out = io.BytesIO()
    canvas = _canvas(out, (960, 540))
    for number in range(1, count + 1):
        canvas.linearGradient(0, 0, 960, 540, ((0.1, 0.2, 0.5), (0.9, 0.5, 0.2)))
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setFont("Helvetica-Bold", 48)
        canvas.drawString(60, 420, f"Diapositiva {number}")
        canvas.setFont("Helvetica", 24)
        _write(canvas, [f"• {line}" for line in sentences(3, number).split(". ")], 60, 340, 40)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@cache
def scan(pages: int = 2) -> bytes:
    """Pages that are only pictures, without a word of text."""
    out = io.BytesIO()
    images = [_photograph(number).convert("L") for number in range(pages)]
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=100,
                   creationDate=None, modDate=None)  # fmt: skip
    return out.getvalue()


@cache
def scanned_text(pages: int = 1) -> bytes:
    """Pages of a book, as a scanner sees them: pictures of words."""
    document = pypdfium2.PdfDocument(book(pages))
    images = [document[number].render(scale=200 / 72, grayscale=True).to_pil() for number in range(pages)]
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=200,
                   creationDate=None, modDate=None)  # fmt: skip
    document.close()
    return out.getvalue()


@cache
def rotated(degrees: int = 90) -> bytes:
    """A leaflet whose page is turned by the viewer."""

    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = degrees

    return _changed(leaflet(), turn)


def cropped(left: float, top: float) -> bytes:
    """A leaflet that shows so much less of its page on the left and at the top."""

    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].CropBox = Array([left, 0, WIDTH, HEIGHT - top])

    return _changed(leaflet(), crop)


def right_to_left(text: str = "שלום עולם") -> bytes:
    """Hebrew in a font that is not in the file, written from left to right as it lies on paper, 30 points."""
    return to_unicode_text(text[::-1])


def to_unicode_text(text: str) -> bytes:
    """Any characters, 30 points high and 15 wide from (50, 100) on, in a font that is not in the file."""
    codes = {letter: index + 1 for index, letter in enumerate(dict.fromkeys(text))}
    shown = "".join(f"{codes[letter]:04x}" for letter in text)
    mapping = "\n".join(f"<{code:04x}> <{ord(letter):04x}>" for letter, code in codes.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{mapping}\nendbfchar endcmap end"
    )
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 200))
    page.Contents = pdf.make_stream(f"BT /F 30 Tf 50 100 Td <{shown}> Tj ET".encode())
    system = Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name.Sample,
        Flags=4,
        FontBBox=Array([0, -200, 1000, 800]),
        Ascent=800,
        Descent=-200,
        CapHeight=700,
        ItalicAngle=0,
        StemV=80,
    )
    part = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Sample, CIDSystemInfo=system, DW=500,
                      FontDescriptor=descriptor)  # fmt: skip
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Sample, Encoding=Name("/Identity-H"),
                      DescendantFonts=Array([part]), ToUnicode=pdf.make_stream(to_unicode.encode()))  # fmt: skip
    page.Resources = Dictionary(Font=Dictionary(F=font))
    return _saved(pdf)


def set_text(*lines: str, size: float = 12) -> bytes:
    """A page of lines in Helvetica, 20 points apart from (72, 720) on: Latin-1 only."""
    out = io.BytesIO()
    canvas = _canvas(out)
    canvas.setFont("Helvetica", size)
    _write(canvas, list(lines), 72, 720, 20)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def annotated() -> bytes:
    """A page with nothing but a black square that is an annotation."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    square = pdf.make_stream(b"0 0 50 50 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 50, 50]))
    rectangle = Array([100, 100, 150, 150])
    page.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=rectangle, F=4, AP=Dictionary(N=square))]
    )
    return _saved(pdf)


@cache
def form_field() -> bytes:
    """A page with nothing but a text field that is filled in."""
    out = io.BytesIO()
    canvas = _canvas(out)
    canvas.acroForm.textfield(name="nombre", value="Inés Ñandú", x=100, y=600, width=300, height=40)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


# What a PDF says about itself


def with_info(**fields: bytes | str) -> bytes:
    """A blank page with an information dictionary: bytes are written as they are, Title=b"..."."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    info = {f"/{key}": pikepdf.String(value) for key, value in fields.items()}
    pdf.trailer.Info = pdf.make_indirect(Dictionary(info))
    return _saved(pdf)


def with_xmp(packet: bytes) -> bytes:
    """A blank page with this XMP packet and no information dictionary."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
    return _saved(pdf)


def with_packed_xmp(packet: bytes) -> bytes:
    """The same with the packet deflated."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Metadata = pdf.make_stream(zlib.compress(packet), Filter=Name.FlateDecode)
    return _saved(pdf)


def xmp(title: str = "Un título", author: str = "Ana", prolog: str = "") -> bytes:
    """An XMP packet."""
    return f"""{prolog}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
      xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><rdf:Description rdf:about=""
      xmp:CreateDate="2024-02-29T12:00:00+01:00"><dc:title><rdf:Alt><rdf:li>{title}</rdf:li></rdf:Alt></dc:title>
      <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li><rdf:li>Luis</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>""".encode()


def xmp_bomb() -> bytes:
    """XMP whose title is a billion laughs when its entities are expanded."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return with_xmp(xmp(title="&a9;", prolog=f'<!DOCTYPE x [<!ENTITY a0 "ja">{entities}]>'))


def linearised() -> bytes:
    """A leaflet made for the web."""
    with pikepdf.open(io.BytesIO(leaflet())) as pdf:
        out = io.BytesIO()
        pdf.save(out, linearize=True, deterministic_id=True)
        return out.getvalue()


def markup_title() -> bytes:
    """A title and an author that are HTML."""
    return with_info(Title="<script>alert(1)</script><b>Hola</b>", Author='"><img src=x onerror=alert(2)>')


@cache
def encrypted(user_password: str = "", owner: str = "owner") -> bytes:
    """A leaflet under AES-256; an empty user password opens in every reader."""
    with pikepdf.open(io.BytesIO(leaflet())) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(user=user_password, owner=owner, R=6))
        return out.getvalue()


def active(kind: str) -> bytes:
    """A leaflet that would do something: javascript, launch, submit, attachments; or the harmless uri and goto."""
    calls = "http://127.0.0.1:9/called-home"
    actions = {
        "javascript": Dictionary(S=Name.JavaScript, JS=pikepdf.String(f"app.launchURL('{calls}')")),
        "launch": Dictionary(S=Name.Launch, F=pikepdf.String("/bin/sh")),
        "submit": Dictionary(S=Name.SubmitForm, F=pikepdf.String(calls)),
        "uri": Dictionary(S=Name.URI, URI=pikepdf.String(calls)),
        "goto": Dictionary(S=Name.GoTo, D=Array([0, Name.Fit])),
    }

    def add(pdf: pikepdf.Pdf) -> None:
        if kind == "attachments":
            pdf.attachments["notas.txt"] = b"hola"
            return
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 100, 100]), A=actions[kind])
        pdf.pages[0].Annots = Array([note])
        pdf.Root.OpenAction = actions[kind]

    return _changed(leaflet(), add)


# Damage


def truncated(part: float = 0.6) -> bytes:
    """The first part of a book of thirty pages."""
    data = book(30)
    return data[: int(len(data) * part)]


def lost_page() -> bytes:
    """Three pages, the second of which is no page."""
    data = many_pages(3)
    return data.replace(b"[3 0 R 3 0 R 3 0 R ]", b"[3 0 R 9 0 R 3 0 R ]")


def no_pages() -> bytes:
    """A document whose page tree is empty."""
    return _saved(pikepdf.new())


def headless() -> bytes:
    """A PDF header and then nothing that could be read."""
    return b"%PDF-1.7\n" + random.Random(1).randbytes(4000)


def polyglot() -> bytes:
    """A PDF with a page of HTML before its header."""
    return b"<!DOCTYPE html><script>alert(document.domain)</script>\n" + leaflet()


def cyclic_pages() -> bytes:
    """A page tree that contains itself."""

    def tie(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    return _changed(leaflet(), tie)


def cyclic_actions() -> bytes:
    """Actions, fields and bookmarks that refer to themselves."""

    def tie(pdf: pikepdf.Pdf) -> None:
        action = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=pikepdf.String("1")))
        action.Next = Array([action, action])
        field = pdf.make_indirect(Dictionary(T=pikepdf.String("f"), AA=Dictionary(K=action)))
        field.Kids = Array([field])
        field.Parent = field
        item = pdf.make_indirect(Dictionary(Title=pikepdf.String("x"), A=action))
        item.Next = item.First = item.Parent = item
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=item, Last=item, Count=1))
        pdf.Root.OpenAction = action

    return _changed(leaflet(), tie)


# Too much of something


def many_pages(count: int) -> bytes:
    """A page tree of ``count`` references to the same few pages, which makes any number quickly."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{'3 0 R ' * count}] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        "<< /Length 41 >>\nstream\nBT /F 20 Tf 40 300 Td (Igual siempre) Tj ET\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return assembled(*(body.encode() for body in objects))


def assembled(*objects: bytes) -> bytes:
    """A file of these objects, numbered from 1, the first one its catalog."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _with_page(page: bytes, *more: bytes) -> bytes:
    """A document of one page; ``more`` are the objects from number 4 on."""
    tree = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    return assembled(b"<< /Type /Catalog /Pages 2 0 R >>", tree, b"<< /Type /Page /Parent 2 0 R %b >>" % page, *more)


def giant_page(side: float = 14_400, height: float | None = None) -> bytes:
    """A page of so many points, square unless a height is told."""
    return _with_page(b"/MediaBox [0 0 %.2f %.2f]" % (side, height or side))


def _inflating(unit: bytes, megabytes: int, packings: int = 1) -> tuple[bytes, bytes]:
    """Deflated bytes that inflate to ``unit`` over and over, so many megabytes; and the names of their filters.

    One deflated megabyte is written again and again, as deflating all of it takes long; the checksum is made to fit.
    """
    block = unit * ((1 << 20) // len(unit))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    total, low, high = zlib.adler32(block), 1, 0
    gain = ((total & 0xFFFF) - 1, (total >> 16) - len(block))
    for _ in range(megabytes):
        low, high = (low + gain[0]) % 65521, (high + len(block) * low + gain[1]) % 65521
    data = b"\x78\xda" + piece * megabytes + b"\x03\x00" + (high << 16 | low).to_bytes(4, "big")
    for _ in range(packings - 1):
        data = zlib.compress(data, 9)
    return data, b"[%b]" % (b"/FlateDecode " * packings)


def _stream(data: bytes, entries: bytes) -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


def content_bomb(megabytes: int = 2000) -> bytes:
    """A page whose content is a few kilobytes that inflate to so many megabytes of drawing."""
    data, filters = _inflating(b"0 0 m 9 9 l S\n  ", megabytes, packings=2)
    return _with_page(b"/MediaBox [0 0 100 100] /Contents 4 0 R", _stream(data, b"/Filter %b" % filters))


def image_bomb(side: int = 60_000) -> bytes:
    """A page with an image said to be ``side`` pixels wide and high."""
    data, filters = _inflating(b"\x7f", 64)
    entries = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter %b"
    )
    page = b"/MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >>"
    draw = _stream(b"100 0 0 100 0 0 cm /X Do", b"")
    return _with_page(page, draw, _stream(data, entries % (side, side, filters)))


def object_bomb(megabytes: int = 2000) -> bytes:
    """A catalog hidden in an object stream that inflates to so many megabytes."""
    data, filters = _inflating(b" ", megabytes, packings=2)
    objects = _stream(data, b"/Type /ObjStm /N 1 /First 10 /Filter %b" % filters)
    out = bytearray(b"%PDF-1.7\n1 0 obj\n" + objects + b"\nendobj\n")
    start = len(out)
    entries = b"".join(bytes(row) for row in ((0, 0, 0, 0, 255), (1, 0, 0, 9, 0), (2, 0, 0, 1, 0)))
    entries += b"\x01" + start.to_bytes(3, "big") + b"\0"
    table = _stream(entries, b"/Type /XRef /Size 4 /W [1 3 1] /Root 2 0 R")
    return bytes(out) + b"3 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def deep_nesting(depth: int = 100_000) -> bytes:
    """Arrays within arrays, and dictionaries within dictionaries in the content of the page."""
    page = b"/MediaBox [0 0 100 100] /Contents 4 0 R /Deep %b%b" % (b"[" * depth, b"]" * depth)
    content = b"/X " + b"<< /A " * depth + b">>" * depth + b" DP"
    return _with_page(page, _stream(content, b""))


def form_bomb(levels: int = 30) -> bytes:
    """Forms that draw one another twice: two to the power of ``levels`` times a line."""
    forms = [
        _stream(
            b"/X Do /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % n,
        )
        for n in range(6, 6 + levels)
    ]
    last = _stream(b"0 0 m 9 9 l S", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    page = b"/MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >>"
    return _with_page(page, _stream(b"/X Do", b""), *forms, last)


NOT_PDFS: dict[str, bytes] = {
    "empty": b"",
    "three bytes": b"%PD",
    "image": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "html": b"<!DOCTYPE html><title>x</title><p>" + b"y" * 2000,
}
"""Files that are no PDF, by what they are."""

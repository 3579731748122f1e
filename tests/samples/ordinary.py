"""Ordinary documents."""

import io
import random
import textwrap
from functools import cache

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tests.samples.drawing import HEIGHT, WIDTH, blank_canvas, changed, saved, sentences, write


@cache
def book(pages: int = 455, photographs: int = 0) -> bytes:
    """A Spanish novel: chapters of twelve pages, outline, running heads, page numbers; a photograph is 0.5 MB or so."""
    out = io.BytesIO()
    canvas = blank_canvas(out)
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
        y = write(canvas, lines[1:], 72, y - 15)
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
    canvas = blank_canvas(out)
    canvas.setFont("Helvetica-Bold", 36)
    canvas.drawString(72, 700, text)
    canvas.setFont("Helvetica", 12)
    write(canvas, textwrap.wrap(sentences(8, seed=1), 80), 72, 640)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@cache
def paper(mixed: bool = False) -> bytes:
    """A page in two columns; ``mixed`` writes it row by row, as some scanners and converters do."""
    out = io.BytesIO()
    canvas = blank_canvas(out)
    canvas.setFont("Times-Bold", 18)
    canvas.drawString(72, 760, "Sobre la lluvia en los puertos del norte")
    canvas.setFont("Times-Roman", 10)
    columns = [textwrap.wrap(f"{name} empieza. {sentences(25, seed)}", 46) for seed, name in enumerate(["Uno", "Dos"])]
    rows = min(map(len, columns))
    for row in range(rows) if mixed else ():
        write(canvas, columns[0][row : row + 1], 72, 720 - 12 * row)
        write(canvas, columns[1][row : row + 1], 310, 720 - 12 * row)
    if not mixed:
        write(canvas, columns[0][:rows], 72, 720, 12)
        write(canvas, columns[1][:rows], 310, 720, 12)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@cache
def slides(count: int = 5) -> bytes:
    """A slide deck in colours, 960 x 540 points."""
    out = io.BytesIO()
    canvas = blank_canvas(out, (960, 540))
    for number in range(1, count + 1):
        canvas.linearGradient(0, 0, 960, 540, ((0.1, 0.2, 0.5), (0.9, 0.5, 0.2)))
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setFont("Helvetica-Bold", 48)
        canvas.drawString(60, 420, f"Diapositiva {number}")
        canvas.setFont("Helvetica", 24)
        write(canvas, [f"• {line}" for line in sentences(3, number).split(". ")], 60, 340, 40)
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

    return changed(leaflet(), turn)


def cropped(left: float, top: float) -> bytes:
    """A leaflet that shows so much less of its page on the left and at the top."""

    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].CropBox = Array([left, 0, WIDTH, HEIGHT - top])

    return changed(leaflet(), crop)


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
    return saved(pdf)


def told_by_letter(text: str) -> bytes:
    """Text from right to left as browsers print Arabic: each letter with its actual text (ISO 32000-1, 14.9.4)."""
    codes = {letter: code for code, letter in enumerate(dict.fromkeys(text), ord("a"))}
    mapping = "\n".join(f"<{code:02x}> <{ord(letter):04x}>" for letter, code in codes.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{mapping}\nendbfchar endcmap end"
    )
    span = "/Span << /ActualText <feff{:04x}> >> BDC <{:02x}> Tj EMC"
    shown = " ".join(span.format(ord(letter), codes[letter]) for letter in reversed(text))
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 200))
    page.Contents = pdf.make_stream(f"BT /F 30 Tf 50 100 Td {shown} ET".encode())
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
                      ToUnicode=pdf.make_stream(to_unicode.encode()))  # fmt: skip
    page.Resources = Dictionary(Font=Dictionary(F=font))
    return saved(pdf)


def set_text(*lines: str, size: float = 12) -> bytes:
    """A page of lines in Helvetica, 20 points apart from (72, 720) on: Latin-1 only."""
    out = io.BytesIO()
    canvas = blank_canvas(out)
    canvas.setFont("Helvetica", size)
    write(canvas, list(lines), 72, 720, 20)
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
    return saved(pdf)


@cache
def form_field() -> bytes:
    """A page with nothing but a text field that is filled in."""
    out = io.BytesIO()
    canvas = blank_canvas(out)
    canvas.acroForm.textfield(name="nombre", value="Inés Ñandú", x=100, y=600, width=300, height=40)
    canvas.showPage()
    canvas.save()
    return out.getvalue()

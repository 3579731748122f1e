"""Small files of our own with something of everything, on which tools are exercised before they meet others'."""

import io

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, NameTree, NumberTree, OutlineItem, Pdf, String
from PIL import Image

SIZE = (595, 842)
_WORDS = b"BT /F1 24 Tf 50 700 Td (A title) Tj /F2 10 Tf 0 -40 Td (Some words of page %d, fi\\256) Tj ET "
_XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">T\u00edtulo</rdf:li>'
    '</rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
).encode()

_ARCHIVAL = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B'
    b'</pdfaid:conformance></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


def sample_pdf(pages: int = 3) -> bytes:
    """A few pages with text, pictures, bookmarks, links, a form, labels, metadata, an attachment and a script."""
    pdf = pikepdf.new()
    fonts = Dictionary(F1=_font("Helvetica"), F2=_font("Times-Roman"))
    photograph = _photograph(pdf)
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=SIZE)
        page.Contents = pdf.make_stream(_WORDS % number + b"q 200 0 0 200 50 300 cm /X Do Q")
        page.Resources = Dictionary(Font=fonts, XObject=Dictionary(X=photograph))
    pdf.pages[0].Annots = pdf.make_indirect(Array([_link(pdf), _field(pdf)]))
    _name_places(pdf)
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem("First", 0))
        outline.root[0].children.append(OutlineItem("Last", pages - 1))
    _tell(pdf)
    out = io.BytesIO()
    pdf.save(out, fix_metadata_version=False, static_id=True)
    return out.getvalue()


def sample_archival() -> bytes:
    """An empty page that says of itself to be PDF/A-2b."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=SIZE)
    pdf.Root.Metadata = pdf.make_stream(_ARCHIVAL, Type=Name.Metadata, Subtype=Name.XML)
    out = io.BytesIO()
    pdf.save(out, fix_metadata_version=False, static_id=True)
    return out.getvalue()


def sample_images() -> list[bytes]:
    """A drawing with see-through parts as a PNG, and a photograph in each kind that is taken."""
    photograph = Image.merge("RGB", [Image.linear_gradient("L").resize((120, 80))] * 3)
    drawing = Image.new("RGBA", (64, 64), (200, 30, 30, 128))
    kinds = ("JPEG", "TIFF", "WEBP", "GIF")
    return [_encoded(drawing, "PNG"), *(_encoded(photograph, kind) for kind in kinds)]


def _encoded(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def _font(name: str) -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"), Encoding=Name.WinAnsiEncoding)


def _photograph(pdf: Pdf) -> pikepdf.Stream:
    entries = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 120, "/Height": 80, "/BitsPerComponent": 8}
    mask = pdf.make_stream(
        Image.linear_gradient("L").resize((120, 80)).tobytes(), entries | {"/ColorSpace": Name.DeviceGray}
    )
    entries |= {"/ColorSpace": Name.DeviceRGB, "/SMask": mask, "/Filter": Name.DCTDecode}
    return pdf.make_stream(sample_images()[1], entries)


def _link(pdf: Pdf) -> Dictionary:
    place = Array([pdf.pages[-1].obj, Name.Fit])
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([50, 650, 200, 680]), Dest=place)


def _field(pdf: Pdf) -> Dictionary:
    """A text field, which is the form of the document."""
    font = pdf.make_indirect(_font("Helvetica"))
    field = pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("Ana"), F=4,
        Rect=Array([50, 560, 250, 590]), DA=String("/Helv 12 Tf 0 g"),
    ))  # fmt: skip
    look = pdf.make_stream(b"/Tx BMC BT /Helv 12 Tf 2 10 Td (Ana) Tj ET EMC", {
        "/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 200, 30]),
        "/Resources": Dictionary(Font=Dictionary(Helv=font)),
    })  # fmt: skip
    field.AP = Dictionary(N=look)
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(
        Fields=Array([field]), DR=Dictionary(Font=Dictionary(Helv=font)), DA=String("/Helv 12 Tf 0 g")
    ))  # fmt: skip
    return field


def _name_places(pdf: Pdf) -> None:
    names = NameTree.new(pdf)
    names["last"] = Array([pdf.pages[-1].obj, Name.Fit])
    labels = NumberTree.new(pdf)
    labels[0] = Dictionary(S=Name.r)
    pdf.Root.Names = Dictionary(Dests=names.obj)
    pdf.Root.PageLabels = labels.obj


def _tell(pdf: Pdf) -> None:
    """What the document says about itself, and what it carries along."""
    pdf.docinfo["/Title"] = "T\u00edtulo"
    pdf.Root.Metadata = pdf.make_stream(_XMP, Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))
    pdf.attachments["note.txt"] = AttachedFileSpec(pdf, b"a note", filename="note.txt", mime_type="text/plain")

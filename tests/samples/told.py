"""Documents that say something about themselves: metadata, passwords, active content."""

import io
import zlib
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.samples.drawing import changed, saved
from tests.samples.ordinary import leaflet


def with_info(**fields: bytes | str) -> bytes:
    """A blank page with an information dictionary: bytes are written as they are, Title=b"..."."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    info = {f"/{key}": pikepdf.String(value) for key, value in fields.items()}
    pdf.trailer.Info = pdf.make_indirect(Dictionary(info))
    return saved(pdf)


def with_xmp(packet: bytes) -> bytes:
    """A blank page with this XMP packet and no information dictionary."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
    return saved(pdf)


def with_packed_xmp(packet: bytes) -> bytes:
    """The same with the packet deflated."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Metadata = pdf.make_stream(zlib.compress(packet), Filter=Name.FlateDecode)
    return saved(pdf)


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
    """A title and an author that are HTML; the author's tag has no end, else it would pass for a remark on the name."""
    return with_info(Title="<script>alert(1)</script><b>Hola</b>", Author="Ana <img src=x onerror=alert(2)")


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

    return changed(leaflet(), add)

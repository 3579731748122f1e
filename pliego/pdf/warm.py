"""Everything that loads on first use, used once: a confined child can open no file any more."""

import io
import os
import tempfile
from collections.abc import Iterator

import pikepdf
from PIL import Image, WebPImagePlugin  # the plug-in by name, or Pillow loads every format it knows

from pliego.pdf.card import draw_card
from pliego.pdf.catalogue import operations
from pliego.pdf.copy import write_reading_copy
from pliego.pdf.deep import shortened
from pliego.pdf.excerpt import write_excerpt
from pliego.pdf.facts import read_facts
from pliego.pdf.language import language_of
from pliego.pdf.links import read_links
from pliego.pdf.metadata import decode, read_xmp
from pliego.pdf.outline import read_outline
from pliego.pdf.picture import render_page
from pliego.pdf.randomness import open_random_source
from pliego.pdf.scans import draw_scan, scanned_pages
from pliego.pdf.source import Source
from pliego.pdf.text import read_pages
from pliego.pdf.title import guess_title
from pliego.pdf.values import Card
from pliego.pdf.whole import read_whole
from pliego.pdf.words import read_words
from pliego.pdf.work import function_of

_CONTENT = b"""
BT /F1 24 Tf 50 700 Td (A title) Tj /F1 10 Tf 0 -40 Td (Some words that make a line of text, fi\\256) Tj ET
BT /F2 10 Tf 50 600 Td <004100420043> Tj ET BT /F3 10 Tf 50 500 Td (abc) Tj ET BT /F4 10 Tf 50 400 Td (xyz) Tj ET
"""
_XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"
_SENTENCE = "Esto es un texto corto que dice en que lengua fue escrito, y nada de nada en absoluto."


def warm() -> None:
    """Read, draw and copy a small PDF in every way this engine can. Raise RuntimeError when WebP is missing."""
    if not WebPImagePlugin.SUPPORTED:
        raise RuntimeError("Pillow was built without WebP.")
    open_random_source()
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as copy:
        for sample in (_sample(False), _sample(pikepdf.Encryption(owner="owner", R=6))):
            file.seek(0)
            file.truncate()
            file.write(sample)
            file.flush()
            _read(file.fileno(), copy.fileno())
    for name in operations():
        function_of(name)  # used at the first request for it: all of them would take too long here
    language_of(_SENTENCE)
    for text in (_SENTENCE.encode("utf-16"), b"caf\xe9", b"\xef\xbb\xbfcaf\xc3\xa9", b"a\0b\0c\0", b"\0a\0b\0c"):
        decode(text)
    read_xmp(b"<!DOCTYPE x [<!ENTITY e 'e'>]><x>&e;</x>")


def _read(fd: int, copy: int) -> None:
    with Source(fd) as source:
        read_facts(source)
        read_outline(source)
        for told in read_whole(source, 200, 2):
            if isinstance(told, Iterator):
                list(told)
        guess_title(next(read_pages(source, 1, 2)))
        if document := shortened(source, 2):
            document.close()
        for number in (1, 2):
            read_words(source, number)
            read_links(source, number)
            render_page(source, number, 200)
        draw_scan(source, max(scanned_pages(source, (1, 2))))
        for boxes in ([], [(50.0, 50.0, 200.0, 12.0)]):
            draw_card(source, Card(1, "Título", "Autora", "p. 1", boxes))
        os.lseek(copy, 0, os.SEEK_SET)
        write_reading_copy(source, copy)
        os.lseek(copy, 0, os.SEEK_SET)
        write_excerpt(source, 1, 2, copy)


def _sample(encryption: "pikepdf.Encryption | bool") -> bytes:
    """A page of text in several kinds of font and a page with a photograph, metadata and a form."""
    pdf = pikepdf.new()
    fonts = pikepdf.Dictionary(
        F1=_font("/Helvetica"),
        F2=_composite_font("/Ryumin-Light", "/UniJIS-UCS2-H"),
        F3=_font("/Times-Bold"),
        F4=_font("/None"),
    )
    photograph = pdf.make_stream(Image.effect_noise((64, 64), 90).convert("RGB").tobytes())
    photograph.update({
        "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 64, "/Height": 64,
        "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8,
    })  # fmt: skip
    for content, resources in (
        (_CONTENT, {"/Font": fonts}),
        (b"500 0 0 500 50 50 cm /X Do", {"/XObject": pikepdf.Dictionary(X=photograph)}),
    ):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Contents = pdf.make_stream(content)
        page.Resources = pikepdf.Dictionary(resources)
    pdf.docinfo["/Title"] = "Título"
    pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array()))
    pdf.Root.Metadata = pdf.make_stream(_XMP)
    out = io.BytesIO()
    pdf.save(
        out, encryption=encryption, fix_metadata_version=False, object_stream_mode=pikepdf.ObjectStreamMode.generate
    )
    return out.getvalue()


def _font(name: str) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name(name))


def _composite_font(name: str, encoding: str) -> pikepdf.Dictionary:
    """A font that is not in the file and takes its characters from a table inside PDFium."""
    info = pikepdf.Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Japan1"), Supplement=2)
    part = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0, BaseFont=pikepdf.Name(name), CIDSystemInfo=info
    )
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name(name),
        Encoding=pikepdf.Name(encoding),
        DescendantFonts=pikepdf.Array([part]),
    )

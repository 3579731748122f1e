"""Titles, authors and dates: the information dictionary and XMP, however badly they were written."""

import codecs
import re
import zlib
from datetime import UTC, datetime, timedelta, timezone

import pikepdf
import pikepdf.codec  # registers the codec "pdfdoc"
from lxml import etree

MAX_FIELD = 4_000
"""Characters kept of one field."""
MAX_XMP = 1 << 20
"""Bytes of XMP that are looked at; a larger packet is left alone."""

INFO_KEYS = {
    "title": "/Title",
    "author": "/Author",
    "subject": "/Subject",
    "keywords": "/Keywords",
    "creator": "/Creator",
    "producer": "/Producer",
    "created": "/CreationDate",
    "modified": "/ModDate",
}

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
XMP_KEYS = {
    "title": ("dc:title",),
    "author": ("dc:creator",),
    "subject": ("dc:description",),
    "keywords": ("pdf:Keywords", "dc:subject"),
    "creator": ("xmp:CreatorTool",),
    "producer": ("pdf:Producer",),
    "created": ("xmp:CreateDate",),
    "modified": ("xmp:ModifyDate",),
}
DATES = ("created", "modified")


def read_metadata(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The fields of INFO_KEYS that the file fills in; XMP speaks where the information dictionary is silent."""
    return merge(_info(pdf), _xmp(pdf))


def merge(*sources: dict[str, str]) -> dict[str, str]:
    """Clean every field, dates to ISO 8601; the first source that has something to say about a field wins."""
    fields: dict[str, str] = {}
    for source in sources:
        for key, value in source.items():
            text = iso_date(value) if key in DATES else clean(value)
            if text:
                fields.setdefault(key, text)
    return fields


def _info(pdf: pikepdf.Pdf) -> dict[str, str]:
    info = pdf.trailer.get("/Info")
    if not isinstance(info, pikepdf.Dictionary):
        return {}
    found = {field: info.get(key) for field, key in INFO_KEYS.items()}
    return {field: decode(bytes(text)) for field, text in found.items() if isinstance(text, pikepdf.String)}


def decode(raw: bytes) -> str:
    """A PDF text string (ISO 32000-2, 7.9.2.2), and the wrong ways in which programs write one."""
    raw = raw[: MAX_FIELD * 4]
    if raw.startswith("\xfe\xff".encode()):  # UTF-16 that some program took for Latin-1 and made UTF-8
        raw = raw.decode("utf-8", "ignore").encode("latin-1", "ignore")
    for mark, encoding in (
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF8, "utf-8"),
    ):
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    if encoding := _unmarked_utf16(raw):
        return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("pdfdoc", "replace")


def _unmarked_utf16(raw: bytes) -> str:
    """The byte order of UTF-16 without its mark, "" for other text: every other byte of Latin text is zero."""
    half = len(raw) // 2
    if half < 2 or len(raw) % 2:
        return ""
    if raw[::2].count(0) > 0.8 * half and raw[1::2].count(0) < 0.2 * half:
        return "utf-16-be"
    if raw[1::2].count(0) > 0.8 * half and raw[::2].count(0) < 0.2 * half:
        return "utf-16-le"
    return ""


_LANGUAGE_MARK = re.compile("\x1b[A-Za-z]{2,6}\x1b")
"""The language escape of ISO 32000-2, 7.9.2.2."""
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069\ufffe\uffff]+")


def clean(text: str) -> str:
    """One line without control characters, changes of direction or lone surrogates, at most MAX_FIELD characters."""
    text = _UNPRINTABLE.sub(" ", _LANGUAGE_MARK.sub("", text))
    return " ".join(text.split())[:MAX_FIELD]


_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z|[+-]\d\d)'?(\d\d)?'?\d{0,2}'?)?")
_ISO_DATE = re.compile(
    r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(Z|[+-]\d\d)?:?(\d\d)?"
)


def iso_date(text: str) -> str:
    """A date of PDF (ISO 32000-2, 7.9.4) or XMP as YYYY-MM-DDTHH:MM:SS with the offset where one is told.

    Parts left out are their first value, as the specification says. "" when it is no date.
    """
    text = clean(text).replace(" ", "T" if "-" in text[:8] else "")
    match = _PDF_DATE.fullmatch(text) or _ISO_DATE.fullmatch(text)
    if not match:
        return ""
    year, month, day, hour, minute, second, offset, offset_minutes = match.groups()
    try:
        zone = _zone(offset, offset_minutes)
        numbers = (int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0))
        return datetime(*numbers, tzinfo=zone).isoformat()
    except ValueError:
        return ""


def _zone(hours: str | None, minutes: str | None) -> timezone | None:
    if hours is None:
        return None
    if hours == "Z":
        return UTC
    sign = -1 if hours.startswith("-") else 1
    return timezone(sign * timedelta(hours=int(hours[1:]), minutes=int(minutes or 0)))


def _xmp(pdf: pikepdf.Pdf) -> dict[str, str]:
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        return {}
    return read_xmp(_inflated(stream))


def _inflated(stream: pikepdf.Stream) -> bytes:
    """The packet, b"" when it is larger than MAX_XMP or packed in a way that nobody packs XMP."""
    packing = stream.get("/Filter")
    if isinstance(packing, pikepdf.Array) and len(packing) == 1:
        packing = packing[0]
    raw = stream.read_raw_bytes()
    try:
        if packing == "/FlateDecode":
            raw = zlib.decompressobj().decompress(raw, MAX_XMP + 1)
        elif packing is not None:
            return b""
    except zlib.error:
        return b""
    return raw if len(raw) <= MAX_XMP else b""


def read_xmp(packet: bytes) -> dict[str, str]:
    """The fields of an XMP packet; {} when it is no XML. Entities are not expanded and nothing is fetched."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True, remove_pis=True
    )
    try:
        root = etree.fromstring(packet.strip(b"\0 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    if root is None:
        return {}
    fields = {}
    for field, names in XMP_KEYS.items():
        values = (value for name in names if (value := _xmp_value(root, name)))
        if value := next(values, ""):
            fields[field] = value
    return fields


def _xmp_value(root: etree._Element, name: str) -> str:
    """A property as text, written as an element, a list or an attribute; authors and keywords joined by commas."""
    prefix, local = name.split(":")
    qualified = f"{{{NAMESPACES[prefix]}}}{local}"
    for description in root.iter(f"{{{NAMESPACES['rdf']}}}Description"):
        if qualified in description.attrib:
            return str(description.attrib[qualified])
        element = description.find(qualified)
        if element is not None:
            return _listed(element, name)
    return ""


def _listed(element: etree._Element, name: str) -> str:
    items = ["".join(item.itertext()).strip() for item in element.iterfind(".//rdf:li", NAMESPACES)]
    items = [item for item in items if item] or ["".join(element.itertext()).strip()]
    return ", ".join(items) if name in ("dc:creator", "dc:subject") else items[0]

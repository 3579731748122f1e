"""What PDF/A-2b (ISO 19005-2) asks for, as far as it is looked at here: what a reader in fifty years depends on."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from PIL import ImageCms

SUBTYPE = "/GTS_PDFA1"
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/ResetForm", "/Sound", "/Movie", "/Hide", "/SetOCGState"}


def tell_colours(pdf: Pdf) -> None:
    """Say what the colours of the document mean (6.2.3), unless it does already: those of sRGB."""
    intents = pdf.Root.get("/OutputIntents")
    if isinstance(intents, Array) and any(intent.get("/S") == SUBTYPE for intent in intents):
        return
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    pdf.Root.OutputIntents = Array([Dictionary(
        Type=Name.OutputIntent, S=Name(SUBTYPE), OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        Info=String("sRGB IEC61966-2.1"), DestOutputProfile=pdf.make_stream(profile, N=3),
    )])  # fmt: skip


def lacking(pdf: Pdf) -> Iterator[str]:
    """What the document lacks, in a word each."""
    if not isinstance(pdf.trailer.get("/ID"), Array):
        yield "identifier"
    with pdf.open_metadata(update_docinfo=False) as told:
        if told.pdfa_status not in {"2B", "2U", "2A"}:
            yield "metadata"
    names = pdf.Root.get("/Names", Dictionary())
    if "/JavaScript" in names or "/EmbeddedFiles" in names or "/AA" in pdf.Root:
        yield "attachments or scripts"
    for thing in pdf.objects:
        if isinstance(thing, (Dictionary, Stream)):
            yield from _wrong(thing)


def _wrong(thing: Object) -> Iterator[str]:
    if thing.get("/Type") == "/Font" and not _embedded(thing):
        yield "fonts"
    if thing.get("/S") in _ACTIONS and "/Type" not in thing:
        yield "actions"
    if isinstance(thing, Stream) and "LZW" in str(thing.get("/Filter", "")):
        yield "compression"


def _embedded(font: Object) -> bool:
    """Whether a font brings its letters; a composite one leaves that to its part, which is looked at on its own."""
    if font.get("/Subtype") in {"/Type0", "/Type3"}:
        return True
    descriptor = font.get("/FontDescriptor")
    return isinstance(descriptor, Dictionary) and any(key in descriptor for key in _FILES)

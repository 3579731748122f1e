"""Make a file smaller."""

import hashlib
from typing import Annotated, Any, Literal

import pikepdf
from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf, Stream

from pliego.errors import gettext_noop as _
from pliego.pdf.drawn import Drawn
from pliego.pdf.fields import choice
from pliego.pdf.operation import Group, Promise, operation
from pliego.pdf.recoding import Aim, recode
from pliego.pdf.report import Step
from pliego.pdf.work import Work

AIMS = {"print": Aim(300, 85), "screen": Aim(150, 65), "small": Aim(100, 50)}
_USELESS = ("/Thumb", "/PieceInfo", "/LastModified")
LARGE = 4096
"""Bytes of a picture within a content stream that is worth to be taken out and recoded."""
_PACKING: Literal[9] = 9
"""zlib's best."""


@operation(
    label=_("Compress a PDF"),
    summary=_("Make a PDF smaller: pictures in the resolution that is needed, everything packed well."),
    help=_(
        "Text and lines stay as sharp as they are; only pictures lose pixels that are hardly seen. A file that cannot "
        "be made smaller comes back as it was."
    ),
    group=Group.OPTIMISE,
    icon="shrink",
    sample={"level": "small"},
    promises=(Promise.NEVER_LARGER,),
    notes={
        "pictures": _("Pictures made smaller: %(count)s of %(total)s."),
        "shared": _("%(count)s things that were there several times are kept once."),
        "shared:one": _("%(count)s thing that was there several times is kept once."),
    },
)
def compress(
    work: Work,
    *,
    level: Annotated[
        str,
        choice(
            _("Level"),
            {
                "lossless": _("Lossless: pictures stay as they are"),
                "print": _("For printing: 300 pixels to an inch"),
                "screen": _("For reading: 150 pixels to an inch"),
                "small": _("As small as possible: 100 pixels to an inch"),
            },
            default="screen",
        ),
    ],
) -> None:
    """First what repeats and what nobody sees goes, then pictures are recoded, then all is packed into streams."""
    work.shares |= {Step.READ: (0, 20), Step.PAGES: (20, 35), Step.PICTURES: (35, 75)}
    pdf = work.open()
    _drop_useless(pdf)
    if level in AIMS:
        for page in pdf.pages:
            page.externalize_inline_images(min_size=LARGE)
    shared = _share_streams(work, pdf)
    if level in AIMS:
        _recode_all(work, pdf, AIMS[level])
    before: Any = pikepdf.settings.set_flate_compression_level(_PACKING)
    try:
        work.save(pdf, object_stream_mode=ObjectStreamMode.generate, recompress_flate=True, min_version="1.5")
    finally:
        pikepdf.settings.set_flate_compression_level(before)
    if work.not_smaller():
        work.keep_input()
    elif shared:
        work.note("shared", count=shared)


def _drop_useless(pdf: Pdf) -> None:
    """What readers do not use: small previews, and notes of the programs that made it."""
    for holder in (pdf.Root, *(page.obj for page in pdf.pages)):
        for key in _USELESS:
            if key in holder:
                del holder[key]
    pdf.remove_unreferenced_resources()


def _recode_all(work: Work, pdf: Pdf, aim: Aim) -> None:
    drawn = Drawn()
    for page in work.each(Step.PAGES, list(pdf.pages)):
        drawn.add_page(page)
    changed = 0
    for key in work.each(Step.PICTURES, list(drawn.pictures)):
        changed += recode(drawn.pictures[key], drawn.sizes[key], aim)
    if changed:
        work.note("pictures", count=changed, total=len(drawn.pictures))


def _share_streams(work: Work, pdf: Pdf) -> int:
    """Let equal fonts, pictures and profiles be one; return how many copies went."""
    first: dict[bytes, Stream] = {}
    same: dict[tuple[int, int], Stream] = {}
    for thing in work.each(Step.READ, list(pdf.objects)):
        if not isinstance(thing, Stream) or thing.get("/Type") in (Name.ObjStm, Name.XRef):
            continue
        raw = thing.read_raw_bytes()
        mark = hashlib.blake2b(raw, digest_size=20, key=str(len(raw)).encode()).digest() + _entries(thing)
        if mark in first:
            same[thing.objgen] = first[mark]
        else:
            first[mark] = thing
    if same:
        for thing in pdf.objects:
            _point_anew(thing, same)
    return len(same)


def _entries(stream: Stream) -> bytes:
    told = Dictionary({key: value for key, value in stream.items() if key != "/Length"})
    return bytes(told.unparse())


def _point_anew(thing: pikepdf.Object, same: dict[tuple[int, int], Stream]) -> None:
    """Let what an object refers to be the first of its equals."""
    waiting: list[Any] = [thing]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, Dictionary | Stream):
            pairs: list[tuple[Any, Any]] = list(holder.items())
        elif isinstance(holder, pikepdf.Array):
            pairs = list(enumerate(holder))
        else:
            continue
        for key, value in pairs:
            if not isinstance(value, pikepdf.Object):
                continue
            if value.is_indirect:
                if value.objgen in same and isinstance(value, Stream):
                    holder[key] = same[value.objgen]
            elif isinstance(value, Dictionary | pikepdf.Array):
                waiting.append(value)

"""Pictures inside a PDF written smaller: fewer pixels where more are there than seen, and a better packing.

What is not certain to come out right stays as it is: CMYK, odd colour spaces, stencils, colour keys, odd bit depths.
"""

import io
import zlib
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageChops, ImageStat

MAX_PIXELS = 120_000_000
"""A larger picture is left alone: it would not fit into memory."""
LEAST_BYTES = 1024
"""A smaller one is not worth the work."""
GAIN = 0.9
"""A picture is replaced when the new one has at most this part of its bytes."""
LOSSY_GAIN = 0.7
"""The same for a JPEG that keeps its pixels: being packed anew, it loses a little more."""
_LOSSLESS = {"/FlateDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode", "/LZWDecode"}
_NEARLY = 0.97
"""Part of the pixels to a side that will do when a JPEG gives them without being made smaller."""
OVERSAMPLED = 1.4
"""A picture gets fewer pixels when it has so many times more, to a side, than the aim."""
TONES = 16
"""Of a drawn page: edges of letters need no more, and four bits hold them."""
_STEP = 255 / (TONES - 1)
MOST_OFF = 4.0
"""Of 255: by so much, on average, the colours of a page of words may be off in few tones."""
_MOSTLY_PAPER = 12
"""Pixels to a byte of a page of words; one with a photograph needs more bytes, and more tones."""
FEW_COLOURS = 256
FEW_GREYS = 64
"""No grey picture has more than 256: one with more than so many is a scan, never smaller without loss."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a picture is to become."""

    resolution: float
    """Pixels to an inch, as drawn."""
    quality: int
    """Of JPEG, 1 to 95."""


def recode(picture: Stream, drawn: tuple[float, float], aim: Aim) -> bool:
    """Write a picture, and its soft mask, smaller if that can be. ``drawn``: its size on the page, in points."""
    if not _is_plain(picture):
        return False
    width, height = int(picture.Width), int(picture.Height)
    size = _size(width, height, drawn, aim)
    mask = picture.get("/SMask")
    changed = False
    if isinstance(mask, Stream) and _is_plain(mask) and "/Matte" not in mask:
        changed = _recode_mask(picture, mask, size if size != (width, height) else None, aim)
    before = len(picture.read_raw_bytes())
    if before < LEAST_BYTES:
        return changed
    image = _decoded(picture, size)
    if image is None:
        return changed
    if image.size[0] > size[0] or image.size[1] > size[1]:
        image = image.resize(size, Image.Resampling.HAMMING)
    packed = _smallest(image, aim)
    again = image.size == (width, height) and _filter(picture) == "/DCTDecode"
    if len(packed.data) <= before * (LOSSY_GAIN if again else GAIN):
        packed.write(picture, image.size)
        return True
    return changed


def _size(width: int, height: int, drawn: tuple[float, float], aim: Aim) -> tuple[int, int]:
    """The pixels that it needs."""
    wanted = [max(side / 72 * aim.resolution, 1) for side in drawn]
    ratio = min(width / wanted[0], height / wanted[1])
    if ratio < OVERSAMPLED:
        return width, height
    return max(round(width / ratio), 1), max(round(height / ratio), 1)


def _is_plain(picture: Stream) -> bool:
    """Grey or RGB with 8 bits, perhaps with a palette, and nothing that depends on exact values."""
    if picture.get("/ImageMask", False) or isinstance(picture.get("/Mask"), Array):
        return False
    width: Any = picture.get("/Width")
    height: Any = picture.get("/Height")
    bits: Any = picture.get("/BitsPerComponent", 8)
    if not (isinstance(width, int) and isinstance(height, int) and 0 < width * height <= MAX_PIXELS):
        return False
    if bits not in (1, 2, 4, 8) or not _decodes_as_usual(picture):
        return False
    return _components(picture.get("/ColorSpace")) in (1, 3) and (bits == 8 or _is_palette(picture.get("/ColorSpace")))


def _decodes_as_usual(picture: Stream) -> bool:
    """Whether its values mean what they mean without /Decode (ISO 32000-2, table 88); of palettes only without it."""
    told: Any = picture.get("/Decode")
    if told is None:
        return True
    usual = [0, 1] * _components(picture.get("/ColorSpace"))
    return isinstance(told, Array) and list(told) == usual and not _is_palette(picture.get("/ColorSpace"))


def _is_palette(space: Any) -> bool:
    return isinstance(space, Array) and len(space) == 4 and space[0] in ("/Indexed", "/I")


def _components(space: Any) -> int:
    """1 for grey, 3 for RGB, 0 for anything else."""
    if isinstance(space, Name):
        return {"/DeviceGray": 1, "/DeviceRGB": 3, "/CalGray": 1, "/CalRGB": 3}.get(str(space), 0)
    if not isinstance(space, Array) or len(space) < 2:
        return 0
    if space[0] == "/ICCBased" and isinstance(space[1], Stream):
        return {1: 1, 3: 3}.get(int(space[1].get("/N", 0)), 0)
    if _is_palette(space):
        return 3 if _components(space[1]) in (1, 3) else 0
    return {"/CalGray": 1, "/CalRGB": 3}.get(str(space[0]), 0)


def _decoded(picture: Stream, size: tuple[int, int]) -> Image.Image | None:
    """The picture in grey or RGB, without its soft mask; a JPEG with a fraction of its pixels if ``size`` is less.

    It is a copy, free of the file that it came from.
    """
    try:
        if _filter(picture) == "/DCTDecode":
            image: Image.Image = Image.open(io.BytesIO(picture.read_raw_bytes()))
            if image.mode not in ("L", "RGB") or image.size != (int(picture.Width), int(picture.Height)):
                return None
            image.draft(image.mode, (int(size[0] * _NEARLY), int(size[1] * _NEARLY)))  # halves cost next to nothing
            image = image.copy()
        else:
            image = _unpacked(picture) or pikepdf.PdfImage(picture).as_pil_image().copy()
    except (pikepdf.PikepdfError, OSError, ValueError, NotImplementedError):
        return None
    except (
        KeyError,
        TypeError,
        AttributeError,
        Image.DecompressionBombError,
    ):  # a dictionary that does not fit its data
        return None
    plain = {"L": "L", "1": "L", "LA": "L", "RGB": "RGB", "P": "RGB", "RGBA": "RGB"}.get(image.mode)
    return image.convert(plain) if plain else None


def _unpacked(picture: Stream) -> Image.Image | None:
    """A picture whose bytes, unpacked, are its pixels one after the other; None when they are not."""
    mode = {1: "L", 3: "RGB"}.get(_components(picture.get("/ColorSpace")))
    if _is_palette(picture.get("/ColorSpace")) or picture.get("/BitsPerComponent") != 8 or mode is None:
        return None
    if any(each not in _LOSSLESS for each in _filters(picture)):
        return None
    width, height, data = int(picture.Width), int(picture.Height), picture.read_bytes()
    return Image.frombytes(mode, (width, height), data) if len(data) == width * height * len(mode) else None


def packed_page(pdf: pikepdf.Pdf, image: Image.Image, aim: Aim) -> Stream:
    """A new picture of a drawn page (RGB), in sixteen tones if it is one of words: smaller, and sharper, than JPEG."""
    picture = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, ColorSpace=Name.DeviceRGB)
    if _is_grey(image):
        image = image.convert("L")
    few = _in_few_tones(image)
    packed = _as_tones(few)
    if len(packed.data) > image.width * image.height / _MOSTLY_PAPER or not _tells(few, image):
        packed = _as_jpeg(image, aim)
    packed.write(picture, image.size)
    return picture


def _filter(picture: Stream) -> str:
    """The one packing of its bytes, "" when there are none or several."""
    packings = _filters(picture)
    return packings[0] if len(packings) == 1 else ""


def _filters(picture: Stream) -> list[str]:
    """The packings of its bytes, the outermost first."""
    told = picture.get("/Filter", Array())
    return [str(each) for each in told] if isinstance(told, Array) else [str(told)]


@dataclass(frozen=True, slots=True)
class Packed:
    """The bytes of a picture, and the entries that say how they are packed."""

    data: bytes
    entries: dict[str, Any]
    colour: str = ""
    """The colour space when it is another than before."""

    def write(self, picture: Stream, size: tuple[int, int]) -> None:
        """Make it the picture."""
        entries = dict(self.entries)
        space = picture.get("/ColorSpace")
        palette = entries.pop("palette", None)
        picture.write(self.data, filter=entries.pop("/Filter"), decode_parms=entries.pop("/DecodeParms", None))
        picture.Width, picture.Height, picture.BitsPerComponent = *size, entries.pop("bits", 8)
        if palette is not None:
            picture.ColorSpace = Array(
                [Name.Indexed, Name(self.colour), len(palette) // 3 - 1, pikepdf.String(palette)]
            )
        elif _is_palette(space) or (self.colour == "/DeviceGray" and _components(space) == 3):
            picture.ColorSpace = Name(self.colour)


def _smallest(image: Image.Image, aim: Aim) -> Packed:
    """JPEG, but for drawings and screen shots, which come out smaller, and sharp, without loss."""
    if image.mode == "RGB" and _is_grey(image):
        image = image.convert("L")
    found = [_as_jpeg(image, aim)]
    if image.getcolors(FEW_COLOURS if image.mode == "RGB" else FEW_GREYS) is not None:
        found = [_as_palette(image) if image.mode == "RGB" else _as_deflated(image), *found]
        return found[0] if len(found[0].data) <= 1.5 * len(found[1].data) else found[1]
    return found[0]


def _is_grey(image: Image.Image) -> bool:
    """Whether every pixel of a colour picture is grey; looked at in small first."""
    for seen in (image.resize((64, 64), Image.Resampling.NEAREST), image):
        red, green, blue = seen.split()
        if red.tobytes() != green.tobytes() or green.tobytes() != blue.tobytes():
            return False
    return True


def _colour(image: Image.Image) -> str:
    return "/DeviceGray" if image.mode == "L" else "/DeviceRGB"


def _as_jpeg(image: Image.Image, aim: Aim) -> Packed:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=aim.quality, optimize=True, progressive=True)
    return Packed(out.getvalue(), {"/Filter": Name.DCTDecode}, _colour(image))


def _as_deflated(image: Image.Image) -> Packed:
    """With the filters of PNG, which PDF knows too (ISO 32000-2, 7.4.4.4)."""
    entries = {"/Filter": Name.FlateDecode, "/DecodeParms": _predictor(image, len(image.getbands()), 8)}
    return Packed(png_data(image), entries, _colour(image))


def _as_palette(image: Image.Image) -> Packed:
    few = image.quantize(FEW_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    if few.convert("RGB").tobytes() != image.tobytes():  # octree joins near colours
        few = image.convert("P", palette=Image.Palette.ADAPTIVE, colors=FEW_COLOURS, dither=Image.Dither.NONE)
    palette = bytes(few.getpalette() or b"")
    entries = {"/Filter": Name.FlateDecode, "palette": palette}
    return Packed(zlib.compress(few.tobytes(), 9), entries, "/DeviceRGB")


def _in_few_tones(image: Image.Image) -> Image.Image:
    """A drawn page in TONES colours of its own, black and white always among them, or in as many greys."""
    if image.mode == "L":
        levels = image.point([round(value / _STEP) for value in range(256)])
        few = Image.frombytes("P", image.size, levels.tobytes())
        few.putpalette([round(_STEP * level) for level in range(TONES) for _ in range(3)])
        return few
    found = _sample(image).quantize(TONES - 2, Image.Quantize.MEDIANCUT).getpalette() or []
    tones = Image.new("P", (1, 1))
    tones.putpalette([*(3 * [0]), *(3 * [255]), *map(_clear, found), *(3 * TONES * [0])][: 3 * TONES])
    return image.quantize(palette=tones, dither=Image.Dither.NONE)


def _sample(image: Image.Image) -> Image.Image:
    return image.resize((image.width // 3 + 1, image.height // 3 + 1), Image.Resampling.NEAREST)


def _tells(few: Image.Image, image: Image.Image) -> bool:
    """Whether a page in few tones is still like the page: no photograph that became patches."""
    difference = ImageChops.difference(_sample(few).convert(image.mode), _sample(image))
    return max(ImageStat.Stat(difference).mean) <= MOST_OFF


def _as_tones(few: Image.Image) -> Packed:
    palette = bytes(few.getpalette() or b"")[: 3 * TONES].ljust(3 * TONES, b"\0")
    entries = {"/Filter": Name.FlateDecode, "/DecodeParms": _predictor(few, 1, 4), "palette": palette, "bits": 4}
    return Packed(png_data(few, compress_level=6), entries, "/DeviceRGB")


def _clear(value: int) -> int:
    """Part of a colour, nearly black as black and nearly white as white: those were mixed with the edges of letters."""
    return 0 if value < _STEP / 2 else 255 if value > 255 - _STEP / 2 else value


def _predictor(image: Image.Image, colours: int, bits: int) -> Dictionary:
    return Dictionary(Predictor=15, Colors=colours, BitsPerComponent=bits, Columns=image.width)


def png_data(image: Image.Image, **settings: int) -> bytes:
    """The deflated rows of a picture as PNG packs them, each with its filter."""
    out = io.BytesIO()
    image.save(out, "PNG", **(settings or {"optimize": True}))
    data, at, rows = out.getvalue(), 8, b""
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IDAT":
            rows += data[at + 8 : at + 8 + length]
        at += length + 12
    return rows


def _recode_mask(picture: Stream, mask: Stream, size: tuple[int, int] | None, aim: Aim) -> bool:
    """Write a soft mask smaller; one that hides nothing goes."""
    image = _decoded(mask, (int(mask.Width), int(mask.Height)))
    if image is None or image.mode != "L":
        return False
    if image.getextrema() == (255, 255):
        del picture.SMask
        return True
    before = len(mask.read_raw_bytes())
    if size and image.width > size[0] and image.height > size[1]:
        image = image.resize(size, Image.Resampling.HAMMING)
    packed = _packed_mask(image, aim)
    if len(packed.data) > before * GAIN:
        return False
    entries = dict(packed.entries)
    mask.write(packed.data, filter=entries["/Filter"], decode_parms=entries.get("/DecodeParms"))
    mask.Width, mask.Height, mask.BitsPerComponent = *image.size, 8
    return True


def _packed_mask(image: Image.Image, aim: Aim) -> Packed:
    """Without loss the outline of something; a shadow, or what goes slowly from one grey to another, as is smaller."""
    if image.getcolors(FEW_GREYS) is not None:
        return _as_deflated(image)
    jpeg = _as_jpeg(image, Aim(aim.resolution, max(aim.quality, 80)))
    if len(png_data(image, compress_level=1)) > 2 * len(jpeg.data):  # the most effort does not halve it
        return jpeg
    return min(_as_deflated(image), jpeg, key=lambda each: len(each.data))

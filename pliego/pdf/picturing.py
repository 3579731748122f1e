"""A picture of somebody's as an image of a PDF: see-through parts stay so."""

import io
import zlib

import pikepdf
from pikepdf import Name, Pdf
from PIL import Image, ImageOps

from pliego.pdf.refusals import NotAnImage

MAX_SIDE = 3000
"""Pixels; a larger picture is drawn with fewer."""
MAX_PIXELS = 100_000_000


def image_object(pdf: Pdf, data: bytes) -> tuple[pikepdf.Stream, float]:
    """The image, and its width over its height. Raise NotAnImage."""
    try:
        image: Image.Image = Image.open(io.BytesIO(data))
        if image.width * image.height > MAX_PIXELS:
            raise NotAnImage
        image = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAnImage from error
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    mask = _stream(pdf, image.getchannel("A"), Name.DeviceGray)
    picture = _stream(pdf, image.convert("RGB"), Name.DeviceRGB)
    picture.SMask = mask
    return picture, image.width / image.height


def _stream(pdf: Pdf, image: Image.Image, space: Name) -> pikepdf.Stream:
    entries = {
        "/Type": Name.XObject, "/Subtype": Name.Image, "/ColorSpace": space, "/BitsPerComponent": 8,
        "/Width": image.width, "/Height": image.height, "/Filter": Name.FlateDecode,
    }  # fmt: skip
    return pdf.make_stream(zlib.compress(image.tobytes(), 9), entries)

import io
import zipfile

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from pliego.pdf.sample import sample_images, sample_pdf
from tests.pdf.operations.tried import tried
from tests.samples import book, leaflet
from tests.samples.drawing import saved


def taken(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_a_picture_comes_once_with_its_see_through_parts() -> None:
    ((name, data),) = taken(tried("extract-images", sample_pdf(3)).data).items()
    image = Image.open(io.BytesIO(data))
    assert (name, image.size, image.mode) == ("input 1 001.png", (120, 80), "RGBA")


def test_a_jpeg_comes_byte_for_byte() -> None:
    pdf = tried("images", sample_images()[1]).data
    assert list(taken(tried("extract-images", pdf).data).values()) == [sample_images()[1]]


def test_small_ones_and_other_pages_are_left_out() -> None:
    assert taken(tried("extract-images", sample_pdf(1), least=81).data) == {}
    assert taken(tried("extract-images", leaflet()).data) == {}


def test_pictures_within_the_content_come_too() -> None:
    (data,) = taken(tried("extract-images", book(4, photographs=1), pages="4").data).values()
    assert Image.open(io.BytesIO(data)).size == (900, 600)


def test_one_in_a_printer_s_own_ink_is_told_and_the_others_come() -> None:
    result = tried("extract-images", in_ink())
    assert len(taken(result.data)) == 1
    assert "unknown" in result.notes


def in_ink() -> bytes:
    """Two pictures: one in the ink of a printer, one in RGB."""
    with pikepdf.new() as pdf:
        mixing = Dictionary(FunctionType=2, N=1, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([0, 1, 1, 0]))
        ink = Array([Name.Separation, Name("/Rojo"), Name.DeviceCMYK, mixing])
        shape = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 40, "Height": 40, "BitsPerComponent": 8}
        pictures = {
            f"/I{number}": pdf.make_stream(bytes(range(40)) * 40 * parts, ColorSpace=space, **shape)
            for number, (parts, space) in enumerate([(1, ink), (3, Name.DeviceRGB)])
        }
        page = pdf.add_blank_page(page_size=(200, 200))
        page.Resources = Dictionary(XObject=Dictionary(pictures))
        page.Contents = pdf.make_stream(b"q 90 0 0 90 5 5 cm /I0 Do Q q 90 0 0 90 105 5 cm /I1 Do Q")
        return saved(pdf)

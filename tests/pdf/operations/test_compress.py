import io
import zlib
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from pliego.pdf.alone import OwnChild
from pliego.pdf.errand import Errand
from pliego.pdf.operations.compress import AIMS
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import alike, pictures, same_pages, titles, tried, words
from tests.samples import book, scan, scanned_text

DRAWING = b"0.8 1 0.8 rg 0 0 400 400 re f q %f 0 0 %f 50 50 cm /X Do Q"
LEVELS = ["lossless", *AIMS]


def photograph(width: int, height: int) -> Image.Image:
    bands = [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.effect_noise((256, 256), 30)]
    return Image.merge("RGB", bands).resize((width, height))


def with_picture(image: Image.Image, *, points: float = 300, mask: Image.Image | None = None, times: int = 1) -> bytes:
    """Pages that each draw their own copy of a picture, deflated."""
    pdf = pikepdf.new()
    for _ in range(times):
        page = pdf.add_blank_page(page_size=(400, 400))
        thing = stream(pdf, image, Name.DeviceRGB if image.mode == "RGB" else Name.DeviceGray)
        if mask:
            thing.SMask = stream(pdf, mask, Name.DeviceGray)
        page.Resources = Dictionary(XObject=Dictionary(X=thing))
        page.Contents = pdf.make_stream(
            b"0.8 1 0.8 rg 0 0 400 400 re f q %f 0 0 %f 50 50 cm /X Do Q" % (points, points)
        )
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def stream(pdf: pikepdf.Pdf, image: Image.Image, space: Name) -> pikepdf.Stream:
    told = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": image.width, "/Height": image.height,
            "/ColorSpace": space, "/BitsPerComponent": 8, "/Filter": Name.FlateDecode}  # fmt: skip
    return pdf.make_stream(zlib.compress(image.tobytes()), told)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "data", [sample_pdf(3), book(20), scan(1), scanned_text(1)], ids=["all", "book", "scan", "words"]
)
def test_it_looks_the_same_and_is_never_larger(data: bytes, level: str) -> None:
    result = tried("compress", data, level=level)
    assert len(result.data) <= len(data)
    assert result.report.unchanged == (result.data == data)
    assert same_pages(pictures(result.data, 0.5), pictures(data, 0.5))
    assert words(result.data) == words(data)
    assert titles(result.pdf) == titles(pikepdf.open(io.BytesIO(data)))


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 900), st.integers(1, 900), st.sampled_from(["L", "RGB"]), st.booleans(), st.sampled_from(LEVELS))
def test_any_picture_looks_the_same(width: int, height: int, mode: str, masked: bool, level: str) -> None:
    image = photograph(width, height).convert(mode)
    mask = Image.radial_gradient("L").resize((max(width // 2, 1), height)) if masked else None
    data = with_picture(image, mask=mask)
    assert same_pages(pictures(tried("compress", data, level=level).data, 0.4), pictures(data, 0.4))


def test_a_picture_gets_the_pixels_that_are_needed() -> None:
    result = tried("compress", with_picture(photograph(2000, 2000)), level="screen")
    thing = result.pdf.pages[0].Resources.XObject["/X"]
    assert (int(thing.Width), int(thing.Height)) == (625, 625)  # 300 points at 150 to an inch
    assert len(result.data) < 0.05 * 2000 * 2000
    assert result.report.notes[0].params == {"count": 1, "total": 1}


def test_the_largest_place_where_a_picture_is_drawn_counts() -> None:
    pdf = pikepdf.open(io.BytesIO(with_picture(photograph(1000, 1000), points=30)))
    pdf.pages[0].contents_add(b"q 380 0 0 380 0 0 cm /X Do Q")
    out = io.BytesIO()
    pdf.save(out)
    smaller = tried("compress", out.getvalue(), level="small").pdf
    thing = smaller.pages[0].Resources.XObject["/X"]
    assert int(thing.Width) == round(380 / 72 * 100)


def test_copies_are_kept_once() -> None:
    result = tried("compress", with_picture(photograph(500, 500), times=5), level="lossless")
    assert len({page.Resources.XObject["/X"].objgen for page in result.pdf.pages}) == 1
    assert result.notes == {"shared"}


def test_soft_masks_are_made_smaller_and_useless_ones_go() -> None:
    image = photograph(1500, 1500)
    with_shadow = tried("compress", with_picture(image, mask=Image.radial_gradient("L").resize((1500, 1500))))
    assert int(with_shadow.pdf.pages[0].Resources.XObject["/X"].SMask.Width) == 625
    opaque = tried("compress", with_picture(image, mask=Image.new("L", (1500, 1500), 255)))
    assert "/SMask" not in opaque.pdf.pages[0].Resources.XObject["/X"]


def test_drawings_stay_sharp() -> None:
    drawing = Image.new("RGB", (600, 600), "white")
    pen = ImageDraw.Draw(drawing)
    for at in range(0, 600, 7):
        pen.line([(at, 0), (600 - at, 600)], fill=("red", "blue", "black")[at % 3])
    data = with_picture(drawing)
    result = tried("compress", data, level="screen")
    assert all(
        alike(one, other, most=0.1) for one, other in zip(pictures(result.data, 2), pictures(data, 2), strict=True)
    )


def test_pictures_that_depend_on_exact_values_are_left_alone() -> None:
    for entries in ({"/Decode": Array([1, 0] * 3)}, {"/Mask": Array([0, 10] * 3)}, {"/ColorSpace": Name.DeviceCMYK}):
        pdf = pikepdf.open(io.BytesIO(with_picture(photograph(900, 900))))
        for key, value in entries.items():
            pdf.pages[0].Resources.XObject["/X"][key] = value
        out = io.BytesIO()
        pdf.save(out)
        smaller = tried("compress", out.getvalue(), level="small").pdf
        assert int(smaller.pages[0].Resources.XObject["/X"].Width) == 900


def test_lossless_changes_no_pixel() -> None:
    data = with_picture(photograph(600, 600))
    pdf = tried("compress", data, level="lossless").pdf
    assert pixels(pdf) == pixels(pikepdf.open(io.BytesIO(data)))


def pixels(pdf: pikepdf.Pdf) -> bytes:
    return pdf.pages[0].Resources.XObject["/X"].read_bytes()


def test_a_photograph_with_a_soft_edge_shrinks_with_its_edge() -> None:
    image, edge = photograph(2000, 1500), Image.radial_gradient("L").resize((2000, 1500))
    with pikepdf.open(io.BytesIO(with_picture(image, mask=edge))) as pdf:
        picture = pdf.pages[0].Resources.XObject.X
        picture.Decode, picture.SMask.Decode = Array([0, 1] * 3), Array([0, 1])  # as some programs write the default
        out = io.BytesIO()
        pdf.save(out)
    result = tried("compress", out.getvalue(), level="screen")
    assert len(result.data) < len(out.getvalue()) / 10
    assert result.pdf.pages[0].Resources.XObject.X.SMask.Width < 2000
    assert alike(pictures(result.data, 0.5)[0], pictures(out.getvalue(), 0.5)[0], most=12)


def test_a_picture_that_is_drawn_as_a_negative_stays() -> None:
    with pikepdf.open(io.BytesIO(with_picture(photograph(2000, 1500)))) as pdf:
        pdf.pages[0].Resources.XObject.X.Decode = Array([1, 0] * 3)
        out = io.BytesIO()
        pdf.save(out)
    result = tried("compress", out.getvalue(), level="screen")
    picture = result.pdf.pages[0].Resources.XObject.X
    assert (int(picture.Width), str(picture.Filter)) == (2000, "/FlateDecode")


def test_a_photograph_of_the_right_size_is_packed_anew_in_the_child(tmp_path: Path) -> None:
    """Where no folder can be asked for, which saving a picture that came from a file would do."""
    packed = io.BytesIO()
    photograph(400, 300).save(packed, "JPEG", quality=100)
    with pikepdf.open(io.BytesIO(with_picture(photograph(400, 300)))) as pdf:
        pdf.pages[0].Resources.XObject.X.write(packed.getvalue(), filter=Name.DCTDecode)
        pdf.save(tmp_path / "in.pdf")
    with (tmp_path / "out.pdf").open("wb+") as out:
        OwnChild().run(Errand.of("compress", [tmp_path / "in.pdf"], {"level": "small"}), out.fileno())
    assert (tmp_path / "out.pdf").stat().st_size < (tmp_path / "in.pdf").stat().st_size / 2

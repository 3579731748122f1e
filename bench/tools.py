"""The tools of the toolbox: what they cost, confined, against bare pikepdf doing the same, and how well they compress.

Aim: 1.3 times the bare time on a file of more than 5 MB. Compressing for reading, against Ghostscript's /ebook on four
kinds of documents: no larger, no less alike to the original (SSIM of the pages as drawn at 100 pixels to an inch, less
0.002 for noise), and faster, on three of the four. Ghostscript has to be installed.
"""

import io
import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Name
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from bench.measurement import Measurement, seconds, side_by_side
from pliego.pdf.errand import Errand
from pliego.pdf.reader import PrivateParser, Reader
from tests import samples
from tests.pdf.operations.likeness import likeness

ROUNDS = 7
TOLERANCE = 0.002
GHOSTSCRIPT = ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite", "-dPDFSETTINGS=/ebook")
Bare = Callable[[Path, Path], None]


def measure() -> Iterator[Measurement]:
    """Core tools on a book with photographs, then compression."""
    with tempfile.TemporaryDirectory(prefix="pliego-bench-") as name, PrivateParser() as reader:
        folder = Path(name)
        book = folder / "book.pdf"
        book.write_bytes(_heavy())
        for tool, options, bare in CORE:
            ours, theirs = side_by_side(
                partial(seconds, partial(run, reader, tool, book, folder / "ours", options)),
                partial(seconds, partial(bare, book, folder / "bare.pdf")),
                ROUNDS,
            )
            yield Measurement(f"{tool}, {book.stat().st_size / 1e6:.0f} MB", ours, "s", 1.3, "bare pikepdf", theirs)
        if shutil.which("gs"):
            yield from compression(reader, folder)


def run(reader: Reader, tool: str, file: Path, target: Path, options: dict[str, object]) -> None:
    """The tool in the parser process, its result in a file."""
    descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    try:
        reader.run(Errand.of(tool, [file] * (2 if tool == "merge" else 1), options), descriptor)
    finally:
        os.close(descriptor)


def _heavy() -> bytes:
    """A book with pictures that cannot be packed any further, 8 MB or so."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.book(300))) as pdf:
        for number in range(10):
            picture = pdf.make_stream(random.Random(number).randbytes(800_000))
            picture.update({
                "/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 1000, "/Height": 800,
                "/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 8,
            })  # fmt: skip
            page = pdf.pages[number * 29]
            page.contents_add(
                b"q 200 0 0 160 100 100 cm %b Do Q" % str(page.add_resource(picture, Name.XObject)).encode()
            )
        pdf.save(out)
    return out.getvalue()


def _merge(file: Path, target: Path) -> None:
    with pikepdf.open(file) as one, pikepdf.open(file) as other, pikepdf.new() as made:
        made.add_pages_from(one)
        made.add_pages_from(other)
        made.save(target)


def _rotate(file: Path, target: Path) -> None:
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            page.rotate(90, relative=True)
        pdf.save(target)


def _extract(file: Path, target: Path) -> None:
    with pikepdf.open(file) as pdf, pikepdf.new() as made:
        made.add_pages_from(pdf, range(250))
        made.save(target)


def _linearise(file: Path, target: Path) -> None:
    with pikepdf.open(file) as pdf:
        pdf.save(target, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _protect(file: Path, target: Path) -> None:
    with pikepdf.open(file) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(user="sesame", owner="boss", R=6))


CORE: tuple[tuple[str, dict[str, object], Bare], ...] = (
    ("merge", {}, _merge),
    ("rotate", {}, _rotate),
    ("extract", {"pages": "1-250"}, _extract),
    ("linearise", {}, _linearise),
    ("protect", {"opening": "sesame"}, _protect),
)


def compression(reader: Reader, folder: Path) -> Iterator[Measurement]:
    """Size, likeness and time on each kind of document, and on how many all three are won."""
    won = 0
    for kind, data in documents().items():
        given, ours, theirs = folder / "in.pdf", folder / "ours.pdf", folder / "gs.pdf"
        given.write_bytes(data)
        took = seconds(partial(run, reader, "compress", given, ours, {"level": "screen"}))
        command = [*GHOSTSCRIPT, "-o", theirs, given]
        took_gs = seconds(partial(subprocess.run, command, check=True, capture_output=True))
        size, size_gs = ours.stat().st_size, theirs.stat().st_size
        alike, alike_gs = likeness(data, ours.read_bytes()), likeness(data, theirs.read_bytes())
        yield Measurement(f"{kind}: size", size / 1000, "kB", 1.0, "Ghostscript /ebook", size_gs / 1000)
        yield Measurement(f"{kind}: SSIM", alike, "", 1 - TOLERANCE, "Ghostscript /ebook", alike_gs, at_least=True)
        yield Measurement(f"{kind}: time", took, "s", 1.0, "Ghostscript /ebook", took_gs)
        won += size <= size_gs and alike >= alike_gs - TOLERANCE and took <= took_gs
    yield Measurement("kinds of documents better in all three", won, "of 4", aim=3, at_least=True)


def documents() -> dict[str, bytes]:
    """A book, slides with screen shots, a scan in colour, and photographs with shadows."""
    return {"book": samples.book(150), "slides": _slides(), "scan": _scan(), "photographs": _photographs()}


def _landscape(width: int, height: int, seed: int) -> Image.Image:
    """Something like a photograph: smooth areas, edges and a little noise."""
    noise = Image.effect_noise((width // 8, height // 8), 60 + seed).resize((width, height), Image.Resampling.BICUBIC)
    grain = Image.effect_noise((width, height), 12).filter(ImageFilter.GaussianBlur(0.7))
    sky = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", [Image.blend(sky, noise, 0.4), Image.blend(noise, grain, 0.3), sky.rotate(180)])
    pen = ImageDraw.Draw(image)
    for number in range(12):
        x, y = (number * 7919 + seed * 131) % width, (number * 104729 + seed * 17) % height
        pen.ellipse((x, y, x + width // 9, y + height // 7), fill=(number * 20, 200 - number * 15, (seed * 40) % 255))
    return image


def _page_of(pictures: list[tuple[Image.Image, str]], folder: Path) -> bytes:
    """A PDF with a page for each picture, 500 points wide."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1)
    for number, (image, kind) in enumerate(pictures):
        path = folder / f"{number}.{kind}"
        image.save(path, quality=92)
        canvas.drawImage(ImageReader(str(path)), 40, 200, 500, 500 * image.height / image.width, mask="auto")
        canvas.drawString(40, 100, samples.sentences(1, number))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _slides() -> bytes:
    """Screen shots: few colours, sharp edges."""
    shots = []
    for number in range(6):
        shot = Image.new("RGB", (1920, 1080), (245, 246, 250))
        pen = ImageDraw.Draw(shot)
        for row in range(30):
            pen.rectangle(
                (40, 30 + row * 34, 60 + (row * 97 + number * 211) % 1500, 44 + row * 34), fill=(40, 60 + row * 4, 120)
            )
            pen.text((100, 30 + row * 34), samples.sentences(1, row + number)[:60], fill=(20, 20, 20))
        shots.append((shot, "png"))
    with tempfile.TemporaryDirectory() as folder:
        return _page_of(shots, Path(folder))


def _scan() -> bytes:
    """A page of a book in colour, 300 pixels to an inch, as a scanner gives it."""
    pages = []
    with closing(pypdfium2.PdfDocument(samples.book(2))) as document:
        for page in document:
            clean = page.render(scale=300 / 72).to_pil().convert("RGB")
            paper = Image.effect_noise(clean.size, 14).convert("RGB")
            pages.append(Image.blend(clean, paper, 0.15).filter(ImageFilter.GaussianBlur(0.6)))
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=300, quality=90)
    return out.getvalue()


def _photographs() -> bytes:
    """Photographs of 8 megapixels or so, some with a soft edge."""
    pictures: list[tuple[Image.Image, str]] = []
    for number in range(4):
        image = _landscape(2400, 1600, number)
        if number % 2:
            image.putalpha(Image.radial_gradient("L").resize(image.size).point(lambda value: 255 - value))
        pictures.append((image, "png" if number % 2 else "jpg"))
    with tempfile.TemporaryDirectory() as folder:
        return _page_of(pictures, Path(folder))

"""The pictures for links."""

import io
from pathlib import Path

import pytest
from PIL import Image

from pliego.errors import NotFound
from pliego.pdf.card import LIT, PAPER, draw_card
from pliego.pdf.reader import Reader
from pliego.pdf.values import Card
from tests import samples
from tests.pdf.opened import opened

LINE = (70.0, 100.0, 300.0, 14.0)


def image_of(card: Card, pdf: bytes = samples.leaflet()) -> Image.Image:
    with opened(pdf) as source:
        return Image.open(io.BytesIO(draw_card(source, card))).convert("RGB")


def near(image: Image.Image, colour: tuple[int, int, int]) -> float:
    """The part of the picture in about this colour."""
    channels = image.reduce(4).tobytes()
    pixels = list(zip(channels[::3], channels[1::3], channels[2::3], strict=True))
    return sum(all(abs(a - b) < 10 for a, b in zip(pixel, colour, strict=True)) for pixel in pixels) / len(pixels)


@pytest.mark.parametrize("boxes", [[], [LINE]])
@pytest.mark.parametrize("pdf", [samples.leaflet(), samples.slides(1), samples.rotated(90), samples.giant_page()])
def test_every_card_has_the_same_size(pdf: bytes, boxes: list[tuple[float, float, float, float]]) -> None:
    assert image_of(Card(1, "Título", "Autora", "Pliego", boxes), pdf).size == (1200, 630)


def test_the_title_stands_beside_the_page() -> None:
    beside = (560, 40, 1200, 300)
    with_title, without = (image_of(Card(1, title)).crop(beside) for title in ("Un título largo", "x"))
    assert near(with_title, PAPER) < near(without, PAPER)


def test_a_title_that_cannot_be_set_is_left_out() -> None:
    assert near(image_of(Card(1, "標題")).crop((900, 0, 1200, 630)), PAPER) > 0.95


def test_the_passage_is_lit() -> None:
    assert near(image_of(Card(1, "x", boxes=[LINE])), LIT) > 0.02
    assert near(image_of(Card(1, "x")), LIT) == 0


def test_a_passage_beyond_the_page_harms_nobody() -> None:
    image_of(Card(1, "x", boxes=[(5000.0, -300.0, 1.0, 9e6)]))


def test_a_page_that_is_not_there() -> None:
    with pytest.raises(NotFound):
        image_of(Card(9, "x"))


def test_the_confined_reader_draws_cards(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(samples.leaflet())
    card = Card(1, "Título " * 40, "Ñandú", "p. 1", [LINE])
    assert reader.card(tmp_path / "x.pdf", card)[:3] == b"\xff\xd8\xff"

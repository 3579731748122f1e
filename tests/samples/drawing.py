"""What samples are made with: Spanish prose, a canvas, and changes to a finished PDF."""

import io
import random
from collections.abc import Callable

import pikepdf
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4

_SUBJECTS = "el puerto|la ciudad|un viajero|la casa vieja|el maestro|aquella tarde|la lluvia|el camino|una carta|el río"
_VERBS = "guardaba|recorría|mostraba|callaba|encendía|esperaba|contaba|cruzaba|miraba|olvidaba"
_OBJECTS = (
    "los barcos del norte|una canción antigua|las ventanas abiertas|el corazón del pueblo|su propia sombra|"
    "las montañas azules|un pan recién hecho|la última señal|los niños del barrio|una respuesta clara"
)
_ENDS = (
    "sin prisa|antes del alba|como siempre|bajo la luna|hasta el otoño|en silencio|otra vez|junto al mar|allí|mañana"
)


def sentences(count: int, seed: int) -> str:
    """Spanish prose from a small grammar."""
    chance = random.Random(seed)
    parts = [part.split("|") for part in (_SUBJECTS, _VERBS, _OBJECTS, _ENDS)]
    made = (" ".join(chance.choice(part) for part in parts).capitalize() + "." for _ in range(count))
    return " ".join(made)


def blank_canvas(out: io.BytesIO, size: tuple[float, float] = A4) -> Canvas:
    return Canvas(out, pagesize=size, invariant=1, pageCompression=1)


def write(canvas: Canvas, lines: list[str], x: float, y: float, pitch: float = 15) -> float:
    for line in lines:
        canvas.drawString(x, y, line)
        y -= pitch
    return y


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The same PDF after ``change``."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        return saved(pdf)

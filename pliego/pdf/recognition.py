"""Words recognised on the picture of a page, by Tesseract if it is installed.

It runs as a confined program of its own, one page at a time, and answers with a table of words and their boxes.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from subprocess import DEVNULL, PIPE

from pliego.errors import ReaderBusy, ReaderStopped
from pliego.pdf import programs
from pliego.pdf.values import Extent, Line

PROGRAM = "tesseract"
WALL_SECONDS = 600.0
"""It has the lowest priority, so on a busy machine this is long; its processor time is limited in program.py."""
ALIVE_SECONDS = 10.0
LANGUAGES = {
    "es": ("spa", "Español"), "en": ("eng", "English"), "fr": ("fra", "Français"), "pt": ("por", "Português"),
    "de": ("deu", "Deutsch"), "ca": ("cat", "Català"), "gl": ("glg", "Galego"), "eu": ("eus", "Euskara"),
    "it": ("ita", "Italiano"), "la": ("lat", "Latina"), "oc": ("oci", "Occitan"), "ro": ("ron", "Română"),
    "nl": ("nld", "Nederlands"), "da": ("dan", "Dansk"), "sv": ("swe", "Svenska"), "no": ("nor", "Norsk"),
    "fi": ("fin", "Suomi"), "et": ("est", "Eesti"), "lv": ("lav", "Latviešu"), "lt": ("lit", "Lietuvių"),
    "pl": ("pol", "Polski"), "cs": ("ces", "Čeština"), "sk": ("slk", "Slovenčina"), "sl": ("slv", "Slovenščina"),
    "hr": ("hrv", "Hrvatski"), "hu": ("hun", "Magyar"), "tr": ("tur", "Türkçe"), "el": ("ell", "Ελληνικά"),
    "ru": ("rus", "Русский"), "uk": ("ukr", "Українська"), "bg": ("bul", "Български"), "sr": ("srp", "Српски"),
    "ar": ("ara", "العربية"), "he": ("heb", "עברית"), "fa": ("fas", "فارسی"), "hi": ("hin", "हिन्दी"),
    "zh": ("chi_sim", "中文"), "ja": ("jpn", "日本語"), "ko": ("kor", "한국어"), "vi": ("vie", "Tiếng Việt"),
}  # fmt: skip
"""By ISO 639-1: as Tesseract names a language, and as it calls itself."""
COMMON = ("es", "en", "fr", "pt", "de")
"""The languages of the site: these are tried together when that of a text is not known."""
AUTO = "auto"
"""The language when it is to be told from the words."""
LEAST_CONFIDENCE = 30.0
"""Per cent; what is less sure is mostly specks and drawings."""
LEADING = 1.25
"""Height of a line of type over that of its ink."""
MAX_LINES, MAX_LINE = 3000, 2000
"""Lines of a page, and characters of a line, that are kept."""

_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A line that was recognised, and where its words lie on it."""

    line: Line
    places: list[Extent]


@cache
def installed() -> tuple[str, ...]:
    """The languages that Tesseract knows here, by ISO 639-1; () when it is not installed."""
    if not programs.where(PROGRAM):
        return ()
    said = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, text=True, timeout=20, check=False).stdout
    known = said.split()
    return tuple(language for language, (name, _) in LANGUAGES.items() if name in known)


def recognise(
    picture: bytes,
    width: float,
    height: float,
    language: str = "",
    alive: Callable[[], None] = lambda: None,
    every: float = ALIVE_SECONDS,
) -> list[Found]:
    """The lines on a picture (PGM) of a page of ``width`` by ``height`` points, in reading order.

    ``language`` (ISO 639-1) when it is known; else those of COMMON are tried at once, which takes longer. ``alive``
    is called after each ``every`` seconds; an error of it ends the work. Raise ReaderStopped when the program fails or
    takes too long, ReaderBusy when it cannot be started.
    """
    known = [language] if language in installed() else [each for each in installed() if each in COMMON] or installed()
    languages = [LANGUAGES[each][0] for each in known]
    if not languages:
        raise ReaderBusy
    options = ["stdin", "stdout", "-l", "+".join(languages), "--dpi", "300", "tsv"]
    command = [sys.executable, "-m", "pliego.pdf.program", PROGRAM, *options]
    try:
        # A file, not a pipe: `communicate` forgets what it has not yet written when it is called again.
        with tempfile.TemporaryFile() as given:
            given.write(picture)
            given.seek(0)
            with subprocess.Popen(command, stdin=given, stdout=PIPE, stderr=DEVNULL) as process:
                table = _outcome(process, alive, every)
    except OSError as error:
        raise ReaderBusy from error
    if process.returncode:
        raise ReaderStopped("crash")
    pixels = int(picture.split(maxsplit=2)[1])
    return read_table(table.decode(errors="replace"), width / max(pixels, 1), height)


def _outcome(process: "subprocess.Popen[bytes]", alive: Callable[[], None], every: float) -> bytes:
    """What the program says, however long other work keeps it waiting: its own time is limited apart from this."""
    deadline = time.monotonic() + WALL_SECONDS
    try:
        while True:
            try:
                return process.communicate(timeout=every)[0]
            except subprocess.TimeoutExpired as error:
                alive()
                if time.monotonic() > deadline:
                    raise ReaderStopped("time") from error
    finally:
        process.kill()


def read_table(table: str, scale: float, height: float) -> list[Found]:
    """The lines of Tesseract's table of words; ``scale`` is in points for a pixel. What is no word is passed over."""
    lines = (list(words) for _, words in groupby(_words(table), key=lambda word: word[0]))
    made = [_line([word[1:] for word in words], scale) for words in lines]
    return [found for found in made if 0 <= found.line.y <= height][:MAX_LINES]


_Word = tuple[tuple[str, ...], str, int, int, int, int]
"""Its line (page, block, paragraph, line), text, left, top, width and height in pixels."""


def _words(table: str) -> Iterator[_Word]:
    for row in table.split("\n"):
        cells = row.rstrip("\r").split("\t", _COLUMNS - 1)
        if len(cells) != _COLUMNS or cells[0] != "5":  # level 5: a word
            continue
        text = "".join(filter(str.isprintable, cells[11])).replace(" ", "")
        try:
            left, top, width, height = map(int, cells[6:10])
            sure = float(cells[10])
        except ValueError:
            continue
        if text and sure >= LEAST_CONFIDENCE and min(left, top) >= 0 and min(width, height) > 0:
            yield tuple(cells[1:5]), text, left, top, width, height


def _line(words: Sequence[tuple[str, int, int, int, int]], scale: float) -> Found:
    """The words as one line. The box is that of the ink, made as high as type is; its size stays unknown."""
    left, top = min(word[1] for word in words), min(word[2] for word in words)
    right, bottom = max(word[1] + word[3] for word in words), max(word[2] + word[4] for word in words)
    height = (bottom - top) * LEADING
    box = (round(value * scale, 1) for value in (left, max(bottom - 0.95 * height, 0), right - left, height))
    line = Line(" ".join(word[0] for word in words)[:MAX_LINE], *box)
    return Found(line, [
        (len(text), round(at * scale, 1), line.y, round(wide * scale, 1), line.height) for text, at, _, wide, _ in words
    ])  # fmt: skip

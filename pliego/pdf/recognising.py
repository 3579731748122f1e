"""What comes before a scan is made searchable: its pages are drawn, and Tesseract finds their words."""

from collections.abc import Iterator
from pathlib import Path

from pliego.pdf import recognised, recognition
from pliego.pdf.errand import Errand, Tell
from pliego.pdf.reader import Reader
from pliego.pdf.recognised import WORDS, RecognisedLine, RecognisedPage
from pliego.pdf.recognition import AUTO, Found
from pliego.pdf.report import Progress, Step
from pliego.pdf.values import MAX_READ_PAGES, PageText

LOOKED_AT = 64
"""Pages whose text is read at a time."""
ALIVE_SECONDS = 1.0
"""Between two looks whether the work is still wanted."""
ENOUGH = 200
"""Letters by which the language of a document is told."""


def find_words(errand: Errand, reader: Reader, folder: Path, tell: Tell) -> Errand:
    """The errand with the words of the pages that lack them. Raise what reading and recognition raise."""
    file = errand.inputs[0]
    password = reader.opening(file, errand.passwords)
    wanted = list(_lacking(reader, file, password, redo=bool(errand.options["redo"])))
    tongue = _Tongue(reader, str(errand.options["language"]))
    pages = []
    for done, page in enumerate(wanted):
        tell(Progress(Step.RECOGNISE, 100 * done // len(wanted)))
        picture, turn = reader.scan(file, page.number, password, straighten=bool(errand.options["straighten"]))
        found = recognition.recognise(
            picture, page.width, page.height, tongue.language, lambda: tell(None), ALIVE_SECONDS
        )
        tongue.hear(found)
        pages.append(RecognisedPage(page.number, page.is_bare, [RecognisedLine.of(each) for each in found], turn))
    recognised.write(pages, folder / WORDS)
    return errand.bringing(WORDS, folder / WORDS)


def _lacking(reader: Reader, file: Path, password: str, *, redo: bool) -> Iterator[PageText]:
    """The pages that are pictures without words; with ``redo`` those that have words, too."""
    last = min(reader.facts(file, password).pages, MAX_READ_PAGES)
    for first in range(1, last + 1, LOOKED_AT):
        read = reader.text(file, first, min(first + LOOKED_AT - 1, last), password)
        pages = {page.number: page for page in read if page.is_bare or (redo and not page.problem)}
        for number in reader.scanned_pages(file, list(pages), password) if pages else ():
            if number in pages:
                yield pages[number]


class _Tongue:
    """The language of a document: the one that was told, else the one that its first words seem to be in."""

    def __init__(self, reader: Reader, told: str) -> None:
        self.language = "" if told == AUTO else told
        self._reader = reader
        self._heard = ""
        self._open = not self.language

    def hear(self, found: list[Found]) -> None:
        """Learn from the words of a page."""
        if self._open:
            self._heard += "".join(f"{each.line.text}\n" for each in found)
            if len(self._heard) > ENOUGH:
                self.language = self._reader.language(self._heard)
                self._open = False

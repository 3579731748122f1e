"""A title worth showing: from what the file says, or from its first page."""

import re
import unicodedata

from pliego.pdf.spans import is_slanted
from pliego.pdf.values import Line, PageText

MAX_TITLE = 300
"""Characters kept of a title."""
MAX_LINES = 4
"""Lines that a title found on a page may have."""
LARGER = 1.15
"""A title is set at least this much larger than most of the page."""

SHORT = 3
"""Words of a title that another document may well have too, such as the name of a journal or of a program."""
MAX_ISSUE, MAX_SECOND = 60, 100
"""Characters of what is added to it."""

_ISSUE = re.compile(
    r"(?:issue|number|num\.?|n[uú]m\.?|n[uú]mero|num[eé]ro|no\.?|n[.º°]{1,2}|nr\.?|vol\.?|volumen?|bd\.?|band|heft|ausgabe"
    r"|año|tomo|edici[oó]n|edi[cç][aã]o)\s*(?:\d+|[ivxlc]+)\b",
    re.IGNORECASE,
)
"""How the line begins that says which issue of a serial this is."""
_JUNK = re.compile(
    r"""
    untitled[\s\d.-]*
    | (?:no|sans)\s+(?:title|titre) | sin\s+t[ií]tulo | sem\s+t[ií]tulo | ohne\s+titel | unbenannt[\s\d]*
    | (?:document|documento|dokument|presentation|presentaci[oó]n|apresenta[cç][aã]o|pr[eé]sentation)[\s_-]*\(?\d*\)?
    | (?:microsoft\s+)?powerpoint\s+presentation | pr[eé]sentation\s+powerpoint
    | presentaci[oó]n\s+de\s+powerpoint
    | (?:slide|diapositiva|folie|page|p[aá]gina|seite|scan|scanned\s+document)\s*\d*
    | (?:book|libro|title|t[ií]tulo|print|layout|full\s+page\s+photo)\s*\d*
    | (?:img|dsc|scan|doc|file|fax)[\s_-]?\d+
    | \S*\b(?:https?://|file://|www\.)\S+ | about:blank
    | [A-Za-z]:\\.* | /(?:home|users|tmp|var)/.*
    | [0-9a-f]{16,}
    """,
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_PROGRAM = re.compile(r"^microsoft\s+(?:office\s+)?(?:word|powerpoint|excel|publisher|visio)\s*-\s*", re.IGNORECASE)
_SUFFIX = re.compile(
    r"\.(?:pdf|docx?|odt|rtf|txt|tex|dvi|ps|eps|indd|qx[dp]|pptx?|odp|xlsx?|pub|pmd|p65|cdr|html?|jpe?g|tiff?|png|md|tmp)$",
    re.IGNORECASE,
)
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff0-\uffff]+")


def one_line(text: str) -> str:
    """The text without line breaks and characters that cannot be seen."""
    return " ".join(_INVISIBLE.sub(" ", unicodedata.normalize("NFC", text)).split())


def clean_title(text: str) -> str:
    """The title in one line, "" when it is one that a program made up, a file name, or no words at all."""
    text = _PROGRAM.sub("", one_line(text)).strip(" \t-–—_").rstrip("*∗†‡§")
    if _SUFFIX.search(text) or _JUNK.fullmatch(text) or _is_name_like(text):
        return ""
    if sum(map(str.isalnum, text)) < 2 or not any(map(str.isalpha, text)):
        return ""
    return _cut(text)


def _is_name_like(text: str) -> bool:
    """One word made of parts or with digits inside, such as informe_final_v2 or 20190312report: a file's name."""
    return " " not in text and ("_" in text or bool(re.search(r"\d", text) and re.search(r"[a-z]", text)))


def _cut(text: str) -> str:
    """At most MAX_TITLE characters, whole words where possible."""
    if len(text) <= MAX_TITLE:
        return text
    return text[: MAX_TITLE - 1].rsplit(" ", 1)[0] + "…"


def guess_title(page: PageText) -> str:
    """The words in the largest type of a document's first page, "" when none stands out."""
    sized = [line for line in page.lines if line.size > 0 and _has_words(line) and not is_slanted(line)]
    if not sized:
        return ""
    largest = max(line.size for line in sized)
    usual = _usual_size(page.lines)
    if largest < LARGER * usual and len(page.lines) > 2:
        return ""
    title = _first_run(sized, largest)
    text = clean_title(" ".join(line.text for line in title))
    if len(title) > MAX_LINES or len(text) > 200:
        return ""
    return text if not text or len(text.split()) > SHORT else _told_apart(text, sized, title[-1], largest)


def _told_apart(text: str, lines: list[Line], last: Line, size: float) -> str:
    """A short title with what tells it from its like: the number of the issue, or to one word a second title."""
    below = [line for line in lines[lines.index(last) + 1 :] if 0 <= line.y - last.y < 4 * size]
    for line in below[:2]:
        if _ISSUE.match(line.text) and len(line.text) <= MAX_ISSUE:
            return f"{text}, {one_line(line.text)}"
    second = clean_title(" ".join(line.text for line in _first_run(below, size)))
    return f"{text}: {second}" if " " not in text and 0 < len(second) <= MAX_SECOND else text


def _has_words(line: Line) -> bool:
    """Whether there is more than an initial or a number, which are often set larger than a title."""
    return sum(map(str.isalpha, line.text)) >= 3


def _usual_size(lines: list[Line]) -> float:
    """The type size of most characters, in points."""
    weights: dict[float, int] = {}
    for line in lines:
        weights[line.size] = weights.get(line.size, 0) + len(line.text)
    return max(weights, key=lambda size: weights[size])


def _first_run(lines: list[Line], size: float) -> list[Line]:
    """The first lines in the largest size, as far as they follow closely on one another."""
    run: list[Line] = []
    for line in lines:
        if line.size < 0.95 * size:
            if run:
                break
        elif not run or line.y - run[-1].y < 2.5 * max(line.height, size):
            run.append(line)
        else:
            break
    return run

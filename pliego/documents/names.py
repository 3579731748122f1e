"""Names people give: the file name as it came, the title made of it, the slug of an address."""

import re
import unicodedata

from pliego.errors import BadRequest

MAX_NAME = 300
MAX_SLUG = 80
JOINERS = "\u200c\u200d"
"""They cannot be seen, but Persian, the scripts of India and emoji of several people are written with them."""
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of all that follows, the words of the page too."""
_NO_LETTERS = frozenset("\ufffe\uffff")
"""What no XML may hold, and no feed."""
STEP_UP = re.compile(r"(?:^|/)\.{1,2}(?:/|$)")
"""In a name that can have no address: a browser takes "../x" at the end of one for a step to another page."""
MAX_FILE_NAME = 150
"""Characters, the ending included."""
MAX_FILE_BYTES = 240
"""Bytes of UTF-8: file systems stop at 255."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*%]')
"""Separators, what Windows refuses, and the per cent sign, which some browsers decode."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
# Letters that do not fall apart into a base letter and an accent under NFKD.
_PLAIN = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ł": "l",
        "Ł": "L",
        "ı": "i",
    }
)


def one_line(text: str) -> str:
    """What somebody calls a thing, in one line that leaves alone what stands around it."""
    return " ".join(_calm(text).split())


def short_name(text: str, most: int, what: str) -> str:
    """The same in at most so many characters; raise BadRequest, which says of ``what``, when nothing is left."""
    name = one_line(text)[:most]
    if not name:
        raise BadRequest(what=what)
    return name


def some_lines(text: str) -> str:
    """What somebody says of a thing, likewise, in lines."""
    return "\n".join(_calm(line) for line in text.splitlines()).strip()


def _calm(text: str) -> str:
    breaks = {"Cc", "Cs", "Zl", "Zp"}
    return "".join(" " if unicodedata.category(c) in breaks or c in _TURNS or c in _NO_LETTERS else c for c in text)


def clean_name(name: str) -> str:
    """Return a file name fit to store and show: no folders, no control or direction characters, at most 300 long."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(" " if unicodedata.category(char) in {"Zl", "Zp", "Cc"} else char for char in name)
    hidden = {"Cf", "Cs", "Co", "Cn"}
    name = "".join(char for char in name if char in JOINERS or unicodedata.category(char) not in hidden)
    name = re.sub(r"\s+", " ", name).strip(f" .{JOINERS}")
    if len(name) > MAX_NAME:
        stem, _, _ = name.rpartition(".pdf")
        name = (stem or name)[: MAX_NAME - 4].rstrip() + ".pdf"
    return name or "documento.pdf"


def safe_name(name: str, ending: str = ".pdf") -> str:
    """A name for any file system with this ending, at most 150 characters long and never empty of letters."""
    hidden = {char for char in name if unicodedata.category(char) in _INVISIBLE} - set(JOINERS)
    visible = "".join(" " if char in hidden else char for char in name)
    plain = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", visible))
    stem = re.sub(r"(\.pdf|[\s.])+$", "", re.sub(r"\s+", " ", plain), flags=re.IGNORECASE).lstrip(f" .{JOINERS}")
    if _DEVICES.match(stem):
        stem = f"_{stem}"
    stem = (
        stem[: MAX_FILE_NAME - len(ending)]
        .encode()[: MAX_FILE_BYTES - len(ending)]
        .decode(errors="ignore")
        .rstrip(" .")
    )
    return f"{stem or 'document'}{ending}"


def title_of(name: str) -> str:
    """Return a readable title made of a file name: no ending, underscores as spaces."""
    stem = re.sub(r"(\.pdf)+$", "", name, flags=re.IGNORECASE)
    spaced = re.sub(r"[_\s]+", " ", stem).strip()
    return spaced or name


def slug_of(title: str) -> str:
    """Return the readable part of an address: lower-case ASCII words with hyphens, "pdf" when no letter is left."""
    folded = unicodedata.normalize("NFKD", title.translate(_PLAIN)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")
    if len(slug) > MAX_SLUG:
        slug = slug[: MAX_SLUG + 1].rsplit("-", 1)[0][:MAX_SLUG]
    return slug or "pdf"

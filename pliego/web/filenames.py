"""File names in headers: what a browser is told to call a download (RFC 6266, RFC 8187)."""

import re
import unicodedata
from urllib.parse import quote

from pliego.documents.names import JOINERS

MAX_LENGTH = 150
"""Characters, the ending included."""
MAX_BYTES = 240
"""Bytes of UTF-8: file systems stop at 255."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*%]')
"""Separators, what Windows refuses, and the per cent sign, which some browsers decode."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
# RFC 8187, attr-char: what needs no escape beside letters and digits.
_PLAIN = "!#$&+-.^_`|~"


def safe_name(name: str, ending: str = ".pdf") -> str:
    """A name for any file system with this ending, at most 150 characters long and never empty of letters."""
    hidden = {char for char in name if unicodedata.category(char) in _INVISIBLE} - set(JOINERS)
    visible = "".join(" " if char in hidden else char for char in name)
    plain = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", visible))
    stem = re.sub(r"(\.pdf|[\s.])+$", "", re.sub(r"\s+", " ", plain), flags=re.IGNORECASE).lstrip(f" .{JOINERS}")
    if _DEVICES.match(stem):
        stem = f"_{stem}"
    stem = stem[: MAX_LENGTH - len(ending)].encode()[: MAX_BYTES - len(ending)].decode(errors="ignore").rstrip(" .")
    return f"{stem or 'document'}{ending}"


def content_disposition(name: str, *, inline: bool = False, ending: str = ".pdf") -> str:
    """The header's value: an ASCII name for old programs, and the whole name beside it where they differ."""
    safe = safe_name(name, ending)
    way = "inline" if inline else "attachment"
    if safe.isascii():
        return f'{way}; filename="{safe}"'
    return f"{way}; filename=\"{_ascii(safe, ending)}\"; filename*=UTF-8''{quote(safe, safe=_PLAIN)}"


def _ascii(safe: str, ending: str) -> str:
    """Accents fall off; runs of what is left beyond ASCII become one underscore."""
    folded = "".join(char for char in unicodedata.normalize("NFKD", safe) if not unicodedata.combining(char))
    return safe_name(re.sub(r"[^\x20-\x7e]+", "_", folded.removesuffix(ending)), ending)

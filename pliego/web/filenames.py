"""File names in headers: what a browser is told to call a download (RFC 6266, RFC 8187)."""

import re
import unicodedata
from urllib.parse import quote

from pliego.documents.names import safe_name

# RFC 8187, attr-char: what needs no escape beside letters and digits.
_PLAIN = "!#$&+-.^_`|~"


def content_disposition(name: str, *, inline: bool = False, ending: str = ".pdf") -> str:
    """The header's value: an ASCII name for old programs, and the whole name beside it where they differ."""
    safe = safe_name(name, ending)
    way = "inline" if inline else "attachment"
    if safe.isascii():
        return f'{way}; filename="{safe}"'
    return f"{way}; filename=\"{_ascii(safe, ending)}\"; filename*=UTF-8''{quote(safe, safe=_PLAIN)}"


def _ascii(safe: str, ending: str) -> str:
    """Accents fall off; runs of what is left beyond ASCII become one underscore, and a name of nothing else no name."""
    folded = "".join(char for char in unicodedata.normalize("NFKD", safe) if not unicodedata.combining(char))
    plain = re.sub(r"[^\x20-\x7e]+", "_", folded.removesuffix(ending))
    return safe_name(plain if re.search("[A-Za-z0-9]", plain) else "", ending)

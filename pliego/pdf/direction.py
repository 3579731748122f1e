"""Which way words run: Hebrew, Arabic and the like are written from right to left."""

import re
from functools import lru_cache

RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
"""Their signs, as they stand in the brackets of a regular expression."""
_SIGN = re.compile(f"[{RIGHT_TO_LEFT}]")
BACKWARDS = re.compile(
    "[\u0591-\u05c7\u05d0-\u05f2\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u08ff"
    "\ufb1d-\ufdff\ufe70-\ufefc]{2,}"
)
"""Their words; figures run from left to right even there, and what stands between words has its own place."""


def has_right_to_left(text: str) -> bool:
    """Whether there is any sign of theirs."""
    return not text.isascii() and bool(_SIGN.search(text))


@lru_cache(maxsize=64)
def is_right_to_left(text: str) -> bool:
    """Whether more letters are theirs than are not."""
    return not text.isascii() and 2 * len(_SIGN.findall(text)) > sum(map(str.isalpha, text))

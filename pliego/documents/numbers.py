"""Numbers as they come in addresses, forms and headers."""

from pliego.errors import BadRequest


def whole(text: str, what: str, *, digits: int = 18, least: int = 0) -> int:
    """The whole number that a text of at most so many digits is; raise BadRequest, naming ``what``, of any other."""
    if not (text.isascii() and text.isdigit() and len(text) <= digits and int(text) >= least):
        raise BadRequest(what=what)
    return int(text)

"""What a log line may say of a request's path. Imports no models: logging is set up before they are."""

import logging
import re
from urllib.parse import quote

from pliego.storage.refusal import refusal

_SECRET = re.compile(
    r"(?:(?<=/[ml]/)|(?<=/subidas/)|(?<=/jobs/))[^/\s]+"
    # What a letter to an account brings is told by its shape: its address is in every language another.
    r"|(?<=/)(?:\w{1,20}-\w{1,20}-[0-9a-f]{32,}|[-\w]+:[-\w]+:[-\w]+)(?=/|\s|$)"
)
_LONGEST = 200


def masked(path: str) -> str:
    """Return a path fit for the log: secrets as asterisks, no line ends, not long."""
    return quote(_SECRET.sub("***", path)[:_LONGEST], safe="/*~")


class Brief(logging.Filter):
    """Tells what the disk refuses in one line: the calls that led there say nothing more, and it may last for days."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, such a one with its reason in the place of the calls."""
        error = record.exc_info[1] if record.exc_info else None
        if error and refusal(error):
            record.msg, record.args, record.exc_info = f"{record.getMessage()} ({error})", None, None
        return True


class Masked(logging.Filter):
    """Hides the secrets in the paths that other loggers write, such as Django's of a refused form."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with asterisks for secrets."""
        if isinstance(record.args, tuple):
            hidden = (_SECRET.sub("***", each) if isinstance(each, str) else each for each in record.args)
            record.args = tuple(hidden)
        return True

"""What a log line may say of a request's path. Imports no models: logging is set up before they are."""

import logging
import re
from urllib.parse import quote

_SECRET = re.compile(
    r"(?:(?<=/[ml]/)|(?<=/subidas/)|(?<=/jobs/))[^/\s]+"
    # What a letter to an account brings is told by its shape: its address is in every language another.
    r"|(?<=/)(?:\w{1,20}-\w{1,20}-[0-9a-f]{32,}|[-\w]+:[-\w]+:[-\w]+)(?=/|\s|$)"
)
_LONGEST = 200


def masked(path: str) -> str:
    """Return a path fit for the log: secrets as asterisks, no line ends, not long."""
    return quote(_SECRET.sub("***", path)[:_LONGEST], safe="/*~")


class Masked(logging.Filter):
    """Hides the secrets in the paths that other loggers write, such as Django's of a refused form."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with asterisks for secrets."""
        if isinstance(record.args, tuple):
            hidden = (_SECRET.sub("***", each) if isinstance(each, str) else each for each in record.args)
            record.args = tuple(hidden)
        return True

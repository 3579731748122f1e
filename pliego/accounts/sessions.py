"""The sessions that a person sees in a list: a browser by its name, and the network half of an address."""

import re

from allauth.usersessions.models import UserSession

from pliego.accounts.network import half_of

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
"""What stands in a User-Agent, the most telling first: nearly all of them call themselves Safari too."""


def name_of(user_agent: str) -> str:
    """Return a browser as people know it, such as "Firefox, Windows"; of an unknown one the first word."""
    names = [next((name for mark, name in known if mark in user_agent), "") for known in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, names)) or re.split(r"[/ ]", user_agent[:40])[0]


def keep_little(session_key: str) -> None:
    """Keep of a new session no more than its person is shown."""
    for session in UserSession.objects.filter(session_key=session_key):
        session.ip, session.user_agent = half_of(session.ip), name_of(session.user_agent)
        session.save(update_fields=["ip", "user_agent"])

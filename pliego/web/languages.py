"""Names of the languages that documents are written in."""

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext

_CODES = sorted(code for code in LANG_INFO if len(code) == 2 and "name" in LANG_INFO[code])


def language_name(code: str) -> str:
    """Return a language's name in the language of this request, the code itself when it has none, "" of ""."""
    info = LANG_INFO.get(code)
    return gettext(info["name"]) if info and "name" in info else code


def language_choices() -> list[tuple[str, str]]:
    """Return the languages to choose from, by name, with "not said" first."""
    named = [(code, language_name(code)) for code in _CODES]
    return [("", gettext("Not said")), *sorted(named, key=lambda pair: pair[1].casefold())]

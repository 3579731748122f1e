"""Names of the languages that documents are written in."""

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext, gettext_noop

_NAMES = {code: info["name"] for code, info in LANG_INFO.items() if len(code) == 2 and "name" in info} | {
    "la": gettext_noop("Latin"),
    "zh": gettext_noop("Chinese"),
}


def language_name(code: str) -> str:
    """Return a language's name in the language of this request, the code itself when it has none, "" of ""."""
    return gettext(_NAMES[code]) if code in _NAMES else code


def language_choices() -> list[tuple[str, str]]:
    """Return the languages to choose from, by name, with "not said" first."""
    named = [(code, language_name(code)) for code in sorted(_NAMES)]
    return [("", gettext("Not said")), *sorted(named, key=lambda pair: pair[1].casefold())]

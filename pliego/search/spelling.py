"""Did you mean: words of the archive itself that are a slip of the keyboard away from what was typed."""

from collections.abc import Callable, Iterator
from string import ascii_lowercase

MIN_LENGTH = 4
"""Shorter words have too many neighbours to guess from."""
LONG = 8
"""From this length two slips are forgiven, below it one."""
BEGINNING = 3
"""Characters by which words are looked up, with at most one slip among them."""
LOOKED_AT = 60
"""Words of each beginning that are compared, the most common first."""


def similar(word: str, words: Callable[[str, int], list[tuple[str, int]]]) -> list[str]:
    """Folded words like a folded one, the likeliest first: fewer slips, then more documents.

    ``words`` gives the most common words with a prefix and their counts of documents.
    """
    if not MIN_LENGTH <= len(word) <= 40:
        return []
    most = 2 if len(word) >= LONG else 1
    found: dict[str, tuple[int, int]] = {}
    letters = frozenset(word)
    for beginning in beginnings(word):
        for other, count in words(beginning, LOOKED_AT):
            if other != word and other not in found and _perhaps(letters, other, len(word), most):
                slips = distance(word, other, most)
                if slips <= most:
                    found[other] = slips, -count
    return sorted(found, key=lambda other: (found[other], other))


def beginnings(word: str) -> Iterator[str]:
    """The first characters of a word, and what they are with one slip undone."""
    head = word[: BEGINNING + 1]
    letters = ascii_lowercase if head.isascii() else "".join(sorted({*head}))
    spelled = {head[:BEGINNING], *(head[:at] + head[at + 1 :] for at in range(BEGINNING))}
    spelled.update(head[:at] + head[at + 1] + head[at] + head[at + 2 :] for at in range(BEGINNING))
    spelled.update(head[:at] + letter + head[at + 1 :] for at in range(BEGINNING) for letter in letters)
    spelled.update(head[:at] + letter + head[at:] for at in range(BEGINNING) for letter in letters)
    seen = {head[:BEGINNING]}
    yield head[:BEGINNING]
    for other in sorted(one[:BEGINNING] for one in spelled):
        if other not in seen:
            seen.add(other)
            yield other


def _perhaps(letters: frozenset[str], other: str, length: int, most: int) -> bool:
    """Whether a word may be so few slips away: each adds a letter, takes one away, or both."""
    return abs(len(other) - length) <= most and len(letters.symmetric_difference(other)) <= 2 * most


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, change or swap with their neighbour; ``most + 1`` when it is more (optimal alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row = row, [i]
        for j, counterpart in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != counterpart))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == counterpart:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = above
    return min(row[-1], most + 1)

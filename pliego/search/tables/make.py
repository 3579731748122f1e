"""Count in how many texts each word and phrase of a language stands, and write it as a table. See README.md.

python -m pliego.search.tables.make LANGUAGE FOLDER...
"""

import gzip
import html
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pliego.search.frequencies import LITTLE, Frequencies, frequencies, phrases, segments

WORDS = 9_000
PHRASES = 6_000
MIN_TEXTS = 3
WELL_KNOWN = 1_000
"""Texts."""
FURNITURE = 0.1
"""A line in more than this part of the texts of one folder is a menu or a footer."""

_SILENT = re.compile(r"<!--.*?-->|<(script|style|nav|head|header|footer|aside)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_BLOCK = re.compile(r"</?(?:p|div|li|td|th|tr|h[1-6]|title|item|section|br|pre)\b[^>]*>", re.IGNORECASE)


def main() -> None:
    """Write the table of the language named first from the folders named after it, and the list of little words."""
    language, *folders = sys.argv[1:]
    texts, counts = counted(language, folders)
    table = [(count, term) for term, count in counts.most_common() if not term.isdigit()]
    kept = [pair for pair in table if " " not in pair[1]][:WORDS] + [pair for pair in table if " " in pair[1]][:PHRASES]
    lines = [str(texts), *(f"{count} {term}" for count, term in sorted(kept, key=lambda pair: pair[1]))]
    target = Path(__file__).with_name(f"{language}.xz")
    target.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9))
    write_little()
    sys.stdout.write(f"{language}: {texts} texts, {len(kept)} terms, {target.stat().st_size // 1024} kB\n")


def write_little() -> None:
    """Write the words that hold sentences together, of each language that is known well: the server needs no more."""
    folder = Path(__file__).parent
    found = {path.stem: frequencies(path.stem) for path in sorted(folder.glob("*.xz"))}
    lines = [
        f"{language}: {' '.join(little(table))}\n" for language, table in found.items() if table.documents > WELL_KNOWN
    ]
    (folder / "little.txt").write_text("".join(lines), "utf-8")


def little(table: Frequencies) -> list[str]:
    """The words that hold sentences together."""
    return sorted(term for term in table.counts if " " not in term and table.is_stop(term, LITTLE))


def counted(language: str, folders: list[str]) -> tuple[int, Counter[str]]:
    """How many texts there are and in how many each term stands, as if each folder held as many texts as the others.

    So the subject of one source is not taken for a feature of the language.
    """
    texts = 0
    shares: Counter[str] = Counter()
    for folder in folders:
        found = [text for path in sorted(Path(folder).rglob("*")) for text in texts_of(path)]
        own = [text for text in without_furniture(found) if language == "en" or not is_english(text)]
        counts: Counter[str] = Counter()
        for text in own:
            counts.update({phrase for words in segments(text) for _, _, phrase in phrases(words)})
        shares.update({term: count / len(own) for term, count in counts.items() if count >= MIN_TEXTS})
        texts += len(own)
    return texts, Counter({term: max(round(share / len(folders) * texts), 1) for term, share in shares.items()})


def is_english(text: str) -> bool:
    """Whether a text among those of another language was not translated."""
    words = text.lower().split()
    return sum(word in {"the", "of", "and", "you"} for word in words) > 0.03 * len(words)


def texts_of(path: Path) -> Iterator[str]:
    """The texts in one file: a page of HTML or Mallard, a manual page, or a file of sayings."""
    if not path.is_file() or path.is_symlink():
        return
    if path.suffix in {".html", ".page"}:
        marked = _BLOCK.sub("\n\n", _SILENT.sub("", path.read_text("utf-8", "replace")))
        yield html.unescape(_TAG.sub("", marked))
    elif path.suffix == ".gz" and "/man/" in str(path):
        yield from_roff(gzip.decompress(path.read_bytes()).decode("utf-8", "replace"))
    elif "/fortunes/" in str(path) and "/off/" not in str(path) and path.suffix in {"", ".fortunes"}:
        sayings = path.read_text("utf-8", "replace").split("\n%\n")
        yield from ("\n\n".join(sayings[at : at + 20]) for at in range(0, len(sayings), 20))


def from_roff(text: str) -> str:
    """The running text of a manual page."""
    plain = re.sub(r"\\f[A-Z]|\\f\[[^]]*\]|\\[&%]|\\\(..", "", text.replace(r"\-", "-"))
    lines = (re.sub(r"^\.(?:SH|SS|B|I|BR|IR|TP|PP)\b ?", "", line) for line in plain.splitlines())
    return "\n".join(line for line in lines if not line.startswith((".", "'")))


def without_furniture(texts: list[str]) -> Iterator[str]:
    """The texts without the lines that many of them share."""
    split = [[" ".join(line.split()) for line in text.split("\n")] for text in texts]
    shared = Counter(line for lines in split for line in set(lines))
    for lines in split:
        yield "\n".join(line for line in lines if not line or shared[line] <= max(FURNITURE * len(texts), 5))


if __name__ == "__main__":
    main()

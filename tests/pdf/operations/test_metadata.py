from hypothesis import given, settings
from hypothesis import strategies as st

from pliego.pdf.metadata import clean, read_xmp
from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import tried
from tests.samples import xmp_bomb

SAMPLE = sample_pdf(1)
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"], exclude_characters=",")
WORDS = st.text(LETTERS, max_size=20)


@settings(max_examples=15, deadline=None)
@given(WORDS, WORDS)
def test_both_places_say_the_same(title: str, author: str) -> None:
    result = tried("metadata", SAMPLE, title=title, author=author)
    packet = read_xmp(result.pdf.Root.Metadata.read_bytes())
    info = result.pdf.docinfo
    assert clean(str(info["/Title"])) == clean(packet["title"]) == (clean(title) or "Título")
    assert clean(str(info.get("/Author", ""))) == clean(packet.get("author", ""))


def test_what_is_left_empty_stays_or_goes() -> None:
    kept = tried("metadata", SAMPLE, author="Ana").pdf
    assert kept.docinfo["/Title"] == "Título"
    gone = tried("metadata", SAMPLE, author="Ana", empty=True).pdf
    assert "/Title" not in gone.docinfo
    assert "title" not in read_xmp(gone.Root.Metadata.read_bytes())


def test_several_authors_are_a_list_and_the_language_is_set() -> None:
    pdf = tried("metadata", SAMPLE, author="Ana, Luis", language="es").pdf
    assert read_xmp(pdf.Root.Metadata.read_bytes())["author"] == "Ana, Luis"
    assert pdf.Root.Lang == "es"


def test_hostile_xmp_is_replaced() -> None:
    pdf = tried("metadata", xmp_bomb(), title="Calm").pdf
    assert pdf.docinfo["/Title"] == "Calm"

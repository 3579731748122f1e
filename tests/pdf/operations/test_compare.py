from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import pictures, tried, words
from tests.samples import book, set_text

OLD = set_text("Hola mundo esto es un texto", "que cambia poco", "y sigue igual")
NEW = set_text("Hola mundo esto era un texto nuevo", "que cambia poco", "y sigue")


def test_removed_and_added_words_are_counted() -> None:
    result = tried("compare", OLD, NEW)
    assert result.report.notes[0].params == {"removed": 2, "added": 2, "pages": 1}
    assert words(result.data)[0].count("cambia") == 2


def test_changed_words_are_marked_on_their_side() -> None:
    marked, plain = (pictures(tried("compare", OLD, other).data, 2)[0] for other in (NEW, OLD))
    half = marked.width // 2
    left, right = ((0, 0, half, marked.height), (half, 0, marked.width, marked.height))
    assert marked.crop(left).tobytes() != plain.crop(left).tobytes()
    assert marked.crop(right).tobytes() != plain.crop(right).tobytes()


def test_the_same_words_are_told_and_line_breaks_do_not_matter() -> None:
    assert tried("compare", OLD, OLD).notes == {"same"}
    assert tried("compare", set_text("uno dos tres"), set_text("uno", "dos tres")).notes == {"same"}


def test_only_changed_pages_on_demand() -> None:
    changed = tried("remove", book(4), pages="4").data
    assert tried("compare", book(4), changed).report.pages == 4
    assert tried("compare", book(4), changed, show="changed").report.pages == 1
    assert tried("compare", sample_pdf(1), sample_pdf(3)).report.pages == 3

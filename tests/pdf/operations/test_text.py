import io
import zipfile

from pliego.pdf.operation import Output
from tests.pdf.operations.tried import tried
from tests.samples import book, bookmarked, footnoted, manual, scan


def test_lines_become_paragraphs_and_running_heads_go() -> None:
    result = tried("text", book(13))
    words = result.data.decode()
    assert result.report.output is Output.TEXT
    assert words.count("Capítulo 1\n") == 1
    assert "El puerto y la lluvia\n" not in words
    assert max(map(len, words.split("\n\n"))) > 200


def test_markdown_has_headings_and_escapes() -> None:
    result = tried("text", manual(), kind="markdown")
    assert result.report.output is Output.MARKDOWN
    words = result.data.decode()
    assert "\n# " in words or words.startswith("# ")


def test_footnotes_are_told_apart() -> None:
    assert "[^" in tried("text", footnoted(), kind="markdown").data.decode()


def test_a_book_for_reading_programs_is_the_same_each_time() -> None:
    result = tried("text", book(13), kind="epub")
    assert result.report.output is Output.EPUB
    with zipfile.ZipFile(io.BytesIO(result.data)) as zipped:
        assert zipped.namelist()[0] == "mimetype"
        assert "El puerto y la lluvia" in zipped.read("EPUB/package.opf").decode()
        assert "Capítulo 2" in zipped.read("EPUB/nav.xhtml").decode()
    assert tried("text", book(13), kind="epub").data == result.data


def test_pages_without_words_are_told() -> None:
    assert tried("text", scan(2)).report.notes[0].params == {"count": 2}
    assert tried("text", bookmarked("a", pages=1)).data == b""

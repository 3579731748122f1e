from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import pictures, same_pages, titles, tried


def test_the_file_is_linearised_and_looks_the_same() -> None:
    data = sample_pdf(3)
    result = tried("linearise", data)
    assert result.pdf.is_linearized
    assert result.pdf.check_linearization()
    assert same_pages(pictures(result.data), pictures(data))
    assert titles(result.pdf) == [("First", 1, [("Last", 3, [])])]

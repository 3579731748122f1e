from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import assert_sound, pictures, same_pages, tried

SAMPLE = sample_pdf(2)


def test_password_and_restrictions_go_and_are_told() -> None:
    locked = tried("protect", SAMPLE, opening="sesame", printing=False, changing=False).data
    result = tried("unlock", locked, passwords=["sesame"])
    assert result.notes == {"password", "no-printing", "no-changes"}
    assert not result.pdf.is_encrypted
    assert_sound(result.data)
    assert same_pages(pictures(result.data), pictures(SAMPLE))


def test_a_file_that_is_open_stays_as_it_is() -> None:
    result = tried("unlock", SAMPLE)
    assert (result.data, result.notes, result.report.unchanged) == (SAMPLE, {"open"}, True)

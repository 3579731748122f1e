"""What Ghostscript made, looked at."""

import pytest

from pliego.pdf.refusals import NotArchival
from pliego.pdf.sample import sample_archival
from tests import samples
from tests.pdf.operations.tried import assert_sound, tried


def test_what_holds_is_given_and_said_to_be_checked() -> None:
    result = tried("pdfa", sample_archival())
    assert_sound(result.data)
    assert "/OutputIntents" in result.pdf.Root
    assert result.notes == {"checked"}


def test_title_and_author_are_those_from_before() -> None:
    result = tried("pdfa", sample_archival(), brought={"original": samples.book(1)})
    assert str(result.pdf.docinfo["/Title"]) == "El puerto y la lluvia"


def test_what_does_not_hold_gives_no_result() -> None:
    with pytest.raises(NotArchival):
        tried("pdfa", samples.book(1))

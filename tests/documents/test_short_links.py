"""Short links."""

import pytest

from pliego.documents import removal, short_links
from pliego.errors import NotFound
from tests.people import share

pytestmark = pytest.mark.django_db


def test_a_document_has_one_short_link() -> None:
    document = share("corta", read=False).document
    assert short_links.known(document) == ""
    short = short_links.made(document)
    assert short_links.made(document) == short_links.known(document) == short
    assert short_links.aim(short) == document.pk


def test_a_collision_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = share("uno", read=False).document, share("dos", read=False).document
    drawn = iter(["1111111111", "1111111111", "2222222222"])
    monkeypatch.setattr(short_links, "new_short", lambda: next(drawn))
    assert [short_links.made(first), short_links.made(second)] == ["1111111111", "2222222222"]


def test_nothing_is_made_for_a_document_that_is_gone() -> None:
    document = share("ida", read=False).document
    short = short_links.made(document)
    removal.remove(document)
    with pytest.raises(NotFound):
        short_links.made(document)
    with pytest.raises(NotFound):
        short_links.aim(short)

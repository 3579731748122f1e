"""A document on other sites."""

import pytest
from django.test import Client

from tests import samples
from tests.people import share, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def test_only_this_page_may_be_framed(client: Client) -> None:
    document = share("marco").document
    framed, page = client.get(f"/embed/{document.pk}/"), client.get(document.get_absolute_url())
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert (framed["Cross-Origin-Resource-Policy"], framed["X-Robots-Tag"]) == ("cross-origin", "noindex")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_not_even_the_owner_sees_a_private_document_in_a_frame() -> None:
    shared = share("intimo", "private")
    assert visit("owner", shared).get(f"/embed/{shared.document.pk}/").status_code == 404


def test_pages_follow_each_other(client: Client) -> None:
    document = share("serie", pdf=samples.book(3)).document
    first, page, last = (client.get(f"/embed/{document.pk}/?p={number}").text for number in (1, 2, 3))
    assert ('rel="prev"' in first, 'rel="next"' in last) == (False, False)
    assert 'rel="prev" href="?p=1"' in page
    assert 'rel="next" href="?p=3"' in page
    assert client.get(f"/embed/{document.pk}/?p=4").status_code == 404


def test_a_passage_is_lit(client: Client) -> None:
    document = share("faro").document
    assert 'class="marks"' in client.get(f"/embed/{document.pk}/?quote=La palabra faro").content.decode()


def test_a_passage_that_is_gone_is_told(client: Client) -> None:
    page = client.get(f"/embed/{share('nube').document.pk}/?quote=ausente", headers={"accept-language": "en"})
    assert "no longer in this document" in page.content.decode()


def test_a_locked_document_shows_its_title(client: Client) -> None:
    document = share("cofre", pdf=samples.encrypted("secreto")).document
    page = client.get(f"/embed/{document.pk}/").content.decode()
    assert document.title in page
    assert "<img" not in page


@pytest.mark.parametrize(("privacy", "offered"), [("public", True), ("unlisted", True), ("private", False)])
def test_the_code_is_offered_for_what_may_be_framed(privacy: str, offered: bool) -> None:
    shared = share("codigo", privacy)
    page = visit("owner", shared).get(shared.document.get_absolute_url()).content.decode()
    assert (f"/embed/{shared.document.pk}/" in page) == offered


def test_the_code_holds_no_markup_of_the_title(client: Client) -> None:
    page = client.get(share("marcas", pdf=samples.markup_title()).document.get_absolute_url()).content.decode()
    assert "&lt;iframe src=&quot;" in page
    assert "<iframe" not in page

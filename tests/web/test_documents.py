import pytest
from django.test import Client
from django.urls import reverse

from pliego.documents import safekeeping, uploads
from pliego.documents.engines import blobs, derived
from pliego.documents.models import File, Privacy, State
from tests import samples
from tests.damage import flip
from tests.people import Shared, share, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]

BROWSER = {"accept": "text/html", "accept-language": "en"}


@pytest.fixture
def book() -> Shared:
    return share("libro", pdf=samples.book(6))


def get(path: str) -> str:
    return Client(headers=BROWSER).get(path).content.decode()


def test_the_page_tells_everything(book: Shared) -> None:
    page = get(book.document.get_absolute_url())
    facts = book.document.facts
    assert facts
    for said in (book.document.title, "libro.pdf", facts.version, facts.producer, "173.178.x.x", "p/1.webp"):
        assert said in page


def test_the_page_says_that_its_file_is_damaged_until_it_is_back(book: Shared) -> None:
    path, url = blobs().path(book.document.file_id), book.document.get_absolute_url()
    assert ".pdf?download" in get(url)
    flip(path)
    list(safekeeping.verify())
    page = get(url)
    assert "has been damaged on the server" in page
    assert ".pdf?download" not in page
    assert b"file-damaged" in Client().get(f"/d/{book.document.pk}/pages.pdf?from=1&to=2").content
    path.write_bytes(samples.book(6))  # by hand
    assert ".pdf?download" in get(url)


def test_the_bare_identifier_and_a_wrong_slug_lead_to_the_page(book: Shared) -> None:
    for path in (f"/d/{book.document.pk}/", f"/d/{book.document.pk}/otro-titulo/"):
        assert Client().get(path).headers["Location"] == book.document.get_absolute_url()


def test_words_to_find_lead_to_the_first_page_with_them(book: Shared) -> None:
    path = book.document.get_absolute_url()
    assert Client().get(f"/d/{book.document.pk}/?q=x").headers["Location"] == f"{path}?q=x"
    assert Client().get(f"{path}?q=puerto+y+la+lluvia").headers["Location"] == f"{path}p/3?q=puerto+y+la+lluvia"
    assert Client().get(f"{path}?q=nada+de+eso&whole=1").headers["Location"] == f"{path}p/1?q=nada+de+eso&whole=1"
    assert Client().get(f"{path}?q=+").status_code == 200


@pytest.mark.parametrize("number", ["0", "7", "999999", "9999999", "-1", "1.5", "%00", "١"])
def test_a_page_that_is_not_there(book: Shared, number: str) -> None:
    assert Client().get(f"{book.document.get_absolute_url()}p/{number}").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [("n=3", 302), ("n=7", 404), ("n=0", 404), ("n=abc", 400), ("n=99999999999", 400), ("n=٣", 400), ("n=%00", 400)],
)
def test_going_to_a_page(book: Shared, query: str, status: int) -> None:
    assert Client().get(f"/d/{book.document.pk}/go?{query}").status_code == status


def test_the_state_of_the_reading(book: Shared) -> None:
    state = Client().get(f"/d/{book.document.pk}/status.json").json()
    assert state["state"] == "finished"
    assert state["pages"] == state["pages_read"] == 6


def test_a_locked_document_shows_no_more_than_its_name() -> None:
    shared = share("cerrado", pdf=samples.encrypted("abre"))
    page = get(shared.document.get_absolute_url())
    assert "protected with a password" in page
    assert "p/1.webp" not in page
    for path in (f"/d/{shared.document.pk}/p/1.webp", f"{shared.document.get_absolute_url()}p/1"):
        assert Client().get(path).status_code == 404


def test_a_locked_document_stays_locked_when_another_s_is_opened() -> None:
    first, second = (share(name, pdf=samples.encrypted("abre")) for name in ("uno", "dos"))
    visit("owner", first).post(f"/d/{first.document.pk}/unlock", {"password": "abre"})
    File.objects.update(facts_state=State.DONE, pages=1)
    assert Client().get(f"/d/{first.document.pk}/p/1.webp?w=200").status_code == 200
    assert Client().get(f"/d/{second.document.pk}/p/1.webp?w=200").status_code == 404


@pytest.mark.parametrize(
    ("pdf", "sentence"),
    [
        (samples.headless(), "damaged and could not be read"),
        (samples.no_pages(), "has no pages"),
        (samples.truncated(), "could be recovered"),
    ],
)
def test_what_went_wrong_is_said_in_a_sentence(pdf: bytes, sentence: str) -> None:
    assert sentence in get(share("roto", pdf=pdf).document.get_absolute_url())


def test_markup_in_a_title_is_text() -> None:
    document = share("marcas", pdf=samples.markup_title()).document
    for path in (document.get_absolute_url(), document.page_url(1), "/en/"):
        page = get(path)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize(("privacy", "shown"), [(Privacy.PUBLIC, True), (Privacy.PRIVATE, False)])
def test_an_upload_under_way_is_shown_unless_it_is_private(privacy: str, shown: bool) -> None:
    upload, _ = uploads.begin(1000, "en-camino.pdf", privacy)
    path = reverse("web:document_short", args=[upload.document_id])
    assert ("en-camino" in get(path)) == shown
    assert Client().get(f"{path}status.json").status_code == (200 if shown else 404)


@pytest.mark.parametrize("path", ["/d/%00/", "/d/../../etc/passwd", "/d/%ff%fe/", "/d/😀/", "/d/" + "1" * 17 + "/"])
def test_addresses_that_are_none(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_a_page_of_no_height_is_shown() -> None:
    document = share("flaco").document
    facts = {**document.file.facts_json, "page_sizes": [[0, 0, 1]]}
    File.objects.update(facts_json=facts, text_state=State.PENDING)
    derived().delete(document.file_id)
    assert Client(headers=BROWSER).get(document.get_absolute_url()).status_code == 200

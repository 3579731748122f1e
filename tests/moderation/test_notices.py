from collections.abc import Sequence

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from pytest_django import Settings

from pliego.accounts.viewer import ANONYMOUS, OPERATOR
from pliego.documents import catalog, indexing, removal, searching, versions
from pliego.documents.intake import Arrival, receive
from pliego.documents.models import Document, Privacy
from pliego.documents.searching import Question
from pliego.documents.withheld import Withheld
from pliego.errors import NotFound, TakenDown, TooMany
from pliego.moderation import letters, limits, notices
from pliego.moderation.models import Decision, Notice, Reason
from pliego.moderation.notices import Complaint
from tests.archive import BEES, BRIDGES, HIVES, put
from tests.documents.test_versions import replaced
from tests.people import Shared, leaflet, share, visit

pytestmark = pytest.mark.usefixtures("archive")

COMPLAINT = Complaint(Reason.DATA, "Sale mi nombre.", "Eva", "eva@example.org")
WHY = "Mostraba datos personales."


@pytest.fixture
def shared() -> Shared:
    shared = share("denunciado")
    indexing.follow()
    return shared


def notify(shared: Shared, number: int = 0, address: str = "192.0.2.1") -> Notice:
    notices.receive(shared.document, COMPLAINT, "https://x.example/d/", f"{number:032x}", address)
    return Notice.objects.latest("pk")


def found(shared: Shared) -> int:
    return searching.search(ANONYMOUS, Question(shared.canary)).total


def test_the_same_form_twice_is_one_notice_and_many_are_too_many(shared: Shared) -> None:
    for _ in range(2):
        notify(shared)
    assert Notice.objects.count() == 1
    for number in range(1, notices.MOST_OF_ONE):
        notify(shared, number)
    with pytest.raises(TooMany):
        notify(shared, 99)


def test_many_from_everywhere_are_too_many(shared: Shared) -> None:
    first = notify(shared)
    Notice.objects.bulk_create(
        Notice(nonce=str(number), sha256=first.sha256, text="x") for number in range(limits.MOST_OF_ALL)
    )
    with pytest.raises(TooMany):
        notify(shared, 1, address="198.51.100.1")


def test_what_was_taken_down_and_comes_back_in_other_bytes_is_told_to_the_operator() -> None:
    bees = put("bees", (*BEES, *HIVES))
    again = put("hive", (*BEES, *HIVES), Privacy.UNLISTED)
    put("bridges", BRIDGES)
    assert not notices.alike()
    notices.hide(notify(bees).pk, WHY)
    assert list(notices.alike()) == [again.document]
    later = put("comb", (*BEES, *HIVES))
    assert list(notices.alike()) == [later.document, again.document]
    notices.dismiss(Notice.objects.get().pk, "")
    assert not notices.alike()


def test_hiding_takes_it_off_every_surface_at_once(shared: Shared) -> None:
    document = shared.document
    notices.hide(notify(shared).pk, WHY)
    paths = [
        document.get_absolute_url(),
        document.file_url,
        document.page_url(1),
        f"/d/{document.pk}/p/1.webp?w=200",
        f"/d/{document.pk}/status.json",
        f"/embed/{document.pk}/",
        document.manage_url,
    ]
    for person in ("owner", "anonymous"):
        client = visit(person, shared)
        assert {client.get(path).status_code for path in paths} == {451}
    for path in ("/", "/documentos/", f"/buscar/?q={shared.canary}", "/documentos/feed.atom", "/sitemap.xml"):
        assert shared.document.pk not in Client().get(path).content.decode()
    assert found(shared) == 0


def test_its_address_says_why_and_how_to_object(shared: Shared) -> None:
    notices.hide(notify(shared).pk, "Por <b>ley</b>.")
    page = Client(headers={"accept": "text/html"}).get(shared.document.get_absolute_url()).content.decode()
    assert "Por &lt;b&gt;ley&lt;/b&gt;." in page
    assert f'href="/contacto/?page={shared.document.get_absolute_url()}"' in page


def test_a_version_goes_alone_and_with_the_newest_they_all_go(shared: Shared) -> None:
    now = replaced(shared.document, leaflet("corregido"), read=True)
    versions.show(now, shown=True)
    notices.hide(notify(shared).pk, WHY)  # of the bytes that are those of version 1 by now
    assert Client().get(now.get_absolute_url()).status_code == 200
    gone = [f"/d/{now.pk}/v/1{path}" for path in ("/", "/p/1.webp", "/status.json", f"/{now.slug}/{now.slug}.pdf")]
    for person in ("owner", "anonymous"):
        assert {visit(person, shared).get(path).status_code for path in gone} == {451}
    assert WHY in Client(headers={"accept": "text/html"}).get(gone[0]).content.decode()
    assert Client().get(f"/d/{now.pk}/v/7/").status_code == 404
    versions.show(now, shown=False)
    assert visit("owner", shared).get(gone[0]).status_code == 451
    assert {Client().get(path).status_code for path in gone} == {404}  # they were never told that there is one
    notices.hide(notify(Shared(now, shared.token, "corregido"), 1).pk, WHY)
    assert Client().get(now.get_absolute_url()).status_code == 451
    notices.dismiss(Notice.objects.earliest("pk").pk, "")
    assert Client().get(f"/d/{now.pk}/v/1/").status_code == 451


def test_a_report_of_a_version_is_about_its_bytes(shared: Shared) -> None:
    now = replaced(shared.document, leaflet("corregido"))
    was = catalog.document_for(OPERATOR, f"{now.pk}/v/1")
    assert notify(Shared(was, shared.token, shared.canary)).sha256 == shared.document.file_id


def test_every_document_of_the_same_bytes_goes_and_they_are_not_taken_again(shared: Shared) -> None:
    twin = receive([leaflet(shared.canary)], Arrival("otro.pdf")).document
    notices.hide(notify(shared).pk, WHY)
    with pytest.raises(TakenDown, match=WHY):
        catalog.document_for(ANONYMOUS, twin.pk)
    with pytest.raises(NotFound) as unknown:
        catalog.document_for(ANONYMOUS, "1" * 16)
    assert unknown.type is NotFound
    for document in (shared.document, twin):
        removal.remove(document)
    with pytest.raises(TakenDown):
        receive([leaflet(shared.canary)], Arrival("x.pdf"))
    receive([leaflet("otra")], Arrival("x.pdf")).document.delete()
    assert not Document.objects.exists()


def test_a_private_document_that_was_taken_down_is_not_told_of(shared: Shared) -> None:
    notices.hide(notify(shared).pk, WHY)
    Document.objects.update(privacy=Privacy.PRIVATE)
    with pytest.raises(NotFound) as raised:
        catalog.document_for(ANONYMOUS, shared.document.pk)
    assert raised.type is NotFound
    with pytest.raises(TakenDown):
        catalog.document_for(OPERATOR, shared.document.pk)


def test_dismissing_puts_it_back(shared: Shared) -> None:
    notice = notify(shared)
    notices.hide(notice.pk, WHY)
    notices.dismiss(notice.pk, "Era un error.")
    assert Client().get(shared.document.get_absolute_url()).status_code == 200
    indexing.follow()
    assert found(shared) == 1
    assert not Withheld.objects.exists()


def test_a_decision_is_about_all_notices_of_the_same_bytes(shared: Shared) -> None:
    for number in range(2):
        notify(shared, number)
    other = notify(share("otra", read=False), 2)
    notices.hide(Notice.objects.earliest("pk").pk, WHY)
    assert list(notices.listed()) == [other]
    assert [each.decision for each in notices.listed(decided=True)] == [Decision.HIDDEN, Decision.HIDDEN, ""]
    with pytest.raises(NotFound):
        notices.hide(999, WHY)


def test_the_sender_is_told_by_mail_of_each_decision_once(shared: Shared, settings: Settings) -> None:
    settings.CONTACT_MAIL = "operator@example.org"
    with translation.override("de"):
        notice = notify(shared)
        decisions = [gettext("The document was taken down."), gettext("The document stays where it is.")]
    letters.send_waiting()
    for verb in (notices.hide, notices.hide, notices.dismiss):
        verb(notice.pk, WHY)
        letters.send_waiting()
    assert [letter.to for letter in mail.outbox] == [["operator@example.org"], *[["eva@example.org"]] * 3]
    for letter, said in zip(mail.outbox[2:], decisions, strict=True):
        assert letter.body == f"{said}\n\n{notice.page}\n\n{WHY}"


class MeanwhileDismissed(EmailBackend):
    """A mail server that is slow: while it takes the first letter, the operator thinks better of every document."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for notice in Notice.objects.filter(decision=Decision.HIDDEN):
            notices.dismiss(notice.pk, WHY)
        return int(super().send_messages(messages))


def test_a_decision_that_changes_while_letters_are_sent_is_told_as_it_is(settings: Settings) -> None:
    told = [notify(share(f"denunciado{number}"), number) for number in range(2)]
    letters.send_waiting()
    for notice in told:
        notices.hide(notice.pk, WHY)
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.MeanwhileDismissed"
    letters.send_waiting()
    settings.EMAIL_BACKEND = backend
    letters.send_waiting()
    with translation.override(told[0].language):
        hidden, stays = gettext("The document was taken down."), gettext("The document stays where it is.")
    said = [letter.body.partition("\n")[0] for letter in mail.outbox[1:]]  # after the receipt
    assert said == [hidden, stays, stays]

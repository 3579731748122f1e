from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from pliego.accounts.viewer import ANONYMOUS, OPERATOR, Viewer
from pliego.documents import quotas, uploads
from pliego.documents.engines import blobs
from pliego.documents.intake import Arrival, receive
from pliego.documents.models import DailyUse, Document, Upload
from pliego.documents.uploads import Piece
from pliego.errors import AccountFull, NetworkFull, PliegoError, ToolsFull, TooManyDocuments
from tests.people import account, leaflet

pytestmark = pytest.mark.django_db

PDF = leaflet("cupo")
BIG = PDF + b"\n%" + b"x" * (700 << 10)
"""Of more than half a megabyte: two of them are over the limit of one."""
HERE, THERE = "a" * 32, "b" * 32


@pytest.fixture(autouse=True)
def limits(settings: Settings) -> None:
    settings.QUOTA_ACCOUNT_MB = settings.QUOTA_NETWORK_MB = 1
    settings.QUOTA_ACCOUNT_DOCUMENTS = settings.QUOTA_NETWORK_DOCUMENTS = 3


@pytest.fixture
def clara() -> Viewer:
    return Viewer(person=account().pk)


def share(viewer: Viewer = ANONYMOUS, place: str = HERE, pdf: bytes = PDF) -> Document:
    return receive([pdf], Arrival("x.pdf", viewer=viewer, place=place)).document


def test_an_account_holds_so_many_bytes(clara: Viewer) -> None:
    share(clara, pdf=BIG)
    with pytest.raises(AccountFull, match="0 of 1 MB"):
        share(clara, pdf=BIG)
    share(clara)


def test_an_account_holds_so_many_documents_and_has_room_again_after_a_deletion(clara: Viewer) -> None:
    documents = [share(clara) for _ in range(3)]
    with pytest.raises(TooManyDocuments):
        share(clara)
    documents[0].delete()
    share(clara)


def test_a_network_shares_so_much_in_a_day() -> None:
    share(pdf=BIG)
    with pytest.raises(NetworkFull):
        share(pdf=BIG)
    share(place=THERE, pdf=BIG)
    DailyUse.objects.update(day=timezone.localdate() - timedelta(days=1))
    share(pdf=BIG)


def test_a_network_shares_so_many_and_a_deletion_gives_none_back() -> None:
    for _ in range(3):
        share().delete()
    with pytest.raises(NetworkFull):
        share()


def test_an_account_is_not_counted_against_its_network(clara: Viewer) -> None:
    for _ in range(3):
        share(clara)
    share()
    assert DailyUse.objects.get().documents == 1


def test_the_operator_and_a_site_without_quotas_have_no_limit(settings: Settings) -> None:
    for _ in range(4):
        share(OPERATOR, "", BIG)
    settings.QUOTA_NETWORK_MB = settings.QUOTA_NETWORK_DOCUMENTS = 0
    for _ in range(4):
        share(pdf=BIG)
    assert not DailyUse.objects.exists()


def test_what_is_under_way_has_its_room(clara: Viewer) -> None:
    uploads.begin(700 << 10, "x.pdf", viewer=clara)
    with pytest.raises(AccountFull):
        quotas.require_early(700 << 10, clara, HERE)
    quotas.require_early(700 << 10, ANONYMOUS, HERE)
    uploads.begin(700 << 10, "x.pdf", place=HERE)
    with pytest.raises(NetworkFull):
        uploads.begin(700 << 10, "x.pdf", place=HERE)
    uploads.begin(700 << 10, "x.pdf", place=THERE)
    for over in ({"expires_at": timezone.now()}, {"finished": True}):
        Upload.objects.update(finished=False, expires_at=timezone.now() + uploads.LIFETIME)
        Upload.objects.update(**over)
        quotas.require_early(700 << 10, clara, HERE)


def test_so_many_are_under_way_as_there_may_be_documents(clara: Viewer) -> None:
    document = share(clara)
    uploads.begin(9, "x.pdf", viewer=clara, replaces=document)
    for _ in range(2):
        uploads.begin(9, "x.pdf", viewer=clara)
    with pytest.raises(TooManyDocuments):
        uploads.begin(9, "x.pdf", viewer=clara)
    uploads.begin(9, "x.pdf", viewer=clara, replaces=document)


def test_the_last_byte_of_a_limit_may_be_used(clara: Viewer) -> None:
    for viewer in (clara, ANONYMOUS):
        quotas.require(1 << 20, viewer, HERE)
        quotas.Giver.of(viewer, HERE).note(1 << 20)
        with pytest.raises(ToolsFull):
            quotas.Giver.of(viewer, HERE).note(1)
    assert not any(DailyUse.objects.values_list("documents", flat=True))
    with pytest.raises(AccountFull):
        quotas.require((1 << 20) + 1, clara, HERE)


def test_an_upload_that_has_grown_too_much_meanwhile_waits_for_room(clara: Viewer) -> None:
    upload, _ = uploads.begin(len(BIG), "x.pdf", viewer=clara)
    in_the_way = share(clara, pdf=BIG)
    before = set(blobs().list())
    with pytest.raises(AccountFull):
        uploads.append(upload, Piece(0, len(BIG), [BIG]))
    assert set(blobs().list()) == before
    in_the_way.delete()
    uploads.expire()
    assert Document.objects.get().pk == upload.document_id


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("person", [True, False])
def test_many_at_the_same_instant_stay_within_the_limit(person: bool) -> None:
    viewer = Viewer(person=account().pk) if person else ANONYMOUS

    def one(_: int) -> bool:
        try:
            share(viewer)
        except PliegoError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        shared = list(pool.map(one, range(16)))
    assert sum(shared) == Document.objects.count() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("person", [True, False])
def test_what_the_tools_are_given_at_the_same_instant_stays_within_the_limit(person: bool) -> None:
    viewer = Viewer(person=account().pk) if person else ANONYMOUS

    def one(_: int) -> bool:
        giver = quotas.Giver.of(viewer, HERE)
        try:
            giver.note(400 << 10)
        except ToolsFull:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(16))) == 2


def test_what_a_network_gives_to_the_tools_counts_like_what_it_shares(clara: Viewer) -> None:
    share(pdf=BIG)
    with pytest.raises(ToolsFull):
        quotas.Giver.of(ANONYMOUS, HERE).note(len(BIG))
    quotas.Giver.of(ANONYMOUS, THERE).note(len(BIG))
    with pytest.raises(NetworkFull):
        share(place=THERE, pdf=BIG)
    quotas.Giver.of(clara, HERE).note(len(BIG))
    share(clara, HERE, pdf=BIG)


def test_a_day_counts_for_itself_and_is_forgotten_after_the_next() -> None:
    today = timezone.localdate()
    for days in (1, 2):
        share(pdf=leaflet(f"hace {days}"))
        DailyUse.objects.filter(day=today).update(day=today - timedelta(days=days), documents=days)
    share()
    quotas.forget()
    assert list(DailyUse.objects.order_by("day").values_list("day", "documents")) == [
        (today - timedelta(days=1), 1),
        (today, 1),
    ]

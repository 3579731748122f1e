from datetime import timedelta

import pytest
from django.utils import timezone

from pliego.accounts import api_keys
from pliego.accounts.models import ApiKey
from pliego.accounts.viewer import Viewer
from pliego.errors import KeyReadsOnly, NeedsKey, NoRoomForMore, NotFound
from tests.people import account

pytestmark = pytest.mark.django_db


def test_only_a_hash_is_kept() -> None:
    key, secret = api_keys.make(Viewer(person=account().pk), " copia ", may_write=True)
    assert secret.startswith(api_keys.PREFIX)
    assert len(secret) > 35
    assert secret not in str(ApiKey.objects.values_list())
    assert (key.name, key.may_write) == ("copia", True)
    assert api_keys.named_by(secret, writes=True) == key


def test_what_is_no_key_is_left_to_others() -> None:
    assert api_keys.named_by("Tj2kefQ-kFxtQtw--LN03A", writes=True) is None
    assert api_keys.named_by("", writes=False) is None


@pytest.mark.parametrize("secret", ["pliego_", "pliego_x", "pliego_%", "pliego_" + "a" * 32])
def test_a_key_that_was_made_up_is_unknown(secret: str) -> None:
    api_keys.make(Viewer(person=account().pk), "x", may_write=True)
    with pytest.raises(NeedsKey):
        api_keys.named_by(secret, writes=False)


def test_a_reading_key_changes_nothing() -> None:
    _, secret = api_keys.make(Viewer(person=account().pk), "x", may_write=False)
    assert api_keys.named_by(secret, writes=False)
    with pytest.raises(KeyReadsOnly):
        api_keys.named_by(secret, writes=True)


def test_a_revoked_key_and_those_of_a_closed_account_open_nothing() -> None:
    person = account()
    key, secret = api_keys.make(Viewer(person=person.pk), "x", may_write=False)
    with pytest.raises(NotFound):
        api_keys.revoke(Viewer(person=account("otra").pk), key.pk)
    left, other = api_keys.make(Viewer(person=person.pk), "y", may_write=False)
    api_keys.revoke(Viewer(person=person.pk), key.pk)
    assert api_keys.keys_of(Viewer(person=person.pk)) == [left]
    person.is_active = False
    person.save()
    for each in (secret, other):
        with pytest.raises(NeedsKey):
            api_keys.named_by(each, writes=False)


def test_the_last_use_is_noted_now_and_then() -> None:
    (key, secret), (other, _) = (api_keys.make(Viewer(person=account().pk), name, may_write=False) for name in "xy")
    api_keys.named_by(secret, writes=False)
    key.refresh_from_db()
    first = key.last_used_at
    assert first
    assert timezone.now() - first < timedelta(minutes=1)
    api_keys.named_by(secret, writes=False)
    assert ApiKey.objects.get(pk=key.pk).last_used_at == first
    assert ApiKey.objects.get(pk=other.pk).last_used_at is None
    ApiKey.objects.update(last_used_at=first - 2 * api_keys.NOTED_EVERY)
    api_keys.named_by(secret, writes=False)
    noted = ApiKey.objects.get(pk=key.pk).last_used_at
    assert noted
    assert noted >= first


def test_an_account_has_room_for_so_many() -> None:
    for _ in range(api_keys.MOST):
        api_keys.make(Viewer(person=account().pk), "x", may_write=False)
    with pytest.raises(NoRoomForMore):
        api_keys.make(Viewer(person=account().pk), "x", may_write=False)
    assert api_keys.make(Viewer(person=account("otra").pk), "x", may_write=False)

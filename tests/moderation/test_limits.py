from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from pliego.errors import TooMany
from pliego.moderation import limits
from pliego.moderation.models import Attempt, Message, Notice

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_kinds_and_networks_are_counted_apart() -> None:
    limits.count("a", "192.0.2.1", 1, HOUR)
    limits.count("b", "192.0.2.1", 1, HOUR)
    limits.count("a", "192.0.2.2", 1, HOUR)
    with pytest.raises(TooMany):
        limits.count("a", "192.0.2.1", 1, HOUR)


@pytest.mark.parametrize("kind", [Message, Notice])
def test_all_together_may_not_fill_the_disk_or_the_mailbox(kind: type[Message | Notice]) -> None:
    for number in range(limits.MOST_OF_ALL):
        limits.written(kind)
        kind.objects.create(nonce=str(number), text="x")
    with pytest.raises(TooMany):
        limits.written(kind)
    kind.objects.update(created_at=timezone.now() - HOUR)
    limits.written(kind)


@pytest.mark.parametrize(
    ("spelt", "plainly"),
    [
        ("Ana+1@Example.org", "ana@example.org"),
        ('"ana"@example.org', "ana@example.org"),
        (r'"\a\n\a"@example.org', "ana@example.org"),
        ("ana@ex\u200bam\u00adple.org", "ana@example.org"),
        ("ana@\uff45xample.org", "ana@example.org"),
        ("ana@b\u00fccher.example", "ana@xn--bcher-kva.example"),
        ("a.n.a+b@googlemail.com", "ana@gmail.com"),
    ],
)
def test_one_mailbox_is_one_however_its_address_is_spelt(spelt: str, plainly: str) -> None:
    assert limits.person_at(spelt) == plainly
    letter = EmailMessage(to=[spelt]).message()
    assert limits.person_at(str(letter["To"])) == plainly
    assert limits.person_at(f"b{spelt.removeprefix(chr(34))}") != plainly


def test_dots_mean_something_to_others() -> None:
    assert limits.person_at("a.na@example.org") == "a.na@example.org"


@pytest.mark.parametrize("host", ["x..y", ".", "\u200b", "x" * 300])
def test_what_is_no_host_is_told_apart_all_the_same(host: str) -> None:
    assert limits.person_at(f"ana@{host}").startswith("ana@")


@pytest.mark.parametrize("ago", [limits.KEPT + HOUR, -HOUR], ids=["long ago", "by a fast clock"])
def test_yesterday_is_forgotten(ago: timedelta) -> None:
    limits.count("a", "192.0.2.1", 1, HOUR)
    limits.forget()
    assert Attempt.objects.exists()
    Attempt.objects.update(made_at=timezone.now() - ago)
    limits.forget()
    assert not Attempt.objects.exists()

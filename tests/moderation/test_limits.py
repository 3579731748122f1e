from datetime import timedelta

import pytest
from django.utils import timezone

from pliego.errors import TooMany
from pliego.moderation import limits
from pliego.moderation.models import Attempt

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_kinds_and_networks_are_counted_apart() -> None:
    limits.count("a", "192.0.2.1", 1, HOUR)
    limits.count("b", "192.0.2.1", 1, HOUR)
    limits.count("a", "192.0.2.2", 1, HOUR)
    with pytest.raises(TooMany):
        limits.count("a", "192.0.2.1", 1, HOUR)


@pytest.mark.parametrize("ago", [limits.KEPT + HOUR, -HOUR], ids=["long ago", "by a fast clock"])
def test_yesterday_is_forgotten(ago: timedelta) -> None:
    limits.count("a", "192.0.2.1", 1, HOUR)
    limits.forget()
    assert Attempt.objects.exists()
    Attempt.objects.update(made_at=timezone.now() - ago)
    limits.forget()
    assert not Attempt.objects.exists()

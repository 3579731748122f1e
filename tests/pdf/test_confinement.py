import math
from typing import Any

import pytest

from pliego.pdf.confinement import HARD_LIMITS, Capabilities, Limits, capabilities, mapped_now


def test_limits_come_back_from_json() -> None:
    limits = Limits(memory=1, cpu=2, wall=3.5, answer=4, written=5)
    assert Limits.from_json(limits.to_json()) == limits


def test_a_request_cannot_ask_for_more_than_the_maxima() -> None:
    assert Limits.from_json({"memory": 1 << 60, "cpu": 10**9, "wall": 1e12, "answer": 1 << 60}).memory == 4 << 30
    assert Limits.from_json({"wall": math.inf}).wall == HARD_LIMITS.wall


@pytest.mark.parametrize("data", [{"cpu": -1}, {"cpu": "x"}, {"wall": math.nan}, {"cpu": None}, {"other": 1}, []])
def test_odd_limits_are_refused(data: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        Limits.from_json(data)


def test_what_is_missing_is_said() -> None:
    assert Capabilities(landlock=7, seccomp=True).missing == []
    assert len(Capabilities(landlock=0, seccomp=False).missing) == 2
    assert "network" in Capabilities(landlock=3, seccomp=True).missing[0]
    assert "signals" in Capabilities(landlock=5, seccomp=True).missing[0]


def test_asking_what_the_machine_offers_changes_nothing() -> None:
    first = capabilities()
    assert capabilities() == first


def test_address_space_is_in_bytes() -> None:
    assert 1 << 20 < mapped_now() < 1 << 40

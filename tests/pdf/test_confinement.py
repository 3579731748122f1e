import math
import re
import subprocess
import sys
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


@pytest.mark.parametrize("layer", ["_restrict_by_landlock", "seccomp.install"])
def test_each_layer_keeps_files_closed_by_itself(layer: str) -> None:
    if capabilities().missing:
        pytest.skip(f"this machine has no {capabilities().missing[0]}")
    told = run_shut_in(f"c._libc.prctl(38, 1, 0, 0, 0); c.{layer}()", "open('/etc/passwd')")
    assert "PermissionError" in told


def test_memory_is_limited_above_what_is_mapped() -> None:
    limit = "c._limit_resources(c.Limits(memory=32 << 20), c.mapped_now())"
    assert "MemoryError" in run_shut_in(limit, "bytearray(33 << 20)")
    assert "MemoryError" not in run_shut_in(limit, "bytearray(20 << 20)")


def test_no_capability_is_left() -> None:
    told = run_shut_in("c._drop_capabilities()", "print(open('/proc/self/status').read())")
    assert re.findall(r"Cap(?:Prm|Eff):\s*(\w+)", told) == ["0" * 16] * 2


def run_shut_in(shut: str, attempt: str) -> str:
    """All that a fresh process says which shuts itself in and then attempts something."""
    code = f"from pliego.pdf import confinement as c; {shut}; {attempt}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=False)
    return done.stdout + done.stderr

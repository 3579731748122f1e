import struct

import pytest

from pliego.pdf import seccomp


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_a_filter_fits_the_kernel(machine: str) -> None:
    code = seccomp.program(machine)
    assert len(code) % 8 == 0
    assert len(code) // 8 <= 4096


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize(
    ("name", "allowed"),
    [("read", True), ("exit_group", True), ("socket", False), ("openat", False), ("execve", False), ("clone", False)],
)
def test_the_filter_decides(machine: str, name: str, allowed: bool) -> None:
    assert decide(machine, NUMBERS[name][machine]) is allowed


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_memory_is_never_executable(machine: str) -> None:
    number = NUMBERS["mmap"][machine]
    assert decide(machine, number, [0, 4096, 3])
    assert not decide(machine, number, [0, 4096, 5])


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize("address", [0x1000, 0x1_0000_0000])
def test_nothing_is_sent_to_an_address(machine: str, address: int) -> None:
    number = NUMBERS["sendto"][machine]
    assert decide(machine, number, [3, 0, 0, 0, 0])
    assert not decide(machine, number, [3, 0, 0, 0, address])


def test_another_instruction_set_is_ended() -> None:
    assert run_filter(seccomp.program("x86_64"), 0x40000003, 3, []) == 0x80000000


# Numbers written down a second time, from the kernel's tables.
NUMBERS = {
    "read": {"x86_64": 0, "aarch64": 63},
    "mmap": {"x86_64": 9, "aarch64": 222},
    "socket": {"x86_64": 41, "aarch64": 198},
    "sendto": {"x86_64": 44, "aarch64": 206},
    "clone": {"x86_64": 56, "aarch64": 220},
    "execve": {"x86_64": 59, "aarch64": 221},
    "exit_group": {"x86_64": 231, "aarch64": 94},
    "openat": {"x86_64": 257, "aarch64": 56},
}
ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


def decide(machine: str, number: int, arguments: list[int] | None = None) -> bool:
    return run_filter(seccomp.program(machine), ARCH[machine], number, arguments or []) == 0x7FFF0000


def run_filter(code: bytes, arch: int, number: int, arguments: list[int]) -> int:
    """What a filter returns for a system call: an interpreter for the instructions that we use."""
    data = struct.pack("=IIQ6Q", number, arch, 0, *(arguments + [0] * 6)[:6])
    steps = list(struct.iter_unpack("=HBBI", code))
    at, held = 0, 0
    while True:
        kind, when, otherwise, operand = steps[at]
        at += 1
        if kind == 0x20:
            (held,) = struct.unpack_from("=I", data, operand)
        elif kind == 0x06:
            return int(operand)
        else:
            hit = held == operand if kind == 0x15 else bool(held & operand)
            at += when if hit else otherwise

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.pdf import frames
from pliego.pdf.frames import Kind, TooLongError, WireError

Pair = tuple[socket.socket, socket.socket]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.fixture
def pair() -> Iterator[Pair]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        yield ours, theirs


def hear(packets: list[bytes], most: int = 1 << 20) -> list[tuple[Kind, bytes]]:
    """What a receiver makes of packets, after which the sender hangs up."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours:
        with theirs:
            for packet in packets:
                theirs.send(packet)
        return list(frames.receive(ours, most, 5, 5))


@given(st.lists(st.tuples(st.sampled_from([Kind.JSON, Kind.BYTES]), st.binary(max_size=300)), max_size=5))
def test_messages_arrive_as_they_were_sent(messages: list[tuple[Kind, bytes]]) -> None:
    messages = [*messages, (Kind.END, b"")]
    assert hear([packet for message in messages for packet in frames.packets(*message)]) == messages


@pytest.mark.parametrize("size", [0, 1, frames.PIECE - 1, frames.PIECE, frames.PIECE + 1, 2 * frames.PIECE])
def test_a_long_message_is_cut_and_joined(size: int) -> None:
    payload = bytes(number % 251 for number in range(size))
    heard = hear([*frames.packets(Kind.BYTES, payload), *frames.packets(Kind.END)])
    assert heard == [(Kind.BYTES, payload), (Kind.END, b"")]


@given(st.lists(st.binary(min_size=1, max_size=20), max_size=6))
def test_garbage_is_refused_or_understood_but_never_anything_else(packets: list[bytes]) -> None:
    with suppress(WireError):
        assert hear(packets)[-1][0] in (Kind.END, Kind.ERROR)


def test_an_error_takes_the_place_of_a_half_message() -> None:
    half = next(iter(frames.packets(Kind.BYTES, bytes(200_000))))
    assert hear([half, *frames.packets(Kind.ERROR, b"{}")]) == [(Kind.ERROR, b"{}")]


@pytest.mark.parametrize(
    "packets",
    [
        [],
        [b"\x02\x00half of the story"],
        [b"\x02\x01begun", b"\x03\x00another"],
        [b"\x09\x00unknown"],
        [b"\x02\x02odd"],
        [b"\x05"],
        [b"\x03\x00" + bytes(frames.PIECE + 1), b"\x05\x00"],
    ],
)
def test_broken_rules(packets: list[bytes]) -> None:
    with pytest.raises(WireError):
        hear(packets)


def test_the_receiver_keeps_the_cap() -> None:
    with pytest.raises(TooLongError):
        hear(list(frames.packets(Kind.BYTES, bytes(101))) * 2, most=200)


def test_endless_empty_pieces_count_too() -> None:
    with pytest.raises(TooLongError):
        hear([b"\x03\x01"] * 101, most=200)


def test_silence_ends(pair: Pair) -> None:
    with pytest.raises(TimeoutError):
        list(frames.receive(pair[0], 100, 0, 0))


@given(json_values)
def test_json_comes_back(value: object) -> None:
    clean = json.loads(json.dumps(value).encode("utf-8", "replace").decode())
    assert frames.decode(frames.encode(clean)) == clean


def test_half_a_surrogate_pair_never_arrives() -> None:
    assert frames.decode(frames.encode("a\ud800b")) == "a?b"
    assert frames.decode(rb'"a \\ud800 b"') == r"a \ud800 b"


@pytest.mark.parametrize("payload", [b"", b"{", b"\xff", b'"\\ud800"', b"[" * 100_000, b"9" * 5000])
def test_not_json(payload: bytes) -> None:
    with pytest.raises(WireError):
        frames.decode(payload)


def test_a_request_carries_open_files(pair: Pair, tmp_path: Path) -> None:
    with (tmp_path / "a").open("w+b") as file:
        frames.send_request(pair[0], {"task": "x"}, [file.fileno()])
        request, descriptors = frames.receive_request(pair[1])
        assert request == {"task": "x"}
        assert len(descriptors) == 1
        socket.close(descriptors[0])


def test_a_request_that_is_too_large_is_not_sent(pair: Pair) -> None:
    with pytest.raises(WireError):
        frames.send_request(pair[0], {"text": "x" * frames.REQUEST_MOST})


def test_a_request_that_is_too_large_is_not_taken(pair: Pair) -> None:
    pair[0].send(b'"' + b"x" * frames.REQUEST_MOST + b'"')
    with pytest.raises(WireError):
        frames.receive_request(pair[1])


def test_only_this_user_reaches_the_socket(tmp_path: Path) -> None:
    with frames.listen(tmp_path / "parser"):
        assert (tmp_path / "parser").stat().st_mode & 0o777 == 0o600


def test_a_stale_socket_is_replaced_and_a_long_path_is_no_obstacle(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 40)
    folder.mkdir()
    frames.listen(folder / "parser").close()
    with frames.listen(folder / "parser"), frames.connect(folder / "parser", 1) as client:
        assert client.getpeername()


def test_nobody_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        frames.connect(tmp_path / "parser", 1)

"""The parts of a form, told as Django tells them, however the bytes of the form come in."""

from io import BytesIO
from random import Random

import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from hypothesis import given
from hypothesis import strategies as st

from pliego.documents.parts import Part, Parts
from pliego.storage.blobs import BLOCK

EDGE = b"x1y2"
# What an edge is made of, so that much of it stands nearly there.
DATA = st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b"-", b"--", EDGE, EDGE[:2], b"a", b"\r\n--x1y", b"z" * 40]))
SENT = st.lists(st.tuples(st.sampled_from(["a", "ñ", "file"]), st.sampled_from(["", "x.pdf", "ñ 1.pdf"]), DATA))


def form(sent: list[tuple[str, str, bytes]]) -> bytes:
    """The body of a form as a browser sends it."""
    whole = b""
    for name, file, data in sent:
        chosen = f'; filename="{file}"' if file else ""
        head = f'Content-Disposition: form-data; name="{name}"{chosen}\r\nContent-Type: text/plain'
        whole += b"--" + EDGE + b"\r\n" + head.encode() + b"\r\n\r\n" + data + b"\r\n"
    return whole + b"--" + EDGE + b"--\r\n"


class Dribble(BytesIO):
    """Gives fewer bytes than are asked for, as a connection does."""

    def __init__(self, whole: bytes, seed: int) -> None:
        super().__init__(whole)
        self._random = Random(seed)

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self._random.randint(1, 70))


def told(whole: bytes, seed: int) -> list[tuple[str, str | None, bytes]]:
    return [(part.name, part.file_name, b"".join(body)) for part, body in Parts(Dribble(whole, seed).read, EDGE)]


def as_django_tells(whole: bytes) -> tuple[dict[str, list[str]], dict[str, list[bytes]]]:
    said = {"CONTENT_TYPE": f"multipart/form-data; boundary={EDGE.decode()}", "CONTENT_LENGTH": len(whole)}
    handler = MemoryFileUploadHandler()
    post, files = MultiPartParser(said, BytesIO(whole), [handler]).parse()
    read = {name: [bytes(file.read()) for file in found] for name, found in files.lists()}
    return dict(post.lists()), read


@given(SENT, st.integers(0, 1000))
def test_every_part_comes_whole_however_it_is_cut_into_pieces(
    sent: list[tuple[str, str, list[bytes]]], seed: int
) -> None:
    clean = [(name, file, b"".join(data).replace(b"\r\n--" + EDGE, b"")) for name, file, data in sent]
    clean = [(name, file, data) for name, file, data in clean if b"--" + EDGE not in data]
    whole = form(clean)
    assert told(whole, seed) == [(name, file or None, data) for name, file, data in clean]
    post, files = as_django_tells(whole)
    for name in ("a", "ñ", "file"):
        assert post.get(name, []) == [data.decode() for key, file, data in clean if key == name and not file]
        assert files.get(name, []) == [data for key, file, data in clean if key == name and file]


@given(SENT, st.integers(0, 1000), st.integers(1, 400))
def test_a_form_that_is_cut_is_said_to_be(sent: list[tuple[str, str, list[bytes]]], seed: int, cut: int) -> None:
    whole = form([(name, file, b"a".join(data).replace(EDGE, b"")) for name, file, data in sent])
    with pytest.raises(MultiPartParserError):
        told(whole[: max(len(whole) - 4 - cut, 0)], seed)


@given(st.binary(max_size=300), st.integers(0, 1000))
def test_what_is_no_form_is_refused(junk: bytes, seed: int) -> None:
    with pytest.raises(MultiPartParserError):
        told(junk, seed)


def test_a_large_file_is_handed_on_in_the_blocks_that_were_read() -> None:
    data = Random(7).randbytes(5_000_000)
    whole = BytesIO(form([("file", "x.pdf", data)]))
    [(part, length, most)] = [
        (part, sum(map(len, pieces)), max(map(len, pieces)))
        for part, body in Parts(whole.read, EDGE)
        for pieces in [[bytes(piece) for piece in body]]
    ]
    assert (part, length) == (Part("file", "x.pdf"), len(data))
    assert most <= BLOCK


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("form-data; name=file; filename*=UTF-8''%C3%B1.pdf", "ñ.pdf"),
        ('form-data; name="file"; filename="a\\"b.pdf"', 'a"b.pdf'),
        ('form-data; name="file"; filename=""', ""),
        ('form-data; name="file"', None),
    ],
)
def test_names_are_read_as_browsers_and_programs_write_them(line: str, name: str | None) -> None:
    head = f"--{EDGE.decode()}\r\ncontent-DISPOSITION : {line}\r\n\r\nx\r\n--{EDGE.decode()}--"
    assert told(head.encode(), 1) == [("file", name, b"x")]


def test_a_part_without_a_name_means_nothing() -> None:
    assert told(b"--x1y2\r\nX: y\r\n\r\nz\r\n--x1y2\r\n\r\nz\r\n--x1y2--\r\n", 3) == []


@pytest.mark.parametrize("endless", [b"x" * 40_000, b"X: y\r\n" * 9_000])
def test_headers_without_end_are_refused(endless: bytes) -> None:
    with pytest.raises(MultiPartParserError, match="header"):
        told(b"--x1y2\r\n" + endless + b"\r\n\r\n\r\n--x1y2--", 3)

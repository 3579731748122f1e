"""LibreOffice and Ghostscript at work, shut in."""

import io
import os
import shutil
import threading
import zipfile
from pathlib import Path

import pikepdf
import pytest

from pliego.errors import ReaderStopped
from pliego.pdf import converting, outside, programs
from pliego.pdf.errand import Errand
from pliego.pdf.reader import Reader
from pliego.pdf.refusals import NotConvertible
from pliego.pdf.report import Progress
from pliego.pdf.sample import sample_pdf
from pliego.pdf.structure import is_tagged
from tests import samples
from tests.pdf.operations.tried import assert_sound, pictures, same_pages, words

needs_office = pytest.mark.skipif(not programs.where("libreoffice"), reason="LibreOffice is not installed")
needs_ghostscript = pytest.mark.skipif(not programs.where("ghostscript"), reason="Ghostscript is not installed")

_DOCX = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/w.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml'
    '.document.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="w.xml"/></Relationships>',
    "w.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:t>Año nuevo</w:t></w:r></w:p></w:body></w:document>",
}


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in _DOCX.items():
            zipped.writestr(name, content)
    return out.getvalue()


def made(reader: Reader, folder: Path, tool: str, name: str, content: bytes) -> bytes:
    (folder / name).write_bytes(content)
    output = os.open(folder / "out", os.O_RDWR | os.O_CREAT)
    try:
        report = outside.run(reader, Errand.of(tool, [folder / name]), output, lambda _: None, folder)
        data = os.pread(output, os.fstat(output).st_size, 0)
    finally:
        os.close(output)
    assert (report.size_before, report.size_after) == (len(content), len(data))
    return data


@needs_office
@pytest.mark.parametrize(
    ("name", "content"),
    [("carta.docx", docx()), ("tabla.csv", "Año nuevo;2\n".encode()), ("hoja.HTML", b"<p>A&ntilde;o nuevo")],
)
def test_office_files_become_pdfs(reader: Reader, tmp_path: Path, name: str, content: bytes) -> None:
    data = made(reader, tmp_path, "office", name, content)
    assert_sound(data)
    assert "Año nuevo" in words(data)[0]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert is_tagged(pdf)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "out"])


@needs_office
def test_a_comma_between_semicolons_is_part_of_a_number(reader: Reader, tmp_path: Path) -> None:
    table = "artículo;precio\r\nñandú;1,5\r\n".encode("utf-16")
    assert "ñandú 1,5" in words(made(reader, tmp_path, "office", "precios.csv", table))[0]


def test_what_goes_while_it_is_counted_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "stays").write_bytes(bytes(100))
    ends = threading.Event()
    coming_and_going = threading.Thread(target=come_and_go, args=(tmp_path / "goes", ends))
    coming_and_going.start()
    try:
        assert min(converting.written(tmp_path) for _ in range(2000)) == 100
    finally:
        ends.set()
        coming_and_going.join()


def come_and_go(folder: Path, ends: threading.Event) -> None:
    while not ends.is_set():
        (folder / "deeper/still").mkdir(parents=True)
        (folder / "deeper/file").write_bytes(b"")
        shutil.rmtree(folder)


@needs_office
def test_a_file_shows_nothing_of_the_machine(reader: Reader, tmp_path: Path) -> None:
    secret = tmp_path / "secreto.txt"
    secret.write_text("palabrasecreta")
    page = f'<p>Hola<iframe src="file://{secret}"></iframe><object data="file://{secret}"></object>'
    data = made(reader, tmp_path, "office", "hoja.html", page.encode())
    assert "palabrasecreta" not in words(data)[0]


@needs_office
def test_what_is_no_office_file_is_refused(reader: Reader, tmp_path: Path) -> None:
    with pytest.raises(NotConvertible):
        made(reader, tmp_path, "office", "programa.exe", b"MZ")
    with pytest.raises(NotConvertible):
        made(reader, tmp_path, "office", "roto.docx", b"PK\3\4" + bytes(50))


@needs_office
def test_what_takes_too_long_or_writes_too_much_is_ended(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "ROOM", 10)
    with pytest.raises(ReaderStopped) as caught:
        made(reader, tmp_path, "office", "a.txt", b"Hola")
    assert caught.value.reason == "size"
    monkeypatch.setattr(converting, "WALL_SECONDS", 0.0)
    with pytest.raises(ReaderStopped) as caught:
        made(reader, tmp_path, "office", "a.txt", b"Hola")
    assert caught.value.reason == "time"


@needs_office
def test_it_ends_when_nobody_wants_it_any_more(reader: Reader, tmp_path: Path) -> None:
    class Enough(Exception):
        pass

    def stop(said: Progress | None) -> None:
        if said is None:
            raise Enough

    (tmp_path / "a.txt").write_bytes(b"Hola")
    (tmp_path / "room").mkdir()
    with pytest.raises(Enough):
        converting.from_office(Errand.of("office", [tmp_path / "a.txt"]), reader, tmp_path / "room", stop)


@needs_ghostscript
def test_a_pdf_becomes_one_for_the_archive(reader: Reader, tmp_path: Path) -> None:
    book = samples.book(3)
    data = made(reader, tmp_path, "pdfa", "libro.pdf", book)
    assert_sound(data)
    assert same_pages(pictures(data), pictures(book))
    with pikepdf.open(io.BytesIO(data)) as pdf, pikepdf.open(io.BytesIO(book)) as before:
        assert pdf.open_metadata().pdfa_status == "2B"
        assert pdf.docinfo["/Title"] == before.docinfo["/Title"]
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"


@needs_ghostscript
def test_links_stay_and_scripts_and_attachments_go(reader: Reader, tmp_path: Path) -> None:
    data = made(reader, tmp_path, "pdfa", "muestra.pdf", sample_pdf(3))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [each.Subtype for each in pdf.pages[0].Annots] == ["/Link"]
        assert "/OpenAction" not in pdf.Root
        assert not pdf.attachments

"""What comes before a file becomes a PDF, or a PDF one for the archive: LibreOffice or Ghostscript make it, confined.

Each works in a folder that is its home, too, and gone afterwards; it has no network, sees no other files, and its time,
its memory and what it writes are limited (see `program`).
"""

import os
import re
import shutil
import subprocess
import sys
import time
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from subprocess import DEVNULL

from pliego.errors import ReaderBusy, ReaderStopped
from pliego.pdf import programs
from pliego.pdf.confinement import MIB
from pliego.pdf.errand import Errand, Tell
from pliego.pdf.program import IN
from pliego.pdf.reader import Reader
from pliego.pdf.refusals import NotArchival, NotConvertible
from pliego.pdf.report import Progress, Step

KINDS = (
    "docx", "doc", "odt", "rtf", "txt", "html", "htm", "xlsx", "xls", "ods", "csv", "pptx", "ppt", "odp", "odg", "fodt",
)  # fmt: skip
"""Endings of files that LibreOffice makes PDFs of."""
_MODULES = {"calc": {"xlsx", "xls", "ods", "csv"}, "impress": {"pptx", "ppt", "odp"}, "draw": {"odg"}}
"""The part of LibreOffice that a kind belongs to, where it is not the writer."""
WALL_SECONDS = 900.0
LOOKS_SECONDS = 0.5
"""Between two looks whether the work is still wanted, and how much it has written."""
ROOM = 2048 * MIB
"""Bytes that a program may leave in its folder."""
ORIGINAL = "original"
"""The further file with what the document was before."""
SEPARATORS = (";", "\t", ",")
MOST_HEAD = 100_000
"""Characters of the first line of a table that are looked at."""
_AGAIN = 81
"""With this LibreOffice ends when it has made its profile and wants to be started anew."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>1</value></prop></item>
</oor:items>
"""
"""Macros are never run, and nothing that a file only points to is fetched."""


def from_office(errand: Errand, _reader: Reader, folder: Path, tell: Tell) -> Errand:
    """The errand with the PDF that LibreOffice makes of its file. Raise NotConvertible, ReaderStopped, ReaderBusy."""
    kind = Path(errand.names[0]).suffix.lower().lstrip(".")
    if kind not in KINDS:
        raise NotConvertible
    given = folder / f"{_plain(errand.names[0])}.{kind}"  # a table has the name of its file at the head of each page
    shutil.copyfile(errand.inputs[0], given)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user/registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    installed = Path(programs.where("libreoffice")).resolve()
    itself = installed.with_name("soffice.bin")  # the other is a script around it
    command = [
        str(itself if itself.exists() else installed), f"-env:UserInstallation=file://{profile}",
        f"-env:UNO_SHARED_PACKAGES_CACHE=file://{folder}/shared", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--nologo", *_reading(given),
    ]  # fmt: skip
    made = folder / f"made/{given.stem}.pdf"
    for target in (_tagged(kind), "pdf"):  # the second for what is not what its name says
        converting = [*command, "--convert-to", target, "--outdir", "made", given.name]
        if _outcome(converting, folder, tell) == _AGAIN:
            _outcome(converting, folder, tell)
        if made.exists():
            return replace(errand, inputs=[made])
    raise NotConvertible


def _plain(name: str) -> str:
    """A file's name without its ending and without what a command or an address could take for something else."""
    return "".join(letter if letter.isalnum() else " " for letter in Path(name).stem).strip()[:60] or "in"


def _tagged(kind: str) -> str:
    """How the PDF is to be written: with tags for screen readers."""
    module = next((module for module, kinds in _MODULES.items() if kind in kinds), "writer")
    return f'pdf:{module}_pdf_Export:{{"UseTaggedPDF":{{"type":"boolean","value":"true"}}}}'


def _reading(given: Path) -> list[str]:
    """How a file is to be read, where LibreOffice would not tell by itself."""
    if given.suffix in {".html", ".htm"}:
        return ["--infilter=HTML (StarWriter)"]
    if given.suffix == ".csv":
        encoding, charset = _encoding(given)
        return [f"--infilter=CSV:{ord(_separator(given, encoding))},34,{charset},1"]
    if given.suffix == ".txt":
        return [f"--infilter=Text (encoded):{'UTF8' if _encoding(given)[0] == 'utf-8' else 'MS_1252'},LF,,,"]
    return []


def _encoding(given: Path) -> tuple[str, int]:
    """In what a text is written, as Python and as LibreOffice calls it."""
    with given.open("rb") as file:
        if file.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE):
            return "utf-16", 65535
    try:
        given.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return "cp1252", 1
    return "utf-8", 76


def _separator(given: Path, encoding: str) -> str:
    """What parts the columns of a table, told from its first line: where it is a semicolon, commas are of numbers."""
    with given.open(encoding=encoding, errors="replace") as file:
        head = re.sub('"[^"]*"', "", file.readline(MOST_HEAD))
    found = max(SEPARATORS, key=head.count)
    return found if found in head else ","


def for_archive(errand: Errand, reader: Reader, folder: Path, tell: Tell) -> Errand:
    """The errand with what Ghostscript makes of its PDF. Raise NotArchival, and what reading raises."""
    given, made = folder / "in.pdf", folder / "made.pdf"
    password = reader.opening(errand.inputs[0], errand.passwords)
    reader.reading_copy(errand.inputs[0], given, password, links_printed=True)
    code = _outcome([
        programs.where("ghostscript"), "-dBATCH", "-dNOPAUSE", "-dSAFER", "-dQUIET", "-sDEVICE=pdfwrite", "-dPDFA=2",
        "-dPDFACompatibilityPolicy=1", "-sColorConversionStrategy=RGB", "-sOutputFile=made.pdf", "in.pdf",
    ], folder, tell)  # fmt: skip
    if code or not made.exists():
        raise NotArchival(what="Ghostscript")
    if reader.facts(made).pages != reader.facts(given).pages:
        raise NotArchival(what="pages")
    return replace(errand, inputs=[made]).bringing(ORIGINAL, given)


def _outcome(command: Sequence[str], folder: Path, tell: Tell) -> int:
    """The exit code of a program, confined to a folder. An error of ``tell`` ends it."""
    tell(Progress(Step.CONVERT, 0))
    deadline = time.monotonic() + WALL_SECONDS
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "pliego.pdf.program", IN, str(folder), *command],
            stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL,
        )  # fmt: skip
    except OSError as error:
        raise ReaderBusy from error
    try:
        while True:
            try:
                return process.wait(LOOKS_SECONDS)
            except subprocess.TimeoutExpired as error:
                tell(None)
                if time.monotonic() > deadline:
                    raise ReaderStopped("time") from error
                if written(folder) > ROOM:
                    raise ReaderStopped("size") from error
    finally:
        process.kill()
        process.wait()


def written(folder: Path) -> int:
    """Bytes below a folder; what goes while it is looked at counts as nothing."""
    total = 0
    for place, _, names in os.walk(folder):  # which passes over folders that are gone
        for name in names:
            with suppress(FileNotFoundError):
                total += Path(place, name).lstat().st_size
    return total

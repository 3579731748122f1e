"""Active content is found wherever it hides, and nothing harmless is called active."""

import io
from typing import Any

import pikepdf
import pytest

from pliego.pdf.actions import active_content
from tests import samples
from tests.pdf.opened import opened


def active_in(data: bytes) -> list[str]:
    with opened(data) as source, source.qpdf() as pdf:
        return active_content(pdf, source.content)


@pytest.mark.parametrize("kind", ["javascript", "launch", "submit", "attachments"])
def test_active_content_is_told(kind: str) -> None:
    assert active_in(samples.active(kind)) == [kind]


@pytest.mark.parametrize("kind", ["uri", "goto"])
def test_links_are_harmless(kind: str) -> None:
    assert active_in(samples.active(kind)) == []


@pytest.mark.parametrize("encryption", [False, pikepdf.Encryption(owner="x", R=6)])
def test_compressed_and_encrypted_objects_are_searched(encryption: pikepdf.Encryption | bool) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.active("javascript"))) as pdf:
        del pdf.Root.OpenAction  # the catalog stays outside; the link of the page goes in
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=encryption)
    assert b"/JavaScript" not in out.getvalue()
    assert active_in(out.getvalue()) == ["javascript"]


def test_letters_written_as_codes_hide_nothing() -> None:
    data = samples.active("launch").replace(b"/Launch", b"/L#61unc#68")
    assert active_in(data) == ["launch"]


def test_a_name_inside_a_string_is_no_action() -> None:
    assert active_in(samples.with_info(Title="How to use /JavaScript and /Launch in a PDF")) == []


@pytest.mark.parametrize("names", [pikepdf.Array(), 5, pikepdf.Name.X])
def test_an_empty_tree_is_no_script(names: Any) -> None:
    pdf = pikepdf.open(io.BytesIO(samples.leaflet()))
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=names))
    out = io.BytesIO()
    pdf.save(out)
    assert active_in(out.getvalue()) == []


def test_an_object_that_was_replaced_counts_no_more() -> None:
    old = samples.assembled(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] >>", b"<< /S /Launch >>")
    assert active_in(old) == ["launch"]
    previous = old.index(b"xref\n")
    update = b"3 0 obj\n<< /S /GoTo >>\nendobj\n"
    table = b"xref\n3 1\n%010d 00000 n \ntrailer\n<< /Size 4 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    assert active_in(old + update + table % (len(old), previous, len(old + update))) == []


def test_cycles_end() -> None:
    assert active_in(samples.cyclic_actions()) == ["javascript"]

from pathlib import Path

import pytest
from django.conf import settings

from pliego.documents import library, processing, versions
from pliego.documents.library import Details
from pliego.documents.models import Document, Privacy
from pliego.documents.removal import remove
from pliego.documents.versions import Replacement
from pliego.errors import NotFound, WrongPassword
from tests import samples
from tests.people import Shared, share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def details(title: str = "") -> Details:
    return Details(title=title, author="", description="", language="", privacy=Privacy.PUBLIC)


def locked(canary: str) -> Shared:
    return share(canary, pdf=samples.encrypted("abre"))


def unlocked(shared: Shared, password: str = "abre") -> Document:
    library.unlock(Document.objects.with_file().get(pk=shared.document.pk), password)
    processing.process(shared.document.file_id)
    return Document.objects.with_file().get(pk=shared.document.pk)


def test_an_edit_changes_the_title_and_the_revision() -> None:
    document = share("editado").document
    edited = library.edit(document, details("  Otro título "))
    assert edited.title == "Otro título"
    assert edited.revision == document.revision + 1


def test_an_empty_title_leaves_it_to_the_pdf() -> None:
    document = library.edit(share("vuelve").document, details("Otro"))
    assert library.edit(document, details()).title == "Título vuelve"


def test_an_edit_of_what_was_deleted_meanwhile() -> None:
    document = share("tarde", read=False).document
    remove(document)
    with pytest.raises(NotFound):
        library.edit(document, details())


def test_a_manage_secret_opens_its_own_document_and_no_other() -> None:
    one, other = share("uno", read=False), share("otro", read=False)
    assert library.managed_by(one.token) == one.document
    assert library.managed_by(other.token) == other.document
    assert library.managed_by("") is None
    assert library.managed_by(one.document.manage_hash) is None


def test_a_wrong_password_changes_nothing() -> None:
    shared = locked("cerrado")
    with pytest.raises(WrongPassword):
        unlocked(shared, "otra")
    assert Document.objects.with_file().get().locked


def test_the_right_password_opens_the_pages() -> None:
    document = unlocked(locked("abierto"))
    assert not document.locked
    assert document.facts
    assert document.file.pages == 1


def test_a_password_opens_no_other_document_with_the_same_bytes() -> None:
    first, second = locked("primero"), locked("segundo")
    unlocked(first)
    other = Document.objects.with_file().get(pk=second.document.pk)
    assert other.locked
    assert other.facts is None
    assert other.title == "segundo"
    with pytest.raises(WrongPassword):
        unlocked(second, "otra")
    assert not unlocked(second).locked
    assert not Document.objects.with_file().get(pk=first.document.pk).locked


def test_a_later_document_with_the_same_bytes_is_locked_too() -> None:
    unlocked(locked("antes"))
    assert locked("después").document.locked


def test_a_password_opens_no_file_that_came_since() -> None:
    stale = locked("antes").document
    versions.replace_path(file_of(samples.encrypted("otra clave")), Replacement(stale, "otro.pdf"))
    library.unlock(stale, "abre")
    assert not Document.objects.get().unlocked


def file_of(pdf: bytes) -> Path:
    path = settings.DATA / "incoming.pdf"
    path.unlink(missing_ok=True)
    path.write_bytes(pdf)
    return path


def test_unlocking_what_is_open_or_gone() -> None:
    document = share("sin").document
    library.unlock(document, "x")
    assert not document.file.has_reading_copy
    gone = locked("ido").document
    remove(gone)
    with pytest.raises(NotFound):
        library.unlock(gone, "abre")

import json

import pytest
from typer.testing import CliRunner

from pliego.cli.app import app
from pliego.documents.models import Document, File, NearCopy
from pliego.documents.withheld import Withheld
from pliego.moderation.models import Notice, Reason

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice() -> Notice:
    return Notice.objects.create(
        nonce="1", reason=Reason.DATA, text="Sale mi nombre.", name="Eva", email="eva@example.org", language="es",
        document_id="2" * 16, sha256="ab" * 32, page="https://x.example/d/",
    )  # fmt: skip


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["notices", *words], catch_exceptions=False)
    assert result.exit_code == code
    return result.stdout


def test_a_notice_is_shown_until_it_is_decided(notice: Notice) -> None:
    assert "Eva <eva@example.org>" in run()
    run("--hide", str(notice.pk), "--reason", "Por ley.")
    assert run() == ""
    assert json.loads(run("--all", "--json"))["statement"] == "Por ley."
    assert Withheld.objects.get().statement == "Por ley."
    run("--dismiss", str(notice.pk))
    assert not Withheld.objects.exists()


def test_hiding_needs_a_reason(notice: Notice) -> None:
    run("--hide", str(notice.pk), code=2)
    assert not Withheld.objects.exists()


def test_what_reads_like_something_taken_down_is_listed(notice: Notice) -> None:
    assert run("--alike") == ""
    files = [File.objects.create(sha256=letter * 64, size=1) for letter in "ab"]
    document = Document.objects.create(file=files[0], own_title="Otra vez")
    NearCopy.objects.create(file=files[0], other=files[1])
    Withheld.objects.create(sha256=files[1].pk, statement="Por ley.")
    assert run("--alike").strip().endswith(f"/d/{document.pk}/otra-vez/  Otra vez")
    assert json.loads(run("--alike", "--json"))["title"] == "Otra vez"

import json

import pytest
from typer.testing import CliRunner

from pliego.cli.app import app
from pliego.errors import NotFound
from pliego.moderation.models import Message, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def message() -> Message:
    return Message.objects.create(
        nonce="1", topic=Topic.ERROR, text="Una línea\n\nOtra", name="Ana", email="ana@example.org", language="es"
    )


def run(*words: str) -> str:
    result = CliRunner().invoke(app, ["messages", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_a_message_is_shown_until_it_is_done(message: Message) -> None:
    shown = run()
    assert f"{message.pk}  " in shown
    assert "Ana <ana@example.org>" in shown
    assert "    Una línea\n    Otra" in shown
    assert run("--done", str(message.pk)) == ""
    assert run() == ""
    assert json.loads(run("--all", "--json"))["text"] == message.text


def test_a_message_can_be_forgotten(message: Message) -> None:
    run("--delete", str(message.pk))
    assert not Message.objects.exists()


def test_a_number_that_is_not_there_is_told() -> None:
    with pytest.raises(NotFound):
        run("--done", "99")

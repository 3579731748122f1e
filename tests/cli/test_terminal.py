import io
import json

import pytest
from rich.console import Console

from pliego.cli import terminal


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("\x1b[31mrojo\x07", "\\u001b[31mrojo\\u0007"),
        ("informe\u202efdp.exe", "informe\\u202efdp.exe"),
        ("latin1-\udce9", "latin1-\\udce9"),
        ("dos\nlíneas\tárbol 🦜 דו״ח", "dos\nlíneas\tárbol 🦜 דו״ח"),
    ],
)
def test_what_strangers_wrote_commands_no_terminal(name: str, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.write(name)
    terminal.talk(name)
    assert capsys.readouterr() == (f"{shown}\n", f"{shown}\n")
    terminal.write(json.dumps({"name": name}, ensure_ascii=False))
    assert json.loads(capsys.readouterr().out) == {"name": name}


def test_a_bar_shows_the_name_as_it_is_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = io.StringIO()
    monkeypatch.setattr(terminal, "console", Console(file=out, force_terminal=True, width=200))
    with terminal.bytes_progress("[red]x[blink]\n\x1b[31m.pdf", 3, quiet=False) as advance:
        advance(3)
    assert "[red]x[blink] \\u001b[31m.pdf" in out.getvalue()
    assert out.getvalue().endswith("\x1b[1A\x1b[2K")  # up a line, which is emptied

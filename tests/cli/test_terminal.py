import json

import pytest

from pliego import terminal


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

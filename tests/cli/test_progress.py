import io

import pytest
from rich.console import Console

from pliego.cli import progress


def test_a_bar_shows_the_name_as_it_is_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = io.StringIO()
    monkeypatch.setattr(progress, "console", Console(file=out, force_terminal=True, width=200))
    with progress.bytes_progress("[red]x[blink]\n\x1b[31m.pdf", 3, quiet=False) as advance:
        advance(3)
    assert "[red]x[blink] \\u001b[31m.pdf" in out.getvalue()
    assert out.getvalue().endswith("\x1b[1A\x1b[2K")  # up a line, which is emptied

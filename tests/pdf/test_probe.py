from pathlib import Path

import pytest

from pliego.pdf import probe
from pliego.pdf.confinement import capabilities
from pliego.pdf.probe import PROBES, Probe
from pliego.pdf.reader import Reader


def test_everything_is_denied(reader: Reader, tmp_path: Path) -> None:
    if capabilities().missing:
        pytest.skip(f"this machine has no {capabilities().missing[0]}")
    database = tmp_path / "pliego.sqlite3"
    database.write_bytes(b"rows")
    assert [attempt for attempt in reader.probe(database, ["secret"]) if not attempt.denied] == []


def test_the_database_is_really_tried(tmp_path: Path) -> None:
    """Without the confinement the same attempts succeed, so that a denial means something."""
    (tmp_path / "database").touch()
    told = attempts(tmp_path / "database", ("open the database", "write a file", "delete a file", "open another file"))
    assert told == dict.fromkeys(told, (False, "it worked"))


def test_a_refused_connection_is_no_denial() -> None:
    assert attempts(Path("/x"), ("connect by TCP",))["connect by TCP"] == (False, "ECONNREFUSED")


def test_a_secret_in_the_environment_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_KEY", "the secret")
    name = "find secrets in the environment"
    assert attempts(Path("/x"), (name,), secrets=["secret"])[name] == (False, "it worked")
    assert attempts(Path("/x"), (name,), secrets=["another"])[name] == (True, "EACCES")


def test_an_attempt_that_does_not_come_back_counts_as_allowed(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.pdf.reader.PROBES", (*PROBES, "fly"))
    assert reader.probe(Path("/x"))[-1] == Probe("fly", denied=False, reason="did not come back")


def attempts(database: Path, names: tuple[str, ...], secrets: list[str] | None = None) -> dict[str, tuple[bool, str]]:
    """The outcome of a few attempts in this process, which is not confined."""
    chosen = probe._attempts({"database": str(database), "secrets": secrets or []})
    outcomes = {}
    for name in names:
        outcome = probe._outcome(name, chosen[name])
        outcomes[name] = (outcome.denied, outcome.reason)
    return outcomes

import os
import shutil
from collections.abc import Iterable
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import tantivy

from pliego.search.generations import RebuildRunning
from pliego.search.index import Index, Records
from pliego.search.query import parse
from pliego.search.records import SearchUnavailable, State
from pliego.search.schema import SHAPE
from tests.search.archive import add, keys, rebuild, record, search

NOBODY = 65534


def test_missing_until_something_is_written(index: Index) -> None:
    assert index.state() is State.MISSING
    with pytest.raises(SearchUnavailable):
        index.find(parse("x"))
    add(index, record("a", "x"))
    assert index.state() is State.READY


def test_another_version_is_stale_and_a_rebuild_heals(index: Index, tmp_path: Path) -> None:
    add(index, record("a", "gato"))
    (tmp_path / "index" / "g-1" / "version").write_text("0")
    fresh = Index(tmp_path / "index")
    assert fresh.state() is State.STALE
    with pytest.raises(SearchUnavailable):
        fresh.find(parse("gato"))
    index.close()
    rebuild(fresh, record("a", "gato"))
    assert (fresh.state(), search(fresh, "gato")) == (State.READY, ["a"])


def test_one_of_another_analysis_answers_until_it_is_rebuilt_and_what_changes_meanwhile_is_kept(
    index: Index, tmp_path: Path
) -> None:
    add(index, record("a", "gato"))
    index.close()
    (tmp_path / "index" / "g-1" / "version").write_text(f"{SHAPE}.0")
    fresh = Index(tmp_path / "index")
    assert (fresh.state(), search(fresh, "gato")) == (State.STALE, ["a"])
    add(fresh, record("b", "perro"))
    assert (fresh.state(), search(fresh, "perro")) == (State.STALE, ["b"])

    def records() -> Iterable[Records]:
        yield record("a", "gato")
        add(fresh, record("c", "loro"))
        assert (search(fresh, "gato"), search(fresh, "loro")) == (["a"], ["c"])

    fresh.rebuild(records(), {"c": record("c", "loro")}.get)
    assert (fresh.state(), search(fresh, "gato"), search(fresh, "loro")) == (State.READY, ["a"], ["c"])
    fresh.close()


def test_one_whose_fields_are_others_is_not_asked(index: Index, tmp_path: Path) -> None:
    add(index, record("a", "gato"))
    index.close()
    told = tmp_path / "index" / "g-1" / "meta.json"
    told.write_text(told.read_text().replace('"stamp"', '"seal"'))
    with pytest.raises(SearchUnavailable):
        Index(tmp_path / "index").find(parse("gato"))


def test_one_that_can_only_be_read_answers(index: Index, tmp_path: Path) -> None:
    add(index, record("a", "gato"))
    index.close()
    with TemporaryDirectory() as place:
        folder = Path(shutil.copytree(tmp_path / "index", Path(place) / "index"))
        folders = (folder.parent, folder, folder / "g-1")
        for path in (*folders, *folders[-1].iterdir()):
            path.chmod(0o555)
        asking = get_context("fork").Process(target=_ask_as_nobody, args=(folder,))
        asking.start()
        asking.join()
        for path in folders:
            path.chmod(0o755)
    assert asking.exitcode == 0


def _ask_as_nobody(folder: Path) -> None:
    if not os.getuid():
        os.setuid(NOBODY)
    assert not os.access(folder / "g-1", os.W_OK)
    asked = Index(folder)
    assert (asked.state(), search(asked, "gato"), asked.deleted_records()) == (State.READY, ["a"], 0)


@pytest.mark.parametrize("kind", [".idx", ".term", ".pos", ".fast", ".store", "meta.json"])
@pytest.mark.parametrize("harm", ["lost", "cut", "empty"])
def test_damage_is_seen_and_a_rebuild_heals(index: Index, tmp_path: Path, kind: str, harm: str) -> None:
    add(index, record("a", "gato"))
    index.close()
    [victim] = [p for p in (tmp_path / "index" / "g-1").iterdir() if p.name.endswith(kind)]
    if harm == "lost":
        victim.unlink()
    else:
        victim.write_bytes(victim.read_bytes()[: victim.stat().st_size // 2] if harm == "cut" else b"")
    damaged = Index(tmp_path / "index")
    assert damaged.state() is State.TORN
    with pytest.raises(SearchUnavailable):
        damaged.find(parse("gato"))
    rebuild(damaged, record("a", "gato"))
    assert search(damaged, "gato") == ["a"]


def test_a_rebuild_gives_the_same_results(index: Index) -> None:
    records = [record(f"k{n}", "gato " * n + "perro", "otra página") for n in range(1, 6)]
    add(index, *records)
    before = index.find(parse("gato perro"))
    rebuild(index, *records)
    assert keys(index.find(parse("gato perro"))) == keys(before)


def test_a_rebuild_takes_deleted_bytes_away(index: Index, tmp_path: Path) -> None:
    rebuild(index, record("clavesecreta", "palabrasecreta", title="Palabrasecreta"), record("b", "gato"))
    index.remove("clavesecreta")
    assert index.deleted_records() == 2
    assert left_of_the_secret(tmp_path)
    rebuild(index, record("b", "gato"))
    assert index.deleted_records() == 0
    assert left_of_the_secret(tmp_path) == []


def left_of_the_secret(folder: Path) -> list[str]:
    """Where it still is: files that hold the key as plain bytes, and dictionaries, whose words are packed."""
    files = [path.name for path in folder.rglob("*") if path.is_file() and b"clavesecreta" in path.read_bytes()]
    [generation] = (path for path in folder.rglob("g-*"))
    dictionaries = tantivy.Index.open(str(generation)).searcher()
    fields = ["key", "folded", "stemmed", "title", "bag", "suggest"]
    return files + [f for f in fields if any("secreta" in w for w, _ in dictionaries.terms_with_prefix(f, ""))]


def test_the_old_generation_answers_while_the_new_is_built(index: Index) -> None:
    add(index, record("a", "gato"), record("b", "gato"))

    def records() -> Iterable[Records]:
        assert sorted(search(index, "gato")) == ["a", "b"]
        yield record("a", "gato")
        index.replace(*record("c", "pez"))
        index.remove("a")
        yield record("b", "gato")

    changed = {"c": record("c", "pez")}
    index.rebuild(records(), changed.get)
    assert (search(index, "gato"), search(index, "pez")) == (["b"], ["c"])
    add(index, record("d", "perro"))
    assert search(index, "perro") == ["d"]


def test_an_interrupted_rebuild_changes_nothing(index: Index, tmp_path: Path) -> None:
    add(index, record("a", "gato"))

    def records() -> Iterable[Records]:
        yield record("b", "gato")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(records(), lambda _: None)
    assert search(index, "gato") == ["a"]
    rebuild(index, record("c", "gato"))
    assert search(index, "gato") == ["c"]
    assert len(list((tmp_path / "index").glob("g-*"))) == 1


def test_one_rebuild_at_a_time(index: Index, tmp_path: Path) -> None:
    def records() -> Iterable[Records]:
        with pytest.raises(RebuildRunning):
            rebuild(Index(tmp_path / "index"))
        yield record("a", "gato")

    index.rebuild(records(), lambda _: None)
    assert search(index, "gato") == ["a"]


def test_a_writer_follows_a_rebuild_by_another_process(index: Index, tmp_path: Path) -> None:
    add(index, record("a", "gato"))
    rebuild(Index(tmp_path / "index"), record("a", "gato"))
    add(index, record("b", "gato"))
    assert sorted(search(index, "gato")) == ["a", "b"]


def test_progress_is_told(index: Index) -> None:
    told: list[int] = []
    index.rebuild([record("a", "x"), record("b", "x")], lambda _: None, told.append)
    assert told == [1, 2]

import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st

from pliego.search.generations import RebuildRunning
from pliego.search.index import Index, Records
from pliego.search.query import parse
from pliego.search.records import DocumentRecord, Found, Order, PageRecord, SearchUnavailable, State


@pytest.fixture
def index(tmp_path: Path) -> Iterable[Index]:
    index = Index(tmp_path / "index")
    yield index
    index.close()


def record(key: str, *texts: str, title: str = "", language: str = "es", **more: object) -> Records:
    pages = [PageRecord(number, text) for number, text in enumerate(texts, 1)]
    return DocumentRecord(key, title=title, language=language, pages=len(texts), **more), pages  # type: ignore[arg-type]


def add(index: Index, *records: Records) -> None:
    for one in records:
        index.replace(*one)


def keys(found: Found) -> list[str]:
    return [hit.key for hit in found.documents]


def search(index: Index, typed: str) -> list[str]:
    return keys(index.find(parse(typed)))


def test_a_hit_is_a_page(index: Index) -> None:
    add(index, record("a", "nada", "El molino de viento", "molinos y más molinos"))
    [hit] = index.find(parse("molino")).documents
    assert {page.number for page in hit.pages} == {2, 3}


@pytest.mark.parametrize(
    "typed", ["EDUCACIÓN", "educacion", "educaciones", '"la educacion publica"', "educación -perro"]
)
def test_accents_case_and_endings_are_forgiven(index: Index, typed: str) -> None:
    add(index, record("a", "La educación pública"), record("b", "el perro"))
    assert search(index, typed) == ["a"]


def test_a_phrase_is_exact(index: Index) -> None:
    add(index, record("a", "molino de viento"), record("b", "viento de molino"))
    assert search(index, '"molino de viento"') == ["a"]


def test_all_words_must_match(index: Index) -> None:
    add(index, record("a", "gato negro"), record("b", "gato blanco"))
    found = index.find(parse("gato blanco"))
    assert (keys(found), found.relaxed) == (["b"], False)


def test_words_may_stand_on_different_pages_and_in_the_title(index: Index) -> None:
    add(index, record("a", "gatos", "nada", "ratón", title="Casa"))
    assert search(index, "gato ratones casa") == ["a"]


def test_most_of_the_words_when_none_has_all(index: Index) -> None:
    add(index, record("a", "gato negro grande"), record("b", "perro"))
    found = index.find(parse("gato negro verde"))
    assert (keys(found), found.relaxed) == (["a"], True)
    assert index.unmatched(parse("gato negro verde")) == ["verde"]


def test_either(index: Index) -> None:
    add(index, record("a", "gato"), record("b", "perro"), record("c", "pez"))
    assert sorted(search(index, "gato OR perro")) == ["a", "b"]


def test_a_minus_leaves_out(index: Index) -> None:
    add(index, record("a", "gato perro"), record("b", "gato"))
    assert search(index, "gato -perro") == ["b"]


def test_fields(index: Index) -> None:
    add(index, record("a", "x", title="El Quijote", author="Cervantes"), record("b", "quijote cervantes"))
    assert search(index, "title:quijote") == search(index, "autor:cervantes") == ["a"]


def test_bounds(index: Index) -> None:
    add(index, record("a", "x", "x", year=2010), record("b", "x", year=2020, language="en"), record("c", "x"))
    assert search(index, "x year:2005-2015") == ["a"]
    assert search(index, "x year:>2010") == search(index, "lang:en") == ["b"]
    assert search(index, "x pages:>1") == search(index, "year:<2015") == ["a"]
    assert sorted(search(index, "x -lang:en")) == ["a", "c"]
    assert search(index, "x year:2015-2005") == []


def test_a_title_weighs_more_than_text(index: Index) -> None:
    add(index, record("a", "molino molino molino"), record("b", "nada", title="Molino"), record("c", "un molino"))
    assert search(index, "molino")[0] == "b"


def test_a_title_alone_shows_no_pages(index: Index) -> None:
    add(index, record("a", "nada", "tampoco", title="Molino"))
    [hit] = index.find(parse("molino")).documents
    assert hit.pages == ()


def test_a_document_without_text_is_found_by_its_fields(index: Index) -> None:
    add(index, record("a", file_name="horario-invierno.pdf", keywords=("autobuses",), description="De la ciudad"))
    assert search(index, "horario") == search(index, "autobús") == search(index, "ciudades") == ["a"]


@pytest.mark.parametrize(
    ("language", "text", "typed"),
    [
        ("zh", "我们使用自由软件", "软件"), ("zh", "我们使用自由软件", '"自由软件"'), ("zh", "我们使用自由软件", "自"),
        ("ja", "コンピュータを使う", "コンピュータ"), ("th", "ประเทศไทย", "ไทย"), ("ru", "Новые книги", "книга"),
        ("de", "die Häuser", "haus"), ("fr", "l'eau", "eau"), ("en", "running shoes", "run"),
    ],
)  # fmt: skip
def test_languages(index: Index, language: str, text: str, typed: str) -> None:
    add(index, record("a", text, language=language), record("b", "nada 中 に ก", language="es"))
    assert search(index, typed) == ["a"]


def test_a_page_may_be_in_another_language(index: Index) -> None:
    index.replace(DocumentRecord("a", language="es"), [PageRecord(1, "the running shoes", "en")])
    assert search(index, "lang:es") == ["a"]


def test_a_foreign_word_does_not_outweigh_the_same_word_at_home(index: Index) -> None:
    add(index, *(record(f"k{n}", "the package manager", language="en") for n in range(9)))
    add(index, record("en", "package package package", language="en"), record("eu", "debian package", language="eu"))
    assert search(index, "package")[0] == "en"


@pytest.mark.parametrize("order", Order)
def test_a_long_document_does_not_push_out_the_others(index: Index, order: Order) -> None:
    add(index, record("long", *["molino molino"] * 700, created=9), record("b", "molino y casa", created=5))
    add(index, record("c", "un molino en la casa grande", created=7))
    found = index.find(parse("molino"), order=order)
    assert sorted(keys(found)) == ["b", "c", "long"]


def test_the_newest_first(index: Index) -> None:
    add(index, record("a", "x x x", created=5), record("b", "x", created=9), record("c", "x x", created=7))
    assert keys(index.find(parse("x"), order=Order.NEWEST)) == ["b", "c", "a"]


def test_pages_of_results_follow_each_other(index: Index) -> None:
    add(index, *(record(f"k{n}", "gato " * (n + 1)) for n in range(9)))
    pages = [keys(index.find(parse("gato"), limit=4, offset=offset)) for offset in (0, 4, 8, 12)]
    assert [len(page) for page in pages] == [4, 4, 1, 0]
    assert len({key for page in pages for key in page}) == 9


def test_only_the_allowed_are_given_and_counted(index: Index) -> None:
    add(index, *(record(f"k{n}", "gato") for n in range(8)))
    asked: list[Sequence[str]] = []

    def allowed(batch: Sequence[str]) -> set[str]:
        asked.append(batch)
        return {"k3", "k5"}

    found = index.find(parse("gato"), allowed=allowed)
    assert sorted(keys(found)) == sorted(found.matching) == ["k3", "k5"]
    assert (found.total, found.complete, len(asked)) == (2, True, 1)


def test_nothing_tells_of_what_is_not_allowed(index: Index) -> None:
    add(index, record("a", "palabrasecreta en casa", title="Palabrasecreta"))
    hidden = index.find(parse("palabrasecreta"), allowed=lambda _: [])
    assert hidden == Found()
    assert index.suggest("palabra", allowed=lambda _: []) == []
    assert index.unmatched(parse("palabrasecreta casa"), allowed=lambda _: []) == ["palabrasecreta", "casa"]


def test_replacing_leaves_nothing_of_the_old(index: Index) -> None:
    add(index, record("a", "gato", "gato"), record("a", "perro"))
    assert (search(index, "gato"), search(index, "perro")) == ([], ["a"])


@pytest.mark.parametrize("key", ["7", "Quij0te-de_la.Mancha", "ab cd", "ünïcode"])
def test_deleting_deletes_whatever_the_key_looks_like(index: Index, key: str) -> None:
    add(index, record(key, "gato", title="Gato"), record("otro", "perro"))
    index.remove(key)
    assert search(index, "gato") == []
    assert index.suggest("gato") == []
    assert index.stamps().keys() == {"otro"}


def test_suggestions_fold_what_is_typed_and_show_it_as_written(index: Index) -> None:
    add(index, record("a", "Educación", title="Educar hoy"), record("b", "la educación"))
    assert [s.text for s in index.suggest("EDUCÁ")] == ["educación", "Educar hoy"]
    assert index.suggest("e") == []


def test_another_reader_sees_a_commit_at_once(index: Index, tmp_path: Path) -> None:
    add(index, record("a", "gato"))
    reader = Index(tmp_path / "index")
    assert search(reader, "gato") == ["a"]
    add(index, record("b", "gato"))
    assert sorted(search(reader, "gato")) == ["a", "b"]


def test_a_failed_replace_changes_nothing(index: Index) -> None:
    add(index, record("a", "gato"))

    def broken() -> Iterable[PageRecord]:
        yield PageRecord(1, "perro")
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        index.replace(DocumentRecord("a"), broken())
    add(index, record("b", "pez"))
    assert (search(index, "gato"), search(index, "perro")) == (["a"], [])


def test_hits_within_one_document(index: Index) -> None:
    add(index, record("a", *["el gato", "nada"] * 30), record("b", "gato"))
    hits, count = index.pages(parse("gato"), "a", limit=5, offset=28)
    assert (len(hits), count) == (2, 30)


def rebuild(index: Index, *records: Records) -> None:
    known = {one[0].key: one for one in records}
    index.rebuild(iter(records), known.get)


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
    index.close()
    rebuild(fresh, record("a", "gato"))
    assert (fresh.state(), search(fresh, "gato")) == (State.READY, ["a"])


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


def test_many_small_commits_leave_few_segments_and_no_orphans(index: Index, tmp_path: Path) -> None:
    for n in range(30):
        index.replace(*record(f"k{n % 7}", f"gato {n}"))
    index.close()
    reader = Index(tmp_path / "index")
    assert search(reader, "29") == ["k1"]
    stems = {p.name.split(".")[0] for p in (tmp_path / "index" / "g-1").iterdir() if p.suffix == ".idx"}
    assert len(stems) < 15


def test_a_killed_writer_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path\n"
        "from pliego.search.index import Index; from pliego.search.records import DocumentRecord, PageRecord\n"
        "index = Index(Path(sys.argv[1]))\n"
        "index.replace(DocumentRecord('a'), [PageRecord(1, 'gato')])\n"
        "def pages():\n    yield PageRecord(1, 'perro')\n    os._exit(9)\n"
        "index.replace(DocumentRecord('b'), pages())\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path / "index")], check=False).returncode == 9
    after = Index(tmp_path / "index")
    after.replace(*record("c", "pez"))
    assert [search(after, word) for word in ("gato", "perro", "pez")] == [["a"], [], ["c"]]
    after.close()


def test_readers_in_threads_while_writing(index: Index) -> None:
    add(index, record("a", "gato"))
    faults: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(40):
                assert "a" in search(index, "gato")
        except BaseException as error:  # noqa: BLE001 - told to the test
            faults.append(error)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    add(index, *(record(f"k{n}", "perro") for n in range(5)))
    rebuild(index, record("a", "gato"))
    for thread in threads:
        thread.join()
    assert faults == []


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Index]:
    index = Index(tmp_path_factory.mktemp("filled"))
    add(index, record("a", 'gato foo:bar ~ "x" 自由软件 l\'eau', title="T", author="A", year=2010))
    yield index
    index.close()


@given(st.text(max_size=200) | st.text(alphabet='ab -"OR|:<>12.*~^+\\/(){}[]?!& year自由', max_size=80))
@settings(max_examples=150, deadline=None)
def test_nothing_typed_raises(filled: Index, typed: str) -> None:
    found = filled.find(parse(typed))
    assert found.total <= 1
    filled.unmatched(parse(typed))
    filled.suggest(typed)
    filled.pages(parse(typed), "a")

import subprocess
import sys
import threading
from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pliego.search.index import Index
from pliego.search.query import parse
from pliego.search.records import DocumentRecord, Found, Order, PageRecord, SearchUnavailable
from tests.damage import no_room
from tests.search.archive import add, keys, rebuild, record, search


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
    add(index, record("a", "gato negro grande"), record("b", "perro"), record("c", "un gato"))
    found = index.find(parse("gato negro verde"))
    assert (keys(found), found.relaxed) == (["a"], True)
    assert index.unmatched(parse("gato negro verde")) == ["verde"]


def test_the_best_pages_of_several_documents_are_those_of_each(index: Index) -> None:
    add(index, record("a", "gato", "gato gato negro", "nada", "negro"), record("b", "gato negro"), record("c", "pez"))
    for typed, best in (
        ("gato", {"a": [1, 2], "b": [1]}),
        ("gato negro", {"a": [2], "b": [1]}),
        ("negro pez", {"a": [4, 2], "b": [1], "c": [1]}),  # none has both
    ):
        found = index.best_pages(parse(typed), ["a", "b", "c"], 2)
        assert {key: [page.number for page in pages] for key, pages in found.items()} == best


def test_some_documents_are_looked_through_however_many_others_match(index: Index) -> None:
    others = [record(f"{at}", "gato gato") for at in range(5)]
    add(index, *others, record("mine", "un gato"), record("b", "perro"))
    assert index.among(parse("gato"), ["b", "mine"]) == ["mine"]
    assert index.among(parse("gato negro"), ["b", "mine"]) == ["mine"]
    assert index.among(parse("pez"), ["b", "mine"]) == []
    assert index.among(parse(""), ["b", "mine"]) == index.among(parse("gato"), []) == []


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


@pytest.mark.parametrize("titles", [False, True])
def test_words_next_to_each_other_come_first(index: Index, titles: bool) -> None:
    for key, text in (("a", "viento sin molino"), ("b", "sin molino viento"), ("c", "viento molino sin")):
        add(index, record(key, "nada", title=text) if titles else record(key, text))
    assert search(index, "molino viento")[0] == "b"


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
    assert [s.text for s in index.suggest("EDUCÁ", limit=1)] == ["educación"]
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


def test_many_small_commits_leave_few_segments_and_no_orphans(index: Index, tmp_path: Path) -> None:
    for n in range(30):
        index.replace(*record(f"k{n % 7}", f"gato {n}"))
    index.close()
    reader = Index(tmp_path / "index")
    assert search(reader, "29") == ["k1"]
    stems = {p.name.split(".")[0] for p in (tmp_path / "index" / "g-1").iterdir() if p.suffix == ".idx"}
    assert len(stems) < 15


def test_the_writer_rests_once_nothing_was_written_for_a_while(index: Index, tmp_path: Path) -> None:
    other = Index(tmp_path / "index")
    add(index, record("a", "gato"))
    index.rest()
    with pytest.raises(SearchUnavailable):  # it holds the writer's lock still
        add(other, record("b", "gato"))
    index.rest()
    add(other, record("b", "gato"))
    other.close()
    add(index, record("c", "gato"))
    assert sorted(search(index, "gato")) == ["a", "b", "c"]


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
    filled.best_pages(parse(typed), ["a"], 3)
    filled.among(parse(typed), ["a"])


def test_a_stem_counts_in_texts_of_its_language_only(index: Index) -> None:
    add(index, record("en", "A kern of rye.", language="en"), record("tr", "Bir kalem.", language="tr"))
    assert search(index, "kernle") == []
    assert search(index, "kalemle") == ["tr"]


def test_what_is_allowed_is_asked_once_for_all_suggestions(index: Index) -> None:
    add(index, *(record(f"d{n}", f"colmena{chr(97 + n)} apicultor") for n in range(8)))
    asked: list[int] = []

    def allowed(keys: Sequence[str]) -> Collection[str]:
        asked.append(len(keys))
        return keys

    assert len(index.suggest("colmena", allowed=allowed)) == 8
    assert asked == [8]


@pytest.mark.parametrize("pages", [1, 3000])
def test_a_disk_that_takes_nothing_leaves_the_index_as_it_was(index: Index, pages: int) -> None:
    add(index, record("a", "gato"))
    for _ in range(2):
        with no_room(), pytest.raises(SearchUnavailable):
            add(index, record("b", *[f"gato {number} " * 500 for number in range(pages)]))
        assert search(index, "gato") == ["a"]
    add(index, record("b", "gato"))
    assert sorted(search(index, "gato")) == ["a", "b"]


def test_a_rebuild_without_room_leaves_nothing_of_itself(index: Index, tmp_path: Path) -> None:
    add(index, record("a", "gato"))
    records = [record("a", "perro"), record("b", "perro")]
    with ExitStack() as full:
        begun = iter([no_room()])

        def told(_: int) -> None:
            for each in begun:
                full.enter_context(each)

        with pytest.raises(SearchUnavailable):
            index.rebuild(records, lambda _: None, told)
    assert len(list((tmp_path / "index").glob("g-*"))) == 1
    assert search(index, "gato") == ["a"]
    rebuild(index, record("a", "gato"))
    assert search(index, "gato") == ["a"]

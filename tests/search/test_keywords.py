import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.search.keywords import MOST, keywords

TEXT = (
    "La energía solar crece. Los paneles de energía solar se instalan en el tejado. La energía solar es limpia y "
    "el panel dura mucho. Una casa con paneles ahorra. El ayuntamiento de Teruel paga parte del panel. "
)


WORDS = ["casa", "perro", "mesa", "ventana", "árbol", "libro", "noche", "camino", "puerta", "agua"]


def prose(seed: int) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(80))


def test_what_is_said_often_and_seldom_elsewhere() -> None:
    assert keywords([TEXT], "es")[:2] == ["energía solar", "paneles"]


def test_no_little_words_and_no_two_of_the_same() -> None:
    found = [word.lower() for word in keywords([TEXT], "es")]
    ends = {word for phrase in found for word in (phrase.split()[0], phrase.split()[-1])}
    assert not {"la", "el", "de", "los"} & ends
    assert len({"panel", "paneles"} & set(found)) == 1
    assert "solar" not in found


def test_the_usual_spelling_is_shown() -> None:
    assert "ayuntamiento de Teruel" in keywords([TEXT] * 3, "es")
    assert keywords(["NASA. nasa. NASA. NASA lanza. NASA vuela."], "es")[0] == "NASA"
    assert keywords(["Ornitorrinco nada. El ornitorrinco come. Un ornitorrinco."], "es")[0] == "ornitorrinco"


def test_running_heads_are_no_keywords() -> None:
    pages = [f"Boletín Provincial\n\n{prose(n)}" for n in range(12)]
    assert not any("Bolet" in phrase for phrase in keywords(pages, "es"))


def test_the_archive_lowers_what_is_common_in_it() -> None:
    class Solar:
        def documents(self) -> int:
            return 100_000

        def frequency(self, phrase: str, language: str) -> int:
            return 90_000 if "solar" in phrase else 0

    assert keywords([TEXT], "es")[0] == "energía solar"
    assert "energía solar" not in keywords([TEXT], "es", Solar())


def test_an_unknown_language_still_gives_words() -> None:
    assert "fotovoltaica" in keywords(["fotovoltaica fotovoltaica xyz"], "")


@pytest.mark.parametrize("pages", [[], [""], ["1 2 3 ... 4"], ["http://www.example.com/"]])
def test_nothing_to_tell(pages: list[str]) -> None:
    assert set(keywords(pages, "es")) <= {"example"}


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("パッケージを検索します。パッケージの検索。設定します。", "ja", ["パッケージ", "検索", "設定"]),
        ("我们使用自由软件。他的自由软件是在这里。", "zh", ["自由软件"]),
        ("패키지를 찾는다. 패키지가 있다. 패키지는 크다.", "ko", ["패키지"]),
    ],
)
def test_nouns_of_scripts_without_spaces(text: str, language: str, found: list[str]) -> None:
    assert set(found) <= set(keywords([text], language))


def test_of_a_language_without_a_table_the_most_frequent_are_told() -> None:
    assert keywords(["abeja. zumbido zumbido. zumbido zumbido. abeja"], "xx")[0] == "zumbido"


def test_what_is_said_to_a_machine_is_no_keyword() -> None:
    code = (
        "\\expandafter\\let\\bbl@tempa printf(x)\nEscribe a ana@example.org: La cerámica.\nif (x[i] == foo) { y; }\n"
        * 4
    )
    assert keywords([code], "es")[0] == "cerámica"
    assert not {"expandafter", "printf", "foo", "example"} & {*keywords([code], "es")}


def test_little_words_hold_names_together_but_make_no_phrases() -> None:
    english = "They are happy to announce the Board of Trustees. Happy to announce: Board of Trustees." * 3
    found = keywords([english], "en")
    assert "Board of Trustees" in found
    assert not any("to" in phrase.split() for phrase in found)
    assert "interpréteur" in keywords(["Voilà l’interpréteur. L’interpréteur de commandes."], "fr")


@given(st.lists(st.text(max_size=300), max_size=4), st.sampled_from(["", "es", "en", "zh"]))
def test_any_text_gives_few_words_of_its_own(pages: list[str], language: str) -> None:
    found = keywords(pages, language)
    assert len(found) <= MOST
    whole = " ".join(" ".join(pages).split())
    assert all(word in whole for phrase in found for word in phrase.split())


def test_names_in_programs_and_rows_of_numbers_are_no_keywords() -> None:
    text = "The lighthouse keeper set lc and uc, then pos jon90.\nkeeper 12 14 lighthouse 15 19 tower 17\n" * 4
    assert keywords([text], "en")[0] == "lighthouse keeper"
    assert not any({"lc", "uc", "pos", "jon90", "tower"} & {*phrase.split()} for phrase in keywords([text], "en"))


def test_all_forms_of_a_phrase_count_as_one() -> None:
    text = "La expresión regular. Las expresiones regulares. Una expresión regular. El faro. El faro. El faro."
    found = keywords([text], "es")
    assert found[0] == "expresión regular"
    assert "expresiones regulares" not in found


def test_what_only_heads_lists_is_no_subject() -> None:
    text = "Relación de faros. Relación de torres. Relación de luces. El faro y la torre. La luz del faro."
    assert "Relación" not in keywords([text * 2], "es")


def test_headings_and_the_beginning_say_what_a_text_is_about() -> None:
    gardens = ["Asters. Zinnias. " * 3, "Zinnias. Asters. " * 2]
    preface = "They said so and they went on to say it again. " * 100
    early = keywords([f"Zinnias. {preface}", *gardens, "Asters."], "en")
    assert early.index("Zinnias") < early.index("Asters")
    late = [preface, *gardens]
    named = keywords(late, "en", headings=["On Asters"])
    assert named.index("Asters") < named.index("Zinnias")
    assert keywords(late, "en", headings=["On Zinnias"]).index("Zinnias") < named.index("Zinnias")


def test_a_licence_in_english_says_nothing_of_a_text_in_spanish() -> None:
    licence = "The Document may be copied under the terms of this License, and the Invariant Sections of it too. " * 9
    spanish = "El faro alumbra la costa. El farero sube al faro y enciende la luz de la costa."
    assert "Invariant Sections" in keywords([licence], "en")
    found = keywords([spanish, licence], "es")
    assert "faro" in found
    assert not any("License" in phrase or "Invariant" in phrase for phrase in found)


@pytest.mark.parametrize("word", ["puis-je", "est-ce", "peut-on"])
def test_questions_name_nothing(word: str) -> None:
    found = keywords([f"Comment {word} allumer la lanterne du phare? " * 3], "fr")
    assert not any(word in phrase for phrase in found)


def test_participles_are_no_subject_by_themselves() -> None:
    text = "Installed lamps. Lamps are installed. Bring the installed lamps. A speed of light. The speed."
    found = keywords([text], "en")
    assert "speed" in found
    assert not {"installed", "Installed"} & {*found}


@pytest.mark.parametrize(
    ("text", "language", "verb", "noun"),
    [
        ("Muestra la luz del faro. Muestra el mapa. Muestra información. El faro. Un faro.", "es", "Muestra", "faro"),
        ("Redefine the lighthouse. Redefine a lamp. Redefine the lamp. A lighthouse.", "en", "Redefine", "lighthouse"),
        ("Arrêter le phare. Arrêter la lampe. Arrêter tout. Un phare. Le phare.", "fr", "arrêter", "phare"),
    ],
)
def test_what_is_done_to_something_is_no_subject(text: str, language: str, verb: str, noun: str) -> None:
    found = {phrase.lower() for phrase in keywords([text], language)}
    assert noun in found
    assert verb.lower() not in found


def test_a_verb_that_means_little_names_nothing_in_any_of_its_forms() -> None:
    text = "Debes mirar la abeja. Debes oír la abeja. Debes callar. La colmena tiene una abeja."
    found = keywords([text], "es")
    assert found[0] == "abeja"
    assert not {"Debes", "debes"} & {*found}


@pytest.mark.parametrize(
    ("language", "noun", "word"),
    [
        *(
            ("it", "farfalla", "anche"),
            ("nl", "vlinder", "naar"),
            ("da", "sommerfugl", "alle"),
            ("gl", "bolboreta", "para"),
        ),
        *(
            ("fi", "perhonen", "myös"),
            ("el", "πεταλούδα", "είναι"),
            ("eu", "tximeleta", "dira"),
            ("tr", "kelebek", "veya"),
        ),
        *(
            ("sl", "metulj", "tudi"),
            ("no", "sommerfugl", "eller"),
            ("ro", "fluture", "pentru"),
            ("uk", "метелик", "щоб"),
        ),
    ],
)
def test_the_little_words_of_many_languages_are_known(language: str, noun: str, word: str) -> None:
    found = keywords([f"{noun}. {word}. {noun}. {word}. {noun}"], language)
    assert [phrase.lower() for phrase in found] == [noun]

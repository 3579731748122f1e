"""Questions and answers below the page of results."""

from datetime import date

import pytest

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import indexing
from pliego.documents.models import Document, File, NearCopy, Privacy
from pliego.documents.searching import ORDERS, Question, search, suggest
from tests.archive import BEES, BRIDGES, HIVES, put


@pytest.mark.parametrize(
    ("text", "word", "left"),
    [
        ("molino viejo", "viejo", "molino"),
        ('"agua fría" molino', "agua fría", "molino"),
        ("title:molino -negro", "molino", "-negro"),
        ("molino", "molino", "molino"),
        ("molino no", "no", "molino"),
        ("molinos (a", "noria", "molinos (a"),
    ],
)
def test_a_word_is_dropped_with_its_field_and_quotes(text: str, word: str, left: str) -> None:
    assert Question(text, page=3).without_word(word).text == left


def test_a_choice_is_dropped_alone() -> None:
    question = Question("molino", language="es", year=1990, page=4)
    assert question.chosen() == ["language", "year"]
    assert question.without("year") == Question("molino", language="es")


def test_words_are_put_right() -> None:
    assert Question("molnio viejo").with_words({"molnio": "molino"}).text == "molino viejo"


@pytest.mark.usefixtures("archive")
def test_a_page_is_lit_with_the_shortest_form_of_each_word() -> None:
    put("bees", BEES)
    [found] = search(ANONYMOUS, Question("abejas reinas")).documents
    assert set(found.pages[0].words.split()) == {"abeja", "reina"}


@pytest.mark.usefixtures("archive")
def test_choices_narrow_what_is_found() -> None:
    put("bees", BEES)
    put("hives", HIVES)
    assert search(ANONYMOUS, Question("colmena", language="es")).total == 2
    assert search(ANONYMOUS, Question("colmena", language="fr")).wider == [("language", 2)]
    assert search(ANONYMOUS, Question("colmena", length="book")).total == 0


@pytest.mark.usefixtures("archive")
def test_suggestions_keep_the_words_before() -> None:
    put("bees", BEES)
    assert "la vieja colmena" in suggest(ANONYMOUS, "la vieja colm")


@pytest.mark.usefixtures("archive")
def test_what_finds_the_same_is_suggested_once() -> None:
    put("bees", author="Inés Ágata")
    put("hives", author="INES AGATA")
    assert [each.casefold() for each in suggest(ANONYMOUS, "ines ag")] in (["inés ágata"], ["ines agata"])


@pytest.mark.usefixtures("archive")
def test_what_is_found_is_counted_by_language_year_and_length() -> None:
    put("bees", BEES)
    put("hives", HIVES)
    answer = search(ANONYMOUS, Question("colmena"))
    assert answer.total == 2
    assert answer.languages == [("es", 2)]
    assert answer.lengths == [("short", 2)]
    assert sum(count for _, count in answer.years) in {0, 2}


BOOK = (*BEES, *HIVES)
AGAIN = (*BOOK, "Añadido en la segunda edición.")


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("order", ORDERS)
def test_near_copies_are_one_hit_and_counted_once(order: str) -> None:
    put("bees", BOOK)
    put("hive", AGAIN)
    put("hives", (HIVES[1],))
    answer = search(ANONYMOUS, Question("cera", order=order))
    assert answer.total == len(answer.documents) == 2
    assert answer.languages == [("es", 2)]
    [book] = [found for found in answer.documents if found.copies]
    names = {book.document.original_name, *(other.original_name for other in book.others)}
    assert (names, book.copies) == ({"bees.pdf", "hive.pdf"}, 1)


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("privacy", [Privacy.UNLISTED, Privacy.PRIVATE])
def test_a_near_copy_that_is_hidden_is_not_even_counted(privacy: str) -> None:
    put("bees", BOOK)
    hive = put("hive", AGAIN).document
    Document.objects.filter(pk=hive.pk).update(privacy=privacy)
    [found] = search(ANONYMOUS, Question("cera")).documents
    assert (found.copies, found.others) == (0, [])


@pytest.mark.usefixtures("archive")
def test_of_copies_that_match_alike_the_one_that_was_not_recognised_leads_then_the_first_shared() -> None:
    first, second = put("bees", BOOK).document, put("hive", AGAIN).document
    [found] = search(ANONYMOUS, Question("cera")).documents
    assert (found.document, found.others) == (first, [second])
    File.objects.filter(pk=first.file_id).update(ocr_pages=1)
    [found] = search(ANONYMOUS, Question("cera")).documents
    assert (found.document, found.others) == (second, [first])
    assert found.pages


@pytest.mark.usefixtures("archive")
def test_a_copy_that_matches_much_better_leads() -> None:
    put("bees", BOOK)
    put("hive", AGAIN)
    [found] = search(ANONYMOUS, Question("hive OR xylotrupes")).documents
    assert found.document.original_name == "hive.pdf"


@pytest.mark.usefixtures("archive")
def test_a_part_of_a_longer_work_is_found_by_itself() -> None:
    put("bees", BEES)
    put("works", (*BEES, *HIVES, *BRIDGES))
    assert NearCopy.objects.exists()
    assert [found.copies for found in search(ANONYMOUS, Question("apicultor")).documents] == [0, 0]


@pytest.mark.usefixtures("archive")
def test_a_third_copy_joins_the_two_before() -> None:
    files = [put(f"bees{number}", (*BOOK, "Nota. " * number)).document.file for number in range(3)]
    assert File.objects.filter(pk__in=files).values("near_group").distinct().count() == 1
    assert [found.copies for found in search(ANONYMOUS, Question("cera")).documents] == [2]


@pytest.mark.usefixtures("archive")
def test_counts_follow_what_an_owner_changes() -> None:
    bees = put("bees", BEES).document
    assert search(ANONYMOUS, Question("colmena")).languages == [("es", 1)]
    Document.objects.filter(pk=bees.pk).revised(own_language="ca", given_date=date(1913, 5, 1))
    indexing.index_changes()
    answer = search(ANONYMOUS, Question("colmena"))
    assert (answer.languages, answer.years) == ([("ca", 1)], [(1913, 1)])


@pytest.mark.usefixtures("archive")
def test_nothing_found_says_what_was_meant_and_what_is_not_there() -> None:
    put("bees", BEES)
    answer = search(ANONYMOUS, Question("colmenx"))
    assert answer.meant == {"colmenx": "colmena"}
    assert answer.unmatched == ["colmenx"]
    assert not answer.documents


@pytest.mark.usefixtures("archive")
def test_most_of_the_words_are_enough_when_all_are_too_many() -> None:
    put("bees", BEES)
    assert not search(ANONYMOUS, Question("abeja colmena")).relaxed
    answer = search(ANONYMOUS, Question("abeja colmena xylotrupes"))
    assert answer.relaxed
    assert answer.total == 1


@pytest.mark.usefixtures("archive")
def test_what_a_document_says_of_itself_finds_it_and_quotes_no_page() -> None:
    put("bees", BEES, author="Eva Sanz")
    [found] = search(ANONYMOUS, Question("author:sanz")).documents
    assert not found.pages


@pytest.mark.usefixtures("archive")
def test_results_come_in_pages_and_end() -> None:
    for number in range(12):
        put(f"miel{number}", ["Todo es harina."])
    pages = [search(ANONYMOUS, Question("harina", page=page)).documents for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [10, 2, 0]
    assert not {found.document.pk for found in pages[0]} & {found.document.pk for found in pages[1]}
    assert search(ANONYMOUS, Question("harina")).pages == 2

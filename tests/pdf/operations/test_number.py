from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import alike, pictures, tried, words
from tests.samples import rotated, with_info

SAMPLE = sample_pdf(4)


def test_numbers_run_from_the_first_over_the_chosen_pages() -> None:
    result = tried(
        "number", SAMPLE, text="- {page} of {pages}: {title}, {file} -", first=5, pages="2-4", names=["x.pdf"]
    )
    found = words(result.data)
    assert "- 5 of 7: Título, x -" in found[1]
    assert "- 7 of 7" in found[3]
    assert " of 7" not in found[0]


def test_a_turned_page_has_its_number_at_the_foot_as_it_is_seen() -> None:
    data = rotated(90)
    (before,), (after,) = pictures(data, 0.5), pictures(tried("number", data, text="XXXXX", size=40).data, 0.5)
    half = before.height // 2
    assert alike(before.crop((0, 0, before.width, half)), after.crop((0, 0, before.width, half)), most=0.01)
    assert not alike(before.crop((0, half, before.width, before.height)), after.crop((0, half, *after.size)), most=0.01)


def test_on_facing_pages_left_and_right_change_places() -> None:
    pages = pictures(tried("number", SAMPLE, text="XXXXX", size=40, where="bottom-right", facing=True).data, 0.2)
    feet = [page.crop((0, page.height * 9 // 10, page.width // 2, page.height)).getextrema()[0] for page in pages]
    assert [foot < 200 for foot in feet] == [False, True, False, True]  # type: ignore[operator]


def test_a_title_of_letters_that_the_font_has_not_is_told_as_far_as_may_be() -> None:
    data = with_info(Title="Čapek \u202e{page}\n日本 año")
    assert "Čapek {page} ?? año, 1" in words(tried("number", data, text="{title}, {page}").data)[0]

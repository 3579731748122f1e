from typing import Any

import pytest

from pliego.pdf.catalogue import named
from pliego.pdf.report import UNCHANGED, Note, Progress, Report, Step

SPLIT = named("split")
SAID: dict[str, Any] = {
    "output": "zip", "pages": 0, "first": 1, "unchanged": False, "notes": [{"code": "parts", "params": {"count": 3}}]
}  # fmt: skip


def test_a_report_says_its_notes_in_sentences() -> None:
    report = Report.from_child(SAID, SPLIT, (10, 20))
    assert report.sentences(SPLIT) == ["3 parts."]
    assert report.to_json(SPLIT)["notes"] == [{"code": "parts", "count": 3, "sentence": "3 parts."}]
    assert Report.from_child({**SAID, "unchanged": True}, SPLIT, (1, 1)).sentences(SPLIT)[0] == UNCHANGED


def test_one_thing_is_said_of_one_thing() -> None:
    said = {**SAID, "notes": [{"code": "parts", "params": {"count": 1}}]}
    assert Report.from_child(said, SPLIT, (10, 20)).sentences(SPLIT) == ["1 part."]


@pytest.mark.parametrize(("pages", "told", "first"), [(3, 2, 2), (3, 9, 3), (3, -1, 1), (0, 2, 1)])
def test_the_first_page_that_was_changed_is_one_of_the_result(pages: int, told: int, first: int) -> None:
    assert Report.from_child({**SAID, "pages": pages, "first": told}, SPLIT, (1, 1)).first == first


@pytest.mark.parametrize(
    "wrong",
    [
        {"output": "exe"},
        {"pages": "many"},
        {"notes": [{"code": "unknown", "params": {}}]},
        {"notes": [{"code": "parts"}]},
        {"notes": 3},
    ],
)
def test_another_shape_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        Report.from_child({**SAID, **wrong}, SPLIT, (10, 20))


def test_gaps_are_filled_and_nothing_else_is_done_with_a_sentence() -> None:
    note = Note("parts", {"count": "%(count)s"})
    assert note.say("%(count)s of %(more)s, 100 %") == "%(count)s of , 100 %"


def test_progress_stays_between_its_ends() -> None:
    assert Progress.from_json({"step": "write", "percent": 400}) == Progress(Step.WRITE, 100)
    with pytest.raises(ValueError, match="sleep"):
        Progress.from_json({"step": "sleep", "percent": 1})

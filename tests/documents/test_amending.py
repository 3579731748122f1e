import pytest

from pliego.documents.amending import amended


@pytest.mark.parametrize(
    ("wanted", "shown", "now", "details", "meanwhile"),
    [
        ("a a", "a a", "a a", "a a", {}),
        ("b a", "a a", "a b", "b b", {}),  # each has changed another field
        ("a a", "a a", "b b", "b b", {}),  # what was left alone is what it is by now
        ("b a", "a a", "b a", "b a", {}),  # both say the same
        ("b b", "a a", "c a", "b b", {"x": "c"}),
    ],
)
def test_two_windows(wanted: str, shown: str, now: str, details: str, meanwhile: dict[str, str]) -> None:
    said = [dict(zip("xy", values.split(), strict=True)) for values in (wanted, shown, now)]
    outcome = amended(*said)
    assert (" ".join(outcome.details.values()), outcome.meanwhile) == (details, meanwhile)

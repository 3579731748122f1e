from dataclasses import dataclass

from pliego.accounts.viewer import ANONYMOUS, OPERATOR, Viewer


@dataclass
class Thing:
    pk: str
    owner_id: int | None = None


def test_an_owner_owns_what_is_theirs() -> None:
    viewer = Viewer(owned=frozenset({"a"}))
    assert viewer.owns(Thing("a"))
    assert not viewer.owns(Thing("b"))


def test_an_account_owns_its_documents() -> None:
    assert Viewer(person=7).owns(Thing("a", 7))
    assert not Viewer(person=7).owns(Thing("a", 8))
    assert not Viewer(person=7).owns(Thing("a"))


def test_whoever_was_granted_a_document_owns_nothing() -> None:
    assert not Viewer(granted=frozenset({"a"})).owns(Thing("a"))


def test_the_operator_owns_everything_and_nobody_nothing() -> None:
    assert OPERATOR.owns(Thing("a"))
    assert not ANONYMOUS.owns(Thing("a"))

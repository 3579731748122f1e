from pliego.accounts.viewer import ANONYMOUS, OPERATOR, Viewer


def test_an_owner_owns_what_is_theirs() -> None:
    viewer = Viewer(owned=frozenset({"a"}))
    assert viewer.owns("a")
    assert not viewer.owns("b")


def test_the_operator_owns_everything_and_nobody_nothing() -> None:
    assert OPERATOR.owns("a")
    assert not ANONYMOUS.owns("a")

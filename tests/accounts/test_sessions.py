import pytest

from pliego.accounts.sessions import name_of


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/150.0 Safari/537.36 OPR/90.0", "Opera, Android"),
        ("curl/8.5.0", "curl"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_browser_by_the_name_that_people_know(said: str, name: str) -> None:
    assert name_of(said) == name

from pliego.accounts.manage_links import new_token, token_hash


def test_a_token_fits_an_address_and_is_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(token.replace("-", "").replace("_", "").isalnum() and len(token) == 22 for token in tokens)


def test_the_hash_does_not_hold_the_token() -> None:
    token = new_token()
    assert token not in token_hash(token)
    assert token_hash(token) == token_hash(token) != token_hash(token + "x")

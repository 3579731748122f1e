import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password


def test_passwords_are_looked_at_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    free, hashed, together = threading.Lock(), make_password("una contraseña"), []
    verify = Argon2PasswordHasher.verify

    def watched(hasher: Argon2PasswordHasher, password: str, encoded: str) -> bool:
        alone = free.acquire(blocking=False)
        together.append(not alone)
        fits = verify(hasher, password, encoded)
        if alone:
            free.release()
        return fits

    monkeypatch.setattr(Argon2PasswordHasher, "verify", watched)
    with ThreadPoolExecutor(8) as pool:
        fits = list(pool.map(lambda word: check_password(word, hashed), ["una contraseña", "otra"] * 4))
    assert fits == [True, False] * 4
    assert not any(together)


def test_hashes_that_were_made_before_still_fit() -> None:
    assert check_password("una contraseña", Argon2PasswordHasher().encode("una contraseña", "sal y pimienta"))

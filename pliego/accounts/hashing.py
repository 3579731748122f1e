"""How passwords are hashed: with argon2, one at a time."""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

_hashing = threading.Lock()


class OneAtATime(Argon2PasswordHasher):
    """Argon2 takes 100 MB while it works: thirty people who sign in at once would take a process 3 GB."""

    def encode(self, password: str, salt: str) -> str:
        """Hash a password."""
        with _hashing:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether a password has this hash."""
        with _hashing:
            return super().verify(password, encoded)

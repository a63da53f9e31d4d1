"""How passwords are hashed: Argon2id with 128 MiB, one at a time (`vault.turns`)."""

from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

from tragnetz.vault.turns import turn


class PatientArgon2(Argon2PasswordHasher):
    """Argon2id with 128 MiB and two passes (RFC 9106, 4, asks 64 MiB and three of machines with little memory)."""

    time_cost = 2
    memory_cost = 128 * 1024
    parallelism = 2

    def encode(self, password: str, salt: str) -> Any:  # noqa: ANN401 -- Django's interface
        """Hash, when it is one's turn."""
        with turn():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare, when it is one's turn."""
        with turn():
            return super().verify(password, encoded)

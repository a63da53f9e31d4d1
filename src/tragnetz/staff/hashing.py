"""How passwords are hashed: Argon2id with 128 MiB, and few at a time.

A storm of log-ins waits in line instead of taking all memory: 20 at once would need 2.6 GB.
"""

import threading
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 2  # a process
_line = threading.BoundedSemaphore(AT_ONCE)


class PatientArgon2(Argon2PasswordHasher):
    """Argon2id, 128 MiB, three passes (RFC 9106, 4: more than its second choice), two at a time in a process."""

    time_cost = 3
    memory_cost = 128 * 1024
    parallelism = 4

    def encode(self, password: str, salt: str) -> Any:  # noqa: ANN401 -- Django's interface
        """Hash, when it is one's turn."""
        with _line:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare, when it is one's turn."""
        with _line:
            return super().verify(password, encoded)

"""How passwords are hashed: Argon2id with 128 MiB, and few at a time.

A storm of log-ins must take neither all memory (20 at once would need 2.6 GB) nor all threads of a process: public
pages are answered meanwhile. Whoever finds the line full is told to send again.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 2  # a process hashes so many at a time; others wait
LINE = 3  # log-ins a process lets in at a time, with those that wait: of four threads one stays for other pages
_hashing = threading.BoundedSemaphore(AT_ONCE)
_line = threading.BoundedSemaphore(LINE)


class BusyError(Exception):
    """So many people sign in at this moment that the line is full."""


@contextmanager
def in_line() -> Iterator[None]:
    """Take a place in the line of log-ins. Raises BusyError at once when there is none."""
    if not _line.acquire(blocking=False):
        raise BusyError
    try:
        yield
    finally:
        _line.release()


class PatientArgon2(Argon2PasswordHasher):
    """Argon2id with 128 MiB and two passes (RFC 9106, 4, asks 64 MiB and three of machines with little memory)."""

    time_cost = 2
    memory_cost = 128 * 1024
    parallelism = 2

    def encode(self, password: str, salt: str) -> Any:  # noqa: ANN401 -- Django's interface
        """Hash, when it is one's turn."""
        with _hashing:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare, when it is one's turn."""
        with _hashing:
            return super().verify(password, encoded)

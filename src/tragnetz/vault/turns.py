"""Who may do memory-hard work, and when: hashing a password, stretching what somebody typed into a key.

Each takes 128 MiB and a core for half a second. A storm of log-ins must take neither all memory (20 at once would need
2.6 GB) nor all threads of a process: public pages are answered meanwhile. So a process does one at a time, some
requests wait for their turn, and whoever finds the line full is told to send again. One place is kept for residents:
when all counsellors sign in at eight o'clock, somebody who types the code of their own page still gets in.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

THREADS = 4  # with which a process serves
AGAIN_SECONDS = 5  # after so long it is worth while to send again
LINE = THREADS - 1  # requests that do or await such work: one thread stays for other pages
STAFF = LINE - 1  # of these at most so many of staff
_working = threading.Semaphore(1)
_line = threading.BoundedSemaphore(LINE)
_staff = threading.BoundedSemaphore(STAFF)


class BusyError(Exception):
    """So many people sign in at this moment that the line is full."""


class _Place:
    """The place of a request in the line: what it holds of it, nothing before its first memory-hard work."""

    def __init__(self) -> None:
        self.held: list[threading.BoundedSemaphore] = []


_place: ContextVar[_Place | None] = ContextVar("place", default=None)


@contextmanager
def request_in_line() -> Iterator[None]:
    """Let a request keep the place that its first memory-hard work takes, until it is answered.

    A log-in hashes and then stretches: it shall not be sent away in between.
    """
    place = _Place()
    token = _place.set(place)
    try:
        yield
    finally:
        _place.reset(token)
        _leave(place)


def stand_in_line(*, resident: bool = False) -> None:
    """Take a place for this request, if it has none; raises BusyError at once when all that may be taken are."""
    place = _place.get()
    if place is None or place.held:
        return
    for places in (_line,) if resident else (_staff, _line):
        if not places.acquire(blocking=False):
            _leave(place)
            raise BusyError
        place.held.append(places)


def _leave(place: _Place) -> None:
    while place.held:
        place.held.pop().release()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn, standing in line; raises BusyError."""
    stand_in_line()
    with _working:
        yield

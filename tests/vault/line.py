"""A process in which so many sign in that the line is full."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tragnetz.vault.turns import LINE, STAFF, request_in_line, stand_in_line


@contextmanager
def full_line() -> Iterator[None]:
    """Take every place in the line of memory-hard work inside the block."""
    with ExitStack() as line:
        for _ in range(LINE):
            line.enter_context(request_in_line())
            stand_in_line(resident=True)
        yield


@contextmanager
def all_staff_at_once() -> Iterator[None]:
    """Let so many of staff sign in as may at once, inside the block."""
    with ExitStack() as line:
        for _ in range(STAFF):
            line.enter_context(request_in_line())
            stand_in_line()
        yield

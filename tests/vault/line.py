"""A process in which so many sign in that the line is full."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tragnetz.vault.turns import LINE, request_in_line, turn


@contextmanager
def full_line() -> Iterator[None]:
    """Take every place in the line of memory-hard work inside the block."""
    with ExitStack() as line:
        for _ in range(LINE):
            line.enter_context(request_in_line())
            with turn():
                pass
        yield

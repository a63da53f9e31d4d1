"""Become another program that may take so much and no more, because the files that it reads may be hostile.

    python -m tragnetz.casework.letterreading.bounded PROGRAM WORD...

A picture of a few kilobytes can hold so many dots that they fill the memory of the machine, and not of one page alone.
"""

import os
import resource
import sys
from contextlib import suppress

MEMORY, SECONDS = 800_000_000, 60  # bytes of address space, three times what 50 million dots take; of the processor


def bind(memory: int, seconds: int) -> None:
    """Let this process take no more than so many bytes of address space and seconds of the processor."""
    with suppress(ValueError):  # where the system knows no such bound
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def main() -> None:
    """Set the bounds, and go on as the program that was named."""
    bind(MEMORY, SECONDS)
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 -- the caller's own words


if __name__ == "__main__":
    main()

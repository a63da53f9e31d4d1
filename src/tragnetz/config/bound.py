"""Starts a program that is told to end when the process that started it is gone, even if that one was killed.

Linux does that (PR_SET_PDEATHSIG, prctl(2)); elsewhere the program is only started. Usage: PARENT PROGRAM ARGUMENT...
"""

import ctypes
import os
import signal
import sys
from typing import NoReturn

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> NoReturn:
    """Become the program, bound to the process `arguments` name first; ends at once if that one is gone already."""
    parent, *command = arguments
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != int(parent):
        sys.exit(1)
    os.execv(command[0], command)  # noqa: S606 -- our own program


if __name__ == "__main__":
    main(sys.argv[1:])

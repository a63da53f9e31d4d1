"""Processes that end together: however the first of them ends, none stays behind, and no port stays taken.

Three ways lead there, each for what the others cannot see: `end_in_order` lets a process that is told to end tidy up
like after Ctrl+C; `run_together` ends what it started; `end_with_parent` and `bound` end those whose parent was killed.
`end_while_loading` lets nobody wait for a process that has not begun to serve.
"""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import NoReturn

GRACE = 25.0  # seconds in which a process brings to its end what it is doing; one query of a page takes 20 at most
LOOK = 1.0  # seconds between two looks whether a parent is still there
_OF_A_SIGNAL = 128  # what shells add to its number in an exit status
_TOLD_TO_END = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@dataclass(frozen=True, slots=True)
class Program:
    """A program with its arguments, and the environment that it runs in."""

    command: Sequence[str]
    environment: Mapping[str, str]


def end_in_order() -> None:
    """Let this process leave like after Ctrl+C when it is told to end or its terminal closes; `nohup` is respected."""
    for number in _TOLD_TO_END:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _leave)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(_OF_A_SIGNAL + number)


def run_together(first: Program, *beside: Program) -> int:
    """Run programs until `first` ends or this process is told to end; returns the exit status of `first`.

    Then all of them are ended, and killed if they do not end within GRACE. Each has a session of its own: Ctrl+C
    reaches them through us alone, in order. After Ctrl+C the status is 0.
    """
    started: list[subprocess.Popen[bytes]] = []
    try:
        for one in (*beside, first):
            started.append(_start(one))  # noqa: PERF401 -- one after the other: if a start fails, those before it are ended
        status = started[-1].wait()
    except KeyboardInterrupt:
        return 0
    else:
        return status if status >= 0 else _OF_A_SIGNAL - status
    finally:
        _end(started)


def _start(program: Program) -> subprocess.Popen[bytes]:
    launcher = [sys.executable, "-m", "tragnetz.config.bound", str(os.getpid())]
    return subprocess.Popen([*launcher, *program.command], env=program.environment, start_new_session=True)  # noqa: S603 -- our own programs


def _end(started: Sequence[subprocess.Popen[bytes]]) -> None:
    for number in (signal.SIGINT, *_TOLD_TO_END):  # whoever presses Ctrl+C twice would leave them behind
        signal.signal(number, signal.SIG_IGN)
    for one in started:
        one.terminate()
    until = time.monotonic() + GRACE
    for one in started:
        try:
            one.wait(max(until - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            one.kill()
            one.wait()


def end_while_loading() -> None:
    """Let a process of the web server that is told to end while it still loads end at once.

    It was forked with its parent's handlers: until the server sets its own, after the application is loaded, they note
    the signal where nobody looks. Whoever ends or restarts a site that only just started would wait for GRACE.
    """
    if multiprocessing.parent_process() is not None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)


def end_with_parent() -> None:
    """Let a process of the web server end when the one that started it is gone: else it would hold the port for ever.

    Does nothing in a process that nobody forked, such as a server of one process.
    """
    if multiprocessing.parent_process() is not None:
        threading.Thread(target=_watch, args=(os.getppid(),), daemon=True, name="end-with-parent").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os.kill(os.getpid(), signal.SIGTERM)  # what is being answered is brought to its end
    time.sleep(GRACE)
    os._exit(1)

"""What nobody caught is logged like everything else: Python's own traceback would quote values."""

import logging
import sys
import threading
from types import TracebackType

log = logging.getLogger("tragnetz.uncaught")


def log_uncaught() -> None:
    """Let errors that end a process or a thread go through the log."""
    sys.excepthook = _of_process
    threading.excepthook = _of_thread


def _of_process(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        log.critical("uncaught", exc_info=(kind, error, trace))


def _of_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        log.critical("uncaught", exc_info=(failed.exc_type, failed.exc_value, failed.exc_traceback))

"""From a log record to one line of JSON without words of people."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from typing import Any

from tragnetz.config.logs.numbers import current_number

OURS = "tragnetz"
# What our own lines may say besides their text (`extra=`): codes, names of routes and tasks, numbers. The last five are
# those of the security log.
FIELDS = (
    "method", "route", "status", "ms", "queries", "role", "task", "network", "seconds", "failures", "check",
    "page", "user", "from", "ways", "why",
)  # fmt: skip
MOST_FRAMES = 40
MOST_CAUSES = 5
_PACKAGES = ("site-packages", "dist-packages", "src")


class SafeFormatter(logging.Formatter):
    """Writes what is known to hold nothing personal: see the docstring of this package."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if number := current_number():
            line["request"] = number
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["error"] = list(told(error))
        elif record.levelno >= logging.WARNING:
            line["at"] = f"{_short(record.pathname)}:{record.lineno}"
        return json.dumps(line, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    """Return the fixed part of a text: ours has no other (ruff's G rules see to it), others' may."""
    if record.name.partition(".")[0] == OURS or record.args:
        return str(record.msg)
    return "(text left out)"


def told(error: BaseException) -> Iterator[dict[str, Any]]:
    """Yield an error and what caused it: kind, what the database says without values, places in the code."""
    seen: BaseException | None = error
    for _ in range(MOST_CAUSES):
        if seen is None:
            return
        yield {"type": _kind(seen), **_database(seen), "trace": _places(seen)}
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")


def _database(error: BaseException) -> dict[str, Any]:
    """Return code, table, column and constraint of a database error. Message and detail quote values of the row."""
    diagnosis = getattr(error, "diag", None)
    if diagnosis is None:
        return {}
    named = {
        "sqlstate": getattr(error, "sqlstate", None), "table": diagnosis.table_name, "column": diagnosis.column_name,
        "constraint": diagnosis.constraint_name,
    }  # fmt: skip
    return {name: value for name, value in named.items() if value}


def _places(error: BaseException) -> list[str]:
    frames = [
        f"{_short(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    return frames[-MOST_FRAMES:]


def _short(path: str) -> str:
    """Return a path below the folder of packages: where that lies is of no use to anybody."""
    parts = Path(path).parts
    for index in range(len(parts) - 1, 0, -1):
        if parts[index] in _PACKAGES:
            return "/".join(parts[index + 1 :])
    return "/".join(parts[-2:])

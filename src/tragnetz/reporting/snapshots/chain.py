"""The hashes of snapshots: pure. Anybody can compute them again from the file of rows."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tragnetz.audit.rules import START, link
from tragnetz.reporting.snapshots.rows import COLUMNS

_ENCODER = json.JSONEncoder(sort_keys=True, default=str, ensure_ascii=False, separators=(",", ":"))

__all__ = ["START", "chained", "line_of_row", "sha_of_rows"]


def line_of_row(values: Sequence[Any]) -> str:
    """Return a row as canonical JSON: keys in order, no spaces, a line end."""
    return _ENCODER.encode(dict(zip(COLUMNS, values, strict=True))) + "\n"


def sha_of_rows(rows: Iterable[Sequence[Any]]) -> tuple[int, str]:
    """Return how many rows there are, and the SHA-256 of their lines: that of the file which holds them."""
    made, number = hashlib.sha256(), 0
    for row in rows:
        made.update(line_of_row(row).encode())
        number += 1
    return number, made.hexdigest()


def chained(
    previous: str, *, number: int, programme: str, first: str, last: str, rows: int, rows_sha: str,
    counting: Mapping[str, Any],
) -> str:  # fmt: skip
    """Return the hash of a snapshot in the chain, made like that of an event of the audit.

    `counting`: what was asked and counted; older snapshots kept nothing of it.
    """
    told = {"number": number, "programme": programme, "first": first, "last": last, "rows": rows, "rows_sha": rows_sha}
    if counting:
        told["counting_sha"] = hashlib.sha256(_ENCODER.encode(counting).encode()).hexdigest()
    return link(previous, told)

"""Whom to call while the site cannot answer: read in good time, kept in memory and in a small file beside the database.

Without it the page of an outage could not say the number that a person needs most just then.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tragnetz.network.models import Hotline, Network
from tragnetz.network.scope import scope

FOLDER = "notice"


@dataclass(frozen=True, slots=True)
class Notice:
    """What is public anyway: the network's name, its lines (name, phone, hours) and numbers for those in danger."""

    name: Mapping[str, str]
    lines: list[dict[str, Any]]
    emergency: list[dict[str, Any]]


_held: dict[str, Notice] = {}


def remember(network: Network, folder: Path) -> None:
    """Read a network's numbers and keep them; a folder that cannot be written to leaves them in memory alone."""
    with scope(network):
        lines = [{"name": row.name, "phone": row.phone, "hours": row.hours} for row in Hotline.objects.all()]
    notice = Notice(network.name, lines, network.emergency or [])
    _held[network.key] = notice
    with suppress(OSError):
        _write(folder / FOLDER / f"{network.key}.json", notice)


def recall(folder: Path, key: str = "") -> Notice | None:
    """Return what was kept of a network, without a key of the only one; nothing when nothing was kept."""
    if key in _held:
        return _held[key]
    with suppress(OSError, ValueError, TypeError):
        files = [folder / FOLDER / f"{key}.json"] if key else list((folder / FOLDER).glob("*.json"))
        if len(files) == 1:
            return _held.setdefault(key or files[0].stem, Notice(**json.loads(files[0].read_text(encoding="utf-8"))))
    return next(iter(_held.values())) if not key and len(_held) == 1 else None


def _write(path: Path, notice: Notice) -> None:
    """Write a file whole or not at all, and only when it says something new."""
    text = json.dumps({"name": notice.name, "lines": notice.lines, "emergency": notice.emergency}, ensure_ascii=False)
    with suppress(FileNotFoundError):
        if path.read_text(encoding="utf-8") == text:
            return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)

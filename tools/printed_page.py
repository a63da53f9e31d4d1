"""Pages of docs of which a part is printed by a program, between two marks."""

import sys
from collections.abc import Callable
from pathlib import Path


def between(page: str, begin: str, end: str, text: str) -> str:
    """Return the page with `text` between its two marks, which stay."""
    before, rest = page.split(begin)
    return before + begin + text + end + rest.split(end)[1]


def write_or_compare(path: Path, printed: Callable[[str], str]) -> int:
    """Write the page as `printed` makes it of what is there; with `--check` only tell if it differs (1) or not (0)."""
    page = path.read_text(encoding="utf-8")
    if "--check" in sys.argv:
        return int(printed(page) != page)
    path.write_text(printed(page), encoding="utf-8")
    return 0

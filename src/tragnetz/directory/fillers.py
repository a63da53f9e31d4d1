"""Words of a search that nobody looks for (`fillers.yaml`), of languages of which PostgreSQL knows none or few."""

from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("fillers.yaml")


def is_filler(word: str) -> bool:
    """Whether a word in lower case is one; German and English are PostgreSQL's to tell."""
    return word in _fillers()


@cache
def _fillers() -> frozenset[str]:
    found = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return frozenset(word for words in found.values() for word in words)

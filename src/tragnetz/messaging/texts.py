"""Words of messages, from texts.yaml beside this file."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _all() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8"))
    return found


def languages() -> list[str]:
    """Return the languages in which we write to people."""
    return [key for key in _all() if key != "business"]


def sentences(language: str) -> dict[str, str]:
    """Return the sentences of one language by their names; one that we do not have is German."""
    words: dict[str, str] = _all()[language if language in languages() else "de"]
    return words


def business(template: str) -> dict[str, str] | None:
    """Return subject and text of a message to an organisation; nothing if the template is none of those."""
    words: dict[str, str] | None = _all()["business"].get(template)
    return words

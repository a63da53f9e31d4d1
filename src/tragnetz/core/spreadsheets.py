"""Texts in tables that spreadsheet programs open."""

import re

_RUN = ("=", "+", "-", "@", "\t", "\r")  # what makes a program of a cell: OWASP, CSV injection
_NUMBER = re.compile(r"[+-][\d\s/().-]*")  # of a telephone, for example


def harmless(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula: an apostrophe stands in front of it."""
    return f"'{text}" if text.startswith(_RUN) and not _NUMBER.fullmatch(text) else text

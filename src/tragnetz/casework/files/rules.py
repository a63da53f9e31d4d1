"""Decisions on files: pure. Names are made harmless, and each type has the one way in which it is handed out."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tragnetz.casework.enums import FileState, FileType, KeepFor

# From where to where: a content that is gone does not come back.
MOVES: Mapping[FileState, frozenset[FileState]] = {
    FileState.WAITING: frozenset({FileState.KEPT, FileState.INFECTED, FileState.SEEN}),
    FileState.KEPT: frozenset({FileState.SEEN}),
    FileState.SEEN: frozenset(),
    FileState.INFECTED: frozenset(),
}
CONTENT_TYPES: Mapping[FileType, str] = {
    FileType.PDF: "application/pdf",
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.WEBP: "image/webp",
    FileType.HEIC: "image/heic",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.TEXT: "text/plain; charset=utf-8",
}
# What a letter can be read of, where the server is able to.
READABLE = frozenset({FileType.PDF, FileType.JPEG, FileType.PNG})
MOST_A_DAY = 10  # files that one person sends from their own page
LONGEST_NAME = 80
LONGEST_KEPT = timedelta(days=5 * 366)
SEEN_BEFORE = timedelta(days=366)  # so long ago may somebody have seen a paper that is entered now
_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
_FORBIDDEN = re.compile(r'[<>:"|?*%;]+')
# Names of devices that Windows takes for themselves, whatever follows the dot.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")


def clean_name(typed: str, kind: FileType) -> str:
    """Return a file's name without folders and signs that deceive, with the ending that fits its content."""
    name = unicodedata.normalize("NFC", typed).replace("\\", "/").rpartition("/")[2]
    name = "".join(" " if sign.isspace() else sign for sign in name)
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")  # controls, turned directions
    name = " ".join(_FORBIDDEN.sub("_", _EXTENSION.sub("", name)).split()).strip(" .")
    name = name[:LONGEST_NAME].strip(" .")
    if _DEVICES.match(name):
        name = f"_{name}"
    return f"{name or _('Unterlage')}.{kind.value}"


def can_become(state: str, target: FileState) -> bool:
    """Whether a file may change so."""
    return target in MOVES[FileState(state)]


def last_day(keep_for: KeepFor, until: date | None, today: date) -> date | None:
    """Return the last day for which a file is kept, nothing for one that goes with its case.

    Raises ValueError with words for a reason that needs a day, or a day that makes no sense.
    """
    if keep_for == KeepFor.CASE:
        return None
    if until is None:
        message = _("Bitte wählen Sie, bis wann Sie die Unterlage brauchen.")
        raise ValueError(message)
    if not today <= until <= today + LONGEST_KEPT:
        message = _("Bitte wählen Sie einen Tag in den nächsten fünf Jahren.")
        raise ValueError(message)
    return until


def seen_fits(seen_on: date, today: date) -> bool:
    """Whether a paper may have been seen on a day: today, or in the last year."""
    return today - SEEN_BEFORE <= seen_on <= today

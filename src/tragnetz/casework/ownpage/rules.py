"""Decisions on the own page: pure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from tragnetz.core.months import months_later

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)  # however busy: a phone that is passed on does not stay open for days
SEEN_EVERY = timedelta(minutes=1)
CODE_TRIES = 20
LOOKUP_SIGNS = 4  # 20 of the code's 60 bits find the row; the other 40 are known to Argon2 alone
MOST_WRITTEN = 2_000
DONE_SHOWN = timedelta(days=30)  # so long one sees what is done, and can take it back
MESSAGES_SHOWN = 50
READS_SHOWN = 60

# The five levels as one says them of oneself.
OWN_LEVELS: Mapping[int, object] = {
    1: _("sehr schlecht, ich brauche sofort Hilfe"),
    2: _("schlecht"),
    3: _("es geht gerade so"),
    4: _("gut"),
    5: _("sehr gut"),
}


class Touched(StrEnum):
    """What somebody did with a file."""

    READ = "read"
    WROTE = "wrote"
    EMERGENCY = "emergency"


TOUCHED_WORDS: Mapping[Touched, object] = {
    Touched.READ: _("gelesen"),
    Touched.WROTE: _("etwas eingetragen oder geändert"),
    Touched.EMERGENCY: _("in einem Notfall geöffnet"),
}
_READING = frozenset({"read", "list", "print", "export"})


def touched(verb: str) -> Touched:
    """Return what a deed of the audit trail is, in the eyes of the person whose file it is."""
    noun, _colon, deed = verb.partition(":")
    if noun == "emergency":
        return Touched.EMERGENCY
    return Touched.READ if deed in _READING else Touched.WROTE


def once_a_day(rows: Iterable[tuple[date, str, str, Touched]]) -> list[tuple[date, str, str, Touched]]:
    """Return each day, organisation, role and kind of deed once, the latest first, in the order they came in."""
    return list(dict.fromkeys(rows))


def is_over(started_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a session has ended: half an hour without a page, or eight hours in any case."""
    return now >= seen_at + IDLE or now >= started_at + LONGEST


def closed_after(today: date, months: int) -> date:
    """Return the day after which a case must have been closed for its own page to open still."""
    return months_later(today, -months)


def lookup_part(code: str) -> str:
    """Return what of a clean code finds its row. A fast hash of all of it could be tried out by a thief."""
    return code[:LOOKUP_SIGNS]

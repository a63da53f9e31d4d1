"""Who did and read what: the log for the data-protection officer, and what became known of one record."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast, Right
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.audit.models import Event
from tragnetz.audit.words import is_read, noun, sentence
from tragnetz.casework.models import Case
from tragnetz.core.spreadsheets import as_csv
from tragnetz.network.actors import Actor
from tragnetz.network.functions import members_behind
from tragnetz.network.models import Membership
from tragnetz.privacy.access import can_read_audit, tracked_cases
from tragnetz.privacy.kinds import ids_about
from tragnetz.privacy.subjects import Subject, subject_of_case
from tragnetz.privacy.words import function_of

PAGE = 100
MOST_EXPORTED = 100_000
_NUMBER = re.compile(r"[0-9a-f]{8}")


def case_number(case_id: uuid.UUID) -> str:
    """Return the number of a case for people: the random end of its id, `7F3A-92C1`. It tells nothing of the person."""
    end = case_id.hex[-8:].upper()
    return f"{end[:4]}-{end[4:]}"


def case_of_number(actor: Actor, typed: str) -> Case | None:
    """Return the case of one's organisation with a number; nothing for none, or when two end alike."""
    clean = "".join(sign for sign in typed.lower() if sign.isalnum())
    if not _NUMBER.fullmatch(clean):
        return None
    found = tracked_cases(actor).annotate(end=Right(Cast("id", TextField()), 8)).filter(end=clean)
    rows = list(found[:2])
    return rows[0] if len(rows) == 1 else None


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the log is asked for: days (both included), a member of staff, a verb, a case."""

    first: date
    last: date
    member: uuid.UUID | None = None
    verb: str = ""
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in words. `who` is a name for the officer, a function and organisation for the person.

    `rows` is how many records a look showed at once; the other codes (`details`) are for the file.
    """

    at: datetime
    who: str
    what: str
    about: str
    details: str
    is_read: bool
    rows: int = 0


def events(actor: Actor, wanted: Filter) -> QuerySet[Event]:
    """Return events of one's organisation, the newest first; of a case all, whoever caused them.

    Only for the data-protection officer; leaves no event itself: that do `log_page` and `log_csv`.
    """
    if not can_read_audit(actor):
        return Event.objects.none()
    zone = actor.network.zone
    rows = Event.objects.filter(
        at__gte=datetime.combine(wanted.first, time(), zone),
        at__lt=datetime.combine(wanted.last + timedelta(days=1), time(), zone),
    )
    if wanted.case is not None:
        rows = rows.filter(object_id__in=ids_about(subject_of_case(wanted.case, everything=True)))
    else:
        rows = rows.filter(organisation_id=actor.organisation_id)
    if wanted.member is not None:
        user = Membership.objects.filter(pk=wanted.member, organisation=actor.organisation_id).values("user")
        rows = rows.filter(user_id__in=user)
    if wanted.verb:
        rows = rows.filter(verb=wanted.verb)
    return rows.order_by("-at", "-id")


def log_page(actor: Actor, wanted: Filter, number: int) -> tuple[list[Entry], int]:
    """Return a page of the log (from 1) and how many events there are; looking leaves an event."""
    rows = events(actor, wanted)
    count = rows.count()
    shown = list(rows[(number - 1) * PAGE : number * PAGE])
    record(actor, "audit:read", wanted.case, rows=len(shown))
    return _entries(shown, named=True), count


def log_csv(actor: Actor, wanted: Filter) -> str:
    """Return the log as a table for a spreadsheet (semicolons, at most 100,000 rows); leaves an event."""
    rows = list(events(actor, wanted)[:MOST_EXPORTED])
    record(actor, "audit:export", wanted.case, rows=len(rows))
    zone = actor.network.zone
    return as_csv(
        [
            [_("Zeit"), _("Wer"), _("Was"), _("Woran"), _("Angaben")],
            *(
                [f"{one.at.astimezone(zone):%Y-%m-%d %H:%M:%S}", one.who, one.what, one.about, one.details]
                for one in _entries(rows, named=True)
            ),
        ]
    )


def members_of(actor: Actor) -> list[Membership]:
    """Return who works or worked for one's organisation, by name."""
    return list(Membership.objects.filter(organisation=actor.organisation_id).select_related("user"))


@dataclass(frozen=True, slots=True)
class Trail:
    """Who read and changed a record: entries without names of staff, the newest first."""

    case: Case
    number: str
    entries: list[Entry]


def trail_of(actor: Actor, case_id: uuid.UUID, verb: str = "trail:read") -> Trail | None:
    """Return who read and changed a case with all that belongs to it; leaves an event. Nothing for a foreign one."""
    case = tracked_cases(actor).filter(pk=case_id).first()
    if case is None:
        return None
    record(actor, verb, case)
    return Trail(case, case_number(case.pk), entries_about(subject_of_case(case, everything=True)))


def entries_about(subject: Subject) -> list[Entry]:
    """Return all events on a subject's rows, the newest first, with function and organisation instead of names."""
    rows = Event.objects.filter(object_id__in=ids_about(subject)).order_by("-at", "-id")
    return _entries(rows, named=False)


def _entries(rows: Iterable[Event], *, named: bool) -> list[Entry]:
    found = list(rows)
    members = members_behind({row.user_id for row in found if row.user_id})
    return [
        Entry(
            at=row.at,
            who=_who(row, members, named=named),
            what=sentence(row.verb),
            about=_about(row),
            details=", ".join(f"{name}: {value}" for name, value in sorted(row.details.items())),
            is_read=is_read(row.verb),
            rows=int(row.details.get("rows") or 0),
        )
        for row in found
    ]


def _who(row: Event, members: Mapping[tuple[uuid.UUID | None, uuid.UUID | None], Membership], *, named: bool) -> str:
    if row.actor_kind == "resident":
        return _("jemand mit dem Code oder auf der öffentlichen Seite")
    if row.actor_kind == "partner":
        return _("ein Partner über den Link einer Vermittlung")
    if row.user_id is None or row.organisation_id is None:
        return _("das Programm selbst")
    member = members.get((row.user_id, row.organisation_id))
    if member is None:
        return _("jemand, der nicht mehr im Netz arbeitet")
    return f"{member.user} ({member.organisation.short_name})" if named else function_of(member)


def _about(row: Event) -> str:
    name = noun(row.object_type)
    if row.object_type == "casework.case" and row.object_id is not None:
        return f"{name} {case_number(row.object_id)}"
    return name

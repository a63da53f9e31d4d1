"""Calendars of other programs as plain times: iCalendar files and tables. Pure, but for the words of its faults."""

import csv
import io
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rruleset, rrulestr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from icalendar import Calendar, vRecur

from tragnetz.appointments.enums import Kind
from tragnetz.core.errors import TragnetzError

AHEAD = timedelta(days=366)  # so far a repeated appointment is taken over
MOST = 5000  # appointments of one file
LONGEST = timedelta(hours=24)
MOST_TIMES = 20_000  # of a repeated appointment, past ones too: each day for half a century
RHYTHMS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}  # finer ones could be counted out without end
type Event = Any  # as icalendar reads it: its own types allow every kind of value everywhere
_TOO_MANY = gettext_lazy("Das sind mehr als %d Termine. Bitte teilen Sie die Datei.")
_CLOCKS = ("%d.%m.%Y %H:%M", "%d.%m.%y %H:%M")


class UnreadableError(TragnetzError):
    """A file that is no calendar, or one with faults; `faults` names each with its place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class TakenTime:
    """A time that is taken in another calendar: `place` says where it stands, `uid` and start tell it again."""

    place: str
    uid: str
    starts_at: datetime
    ends_at: datetime
    kind: str


def read_calendar(name: str, content: bytes, *, zone: ZoneInfo, now: datetime) -> list[TakenTime]:
    """Return the times in a file from now on for a year, soonest first. Raises UnreadableError.

    A time without zone is one of the city. What is called off, or leaves its owner free, is left out.
    """
    if name.lower().endswith(".ics"):
        found = _read_ics(content, zone, now)
    elif name.lower().endswith(".csv"):
        found = _read_csv(content, zone)
    else:
        raise UnreadableError([_("Die Datei muss auf .ics oder .csv enden.")])
    chosen = sorted((row for row in found if _is_ahead(row, now)), key=_by_start)
    if len(chosen) > MOST:
        raise UnreadableError([_TOO_MANY % MOST])
    return chosen


def _is_ahead(row: TakenTime, now: datetime) -> bool:
    return now < row.ends_at and row.starts_at < now + AHEAD


def _by_start(row: TakenTime) -> tuple[datetime, str]:
    return row.starts_at, row.uid


def _read_csv(content: bytes, zone: ZoneInfo) -> list[TakenTime]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError([_("Die Tabelle ist nicht in UTF-8 gespeichert.")]) from error
    first = text.splitlines()[0] if text else ""
    table = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    columns = {(column or "").strip().lower() for column in table.fieldnames or ()}
    if not {"beginn", "ende"} <= columns:
        raise UnreadableError([_("Die erste Zeile muss die Spalten „beginn“ und „ende“ nennen.")])
    found, faults = [], []
    for raw in table:
        row = {(key or "").strip().lower(): (value or "").strip() for key, value in raw.items() if key}
        place = _("Zeile %d") % table.line_num
        try:
            found.append(_of_row(row, place, zone))
        except ValueError as error:
            faults.append(f"{place}: {error}")
    if faults:
        raise UnreadableError(faults)
    return found


def _of_row(row: dict[str, str], place: str, zone: ZoneInfo) -> TakenTime:
    starts_at, ends_at = (_instant(row[name], zone) for name in ("beginn", "ende"))
    _check_length(starts_at, ends_at)
    kind = row.get("art") or Kind.PHONE.value
    if kind not in Kind.values:
        raise ValueError(_("„%(kind)s“ ist keine Art. Es gibt: %(kinds)s.") % {"kind": kind, "kinds": ", ".join(Kind)})
    return TakenTime(place, row.get("uid") or starts_at.isoformat(), starts_at, ends_at, kind)


def _instant(typed: str, zone: ZoneInfo) -> datetime:
    for clock in _CLOCKS:
        try:
            return datetime.strptime(typed, clock).replace(tzinfo=zone).astimezone(UTC)
        except ValueError:
            continue
    try:
        read = datetime.fromisoformat(typed)
    except ValueError:
        raise ValueError(_("„%s“ ist keine Zeit, zum Beispiel 30.11.2026 10:00.") % typed) from None
    return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)


def _check_length(starts_at: datetime, ends_at: datetime) -> None:
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise ValueError(_("Das Ende muss nach dem Beginn liegen, höchstens 24 Stunden danach."))


def _read_ics(content: bytes, zone: ZoneInfo, now: datetime) -> list[TakenTime]:
    try:
        calendar = Calendar.from_ical(content)
        events: list[Event] = list(calendar.walk("VEVENT"))
    except (ValueError, IndexError, KeyError) as error:
        raise UnreadableError([_("Die Datei ist kein Kalender (iCalendar).")]) from error
    changed: dict[str, set[datetime]] = {}
    for event in events:
        if "recurrence-id" in event:
            changed.setdefault(str(event.get("uid")), set()).add(_aware(event["recurrence-id"].dt, zone))
    found: list[TakenTime] = []
    faults = []
    for number, event in enumerate(events, 1):
        place = _("Termin %(number)d (%(start)s)") % {"number": number, "start": _told(event)}
        try:
            found += [row for row in _of_event(event, place, zone, now, changed) if _is_ahead(row, now)]
        except (ValueError, TypeError, AttributeError) as error:
            faults.append(f"{place}: {error}")
        if len(found) > MOST:
            raise UnreadableError([_TOO_MANY % MOST])
    if faults:
        raise UnreadableError(faults)
    return found


def _told(event: Event) -> str:
    start = getattr(event.get("dtstart"), "dt", None)
    return f"{start:%d.%m.%Y}" if isinstance(start, date) else "?"


def _of_event(
    event: Event, place: str, zone: ZoneInfo, now: datetime, changed: dict[str, set[datetime]]
) -> Iterator[TakenTime]:
    """Yield the times of an event, those of a repeated one without what was moved: that is an event of its own."""
    if str(event.get("status", "")).upper() == "CANCELLED" or str(event.get("transp", "")).upper() == "TRANSPARENT":
        return
    if "dtstart" not in event:
        raise ValueError(_("Der Beginn fehlt."))
    start = event["dtstart"].dt
    if not isinstance(start, datetime):
        raise ValueError(_("Das ist ein ganzer Tag. Bitte tragen Sie ihn als Abwesenheit ein."))  # noqa: TRY004 -- told to a person
    length = _length(event, start)
    uid = str(event.get("uid") or _aware(start, zone).isoformat())
    moved = set() if "recurrence-id" in event else changed.get(uid, set())
    for one in _starts(event, start, zone, now):
        if one not in moved:
            _check_length(one, one + length)
            yield TakenTime(place, uid, one, one + length, Kind.PHONE.value)


def _length(event: Event, start: datetime) -> timedelta:
    if "dtend" in event:
        end = event["dtend"].dt
        # Subtracted as instants: an appointment over the change of clocks is as long as it is.
        between: timedelta = end.astimezone(UTC) - start.astimezone(UTC) if start.tzinfo else end - start
        return between
    if "duration" in event:
        length: timedelta = event["duration"].dt
        return length
    raise ValueError(_("Das Ende fehlt."))


def _starts(event: Event, start: datetime, zone: ZoneInfo, now: datetime) -> Iterator[datetime]:
    """Yield the starts of an event. It repeats by the clock on the wall: ten o'clock stays ten o'clock."""
    if "rrule" not in event and "rdate" not in event:
        yield _aware(start, zone)
        return
    clock = start.tzinfo or zone

    def wall(moment: date) -> datetime:
        if not isinstance(moment, datetime):
            return datetime.combine(moment, start.time())
        return (moment.astimezone(clock) if moment.tzinfo else moment).replace(tzinfo=None)

    times = rruleset()
    times.rdate(wall(start))
    if "rrule" in event:
        times.rrule(rrulestr(_rhythm(event, wall), dtstart=wall(start)))
    for name, add in (("rdate", times.rdate), ("exdate", times.exdate)):
        rows = event.get(name, [])
        for row in rows if isinstance(rows, list) else [rows]:
            for one in row.dts:
                add(wall(one.dt))
    last = wall(now + AHEAD)
    for number, one in enumerate(itertools.takewhile(lambda moment: moment <= last, times)):
        if number == MOST_TIMES:
            raise ValueError(_("Es wiederholt sich mehr als %d Mal. Bitte tragen Sie ein Ende ein.") % MOST_TIMES)
        yield one.replace(tzinfo=clock).astimezone(UTC)


def _rhythm(event: Event, wall: Callable[[date], datetime]) -> str:
    """Return the rule by which an event repeats, its end by the clock on the wall. Raises ValueError for a fine one."""
    rule = dict(event["rrule"])
    if not {str(one).upper() for one in rule.get("FREQ", ())} <= RHYTHMS:
        raise ValueError(_("Es wiederholt sich öfter als einmal am Tag. Bitte tragen Sie die Zeiten einzeln ein."))
    if "UNTIL" in rule:
        rule["UNTIL"] = [wall(one) if isinstance(one, datetime) else one for one in rule["UNTIL"]]
    words: str = vRecur(rule).to_ical().decode()  # type: ignore[no-untyped-call]  # typed everywhere but here
    return words


def _aware(moment: date, zone: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, datetime.min.time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)

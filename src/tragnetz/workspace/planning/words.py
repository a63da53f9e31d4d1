"""Changes, reasons and clashes in words."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.appointments.enums import AbsenceKind
from tragnetz.appointments.planning.changes import (
    AddAbsence,
    AddClosure,
    AddHours,
    Change,
    ChangeHours,
    EndAbsence,
    EndClosure,
    EndHours,
    Leave,
)
from tragnetz.appointments.planning.conflicts import Clash
from tragnetz.appointments.planning.rules import Reason
from tragnetz.network.models import Membership, Organisation, Site

REASONS = {
    Reason.OUTSIDE: gettext_lazy("außerhalb der Dienstzeit"),
    Reason.AWAY: gettext_lazy("nicht da"),
    Reason.CLOSED: gettext_lazy("geschlossen"),
    Reason.GONE: gettext_lazy("arbeitet dann nicht mehr hier"),
}
CLASHES = {
    Clash.OVERLAP: gettext_lazy("Zwei Dienste zur selben Zeit."),
    Clash.TOO_FAR: gettext_lazy("Zwei Orte, und für den Weg ist zu wenig Zeit."),
    Clash.NO_WAY: gettext_lazy("Zwei Orte an einem Tag. Wie lange der Weg dauert, steht nicht in den Einstellungen."),
    Clash.NO_DEPUTY: gettext_lazy("Nicht da und ohne Vertretung, aber ein eiliges Gespräch liegt darin."),
    Clash.ON_DUTY: gettext_lazy("Nicht da, aber für das Telefon eingeteilt:"),
}


def describe(change: Change, zone: ZoneInfo) -> str:
    """Return what a change does in one sentence."""
    if isinstance(change, AddClosure | EndClosure):
        words = {"what": _closed_thing(change), "term": _term(change.closed.starts_at, change.closed.ends_at, zone)}
        if isinstance(change, AddClosure):
            return _("%(what)s ist geschlossen: %(term)s.") % words
        return _("%(what)s ist doch geöffnet: %(term)s.") % words
    person = str(Membership.objects.select_related("user").get(pk=change.membership_id).user)
    if isinstance(change, AddAbsence | EndAbsence):
        away = change.away
        words = {"person": person, "term": _term(away.starts_at, away.ends_at, zone)}
        if isinstance(change, EndAbsence):
            return _("%(person)s ist doch da: %(term)s.") % words
        return _("%(person)s ist nicht da (%(kind)s): %(term)s.") % (words | {"kind": AbsenceKind(away.kind).label})
    return _of_hours(change, person)


def _of_hours(change: AddHours | ChangeHours | EndHours | Leave, person: str) -> str:
    if isinstance(change, Leave):
        return _("%(person)s arbeitet bis %(day)s.") % {"person": person, "day": _day(change.last_day)}
    if isinstance(change, EndHours):
        words = {"person": person, "day": _day(change.day)}
        if change.once:
            return _("%(person)s: Der Dienst am %(day)s fällt aus.") % words
        return _("%(person)s: Der Dienst endet. Ab %(day)s gibt es ihn nicht mehr.") % words
    hours = change.hours
    words = {
        "person": person, "day": _day(hours.valid_from), "from": f"{hours.starts:%H:%M}", "to": f"{hours.ends:%H:%M}",
    }  # fmt: skip
    if hours.valid_until == hours.valid_from:
        return _("%(person)s: nur am %(day)s Dienst von %(from)s bis %(to)s Uhr.") % words
    return _("%(person)s: ab %(day)s immer Dienst von %(from)s bis %(to)s Uhr.") % words


def _closed_thing(change: AddClosure | EndClosure) -> str:
    if change.closed.site_id is not None:
        return Site.objects.get(pk=change.closed.site_id).name
    return Organisation.objects.get(pk=change.closed.organisation_id or "").name


def _day(day: date) -> str:
    return date_format(day, "l, j. F Y")


def _term(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """Return a time away in words: whole days without hours."""
    begins, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
    if begins.time() == ends.time() == time():
        last = ends.date() - timedelta(days=1)
        if last == begins.date():
            return _day(last)
        return _("%(first)s bis %(last)s") % {"first": _day(begins.date()), "last": _day(last)}
    if begins.date() == ends.date():
        return f"{_day(begins.date())}, {begins:%H:%M}–{ends:%H:%M}"
    return _("%(first)s bis %(last)s") % {
        "first": f"{_day(begins.date())}, {begins:%H:%M}", "last": f"{_day(ends.date())}, {ends:%H:%M}",
    }  # fmt: skip

"""Invented telephone plan, promised calls and people who wait, so that the desk is alive. Nobody here exists."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from tragnetz.appointments.calls.commands import promise_callback
from tragnetz.appointments.enums import AbsenceKind, CallResult, Kind, Urgency
from tragnetz.appointments.lines.queries import open_spans
from tragnetz.appointments.models import Absence, CallAttempt, LineDuty, LinePresence, WaitingEntry
from tragnetz.appointments.waiting.commands import offer_freed, put_on_list
from tragnetz.appointments.waiting.rules import Wishes
from tragnetz.clients.models import Contact
from tragnetz.network.actors import system
from tragnetz.network.enums import Role
from tragnetz.network.models import Hotline, Membership, Network
from tragnetz.network.rules import DAYS, parse_hours

HOUR = timedelta(hours=1)
SINCE = timedelta(days=90)
WEDNESDAY = 2
# Name, language, urgency, how long ago they rang, and what must be minded.
CALLS = (
    ("Renate Fuhrmann", "de", Urgency.NORMAL, 20 * HOUR, ""),
    ("Cem Aydemir", "tr", Urgency.TODAY, HOUR, "Nicht sagen, wer anruft. Der Vater nimmt manchmal ab."),
    ("Lena Hagedorn", "de", Urgency.WEEK, 3 * HOUR, ""),
    ("Yusuf Demirel", "tr", Urgency.NORMAL, 2 * HOUR, "Am besten vormittags anrufen."),
    ("Olena Bondar", "uk", Urgency.NORMAL, HOUR, ""),
    ("Herr Wiegand", "de", Urgency.WEEK, HOUR, ""),
    ("Amal Nasser", "ar", Urgency.NORMAL, HOUR / 2, "Nur anrufen, wenn die Kinder in der Schule sind: 8 bis 12 Uhr."),
    ("Frau Kolbe", "de", Urgency.NORMAL, HOUR / 4, ""),
)
# Name, language, urgency, days of waiting, wishes. Most wish what nobody offers, so that they are still waiting.
WAITING = (
    ("Familie Sobczak", "de", Urgency.WEEK, 9, Wishes(kind=Kind.HOME)),
    ("Nadia Rahimi", "de", Urgency.NORMAL, 12, Wishes(weekdays=(WEDNESDAY,), earliest=time(13), gender="f")),
    ("Dirk Hollmann", "de", Urgency.NORMAL, 6, Wishes(earliest=time(16))),
    ("Fatma Celik", "de", Urgency.NORMAL, 4, Wishes(kind=Kind.VIDEO)),
    ("Jana Petrik", "de", Urgency.TODAY, 1, Wishes(kind=Kind.PHONE)),
    ("Herr Osterkamp", "de", Urgency.NORMAL, 8, Wishes(weekdays=(4,), earliest=time(13))),
    ("Mirela Stan", "de", Urgency.NORMAL, 2, Wishes(kind=Kind.ON_SITE, latest=time(12))),
    ("Volker Brink", "de", Urgency.NORMAL, 15, Wishes(latest=time(8, 30))),
)


@transaction.atomic
def load_waiting(network: Network, now: datetime) -> None:
    """Make plan, calls and waiting list, once."""
    if LineDuty.objects.exists() or WaitingEntry.objects.exists():
        return
    intake = list(Membership.objects.filter(roles__contains=[Role.INTAKE]).order_by("user__email"))
    if not intake:
        return
    _plan(network, intake, now)
    _calls(network, now)
    _waiting(network, now)
    offer_freed(network, now)


def _plan(network: Network, intake: list[Membership], now: datetime) -> None:
    """Cover all hours of each line; next Wednesday afternoon somebody is away, and the plan says so."""
    today = now.astimezone(network.zone).date()
    for number, line in enumerate(Hotline.objects.all()):
        member = intake[number % len(intake)]
        LineDuty.objects.bulk_create(
            LineDuty(
                network=network, hotline=line, membership=member, weekday=DAYS.index(day), starts=row.opens,
                ends=row.closes, valid_from=today - SINCE,
            )
            for row in parse_hours(line.hours)
            if row.opens is not None and row.closes is not None
            for day in row.days
        )  # fmt: skip
        spans = open_spans(network, line, today, today)
        since = next((begins for begins, ends in spans if begins <= now < ends), None)
        if since is not None:
            LinePresence(network=network, hotline=line, membership=member, since=since).save()
    away = _monday(today) + timedelta(days=7 + WEDNESDAY)
    Absence(
        network=network, membership=intake[-1], kind=AbsenceKind.TRAINING,
        starts_at=datetime.combine(away, time(12), network.zone),
        ends_at=datetime.combine(away, time(17), network.zone),
    ).save()  # fmt: skip


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _calls(network: Network, now: datetime) -> None:
    """Let a few people wait for a call: one promise is broken, two people were tried in vain."""
    callers = list(Membership.objects.filter(roles__contains=[Role.LEAD]).order_by("organisation__key"))
    for number, (name, language, urgency, ago, note) in enumerate(CALLS):
        member = callers[number % len(callers)]
        contact = _contact(network, member, name, language, number, note)
        callback = promise_callback(
            actor=system(network), organisation_id=member.organisation_id, contact=contact, district=None, topic="",
            urgency=urgency, now=now - ago,
        )  # fmt: skip
        if number in {2, 3}:
            result = CallResult.NO_ANSWER if number == 2 else CallResult.VOICEMAIL  # noqa: PLR2004 -- one of each
            CallAttempt(
                network=network, callback=callback, membership=member, result=result, at=now - HOUR / 3
            ).save()  # fmt: skip


def _waiting(network: Network, now: datetime) -> None:
    leads = list(Membership.objects.filter(roles__contains=[Role.LEAD]).order_by("organisation__key"))
    for number, (name, language, urgency, days, wishes) in enumerate(WAITING):
        member = leads[number % len(leads)]
        contact = _contact(network, member, name, language, 50 + number, "")
        put_on_list(
            actor=system(network), organisation_id=member.organisation_id, contact=contact, wishes=wishes,
            urgency=urgency, idempotency_key=f"demo-waiting-{number}", now=now - timedelta(days=days),
        )  # fmt: skip


def _contact(network: Network, member: Membership, name: str, language: str, number: int, note: str) -> Contact:
    contact = Contact(
        network=network, organisation_id=member.organisation_id, name=name, phone=f"+4917099991{number:02d}",
        language=language, may_text=True, safe_note=note,
    )  # fmt: skip
    contact.save()
    return contact

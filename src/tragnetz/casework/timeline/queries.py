"""Gather what happened in a case between two days: one query for each kind of row."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Min, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.models import Booking
from tragnetz.casework.claims.names import benefit_names, name_of
from tragnetz.casework.deadlines.sums import title_of
from tragnetz.casework.enums import FileState, GoalState
from tragnetz.casework.goals.rules import ATTAINMENT
from tragnetz.casework.letters.queries import title_of as letter_title
from tragnetz.casework.models import (
    Case,
    CaseContact,
    CaseFile,
    ClaimMove,
    Closing,
    CoverLetter,
    Deadline,
    Goal,
    GoalReview,
    Handover,
    LetterSending,
    LifeEvent,
    Note,
    PlanTaking,
    Rating,
    Step,
    Task,
)
from tragnetz.casework.papers.vocabulary import paper_titles
from tragnetz.casework.plans.book import plans
from tragnetz.casework.timeline.rules import Entry, Text, in_line, kinds_of, years
from tragnetz.network.models import Membership
from tragnetz.screening.household_words import names_of
from tragnetz.screening.outlook.enums import ForeseenState
from tragnetz.screening.outlook.queries import foreseen_of
from tragnetz.screening.outlook.words import sentence
from tragnetz.screening.rulebook import current_book


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both included."""

    first: date
    last: date


type Source = Callable[[Case, Span], Iterator[Entry]]


def timeline(case: Case, span: Span, wanted: str = "", more: Mapping[str, Source] | None = None) -> list[Entry]:
    """Return what happened between two days, the latest first; with `wanted` one filter of `rules.FILTERS` alone.

    `more` are the kinds of floors above this one.
    """
    kinds, sources = kinds_of(wanted), {**SOURCES, **(more or {})}
    return in_line(entry for kind, source in sources.items() if kind in kinds for entry in source(case, span))


def years_of(case: Case, today: date) -> list[int]:
    """Return the years in which something may have happened, the latest first."""
    known = Case.objects.filter(pk=case.pk).aggregate(
        event=Min("events__happened_on"), contact=Min("contacts__held_on")
    )
    first = min(filter(None, (case.opened_on, known["event"], known["contact"])))
    return years(first, max(today, case.closed_on or today))


def bookings_of(case: Case) -> Q:
    """Return which appointments are a case's: those of its contact, and of the cases that became one with it."""
    contacts = Case.objects.filter(Q(pk=case.pk) | Q(merged_into=case.pk)).order_by().values("contact")
    return Q(contact__in=contacts) & ~Q(state=BookingState.HELD)


def recent_talks(case: Case, number: int) -> list[Entry]:
    """Return the latest contacts and notes of a case: so many of each at most, `number` in all."""
    contacts = case.contacts.select_related("author__user").prefetch_related("notes")[:number]
    notes = case.notes.filter(contact=None).select_related("author__user")[:number]
    return in_line([*map(_of_contact, contacts), *map(_of_note, notes)])[:number]


def turning_points(case: Case) -> list[LifeEvent]:
    """Return all dated events of a case, the latest first."""
    return list(case.events.all())


def _who(member: Membership | None) -> str:
    return str(member.user) if member is not None else _("die Person selbst")


def _of_contact(row: CaseContact) -> Entry:
    words = [str(row.get_kind_display()), _("%s Minuten") % row.minutes]
    order = ["facts", "assessment", "agreement"]
    notes = sorted(row.notes.all(), key=lambda note: order.index(note.kind))
    texts = tuple(Text(note.kind, str(note.get_kind_display()), note.text) for note in notes)
    return Entry(row.held_on, "contact", ", ".join(words), row.pk, row.compartment_id, _who(row.author), texts)


def _of_note(row: Note) -> Entry:
    text = Text(row.kind, str(row.get_kind_display()), row.text)
    return Entry(localdate(row.written_at), "note", _("Notiz"), row.pk, row.compartment_id, _who(row.author), (text,))


def _contacts(case: Case, span: Span) -> Iterator[Entry]:
    rows = case.contacts.filter(held_on__range=(span.first, span.last))
    return map(_of_contact, rows.select_related("author__user").prefetch_related("notes"))


def _notes(case: Case, span: Span) -> Iterator[Entry]:
    rows = case.notes.filter(contact=None, written_at__range=_instants(case, span))
    return map(_of_note, rows.select_related("author__user"))


def _instants(case: Case, span: Span) -> tuple[datetime, datetime]:
    zone = case.network.zone
    end = datetime.combine(span.last + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
    return datetime.combine(span.first, time(), zone), end


def _events(case: Case, span: Span) -> Iterator[Entry]:
    for row in LifeEvent.objects.filter(case=case, happened_on__range=(span.first, span.last)):
        texts = (Text("event", "", row.text),) if row.text else ()
        yield Entry(row.happened_on, "event", str(row.get_kind_display()), row.pk, row.compartment_id, "", texts)


def _goals(case: Case, span: Span) -> Iterator[Entry]:
    inside = (span.first, span.last)
    for row in Goal.objects.filter(Q(agreed_on__range=inside) | Q(ended_on__range=inside), case=case):
        texts = (Text("goal", "", row.what),)
        if span.first <= row.agreed_on <= span.last:
            yield Entry(row.agreed_on, "goal", _("Ziel vereinbart"), row.pk, row.compartment_id, "", texts)
        if row.ended_on is not None and span.first <= row.ended_on <= span.last:
            title = _("Ziel: %s") % GoalState(row.state).label
            yield Entry(row.ended_on, "goal", title, row.pk, row.compartment_id, "", texts)


def _reviews(case: Case, span: Span) -> Iterator[Entry]:
    rows = GoalReview.objects.filter(case=case, held_on__range=(span.first, span.last)).select_related("goal")
    for row in rows:
        title = _("Ziel angesehen: %s") % ATTAINMENT[row.attainment]
        texts = (Text("goal", "", row.goal.what), *((Text("review", "", row.text),) if row.text else ()))
        yield Entry(row.held_on, "review", title, row.goal_id, row.compartment_id, "", texts, made=row.pk)


def _steps(case: Case, span: Span) -> Iterator[Entry]:
    for row in Step.objects.filter(case=case, done_on__range=(span.first, span.last)):
        if row.done_on is not None:
            title = _("Schritt erledigt (%s)") % row.get_owner_display()
            yield Entry(row.done_on, "step", title, row.pk, row.compartment_id, "", (Text("step", "", row.text),))


def _deadlines(case: Case, span: Span) -> Iterator[Entry]:
    for row in Deadline.objects.filter(case=case, ended_on__range=(span.first, span.last)):
        if row.ended_on is not None:
            title = _("Frist %(state)s: %(name)s") % {"state": row.get_state_display(), "name": title_of(row)}
            texts = (Text("deadline", "", row.matter),) if row.rule and row.matter else ()
            yield Entry(row.ended_on, "deadline", title, row.pk, row.compartment_id, "", texts)


def _files(case: Case, span: Span) -> Iterator[Entry]:
    rows = CaseFile.objects.filter(case=case, created_at__range=_instants(case, span))
    found = list(rows.select_related("author__user", "seen_by__user"))
    names = paper_titles(row.paper for row in found)
    for row in found:
        is_seen = row.state == FileState.SEEN
        title = (_("Unterlage gesehen: %s") if is_seen else _("Unterlage: %s")) % names[row.paper]
        texts = (Text("file", "", row.note),) if row.note else ()
        on = localdate(row.created_at)
        yield Entry(on, "file", title, row.pk, row.compartment_id, _who(row.author), texts)


def _plans(case: Case, span: Span) -> Iterator[Entry]:
    rows = PlanTaking.objects.filter(case=case, taken_at__range=_instants(case, span))
    for row in rows.select_related("author__user"):
        plan = plans().get(row.plan)
        title = _("Plan übernommen: %s") % (plan.name if plan else row.plan)
        yield Entry(localdate(row.taken_at), "plan", title, row.pk, row.compartment_id, _who(row.author), ())


def _outlook(case: Case, span: Span) -> Iterator[Entry]:
    """Yield what was done about what is foreseen; it goes with the row, three months after it came."""
    days = (span.first, span.last)
    rows = foreseen_of(case.household, localdate()).filter(Q(settled_on__range=days) | Q(told_on__range=days))
    found = list(rows.select_related("settled_by__user"))
    names = names_of(current_book()) if found else {}
    for row in found:
        texts = (Text("outlook", "", sentence(row, names)),)
        if row.told_on is not None and span.first <= row.told_on <= span.last:
            yield Entry(row.told_on, "outlook", _("Vorausschau: um Anruf gebeten"), row.pk, None, "", texts)
        if row.settled_on is not None and span.first <= row.settled_on <= span.last:
            reason = row.get_reason_display() if row.state == ForeseenState.DISMISSED else ""
            title = _("Vorausschau: %s") % ", ".join(filter(None, [row.get_state_display(), reason]))
            yield Entry(row.settled_on, "outlook", title, row.pk, None, _who(row.settled_by), texts)


def _letters(case: Case, span: Span) -> Iterator[Entry]:
    rows = LetterSending.objects.filter(letter__case=case, sent_on__range=(span.first, span.last))
    for row in rows.select_related("letter", "author__user"):
        title = _("Brief abgeschickt (%(way)s): %(name)s") % {
            "way": row.get_way_display(), "name": letter_title(row.letter),
        }  # fmt: skip
        said = (("letter", _("An"), row.recipient), ("letter", "", row.note))
        texts = tuple(Text(kind, label, text) for kind, label, text in said if text)
        yield Entry(
            row.sent_on, "letter", title, row.letter_id, row.compartment_id, _who(row.author), texts, made=row.pk
        )


def _claims(case: Case, span: Span) -> Iterator[Entry]:
    rows = ClaimMove.objects.filter(case=case, undone_at=None, happened_on__range=(span.first, span.last))
    found = list(rows.select_related("claim", "author__user"))
    names = benefit_names(row.claim.benefit for row in found)
    for row in found:
        title = _("Antrag %(state)s: %(name)s") % {
            "state": row.get_state_display(), "name": name_of(row.claim, names)
        }  # fmt: skip
        texts = (Text("claim", "", row.note),) if row.note else ()
        yield Entry(
            row.happened_on, "claim", title, row.claim_id, row.compartment_id, _who(row.author), texts, made=row.pk
        )


def _covers(case: Case, span: Span) -> Iterator[Entry]:
    rows = CoverLetter.objects.filter(coaching__case=case, created_at__range=_instants(case, span))
    for row in rows:
        title = _("Anschreiben begonnen: %(job)s, %(employer)s") % {"job": row.job, "employer": row.employer}
        yield Entry(row.created_at.astimezone(case.network.zone).date(), "cover", title, row.pk, row.compartment_id)


def _bookings(case: Case, span: Span) -> Iterator[Entry]:
    zone = case.network.zone
    rows = Booking.objects.filter(bookings_of(case), starts_at__range=_instants(case, span))
    for row in rows.select_related("membership__user"):
        at = row.starts_at.astimezone(zone)
        title = f"{_('Termin')} {at:%H:%M}, {row.get_kind_display()}: {row.get_state_display()}"
        yield Entry(at.date(), "booking", title, row.pk, None, _who(row.membership))


def _ratings(case: Case, span: Span) -> Iterator[Entry]:
    rows = Rating.objects.filter(case=case, rated_on__range=(span.first, span.last)).select_related("author__user")
    for row in rows:
        title = _("Lebenslagen eingeschätzt, %s") % row.get_occasion_display()
        yield Entry(row.rated_on, "rating", title, row.pk, row.compartment_id, _who(row.author))


def _tasks(case: Case, span: Span) -> Iterator[Entry]:
    rows = Task.objects.filter(case=case, done_on__range=(span.first, span.last)).select_related("done_by__user")
    for row in rows:
        if row.done_on is not None:
            texts = (Text("task", "", row.text),) if row.text else ()
            title = _("%s erledigt") if row.done_by else _("%s ist nicht mehr nötig")
            who = _who(row.done_by) if row.done_by or row.answer else ""
            yield Entry(row.done_on, "task", title % row.get_kind_display(), row.pk, row.compartment_id, who, texts)


def _handovers(case: Case, span: Span) -> Iterator[Entry]:
    rows = Handover.objects.filter(case=case, handed_on__range=(span.first, span.last))
    for row in rows.select_related("giver__user", "taker__user"):
        title = _("Fall übergeben: von %(giver)s an %(taker)s") % {"giver": row.giver.user, "taker": row.taker.user}
        texts = (Text("handover", "", row.text),) if row.text else ()
        yield Entry(row.handed_on, "handover", title, row.pk, row.compartment_id, "", texts)


def _course(case: Case, span: Span) -> Iterator[Entry]:
    """When the case began, ended, was taken up again."""
    if span.first <= case.opened_on <= span.last:
        yield Entry(case.opened_on, "case", _("Fall geöffnet"), case.pk)
    for row in Closing.objects.filter(case=case).select_related("closed_by__user"):
        if span.first <= row.closed_on <= span.last:
            title = f"{_('Fall beendet')}: {row.get_reason_display()} {row.get_result_display()}"
            yield Entry(row.closed_on, "case", title, row.pk, None, _who(row.closed_by))
        if row.reopened_on is not None and span.first <= row.reopened_on <= span.last:
            yield Entry(row.reopened_on, "case", _("Fall wieder geöffnet"), row.pk)
    for other in Case.objects.filter(merged_into=case, closed_on__range=(span.first, span.last)):
        if other.closed_on is not None:
            yield Entry(other.closed_on, "case", _("Ein zweiter Fall ist hier aufgegangen"), other.pk)


# Where the line comes from: a new kind of row is one more function here, and its kind in `rules.FILTERS`.
SOURCES: Mapping[str, Source] = {
    "contact": _contacts,
    "note": _notes,
    "event": _events,
    "goal": _goals,
    "review": _reviews,
    "step": _steps,
    "deadline": _deadlines,
    "file": _files,
    "plan": _plans,
    "outlook": _outlook,
    "letter": _letters,
    "claim": _claims,
    "cover": _covers,
    "booking": _bookings,
    "rating": _ratings,
    "task": _tasks,
    "handover": _handovers,
    "case": _course,
}

"""What is due for deletion, by the periods that an organisation decided on."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import DateField, DateTimeField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Greatest

from tragnetz.appointments.enums import CallbackState, WaitingState
from tragnetz.appointments.models import Booking, Callback, Interpreter, Registration, WaitingEntry
from tragnetz.casework.enums import CaseState, FileState
from tragnetz.casework.models import Case, CaseFile, Enquiry
from tragnetz.clients.models import Contact
from tragnetz.network.models import Network
from tragnetz.privacy.enums import RequestState, RestrictionReason
from tragnetz.privacy.kinds import BY_KEY
from tragnetz.privacy.models import DeletionItem, Hold, Request, Restriction, RetentionRule
from tragnetz.privacy.retention.rules import CLASSES, Period, due_from, latest_start
from tragnetz.privacy.subjects import Subject, subject_of_case, subject_of_contact

# The classes of which single records are due, and the kind of those. The others go by the day, all at once.
ROOTS: Mapping[str, str] = {
    "enquiry": "contact",
    "waiting": "waiting",
    "case": "case",
    "file": "file",
    "funder": "case",
    "rights": "request",
    "interpreter": "interpreter",
}
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Due:
    """A record whose time is over: what it is, when its period began and ended."""

    key: str
    kind: str
    object_id: uuid.UUID
    began_on: date
    due_on: date


def periods_of(organisation_id: uuid.UUID | None) -> dict[str, Period]:
    """Return how long an organisation keeps each class: what it decided, else our proposal."""
    decided = {row.key: row for row in RetentionRule.objects.filter(organisation=organisation_id)}
    return {
        key: Period(decided[key].months, decided[key].automatic, decided[key].decided_on)
        if key in decided
        else Period(one.months, one.automatic)
        for key, one in CLASSES.items()
    }


def due(network: Network, organisation_id: uuid.UUID, key: str, today: date) -> list[Due]:
    """Return what of a class is due, the oldest first; what is held or already proposed is left out."""
    period, kept = periods_of(organisation_id)[key], CLASSES[key]
    latest = latest_start(today, period.months, year_end=kept.year_end)
    end = datetime.combine(latest + timedelta(days=1), time(), network.zone)
    kind = ROOTS[key]
    rows: QuerySet[Any] = _FINDERS[key](organisation_id, latest, end)
    rows = rows.exclude(pk__in=_held(kind, today))
    if kind == "file":  # whoever needs a case for a claim needs what is in it
        rows = rows.exclude(case__in=_held("case", today))
    proposed = DeletionItem.objects.filter(kind=kind).values("object_id")
    found = []
    for pk, began in rows.exclude(pk__in=proposed).values_list("pk", "began"):
        day = began.astimezone(network.zone).date() if isinstance(began, datetime) else began
        found.append(Due(key, kind, pk, day, due_from(day, period.months, year_end=kept.year_end)))
    return sorted(found, key=lambda one: (one.due_on, one.object_id))


def _held(kind: str, today: date) -> QuerySet[Hold, uuid.UUID]:
    return Hold.objects.filter(kind=kind, until__gte=today).values_list("object_id", flat=True)


def _enquiries(organisation_id: uuid.UUID, _latest: date, end: datetime) -> QuerySet[Contact]:
    """Return contacts without a case, by the last thing that happened; who still waits for us is not due."""
    rows = Contact.objects.filter(organisation=organisation_id, restricted_on=None, created_at__lt=end)
    rows = rows.exclude(Exists(Case.objects.filter(Q(contact=OuterRef("pk")) | Q(enquiry__contact=OuterRef("pk")))))
    rows = rows.exclude(Exists(Callback.objects.filter(contact=OuterRef("pk"), state=CallbackState.OPEN)))
    live = [WaitingState.WAITING, WaitingState.OFFERED]
    rows = rows.exclude(Exists(WaitingEntry.objects.filter(contact=OuterRef("pk"), state__in=live)))
    rows = rows.exclude(Exists(Request.objects.filter(contact=OuterRef("pk"), state=RequestState.OPEN)))
    last = [
        _last(Enquiry.objects.all(), "created_at"),
        _last(Booking.objects.all(), "ends_at"),
        _last(Callback.objects.annotate(at=Coalesce("settled_at", "created_at")), "at"),
        _last(WaitingEntry.objects.annotate(at=Coalesce("ended_at", "created_at")), "at"),
        _last(Registration.objects.annotate(at=Coalesce("group__sessions__ends_at", "created_at")), "at"),
        _last(Request.objects.all(), "created_at"),
    ]
    return rows.annotate(began=Greatest("created_at", *last)).filter(began__lt=end)


def _last(rows: QuerySet[Any], name: str) -> Coalesce:
    newest = rows.filter(contact=OuterRef("pk")).order_by().values("contact").annotate(newest=Max(name))
    return Coalesce(Subquery(newest.values("newest")), NEVER, output_field=DateTimeField())


def _waiting(organisation_id: uuid.UUID, _latest: date, end: datetime) -> QuerySet[WaitingEntry]:
    rows = WaitingEntry.objects.filter(organisation=organisation_id, ended_at__lt=end).exclude(contact=None)
    return rows.annotate(began=F("ended_at"))


def _cases(organisation_id: uuid.UUID, latest: date, _end: datetime) -> QuerySet[Case]:
    """Return closed cases; one that may only be kept stays: for a claim of the person, or as a proof."""
    rows = Case.objects.filter(
        organisation=organisation_id, state=CaseState.CLOSED, closed_on__lte=latest, restricted_on=None
    )
    asked = Request.objects.filter(case=OuterRef("pk"), state=RequestState.OPEN)
    return rows.exclude(Exists(asked)).annotate(began=F("closed_on"))


def _files(organisation_id: uuid.UUID, latest: date, _end: datetime) -> QuerySet[CaseFile]:
    """Return files that are needed no more; a note that something was seen stays as long as its case."""
    rows = CaseFile.objects.filter(case__organisation=organisation_id, case__restricted_on=None)
    rows = rows.exclude(state=FileState.SEEN)
    asked = Request.objects.filter(case=OuterRef("case"), state=RequestState.OPEN)
    rows = rows.exclude(Exists(asked)).annotate(began=Coalesce("keep_until", "case__closed_on"))
    return rows.filter(Q(keep_until__lte=latest) | Q(keep_until=None, case__closed_on__lte=latest)).order_by()


def _proofs(organisation_id: uuid.UUID, latest: date, _end: datetime) -> QuerySet[Case]:
    """Return cases that are kept for a funder alone, by the last payment (else the end) of their projects."""
    proof = Restriction.objects.filter(case=OuterRef("pk"), reason=RestrictionReason.FUNDER, lifted_on=None)
    rows = Case.objects.filter(Exists(proof), organisation=organisation_id)
    last = Greatest(_paid("programme"), Max(_paid("participations__programme")))
    return rows.annotate(began=last).filter(began__lte=latest)


def _paid(programme: str) -> Coalesce:
    told = Cast(KeyTextTransform("last_payment_on", f"{programme}__terms"), DateField())
    return Coalesce(told, F(f"{programme}__ends"))


def _requests(organisation_id: uuid.UUID, latest: date, _end: datetime) -> QuerySet[Request]:
    rows = Request.objects.filter(organisation=organisation_id, state=RequestState.ANSWERED, answered_on__lte=latest)
    return rows.annotate(began=F("answered_on"))


def _interpreters(organisation_id: uuid.UUID, latest: date, _end: datetime) -> QuerySet[Interpreter]:
    """Return who is not asked any more; declarations and assignments go with them."""
    rows = Interpreter.objects.filter(organisation=organisation_id, ended_on__lte=latest)
    return rows.annotate(began=F("ended_on"))


_FINDERS = {
    "enquiry": _enquiries,
    "waiting": _waiting,
    "case": _cases,
    "file": _files,
    "funder": _proofs,
    "rights": _requests,
    "interpreter": _interpreters,
}


def subject_of_due(one: Due) -> Subject | None:
    """Return whose data goes with a due record; nothing for one that goes alone, or is gone already."""
    row = BY_KEY[one.kind].model.objects.filter(pk=one.object_id).first()
    if isinstance(row, Case):
        return subject_of_case(row, everything=True)
    if isinstance(row, Contact):
        return subject_of_contact(row)
    return None

"""What the own page shows to the person, and what the counselling sees of it. Never notes, never assessments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, Count, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.models import Booking
from tragnetz.audit.models import Event
from tragnetz.casework.access import visible_cases
from tragnetz.casework.career.own import SharedPapers, shared_papers
from tragnetz.casework.claims.told import Told, told_claims
from tragnetz.casework.enums import LifeDomain
from tragnetz.casework.files.queries import files_sent_by
from tragnetz.casework.goals.queries import agreed_with
from tragnetz.casework.models import Case, CaseFile, Compartment, Enquiry, Goal, OwnAccess, OwnMessage, RatingLine, Step
from tragnetz.casework.ownpage.access import live
from tragnetz.casework.ownpage.rules import (
    DONE_SHOWN,
    MESSAGES_SHOWN,
    OWN_LEVELS,
    READS_SHOWN,
    TOUCHED_WORDS,
    once_a_day,
    touched,
)
from tragnetz.casework.ownpage.sessions import Opened
from tragnetz.clients.models import Person, Relation
from tragnetz.consent.queries import Entry, given_by
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role
from tragnetz.network.functions import main_role, members_behind
from tragnetz.network.models import Membership
from tragnetz.vault.keyring import current_keyring


@dataclass(frozen=True, slots=True)
class Touch:
    """On a day somebody of an organisation did something with the file."""

    day: date
    organisation: str
    role: str
    what: str


@dataclass(frozen=True, slots=True)
class OwnRating:
    """How the person saw a domain of life, the last time that they said."""

    domain: str
    label: str
    words: str
    rated_on: date


@dataclass(frozen=True, slots=True)
class OwnPage:
    """All that the own page shows."""

    person: Person
    case: Case
    bookings: list[Booking]
    goals: list[Goal]
    steps: list[Step]
    done: list[Step]
    claims: list[Told]
    allowed: list[Entry]
    ratings: list[OwnRating]
    files: list[CaseFile]
    messages: list[OwnMessage]
    touches: list[Touch]
    papers: SharedPapers


def own_page(opened: Opened, now: datetime) -> OwnPage:
    """Return what the person sees; to be called with their keys on the ring. A fixed number of queries."""
    access = opened.access
    case, person, network = access.case, access.person, opened.actor.network
    parts = list(case.compartments.filter(Q(person=None) | Q(person=person)))
    current_keyring().load(part.key_id for part in parts if part.key_id)
    goals, alone = agreed_with(case, parts)
    since = now.astimezone(network.zone).date() - DONE_SHOWN
    done = Step.objects.filter(case=case, compartment__in=parts, done_on__gte=since).order_by("-done_on", "-pk")
    entries = given_by(person, now, network.zone)
    return OwnPage(
        person=person,
        case=case,
        bookings=list(coming_bookings(opened, now)),
        goals=goals,
        steps=alone,
        done=list(done),
        claims=told_claims(case, parts, now.astimezone(network.zone).date(), get_language() or "de"),
        allowed=[entry for entry in entries if entry.holds] + [entry for entry in entries if not entry.holds],
        ratings=own_ratings(case, person),
        files=files_sent_by(case, person),
        messages=_messages(case, [part for part in parts if part.person_id == person.pk]),
        touches=touches_of(case, person),
        papers=shared_papers(opened),
    )


def coming_bookings(opened: Opened, now: datetime) -> list[Booking]:
    """Return the appointments to come of whoever asked for help: appointments are made with that person's contact.

    Another adult of the household does not see them: who goes where is each one's own.
    """
    access = opened.access
    if access.person.relation != Relation.SELF or access.case.contact_id is None:
        return []
    rows = _bookings_of_the_asker(access.case).filter(state=BookingState.BOOKED, ends_at__gt=now)
    return list(rows.select_related("site", "membership__organisation").order_by("starts_at"))


def own_ratings(case: Case, person: Person) -> list[OwnRating]:
    """Return the person's latest word on each domain of life, in the order of the domains."""
    rows = (
        RatingLine.objects.filter(rating__case=case, rating__author=None, compartment__person=person)
        .exclude(own_level=None)
        .order_by("domain", "-rating__rated_on", "-rating_id")
        .distinct("domain")
        .select_related("rating")
    )
    found = {row.domain: row for row in rows}
    return [
        OwnRating(domain.value, str(domain.label), str(OWN_LEVELS[row.own_level or 0]), row.rating.rated_on)
        for domain in LifeDomain
        if (row := found.get(domain.value))
    ]


def _messages(case: Case, parts: list[Compartment]) -> list[OwnMessage]:
    rows = OwnMessage.objects.filter(case=case, compartment__in=parts).select_related("author__user", "step")
    return list(rows.order_by("-sent_at", "-id")[:MESSAGES_SHOWN])


def touches_of(case: Case, person: Person) -> list[Touch]:
    """Return on which days who of which organisation read or changed the file, the latest first.

    Whoever asked for help sees, too, who looked at their number, their enquiries and appointments, as the desk does. Of
    members of staff their organisation and task are told, not their names.
    """
    about = [case.pk, *(_rows_of_the_asker(case) if person.relation == Relation.SELF else [])]
    rows = Event.objects.filter(object_id__in=about, actor_kind="staff").order_by("-at")
    rows = rows.exclude(organisation_id=None)[: READS_SHOWN * 5]
    events = list(rows)
    members = members_behind({row.user_id for row in events if row.user_id})
    zone = case.network.zone
    days = once_a_day(
        (row.at.astimezone(zone).date(), *_hand(members.get((row.user_id, row.organisation_id))), touched(row.verb))
        for row in events
    )
    return [Touch(day, name, role, str(TOUCHED_WORDS[kind])) for day, name, role, kind in days[:READS_SHOWN]]


def _rows_of_the_asker(case: Case) -> list[UUID]:
    if case.contact_id is None:
        return []
    enquiries = Enquiry.objects.filter(contact=case.contact_id).order_by().values_list("pk", flat=True)
    bookings = _bookings_of_the_asker(case).exclude(state=BookingState.HELD).order_by().values_list("pk", flat=True)
    return [case.contact_id, *enquiries, *bookings]


def _bookings_of_the_asker(case: Case) -> QuerySet[Booking]:
    """Return the appointments of whoever asked for help; a case that became one with theirs may be another adult's."""
    return Booking.objects.filter(contact=case.contact_id)


def _hand(member: Membership | None) -> tuple[str, str]:
    """Return the organisation and the task of whoever it was."""
    words: Mapping[Role, str] = {
        Role.COUNSELLOR: _("Beratung"), Role.LEAD: _("Leitung"), Role.INTAKE: _("Telefon und Annahme"),
        Role.DPO: _("Datenschutz"),
    }  # fmt: skip
    if member is None:
        return "", _("Mitarbeit")
    role = main_role(member.roles)
    return member.organisation.name, words.get(role, _("Mitarbeit")) if role else _("Mitarbeit")


@dataclass(frozen=True, slots=True)
class Given:
    """An adult of a case: their code if they have one, and what was written."""

    person: Person
    access: OwnAccess | None
    messages: list[OwnMessage]


def given_codes(case: Case, adults: list[Person], now: datetime) -> list[Given]:
    """Return for each adult of a case their living code and their messages, the newest first."""
    accesses = {row.person_id: row for row in OwnAccess.objects.filter(live(case.network, now), case=case)}
    rows = OwnMessage.objects.filter(case=case, compartment__person__in=adults)
    messages: dict[object, list[OwnMessage]] = {}
    for row in rows.select_related("author__user", "step", "compartment").order_by("-sent_at", "-id"):
        messages.setdefault(row.compartment.person_id, []).append(row)
    return [Given(person, accesses.get(person.pk), messages.get(person.pk, [])[:MESSAGES_SHOWN]) for person in adults]


@dataclass(frozen=True, slots=True)
class Heard:
    """Cases whose people wrote (`unread`: how much) or sent files (`sent`: how many), the oldest first."""

    written: list[Case]
    sent: list[Case]


def heard_from(actor: Actor, *, own: bool) -> Heard:
    """Return what came from accompanied people and nobody has looked at.

    With `own` of one's own cases and those one stands in for; else of all that one sees. One query.
    """
    mine = Q(counsellor=actor.membership_id) | Q(deputy=actor.membership_id) if own else Q()
    unread = OwnMessage.objects.filter(author=None, read_at=None).order_by()
    files = CaseFile.objects.filter(author=None, looked_at=None).order_by()
    rows = (
        visible_cases(actor)
        .filter(mine, pk__in=unread.values("case").union(files.values("case")))
        .annotate(
            unread=_of_case(unread, Count("pk")), written_at=_of_case(unread, Min("sent_at")),
            sent=_of_case(files, Count("pk")), sent_at=_of_case(files, Min("created_at")),
        )
    )  # fmt: skip
    shown = rows.select_related("contact")
    written = sorted((row for row in shown if row.unread), key=lambda row: row.written_at)
    return Heard([*written], [*sorted((row for row in shown if row.sent), key=lambda row: row.sent_at)])


def _of_case(rows: QuerySet[Any], told: Aggregate) -> Subquery:
    """Return a figure of a case's rows; nothing where there are none."""
    return Subquery(rows.filter(case=OuterRef("pk")).values("case").annotate(told=told).values("told"))

"""Find people by name: only those of one's own organisation, and only whom the actor may see.

The names are found by their keyed hashes (`clients.names`); opened are only those that are shown.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.models import Booking
from tragnetz.audit.commands import record
from tragnetz.casework.access import sees_team, visible_bookings, visible_cases, visible_enquiries
from tragnetz.casework.models import Case, Enquiry
from tragnetz.clients.access import visible_contacts
from tragnetz.clients.models import Contact, Person
from tragnetz.clients.names.queries import RANKS, RankedEntry, at_most, entries_like, match_of
from tragnetz.clients.names.rules import Match, asked
from tragnetz.core.clock import now
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, may

MOST = 30
MOST_HINTS = 5  # beside something else that is being done
ASKED, BY_ITSELF = "asked", "by-itself"  # a search by somebody, and by the call sheet while a name is typed


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who was found, how well, and where to go on."""

    name: str
    match: Match
    since: date
    contact: Contact | None = None
    person: Person | None = None
    case: Case | None = None
    enquiry: Enquiry | None = None
    coming: Booking | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, the best first; `more` if there are others, `asked` if there was anything to look for."""

    hits: list[Hit]
    more: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Cases of one's organisation with people of the same name: those one may see, and how many one may not."""

    cases: list[Case]
    hidden: int


def can_find(actor: Actor) -> bool:
    """Whether somebody looks for people by name."""
    return may(actor, Deed.PERSON_FIND)


def find_people(actor: Actor, typed: str, *, way: str = ASKED) -> Found:
    """Return whom a name may mean, exact ones first, then those that begin so, then those that sound so.

    `way` goes into the event: somebody asked, or the call sheet looked by itself.
    """
    if actor.organisation_id is None or not can_find(actor) or not asked(typed):
        return Found([], more=False, asked=False)
    entries = entries_like(typed, actor.organisation_id)
    # Whoever reaches as far as the organisation needs no join to find the best: it costs the planner its index. What
    # is shown is looked up through the doors of `access` all the same.
    contacts = _best(entries.exclude(contact=None))
    own = visible_cases(actor).order_by().values("household")
    people = _best(entries.exclude(person=None) if sees_team(actor) else entries.filter(person__household__in=own))
    hits = [*_contact_hits(actor, contacts[:MOST]), *_person_hits(actor, people[:MOST])]
    hits = _with_talks(actor, hits)
    shown = _once(sorted(hits, key=lambda hit: (list(Match).index(hit.match), hit.name.casefold())))
    record(actor, "name:search", None, hits=len(shown), way=way)
    return Found(shown[:MOST], more=len(shown) > MOST or max(len(contacts), len(people)) > MOST, asked=True)


def probably(actor: Actor, typed: str) -> Found:
    """Return whom somebody on the phone may be: a few, and for a single word only who is called just so."""
    found = find_people(actor, typed, way=BY_ITSELF)
    worst = Match.SOUND if len(asked(typed)) > 1 else Match.EXACT
    hits = [hit for hit in found.hits if list(Match).index(hit.match) <= list(Match).index(worst)]
    return Found(hits[:MOST_HINTS], more=len(hits) > MOST_HINTS, asked=found.asked)


def _with_talks(actor: Actor, hits: list[Hit]) -> list[Hit]:
    """Add to each the next talk that is agreed: mostly it is what somebody calls about."""
    people = {hit.contact.pk for hit in hits if hit.contact is not None}
    rows = visible_bookings(actor).filter(contact__in=people, state=BookingState.BOOKED, starts_at__gt=now())
    coming = {row.contact_id: row for row in rows.order_by("-starts_at")}
    return [replace(hit, coming=coming.get(hit.contact.pk)) if hit.contact else hit for hit in hits]


def _best(entries: QuerySet[RankedEntry]) -> list[RankedEntry]:
    return list(entries.order_by("rank", "total", "-pk")[: MOST + 1])


def _contact_hits(actor: Actor, entries: list[RankedEntry]) -> list[Hit]:
    contacts = visible_contacts(actor).in_bulk([entry.contact_id for entry in entries])
    cases = {case.contact_id: case for case in visible_cases(actor).filter(contact__in=contacts).order_by("opened_on")}
    asked_for = visible_enquiries(actor).filter(contact__in=contacts).order_by("created_at").distinct()
    enquiries = {enquiry.contact_id: enquiry for enquiry in asked_for}
    return [
        Hit(
            contact.name, match_of(entry.rank), contact.created_at.astimezone(actor.network.zone).date(),
            contact=contact, case=cases.get(contact.pk), enquiry=enquiries.get(contact.pk),
        )
        for entry in entries
        if entry.contact_id and (contact := contacts.get(entry.contact_id)) is not None
    ]  # fmt: skip


def _person_hits(actor: Actor, entries: list[RankedEntry]) -> list[Hit]:
    people = Person.objects.in_bulk([entry.person_id for entry in entries])
    households = [person.household_id for person in people.values()]
    rows = visible_cases(actor).filter(household__in=households).order_by("opened_on").select_related("contact")
    cases = {case.household_id: case for case in rows}
    return [
        Hit(person.name, match_of(entry.rank), case.opened_on, person=person, contact=case.contact, case=case)
        for entry in entries
        if entry.person_id
        and (person := people.get(entry.person_id)) is not None
        and (case := cases.get(person.household_id)) is not None
    ]


def _once(hits: list[Hit]) -> list[Hit]:
    """Leave out the person of a household who is also the contact of its case, under the same name."""
    kept: dict[object, Hit] = {}
    for hit in sorted(hits, key=lambda one: one.person is not None):
        kept.setdefault((hit.case.pk, hit.name) if hit.case else (hit.contact and hit.contact.pk), hit)
    return [hit for hit in hits if any(hit is one for one in kept.values())]


def cases_named(actor: Actor, typed: str, *, but: Case, most: int) -> list[Case]:
    """Return cases that the actor sees in which somebody's name holds all typed words, at most so many.

    Those with the same words come first, then those that begin so, then those that sound so; of each the latest first.
    Left out are `but` and what was merged into another case.
    """
    if actor.organisation_id is None or not asked(typed):
        return []
    entries, found = entries_like(typed, actor.organisation_id), dict[uuid.UUID, Case]()
    rows = visible_cases(actor).filter(merged_into=None).exclude(pk__in=[but.pk]).exclude(contact=None)
    for worst in RANKS:
        fitting = rows.filter(_whose(entries.filter(at_most(worst)))).exclude(pk__in=found)
        closer = fitting.select_related("contact", "counsellor__user").order_by("-opened_on", "pk")
        found |= {case.pk: case for case in closer[: most - len(found)]}
    return list(found.values())


def _whose(entries: QuerySet[RankedEntry]) -> Q:
    """Return the condition that a case is of somebody with one of these names."""
    return Q(contact__in=entries.exclude(contact=None).values("contact")) | Q(
        household__in=entries.exclude(person=None).values("person__household")
    )


def namesakes(actor: Actor, enquiry: Enquiry) -> Namesakes:
    """Return the cases of an enquiry's organisation in which somebody has the same name, by sound.

    Never of another organisation (each is a controller of its own): whoever asks from there learns nothing. Of cases
    that the actor may not see only their number is told. A single word must be the same, letter by letter.
    """
    name = enquiry.contact.name if enquiry.contact else ""
    nobody = Namesakes([], 0)
    if enquiry.organisation_id != actor.organisation_id or not (words := asked(name)):
        return nobody
    worst = Match.SOUND if len(words) > 1 else Match.EXACT
    entries = entries_like(name, enquiry.organisation_id).filter(at_most(worst)).exclude(contact=enquiry.contact_id)
    rows = Case.objects.filter(_whose(entries), organisation=enquiry.organisation_id).exclude(enquiry=enquiry)
    ids: set[uuid.UUID] = set(rows.order_by().values_list("pk", flat=True))
    if not ids:
        return nobody
    seen = list(visible_cases(actor).filter(pk__in=ids).select_related("contact", "counsellor__user"))
    return Namesakes(seen[:MOST_HINTS], len(ids) - len(seen))

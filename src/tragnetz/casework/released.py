"""What another organisation sees of a case: only the groups that were released to it, and only what it may read now.

Nothing else is even read from the database. Page, file and print show the same rows. A group of data gets its reader in
the table `READERS`; one without a reader shows no rows.
"""

import json
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from babel.dates import format_date, format_datetime
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.models import Booking
from tragnetz.audit.commands import record
from tragnetz.casework.access import covers_of_foreign, released_cases
from tragnetz.casework.enums import GoalState, LifeDomain
from tragnetz.casework.keys import load_keys
from tragnetz.casework.models import Case
from tragnetz.casework.ratings.queries import latest_words
from tragnetz.clients.models import Person, Relation
from tragnetz.consent.enums import SENSITIVE, DataGroup
from tragnetz.consent.rules import Cover, last_day
from tragnetz.directory.sentences import known_facts
from tragnetz.eligibility.facts import clean_facts
from tragnetz.network.actors import Actor

MOST_NOTES = 100
MOST_BOOKINGS = 20
MOST_CASES = 200
_ABOUT_HEALTH = (LifeDomain.HEALTH, LifeDomain.MIND)  # these only with the group for health
_PLACES = frozenset({"district", "locality"})


class Row(NamedTuple):
    """One thing that was released: what it is, and what it says."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one group."""

    group: DataGroup
    rows: tuple[Row, ...]

    @property
    def is_sensitive(self) -> bool:
        """Whether it is among the specially protected groups."""
        return self.group in SENSITIVE


@dataclass(frozen=True, slots=True)
class Part:
    """What a reader gets: the case, who lives there, and what is open of it."""

    case: Case
    people: list[Person]
    cover: Cover

    def opens(self, group: str, person: uuid.UUID | None = None) -> bool:
        """Whether a group is open: of the shared part, or of a person's own."""
        return self.cover.opens(group, person)

    def opens_for_asker(self, group: str) -> bool:
        """Whether a group is open that belongs to who asked for help: released by all with them, or by themselves.

        What all released who are left in a household is not enough: number and address are those of who is gone.
        """
        askers = [one.pk for one in self.people if one.relation == Relation.SELF]
        return bool(askers) and (self.opens(group) or any(self.opens(group, one) for one in askers))


@dataclass(frozen=True, slots=True)
class ReleasedView:
    """A foreign case as far as it was released."""

    case: Case
    name: str
    sections: tuple[Section, ...]
    until: date | None


def released_list(actor: Actor) -> list[ReleasedView]:
    """Return the foreign cases of which something is released to the actor's organisation, without their contents."""
    found = _views(actor, list(_rows(actor)[:MOST_CASES]), with_rows=False)
    record(actor, "released:list", None, rows=len(found))
    return found


def released_view(actor: Actor, case_id: uuid.UUID) -> ReleasedView | None:
    """Return a foreign case as far as it is released now, and leave an audit event; nothing without a release."""
    found = _views(actor, list(_rows(actor).filter(pk=case_id)), with_rows=True)
    if not found:
        return None
    record(actor, "case:read", found[0].case, released=len(found[0].sections))
    return found[0]


def _rows(actor: Actor) -> QuerySet[Case]:
    rows = released_cases(actor).select_related("network", "organisation", "contact", "household", "counsellor__user")
    return rows.prefetch_related("household__people")


def _views(actor: Actor, cases: list[Case], *, with_rows: bool) -> list[ReleasedView]:
    """Return cases as far as they are open; one whose release ended since it was found is left out."""
    covers = covers_of_foreign(actor, cases)
    if with_rows:
        load_keys([case.pk for case in cases])
    return [
        _view(actor, case, cover, with_rows=with_rows)
        for case, cover in zip(cases, covers, strict=True)
        if cover.groups
    ]


def _view(actor: Actor, case: Case, cover: Cover, *, with_rows: bool) -> ReleasedView:
    people = [person for person in case.household.people.all() if person.left_on is None]
    part = Part(case, people, cover)
    sections = [
        Section(group, tuple(READERS[group](part)) if with_rows and group in READERS else ())
        for group in DataGroup
        if group in cover.groups
    ]
    until = last_day(cover.until, actor.network.zone) if cover.until else None
    return ReleasedView(case, _name(part), tuple(sections), until)


def _name(part: Part) -> str:
    if part.case.contact is not None and part.opens_for_asker(DataGroup.CONTACT):
        return part.case.contact.name
    named = [one.name for one in part.people if part.opens(DataGroup.CONTACT, one.pk)]
    return ", ".join(named) or _("Name nicht freigegeben")


def _contact(part: Part) -> list[Row]:
    contact = part.case.contact
    if contact is None or not part.opens_for_asker(DataGroup.CONTACT):
        return [Row(_("Name"), one.name) for one in part.people if part.opens(DataGroup.CONTACT, one.pk)]
    rows = [Row(_("Name"), contact.name)]
    if contact.address_blocked:
        rows.append(Row(_("Auskunftssperre"), _("Adresse, Telefon und E-Mail gehören nicht zu dieser Freigabe.")))
    else:
        rows += _ways(part)
    if contact.safe_note:
        rows.append(Row(_("Sicher erreichen"), contact.safe_note))
    return rows


def _blocked_address(part: Part) -> list[Row]:
    contact = part.case.contact
    return _ways(part) if contact is not None and contact.address_blocked and _opens_place(part) else []


def _opens_place(part: Part) -> bool:
    """Whether somebody may learn where a person with a blocked address is."""
    return part.opens_for_asker(DataGroup.BLOCKED_ADDRESS)


def _ways(part: Part) -> list[Row]:
    contact = part.case.contact
    if contact is None:
        return []
    ways = [(_("Telefon"), contact.spoken_phone), (_("E-Mail"), contact.email), (_("Adresse"), contact.address)]
    return [Row(label, text) for label, text in ways if text]


def _household(part: Part) -> list[Row]:
    if not part.opens(DataGroup.HOUSEHOLD):
        mine = [one for one in part.people if part.opens(DataGroup.HOUSEHOLD, one.pk)]
        return [_person(one) for one in mine]
    facts = clean_facts(json.loads(part.case.household.facts) if part.case.household.facts else {})
    if part.case.contact is not None and part.case.contact.address_blocked and not _opens_place(part):
        facts = {name: value for name, value in facts.items() if name not in _PLACES}
    return [*(_person(one) for one in part.people), *(Row(str(label), str(text)) for label, text in known_facts(facts))]


def _person(person: Person) -> Row:
    relation = str(Relation(person.relation).label)
    return Row(person.name, f"{relation}, {person.birth_year}" if person.birth_year else relation)


def _goals(part: Part) -> list[Row]:
    rows = [
        Row(", ".join(filter(None, (_("Ziel"), _until(goal.due_on)))), goal.what)
        for goal in part.case.goals.filter(state=GoalState.OPEN).select_related("compartment")
        if part.opens(DataGroup.GOALS, goal.compartment.person_id)
    ]
    for step in part.case.steps.select_related("compartment"):
        if part.opens(DataGroup.GOALS, step.compartment.person_id):
            owner = str(step.get_owner_display())
            state = _("erledigt") if step.done_on else _until(step.due_on)
            rows.append(Row(", ".join(filter(None, (owner, state))), step.text))
    return rows


def _domains(part: Part) -> list[Row]:
    return _words(part, DataGroup.DOMAINS, [one for one in LifeDomain if one not in _ABOUT_HEALTH])


def _health(part: Part) -> list[Row]:
    return _words(part, DataGroup.HEALTH, _ABOUT_HEALTH)


def _words(part: Part, group: DataGroup, domains: Collection[LifeDomain]) -> list[Row]:
    """Return what was last said on some domains of life: how both see it, strength and need."""
    rows = []
    for word in latest_words(part.case):
        if word.domain in domains and part.opens(group, word.compartment.person_id):
            levels = ((_("Beratung"), word.level), (_("Person selbst"), word.own_level))
            seen = [
                _("%(who)s: Stufe %(level)s von 5") % {"who": who, "level": level} for who, level in levels if level
            ]
            said = [
                f"{label}: {text}" for label, text in ((_("Stärke"), word.strength), (_("Bedarf"), word.need)) if text
            ]
            rows.append(Row(str(word.get_domain_display()), ". ".join([*seen, *said])))
    return rows


def _work(part: Part) -> list[Row]:
    """Return the way to work: the profile as far as it is filled in, and work that began."""
    rows = []
    for way in part.case.coachings.select_related("compartment").prefetch_related("placements"):
        if part.opens(DataGroup.WORK, way.compartment.person_id):
            told = (
                (_("Berufsziel"), way.goal), (_("Ausbildung"), way.education), (_("Berufserfahrung"), way.work),
                (_("Kenntnisse"), way.skills), (_("Führerscheine und Nachweise"), way.licences),
                (_("Sprachen"), way.languages), (_("Wünsche"), way.wishes), (_("Grenzen"), way.limits),
            )  # fmt: skip
            rows += [Row(label, text) for label, text in told if text]
            rows += [
                Row(_("Arbeit seit %(day)s") % {"day": format_date(job.starts_on, "long", locale="de")}, job.employer)
                for job in way.placements.all()
                if job.ended_on is None
            ]
    return rows


def _until(day: date | None) -> str:
    return _("bis %(day)s") % {"day": format_date(day, "long", locale="de")} if day else ""


def _notes(part: Part) -> list[Row]:
    notes = part.case.notes.select_related("compartment")[:MOST_NOTES]
    return [
        Row(f"{note.get_kind_display()}, {_moment(part, note.written_at)}", note.text)
        for note in notes
        if part.opens(DataGroup.NOTES, note.compartment.person_id)
    ]


def _appointments(part: Part) -> list[Row]:
    if part.case.contact_id is None or not part.opens_for_asker(DataGroup.APPOINTMENTS):
        return []
    agreed = Booking.objects.filter(contact=part.case.contact_id).exclude(state=BookingState.HELD)
    latest = agreed.select_related("site").order_by("-starts_at")[:MOST_BOOKINGS]
    return [
        Row(
            _moment(part, row.starts_at), ", ".join(filter(None, (str(row.get_state_display()), str(row.site or ""))))
        )
        for row in reversed(list(latest))
    ]  # fmt: skip


def _moment(part: Part, at: datetime) -> str:
    local = at.astimezone(part.case.network.zone)
    return str(format_datetime(local, "d. MMMM y, HH:mm", locale="de"))


READERS: Mapping[DataGroup, Callable[[Part], list[Row]]] = {
    DataGroup.CONTACT: _contact,
    DataGroup.BLOCKED_ADDRESS: _blocked_address,
    DataGroup.HOUSEHOLD: _household,
    DataGroup.DOMAINS: _domains,
    DataGroup.GOALS: _goals,
    DataGroup.NOTES: _notes,
    DataGroup.APPOINTMENTS: _appointments,
    DataGroup.WORK: _work,
    DataGroup.HEALTH: _health,
}

"""Reads of consent. Whether something holds is asked in the database at the moment of the query, and never kept."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from tragnetz.clients.models import Household, Person, Relation
from tragnetz.consent.access import visible_consents, visible_notices, visible_releases
from tragnetz.consent.enums import DataGroup, Kind, State
from tragnetz.consent.models import CityText, Consent, Notice, Release
from tragnetz.consent.rules import (
    ADULT_AGE,
    SOON_DAYS,
    Cover,
    Grant,
    decides,
    last_day,
    shared_groups,
    state_at,
)
from tragnetz.consent.wording import OwnText
from tragnetz.network.actors import Actor
from tragnetz.network.models import Organisation

type Ref = F | uuid.UUID  # a column of the outer query, or an id
type AnyGiven = Consent | Release


def in_force(moment: datetime | None = None) -> Q:
    """Return the condition that a consent or release holds: at the database's now, or at a moment.

    The same as `rules.valid_at`. Without a moment a withdrawal counts whatever its time: it is never ahead, and clocks
    of two machines may differ.
    """
    at = moment or Now()
    not_withdrawn = Q(withdrawn_at=None)
    if moment is not None:
        not_withdrawn |= Q(withdrawn_at__gt=moment)
    return (
        Q(given_at__lte=at, ends_at__gt=at)
        & not_withdrawn
        & (Q(signature_due_at=None) | Q(signed_on__isnull=False) | Q(signature_due_at__gt=at))
    )


def releases_in_force(
    *, recipient: uuid.UUID | None, speaker: Ref, counsellors: Iterable[Ref] = (), group: str | None = None,
    moment: datetime | None = None,
) -> QuerySet[Release]:  # fmt: skip
    """Return releases that let an organisation tell another one something now; with `group`, about that.

    `counsellors` are those who work on the case: a release may let only one of them speak.
    """
    may_speak = Q(speakers__membership=None)
    for counsellor in counsellors:
        may_speak |= Q(speakers__membership=counsellor)
    rows = Release.objects.filter(in_force(moment), may_speak, speakers__organisation=speaker)
    rows = rows.filter(to_organisation=recipient, to_organisation__isnull=False)
    return rows if group is None else rows.filter(groups__contains=[group])


def anything_released(
    *, household: Ref, recipient: uuid.UUID | None, speaker: Ref, counsellors: Iterable[Ref]
) -> Exists:
    """Return whether somebody who lives in a household released anything at all to an organisation."""
    rows = releases_in_force(recipient=recipient, speaker=speaker, counsellors=counsellors)
    return Exists(rows.filter(person__household=household, person__left_on=None))


def deciding_people(on: date) -> QuerySet[Person]:
    """Return those who decide on what their household shares; the same as `rules.decides`."""
    adult = Q(birth_year__lte=on.year - ADULT_AGE) | (Q(birth_year=None) & ~Q(relation=Relation.CHILD))
    return Person.objects.filter(adult | Q(relation=Relation.SELF), left_on=None)


def shared_part_released(
    *, household: OuterRef, recipient: uuid.UUID | None, speaker: str, counsellors: Iterable[str], group: str, on: date
) -> Q:
    """Return whether all who decide for a household released a group of its shared part to an organisation.

    `speaker` and `counsellors` name columns of the outer query.
    """
    by_person = releases_in_force(
        recipient=recipient, speaker=OuterRef(OuterRef(speaker)),
        counsellors=[OuterRef(OuterRef(one)) for one in counsellors], group=group,
    )  # fmt: skip
    people = deciding_people(on).filter(household=household)
    holding_back = people.exclude(Exists(by_person.filter(person=OuterRef("pk"))))
    return Q(Exists(people)) & ~Q(Exists(holding_back))


def shared_consent(*, household: Ref | OuterRef, organisation: Ref | OuterRef, purpose: str, group: str, on: date) -> Q:
    """Return whether all who decide for a household consent that an organisation processes a group for a purpose."""
    given = Consent.objects.filter(in_force(), purpose=purpose, groups__contains=[group], organisation=organisation)
    people = deciding_people(on).filter(household=household)
    return Q(Exists(people)) & ~Q(Exists(people.exclude(Exists(given.filter(person=OuterRef("pk"))))))


def without_consent(household: Household, *, purpose: str, group: str, on: date) -> list[Person]:
    """Return those who decide for a household and have not consented to a purpose for a group of data."""
    given = Consent.objects.filter(
        in_force(), purpose=purpose, groups__contains=[group], organisation=household.organisation_id
    )
    people = deciding_people(on).filter(household=household)
    return list(people.exclude(Exists(given.filter(person=OuterRef("pk")))))


class Asked(NamedTuple):
    """Whose case it is that an organisation wants to see: a household, who may tell of it, and who works on it."""

    household_id: uuid.UUID
    speaker: uuid.UUID
    counsellors: frozenset[uuid.UUID]


def covers_of(asked: Sequence[Asked], *, recipient: uuid.UUID, on: date) -> list[Cover]:
    """Return for each case what an organisation may see of it now; a few queries, whatever the number of cases."""
    people: dict[uuid.UUID, list[Person]] = {}
    for person in Person.objects.filter(household__in={one.household_id for one in asked}, left_on=None):
        people.setdefault(person.household_id, []).append(person)
    rows = Release.objects.filter(in_force(), to_organisation=recipient, person__left_on=None)
    given: dict[uuid.UUID, list[Release]] = {}
    for row in rows.filter(person__household__in=list(people)).prefetch_related("speakers"):
        given.setdefault(row.person_id, []).append(row)
    return [_cover(one, people.get(one.household_id, []), given, on) for one in asked]


def cover_under(asked: Asked, releases: Iterable[uuid.UUID], *, on: date) -> Cover:
    """Return what some releases together open now: for what was sent on the strength of just these."""
    people = list(Person.objects.filter(household=asked.household_id, left_on=None))
    given: dict[uuid.UUID, list[Release]] = {}
    for row in Release.objects.filter(in_force(), pk__in=releases, person__in=people).prefetch_related("speakers"):
        given.setdefault(row.person_id, []).append(row)
    return _cover(asked, people, given, on)


def _cover(asked: Asked, people: list[Person], given: dict[uuid.UUID, list[Release]], on: date) -> Cover:
    found = [row for person in people for row in given.get(person.pk, ()) if _lets_speak(row, asked)]
    by_person: dict[uuid.UUID, frozenset[str]] = {}
    for row in found:
        by_person[row.person_id] = by_person.get(row.person_id, frozenset()).union(row.groups)
    deciding = [person.pk for person in people if decides(person.relation, person.birth_year, on)]
    return Cover(shared_groups(by_person, deciding), by_person, min((row.ends_at for row in found), default=None))


def _lets_speak(row: Release, asked: Asked) -> bool:
    return any(
        one.organisation_id == asked.speaker and (one.membership_id is None or one.membership_id in asked.counsellors)
        for one in row.speakers.all()
    )


def may_tell(
    *, person_id: uuid.UUID, speaker: uuid.UUID, recipient: uuid.UUID | None, group: str,
    counsellors: Iterable[uuid.UUID] = (),
) -> bool:  # fmt: skip
    """Whether an organisation may tell another one a group of a person's data, now.

    For work that was queued: it asks again when it runs, however long it waited. Allowed then is not allowed now. What
    a household shares, `covers_of` tells.
    """
    rows = releases_in_force(recipient=recipient, speaker=speaker, counsellors=counsellors, group=group)
    return rows.filter(person=person_id, person__left_on=None).exists()


def grant_of(row: AnyGiven) -> Grant:
    """Return a row as a value for the rules."""
    release = row if isinstance(row, Release) else None
    return Grant(
        person=row.person_id,
        speakers=frozenset(one.organisation_id for one in release.speakers.all()) if release else frozenset(),
        recipient=release.to_organisation_id if release else None,
        groups=frozenset(row.groups),
        given=row.given_at,
        ends=row.ends_at,
        withdrawn=row.withdrawn_at,
        signature_due=row.signature_due_at,
        is_signed=row.signed_on is not None,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was given, as a page shows it."""

    row: AnyGiven
    kind: Kind
    state: State
    groups: tuple[str, ...]
    to_whom: str
    until: date
    signature_until: date | None

    @property
    def holds(self) -> bool:
        """Whether it can still be withdrawn or signed."""
        return self.state not in {State.ENDED, State.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody of a household with all they allowed."""

    person: Person
    decides: bool
    entries: tuple[Entry, ...]
    notices: tuple[Notice, ...]

    @property
    def current(self) -> list[Entry]:
        """What holds, or would with its signature."""
        return [entry for entry in self.entries if entry.holds]

    @property
    def past(self) -> list[Entry]:
        """What ended or was withdrawn."""
        return [entry for entry in self.entries if not entry.holds]


def entry_of(row: AnyGiven, now: datetime, zone: ZoneInfo) -> Entry:
    """Return a row as a page shows it."""
    known = DataGroup.values
    return Entry(
        row=row,
        kind=Kind.RELEASE if isinstance(row, Release) else Kind.CONSENT,
        state=state_at(grant_of(row), now),
        groups=tuple(str(DataGroup(group).label) for group in sorted(row.groups, key=known.index)),
        to_whom=recipient_name(row) if isinstance(row, Release) else row.organisation.name,
        until=last_day(row.ends_at, zone),
        signature_until=last_day(row.signature_due_at, zone) if row.signature_due_at else None,
    )


def recipient_name(row: Release) -> str:
    """Return who may be spoken with."""
    return row.to_organisation.name if row.to_organisation is not None else row.to_outside or ""


def speaker_names(row: Release) -> list[str]:
    """Return who may speak: organisations, or one of their staff."""
    return [
        f"{one.membership.user} ({one.organisation.name})" if one.membership else one.organisation.name
        for one in row.speakers.all()
    ]


def consent_rows(actor: Actor) -> QuerySet[Consent]:
    """Return the consents an actor may see with all that pages show of them."""
    rows = visible_consents(actor).select_related(
        "person", "organisation", "taken_by__user", "withdrawal_taken_by__user"
    )
    return rows.prefetch_related("recipients")


def release_rows(actor: Actor) -> QuerySet[Release]:
    """Return the releases an actor may see with all that pages show of them."""
    rows = visible_releases(actor).select_related(
        "person", "organisation", "to_organisation", "taken_by__user", "withdrawal_taken_by__user"
    )
    return rows.prefetch_related("speakers__organisation", "speakers__membership__user")


def given_by(person: Person, now: datetime, zone: ZoneInfo) -> list[Entry]:
    """Return all that a person allowed, the newest first, for their own eyes; in few queries."""
    releases = Release.objects.filter(person=person).select_related("organisation", "to_organisation")
    consents = Consent.objects.filter(person=person).select_related("organisation")
    rows: list[AnyGiven] = [
        *releases.prefetch_related("speakers__organisation", "speakers__membership__user"),
        *consents.prefetch_related("recipients"),
    ]
    return [entry_of(row, now, zone) for row in sorted(rows, key=lambda one: (one.given_at, one.pk), reverse=True)]


def household_view(actor: Actor, household: Household, now: datetime) -> list[PersonView]:
    """Return the people of a household with all they allowed, those who moved out last, in few queries."""
    zone, day = actor.network.zone, now.astimezone(actor.network.zone).date()
    entries: dict[uuid.UUID, list[Entry]] = {}
    given: list[AnyGiven] = [
        *release_rows(actor).filter(person__household=household),
        *consent_rows(actor).filter(person__household=household),
    ]
    for row in sorted(given, key=lambda one: (one.given_at, one.pk), reverse=True):
        entries.setdefault(row.person_id, []).append(entry_of(row, now, zone))
    handed: dict[uuid.UUID, list[Notice]] = {}
    for notice in visible_notices(actor).filter(person__household=household).select_related("taken_by__user"):
        handed.setdefault(notice.person_id, []).append(notice)
    people = sorted(household.people.all(), key=lambda person: (person.left_on is not None, person.pk))
    return [
        PersonView(
            person,
            person.left_on is None and decides(person.relation, person.birth_year, day),
            tuple(entries.get(person.pk, ())),
            tuple(handed.get(person.pk, ())),
        )
        for person in people
        if person.left_on is None or person.pk in entries or person.pk in handed
    ]


def given_of(actor: Actor, household: Household, given_id: uuid.UUID) -> AnyGiven | None:
    """Return a consent or release of somebody in a household."""
    return (
        release_rows(actor).filter(person__household=household, pk=given_id).first()
        or consent_rows(actor).filter(person__household=household, pk=given_id).first()
    )


def due_entries(actor: Actor, now: datetime) -> list[Entry]:
    """Return what ends within 30 days or still lacks its signature, the most urgent first."""
    until = now + timedelta(days=SOON_DAYS)
    due = Q(withdrawn_at=None, ends_at__gt=now) & (
        Q(ends_at__lte=until) | Q(signature_due_at__isnull=False, signed_on=None)
    )
    rows: list[AnyGiven] = [*release_rows(actor).filter(due), *consent_rows(actor).filter(due)]
    found = [entry_of(row, now, actor.network.zone) for row in rows]
    return sorted(found, key=lambda entry: min(entry.until, entry.signature_until or entry.until))


def recipients_of(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations of the network that a release may name, those who run the joint offer first."""
    return Organisation.objects.exclude(memberships=actor.membership_id).order_by("-is_member", "name")


def speakers_of() -> QuerySet[Organisation]:
    """Return the organisations whose staff counsels in the network: they have something to tell."""
    return Organisation.objects.filter(is_member=True).order_by("name")


def own_text(use: str, purpose: str, organisation: Organisation, on: date) -> OwnText | None:
    """Return a city's own words: for the organisation, else for its law, else for all; the newest that holds."""
    rows = CityText.objects.filter(use=use, purpose=purpose, valid_from__lte=on).filter(
        Q(organisation=organisation) | Q(organisation=None, regime__in=["", organisation.regime])
    )
    best = max(
        rows,
        key=lambda row: (row.organisation_id is not None, bool(row.regime), row.valid_from, row.version),
        default=None,
    )
    if best is None:
        return None
    scope = organisation.key if best.organisation_id else best.regime or "all"
    return OwnText(f"city-{scope}-{best.version}", best.body, best.machine)

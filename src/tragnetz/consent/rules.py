"""Decisions on what was allowed: pure. The moment is always an argument, so that time can be travelled.

`queries.in_force` says the same as `valid_at` in the database; a test holds them together.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tragnetz.consent.enums import DataGroup, GivenBy, Signer, State
from tragnetz.core.months import months_later
from tragnetz.network.enums import Regime

DEFAULT_MONTHS = 12  # facts/domain.md 2.2: 12 months or case end, whichever is first
MOST_MONTHS = 36  # ours, no law: a programme lasts three years, and nobody remembers longer what they signed
SIGNATURE_DAYS = 28  # ours, no law: by when the signature of an oral one is to come
SOON_DAYS = 30
ADULT_AGE = 18  # § 2 BGB
WRITTEN_RULE = frozenset({Regime.KDG})  # § 8 KDG: written as the rule
_ALL_OF_THEM = frozenset({"alle", "allen", "aller", "sämtliche", "sämtlichen", "jede", "jeder", "jedem", "beliebige"})


@dataclass(frozen=True, slots=True)
class Grant:
    """A release as a value: who let whom tell whom which groups, from when to when."""

    person: uuid.UUID
    speakers: frozenset[uuid.UUID]
    recipient: uuid.UUID | None  # nothing for an office outside of the network
    groups: frozenset[str]
    given: datetime
    ends: datetime
    withdrawn: datetime | None = None
    signature_due: datetime | None = None
    is_signed: bool = False


def valid_at(grant: Grant, moment: datetime) -> bool:
    """Whether something holds at a moment: given, not ended, not withdrawn, and signed if the time for it is over."""
    return (
        grant.given <= moment < grant.ends
        and (grant.withdrawn is None or moment < grant.withdrawn)
        and (grant.signature_due is None or grant.is_signed or moment < grant.signature_due)
    )


def state_at(grant: Grant, moment: datetime) -> State:
    """Return where something stands, the most final first."""
    if grant.withdrawn is not None and grant.withdrawn <= moment:
        return State.WITHDRAWN
    if grant.ends <= moment:
        return State.ENDED
    if grant.signature_due is not None and not grant.is_signed:
        return State.UNSIGNED if moment < grant.signature_due else State.LAPSED
    return State.ENDS_SOON if grant.ends - moment <= timedelta(days=SOON_DAYS) else State.VALID


def released_groups(
    grants: Iterable[Grant], *, person: uuid.UUID, speaker: uuid.UUID, recipient: uuid.UUID, moment: datetime
) -> frozenset[str]:
    """Return what a speaker may tell a recipient of one person at a moment: all that valid releases name together."""
    found = (
        grant.groups
        for grant in grants
        if grant.person == person
        and speaker in grant.speakers
        and grant.recipient == recipient
        and valid_at(grant, moment)
    )
    return frozenset().union(*found)


def decides(relation: str, birth_year: int | None, on: date) -> bool:
    """Whether a member of a household decides on what it shares: who asked for help, and every adult.

    Without a year of birth only children count as minors: in doubt one more has to be asked.
    """
    if relation == "self":
        return True
    return relation != "child" if birth_year is None else is_adult(birth_year, on)


def is_adult(birth_year: int, on: date) -> bool:
    """Whether somebody comes of age in this year or did before: only the year is known."""
    return on.year - birth_year >= ADULT_AGE


def shared_groups(by_person: Mapping[uuid.UUID, frozenset[str]], deciding: Collection[uuid.UUID]) -> frozenset[str]:
    """Return the groups of a household's shared part: what all who decide released. Where nobody decides, nothing."""
    parts = [by_person.get(person, frozenset()) for person in deciding]
    return parts[0].intersection(*parts[1:]) if parts else frozenset()


@dataclass(frozen=True, slots=True)
class Cover:
    """What an organisation may see of a case: groups of the shared part, and of each person's own."""

    shared: frozenset[str] = frozenset()
    persons: Mapping[uuid.UUID, frozenset[str]] = field(default_factory=dict)
    until: datetime | None = None  # the next end of one of the releases it stands on; nothing for one's own case

    def opens(self, group: str, person: uuid.UUID | None = None) -> bool:
        """Whether a group may be seen: of the part that is shared, or of the one that is a person's own."""
        return group in (self.shared if person is None else self.persons.get(person, frozenset()))

    @property
    def groups(self) -> frozenset[str]:
        """All groups that are open for the shared part or for anybody."""
        return self.shared.union(*self.persons.values())


def default_end(given_on: date) -> date:
    """Return the last day that is proposed: after 12 months. The end of the case may come before it."""
    return months_later(given_on, DEFAULT_MONTHS)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment at which a day is over: until then it holds."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def last_day(ends: datetime, zone: ZoneInfo) -> date:
    """Return the last day on which something holds that ends at a moment."""
    return (ends.astimezone(zone) - timedelta(microseconds=1)).date()


def shortened(ends: datetime, case_ends: datetime, *, with_case: bool) -> datetime:
    """Return when something ends whose case ends: whichever is first."""
    return min(ends, case_ends) if with_case else ends


def signature_due(form: str, regime: str, given_on: date) -> date | None:
    """Return by when an oral one must be signed where the law has it written as the rule; else no date is proposed."""
    if form == GivenBy.ORAL and regime in WRITTEN_RULE:
        return given_on + timedelta(days=SIGNATURE_DAYS)
    return None


def is_blanket(recipient: str) -> bool:
    """Whether words for a recipient name nobody but everybody: `alle Partner`."""
    return not _ALL_OF_THEM.isdisjoint(recipient.casefold().split())


@dataclass(frozen=True, slots=True)
class Terms:
    """What was allowed and how, as somebody took it down. `until` is the last day."""

    purpose: str
    groups: frozenset[str]
    until: date
    form: str
    given_on: date
    ends_with_case: bool = True
    witness: str = ""
    proof: str = ""
    signed_on: date | None = None
    signature_due: date | None = None
    signer: str = Signer.SELF
    signer_name: str = ""
    capacity_noted: bool = False
    language: str = "de"


@dataclass(frozen=True, slots=True)
class Ways:
    """Who may speak with whom about what: organisations by id. `only` limits speakers to members of staff."""

    speakers: tuple[uuid.UUID, ...]
    recipient: uuid.UUID | None
    outside: str
    topic: str
    only: tuple[uuid.UUID, ...] = ()


class Problem(StrEnum):
    """Why something cannot be kept as it was taken down."""

    NO_GROUPS = "no_groups"
    GIVEN_LATER = "given_later"
    ENDS_BEFORE = "ends_before"
    TOO_LONG = "too_long"
    NO_WITNESS = "no_witness"
    NO_SIGNATURE = "no_signature"
    SIGNED_LATER = "signed_later"
    NO_PROOF = "no_proof"
    NO_DUE_DAY = "no_due_day"
    DUE_BEFORE = "due_before"
    NO_SIGNER = "no_signer"
    NO_CAPACITY = "no_capacity"
    NO_SPEAKER = "no_speaker"
    NO_RECIPIENT = "no_recipient"
    TWO_RECIPIENTS = "two_recipients"
    EVERYBODY = "everybody"
    TO_THEMSELVES = "to_themselves"
    NO_TOPIC = "no_topic"


def problems(terms: Terms, *, regime: str, birth_year: int | None, relation: str, on: date) -> Iterator[Problem]:
    """Yield what is missing or wrong in what was taken down on a day; nothing when it can be kept."""
    if not terms.groups or not terms.groups <= set(DataGroup):
        yield Problem.NO_GROUPS
    if terms.given_on > on:
        yield Problem.GIVEN_LATER
    if terms.until < max(terms.given_on, on):
        yield Problem.ENDS_BEFORE
    elif terms.until > months_later(terms.given_on, MOST_MONTHS):
        yield Problem.TOO_LONG
    yield from _problems_of_form(terms, regime, on)
    if terms.signer != Signer.SELF and not terms.signer_name.strip():
        yield Problem.NO_SIGNER
    if terms.signer == Signer.SELF and may_be_minor(relation, birth_year, on) and not terms.capacity_noted:
        yield Problem.NO_CAPACITY


def _problems_of_form(terms: Terms, regime: str, on: date) -> Iterator[Problem]:
    if terms.form == GivenBy.ORAL and not terms.witness.strip():
        yield Problem.NO_WITNESS
    if terms.form == GivenBy.WRITTEN and terms.signed_on is None:
        yield Problem.NO_SIGNATURE
    if terms.form == GivenBy.ELECTRONIC and not terms.proof.strip():
        yield Problem.NO_PROOF
    if terms.signed_on is not None and terms.signed_on > on:
        yield Problem.SIGNED_LATER
    if terms.form == GivenBy.ORAL and regime in WRITTEN_RULE and terms.signature_due is None:
        yield Problem.NO_DUE_DAY
    if terms.signature_due is not None and terms.signature_due < terms.given_on:
        yield Problem.DUE_BEFORE


def may_be_minor(relation: str, birth_year: int | None, on: date) -> bool:
    """Whether it has to be noted that somebody understands what they decide on: minors, and children of unknown age."""
    return relation == "child" if birth_year is None else on.year - birth_year <= ADULT_AGE


def problems_of_ways(ways: Ways) -> Iterator[Problem]:
    """Yield what is missing or wrong in who may speak with whom."""
    if not ways.speakers:
        yield Problem.NO_SPEAKER
    if ways.recipient is not None and ways.outside.strip():
        yield Problem.TWO_RECIPIENTS
    elif ways.recipient is None and not ways.outside.strip():
        yield Problem.NO_RECIPIENT
    if is_blanket(ways.outside):
        yield Problem.EVERYBODY
    if ways.recipient is not None and ways.recipient in ways.speakers:
        yield Problem.TO_THEMSELVES
    if not ways.topic.strip():
        yield Problem.NO_TOPIC

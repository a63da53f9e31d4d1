"""Three invented years of enquiries, appointments, cases. The same seed gives the same people every time."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import models, transaction

from tragnetz.appointments.enums import BookingState, CancelledBy, Purpose
from tragnetz.appointments.models import Booking, Roster
from tragnetz.audit.models import Event
from tragnetz.casework.enums import CaseState, Outcome
from tragnetz.casework.models import (
    Case,
    CaseContact,
    Closing,
    Compartment,
    Enquiry,
    Feedback,
    Goal,
    GoalReview,
    LifeEvent,
    Note,
    Rating,
    RatingLine,
    Step,
    Task,
    TextTemplate,
)
from tragnetz.city.format import Demo
from tragnetz.clients.models import Contact, Household, Person
from tragnetz.core.ids import clean_code, new_id
from tragnetz.demo.course import Course, add_texts, tell
from tragnetz.demo.keys import CaseKeys
from tragnetz.demo.people import Names, Story, read_people
from tragnetz.demo.projects import has_partner, home_for, living_of
from tragnetz.network.models import Locality, Membership, Network
from tragnetz.vault.keyring import Keyring, using
from tragnetz.vault.models import DataKey, WrappedKey
from tragnetz.vault.sealing import code_for, lookup_hash

type Progress = Callable[[int, int], None]
HOUR = timedelta(hours=1)
INTERPRETER, TEXT, VOICEMAIL, SAFE_NOTE = 0.25, 0.6, 0.4, 0.05  # shares of people
INFORMATION_SHARE = 1.1  # anonymous questions for each household that stays
ORDER: tuple[type[models.Model], ...] = (
    Contact, Household, Person, Booking, Enquiry, Case, DataKey, WrappedKey, Compartment, Closing, CaseContact, Note,
    LifeEvent, Goal, GoalReview, Step, Rating, RatingLine, Task, TextTemplate, Feedback, Event,
)  # fmt: skip
LEAD_DAYS = {"today": 1, "week": 6, "normal": 14}  # so long one waits at most for an appointment
FRIDAY = 4
STATES = {BookingState.ATTENDED: 86, BookingState.MISSED: 8, BookingState.CANCELLED: 6}  # in a hundred
TALKS, BETWEEN = (1, 8), (10, 45)  # later talks of a case, and the days between two
COUPLE = 2  # adults
LATEST_WORD = 96  # hours before it at most, in which somebody calls an appointment off
WAGES = {"employed": (90, 260), "short_time_work": (80, 170)}  # gross, in tens of EUR a month


@dataclass
class Makes:
    """What is being made, by kind of row."""

    network: Network
    rng: random.Random
    demo: Demo
    today: date
    counsellors: list[Membership]
    localities: list[Locality]
    names: dict[str, Names]
    stories: list[Story]
    free: dict[Any, dict[date, list[datetime]]]
    keys: CaseKeys
    projects: dict[Any, set[str]]  # by organisation
    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)

    def language(self) -> str:
        """Return a language as often as it is spoken."""
        return self.rng.choices(list(self.names), [row.share for row in self.names.values()])[0]

    def add(self, row: models.Model) -> None:
        self.rows.setdefault(type(row), []).append(row)


def load_history(network: Network, demo: Demo, counsellors: list[Membership], today: date, progress: Progress) -> None:
    """Make the history, once; a network that has cases keeps what it has. `progress` gets done and total."""
    if Case.objects.exists():
        return
    makes = Makes(
        network, random.Random(demo.seed), demo, today, counsellors,  # noqa: S311 -- a believable history, no secret
        list(Locality.objects.select_related("district").order_by("key")), *read_people(), {}, CaseKeys(Keyring()),
        {row.organisation_id: set(row.organisation.programmes.values_list("key", flat=True)) for row in counsellors},
    )  # fmt: skip
    for counsellor in counsellors:
        makes.free[counsellor.pk] = _openings(makes, counsellor)
    total = demo.households + len(ORDER) * 20
    for number in range(demo.households):
        _household(makes, number)
        if number % 50 == 0:
            progress(number, total)
    for _ in range(int(demo.households * INFORMATION_SHARE)):
        _information(makes)
    add_texts(network, list({row.organisation_id: row.organisation for row in counsellors}.values()), makes.add)
    with transaction.atomic(), using(makes.keys.ring):
        for index, kind in enumerate(ORDER):
            kind._default_manager.bulk_create(makes.rows.get(kind, []), batch_size=2000)  # noqa: SLF001 -- Django's own name
            progress(demo.households + (index + 1) * 20, total)


def _openings(makes: Makes, counsellor: Membership) -> dict[date, list[datetime]]:
    """Return the hours of a counsellor on each day from the beginning to three weeks ahead."""
    rosters: dict[int, list[Roster]] = {}
    for row in Roster.objects.filter(membership=counsellor).order_by("starts"):
        rosters.setdefault(row.weekday, []).append(row)
    found: dict[date, list[datetime]] = {}
    off = makes.network.days_off
    day = makes.today - timedelta(days=365 * makes.demo.years)
    while day <= makes.today + timedelta(days=21):
        if not off.name(day):
            found[day] = [start for row in rosters.get(day.weekday(), []) for start in _hours(makes, day, row)]
        day += timedelta(days=1)
    return found


def _hours(makes: Makes, day: date, row: Roster) -> Iterator[datetime]:
    start = datetime.combine(day, row.starts, makes.network.zone)
    end = datetime.combine(day, row.ends, makes.network.zone)
    while start + HOUR <= end:
        yield start
        start += HOUR


def _take(makes: Makes, counsellor: Membership, wanted: date) -> datetime | None:
    """Take a free hour on a day or one of the ten after it."""
    openings = makes.free[counsellor.pk]
    for offset in range(10):
        hours = openings.get(wanted + timedelta(days=offset))
        if hours:
            return hours.pop(makes.rng.randrange(len(hours)))
    return None


def _household(makes: Makes, number: int) -> None:
    rng = makes.rng
    story = rng.choices(makes.stories, [story.share for story in makes.stories])[0]
    counsellor = _counsellor(makes, story)
    language = makes.language()
    first, last = rng.choice(makes.names[language].first), rng.choice(makes.names[language].last)
    came = _came(makes, number)
    urgency = rng.choices(["today", "week", "normal"], [6, 24, 70])[0]
    at = datetime.combine(_asked(makes, came, urgency), time(9), makes.network.zone)
    at += timedelta(minutes=rng.randrange(360))
    contact = Contact(
        network=makes.network, organisation_id=counsellor.organisation_id, name=f"{first} {last}",
        phone=f"+49170{number:04d}{rng.randrange(1000):03d}", language=language,
        interpreter=language != "de" and rng.random() < INTERPRETER, may_call=True,
        may_text=rng.random() < TEXT, may_voicemail=rng.random() < VOICEMAIL,
        safe_note="Nur vormittags anrufen. Nicht sagen, worum es geht." if rng.random() < SAFE_NOTE else "",
        created_at=at,
    )  # fmt: skip
    makes.add(contact)
    locality = rng.choice(makes.localities)
    children = story.facts.get("children", rng.choice([0, 0, 1, 2, 3]))
    facts = story.facts | {
        "age": rng.randrange(19, 63), "district": locality.district.key, "locality": locality.key,
        "children": children, "rent": 360 + 95 * (1 + int(children)) + 10 * rng.randrange(20),
    }  # fmt: skip
    least, most = WAGES.get(str(story.facts.get("employment", "")), (0, 0))
    if most:
        facts["gross_wage"] = 10 * rng.randrange(least, most)
    locality = _settle(makes, number, counsellor, facts) or locality
    booking = _booking(makes, counsellor, contact, story, came, at)
    if booking is None:
        return
    enquiry = Enquiry(
        network=makes.network, organisation_id=counsellor.organisation_id,
        channel=rng.choices(["phone", "web", "visit"], [70, 20, 10])[0], outcome=Outcome.APPOINTMENT,
        topic=story.topic, urgency=urgency,
        district=locality.district, locality=locality, language=language, contact=contact, booking=booking,
        concern=story.concern, released=json.dumps({"facts": facts, "services": []}), idempotency_key=new_id().hex,
        created_at=at,
    )  # fmt: skip
    makes.add(enquiry)
    if booking.state == BookingState.ATTENDED:
        _case(makes, story, enquiry, booking, facts, (first, last))


def _settle(makes: Makes, number: int, counsellor: Membership, facts: dict[str, Any]) -> Locality | None:
    """Say what a household lives on, and where it lives if it came for a project that is near.

    By a chance of its own: the rest of the story stays as it is.
    """
    rng = random.Random(f"{makes.demo.seed}:{number}")  # noqa: S311 -- a believable household, no secret
    facts["benefits"] = living_of(rng, facts)
    facts["adults"] = 2 if has_partner(rng, facts) else 1
    home = home_for(rng, makes.demo, makes.projects[counsellor.organisation_id], facts)
    found = next((row for row in makes.localities if row.key == home), None)
    if found is not None:
        facts |= {"locality": found.key, "district": found.district.key}
    return found


def _came(makes: Makes, number: int) -> date:
    """Spread the first days over the years; one in twelve came these days, so that today is alive."""
    if number % 12 == 0:
        return makes.today - timedelta(days=makes.rng.randrange(-4, 10))
    return makes.today - timedelta(days=makes.rng.randrange(12, 365 * makes.demo.years))


def _asked(makes: Makes, came: date, urgency: str) -> date:
    """Return the working day on which somebody asked for an appointment, so long before it as one waits."""
    most = LEAD_DAYS[urgency]
    asked = came - timedelta(days=round(makes.rng.triangular(0, most, most / 4)))
    asked -= timedelta(days=max(asked.weekday() - FRIDAY, 0))
    return min(asked, makes.today - timedelta(days=1))


def _counsellor(makes: Makes, story: Story) -> Membership:
    weights = [3 if story.topic in row.topics else 1 for row in makes.counsellors]
    return makes.rng.choices(makes.counsellors, weights)[0]


def _booking(
    makes: Makes,
    counsellor: Membership,
    contact: Contact,
    story: Story,
    came: date,
    at: datetime,
    purpose: str = Purpose.FIRST,
) -> Booking | None:
    start = _take(makes, counsellor, came)
    if start is None:
        return None
    key = new_id().hex
    booking = Booking(
        network=makes.network, membership=counsellor, contact=contact, starts_at=start, ends_at=start + HOUR,
        kind=makes.rng.choice(["phone", "on_site"]), topic=story.topic, language=contact.language,
        interpreter=contact.interpreter, code_hash=lookup_hash(clean_code(code_for(key))), idempotency_key=key,
        purpose=purpose, created_at=min(at, start - HOUR), changed_at=min(at, start - HOUR),
    )  # fmt: skip
    if start.date() < makes.today:
        booking.state = makes.rng.choices(list(STATES), list(STATES.values()))[0]
    if booking.state == BookingState.CANCELLED:
        booking.cancelled_by, booking.sequence = CancelledBy.PERSON, 1
        booking.changed_at = max(start - HOUR * makes.rng.randrange(1, LATEST_WORD), booking.created_at)
        makes.free[counsellor.pk].setdefault(start.date(), []).append(start)
    if booking.kind == "on_site":
        booking.site_id = _site(counsellor)
    makes.add(booking)
    return booking


def _site(counsellor: Membership) -> Any:  # noqa: ANN401 -- a UUID or none
    first = counsellor.rosters.all()
    return next((row.site_id for row in first), None)


def _case(
    makes: Makes, story: Story, enquiry: Enquiry, booking: Booking, facts: dict[str, object], name: tuple[str, str]
) -> None:
    rng = makes.rng
    opened = booking.starts_at.date()
    closed = opened + timedelta(days=rng.randrange(60, 500))
    is_closed = closed < makes.today
    household = Household(
        network=makes.network, organisation_id=enquiry.organisation_id, facts=json.dumps(facts),
        created_at=booking.starts_at,
    )  # fmt: skip
    makes.add(household)
    _people(makes, household, facts, name)
    case = Case(
        network=makes.network, organisation_id=enquiry.organisation_id, counsellor=booking.membership,
        enquiry=enquiry, contact=enquiry.contact, household=household, topic=story.topic,
        state=CaseState.CLOSED if is_closed else CaseState.OPEN, opened_on=opened,
        closed_on=closed if is_closed else None,
    )  # fmt: skip
    makes.add(case)
    key, copies, part = makes.keys.part(case)
    for row in (key, *copies, part):
        makes.add(row)
    _later_talks(makes, story, enquiry, booking, closed)
    tell(Course(case, part, story, booking, min(closed, makes.today), makes.today), rng, makes.add)
    makes.add(
        Event(
            network=makes.network,
            at=datetime.combine(opened, time(12), UTC),
            actor_kind="system",
            verb="demo:case",
            object_type="casework.case",
            object_id=case.pk,
        )
    )


def _later_talks(makes: Makes, story: Story, enquiry: Enquiry, first: Booking, closed: date) -> None:
    """Let a case go on: some more talks, the next one agreed upon at the end of the last."""
    before = first
    for _number in range(makes.rng.randrange(*TALKS)):
        day = before.starts_at.date() + timedelta(days=makes.rng.randrange(*BETWEEN))
        if enquiry.contact is None or day > closed or before.starts_at.date() > makes.today:
            return
        talk = _booking(
            makes, first.membership, enquiry.contact, story, day, before.ends_at, purpose=Purpose.FOLLOW
        )  # fmt: skip
        if talk is None:
            return
        before = talk


def _people(makes: Makes, household: Household, facts: dict[str, object], name: tuple[str, str]) -> None:
    rng, year = makes.rng, makes.today.year
    age = facts["age"] if isinstance(facts["age"], int) else 40
    makes.add(
        Person(network=makes.network, household=household, name=" ".join(name), birth_year=year - age, relation="self")
    )
    if facts["adults"] == COUPLE:
        other = makes.names["de"].first[(age * 7 + len(name[1])) % len(makes.names["de"].first)]
        makes.add(
            Person(
                network=makes.network, household=household, name=f"{other} {name[1]}",
                birth_year=year - age + age % 5 - 2, relation="partner",
            )
        )  # fmt: skip
    children = facts["children"] if isinstance(facts["children"], int) else 0
    for _ in range(children):
        makes.add(
            Person(
                network=makes.network,
                household=household,
                name=f"{rng.choice(makes.names['de'].first)} {name[1]}",
                birth_year=year - rng.randrange(1, min(age - 16, 18)),
                relation="child",
            )
        )


def _information(makes: Makes) -> None:
    rng = makes.rng
    story, locality = rng.choice(makes.stories), rng.choice(makes.localities)
    counsellor = rng.choice(makes.counsellors)
    at = datetime.combine(
        makes.today - timedelta(days=rng.randrange(1, 365 * makes.demo.years)), time(9), makes.network.zone
    )
    makes.add(
        Enquiry(
            network=makes.network,
            organisation_id=counsellor.organisation_id,
            taken_by=counsellor,
            channel="phone",
            outcome=Outcome.INFORMATION,
            topic=story.topic,
            district=locality.district,
            locality=locality,
            language=makes.language(),
            idempotency_key=new_id().hex,
            created_at=at + timedelta(minutes=rng.randrange(360)),
        )
    )

"""Invented workshops, so that the demo's calendar is alive: some over, some full, most with places."""

import random
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import models, transaction

from tragnetz.appointments.enums import BookingState, GroupState, Kind, Presence, RegistrationState, Via
from tragnetz.appointments.groups.rules import Span, series
from tragnetz.appointments.models import Attendance, Booking, Group, Registration, Session
from tragnetz.clients.models import Contact
from tragnetz.core.clock import now
from tragnetz.core.ids import clean_code, new_id
from tragnetz.demo.people import Names, read_people
from tragnetz.directory.keys import slug
from tragnetz.network.models import Membership, Network
from tragnetz.vault.sealing import code_for, lookup_hash

CAME, EXCUSED = 0.8, 0.5  # shares of dates; of those who stay away
HALF_AN_HOUR = timedelta(minutes=30)
ORDER: tuple[type[models.Model], ...] = (Group, Session, Booking, Contact, Registration, Attendance)


def load_groups(network: Network, counsellors: list[Membership], today: date, seed: int) -> None:
    """Make the groups, once. Each is led by who knows its topic, at a time at which that person has nothing else."""
    if Group.objects.exists():
        return
    rng = random.Random(seed)  # noqa: S311 -- believable groups, no secret
    names, _stories = read_people()
    busy: dict[Any, list[Span]] = {}
    rows: dict[type[models.Model], list[models.Model]] = {kind: [] for kind in ORDER}
    for plan in yaml.safe_load(Path(__file__).with_name("groups.yaml").read_text(encoding="utf-8")):
        leader = _leader(plan, counsellors, busy)
        for row in _group(network, plan, leader, today, busy, rng, names):
            rows[type(row)].append(row)
    with transaction.atomic():
        for kind in ORDER:
            kind._default_manager.bulk_create(rows[kind])  # noqa: SLF001 -- Django's own name


def _leader(plan: dict[str, Any], counsellors: list[Membership], busy: dict[Any, list[Span]]) -> Membership:
    def fit(row: Membership) -> tuple[bool, bool, int]:
        speaks = plan.get("language", "de") in row.languages
        return (not speaks, plan["topic"] not in row.topics, len(busy.get(row.pk, [])))

    return min(counsellors, key=fit)


def _group(
    network: Network,
    plan: dict[str, Any],
    leader: Membership,
    today: date,
    busy: dict[Any, list[Span]],
    rng: random.Random,
    names: dict[str, Names],
) -> Iterator[models.Model]:
    begun = now()
    sessions = [_session(network, leader, span, plan) for span in _spans(network, plan, leader, today, busy)]
    group = Group(
        network=network, organisation_id=leader.organisation_id, key=slug(plan["title"]["de"]), title=plan["title"],
        description=plan["description"], topic=plan["topic"], language=plan.get("language", "de"),
        places=plan["places"], state=plan.get("state", GroupState.OPEN), certificate_percent=plan.get("certificate"),
        materials=plan.get("materials", []), created_at=sessions[0].starts_at - timedelta(days=40),
    )  # fmt: skip
    yield group
    for session in sessions:
        session.group = group
        yield session
        yield _booking(group, session)
    for number in range(plan["people"] + plan.get("waiting", 0)):
        contact = _contact(group, rng, names, number)
        yield contact
        registration = _registration(group, contact, number, plan["people"])
        yield registration
        for session in sessions:
            if session.ends_at < begun and registration.seat:
                yield _attendance(session, registration, rng)


def _spans(
    network: Network, plan: dict[str, Any], leader: Membership, today: date, busy: dict[Any, list[Span]]
) -> tuple[Span, ...]:
    """Return the dates; half an hour later each time that the leader already has something then."""
    first = today - timedelta(days=today.weekday()) + timedelta(weeks=plan["first"], days=plan["weekday"])
    starts, ends = (time.fromisoformat(plan[name]) for name in ("from", "to"))
    off = network.days_off
    found = series(
        first, starts, ends, zone=network.zone, count=plan["dates"], every=plan.get("every", 1),
        is_closed=lambda day: bool(off.name(day)),
    ).spans  # fmt: skip
    taken = busy.setdefault(leader.pk, _taken(leader, found))
    while any(one.starts_at < span.ends_at and span.starts_at < one.ends_at for span in found for one in taken):
        found = tuple(Span(span.starts_at + HALF_AN_HOUR, span.ends_at + HALF_AN_HOUR) for span in found)
    taken.extend(found)
    return found


def _taken(leader: Membership, spans: tuple[Span, ...]) -> list[Span]:
    around = timedelta(days=120)
    rows = Booking.objects.filter(
        membership=leader, starts_at__gt=spans[0].starts_at - around, starts_at__lt=spans[-1].starts_at + around
    ).exclude(state=BookingState.CANCELLED)
    return [Span(*row) for row in rows.order_by().values_list("starts_at", "ends_at")]


def _session(network: Network, leader: Membership, span: Span, plan: dict[str, Any]) -> Session:
    roster = next(iter(leader.rosters.all()), None)
    return Session(
        network=network, leader=leader, site_id=roster.site_id if roster else None,
        room="Gruppenraum" if plan["places"] > 8 else "", starts_at=span.starts_at, ends_at=span.ends_at,  # noqa: PLR2004 -- a small room
    )  # fmt: skip


def _booking(group: Group, session: Session) -> Booking:
    return Booking(
        network=group.network, membership=session.leader, session=session, starts_at=session.starts_at,
        ends_at=session.ends_at, kind=Kind.ON_SITE, site_id=session.site_id, topic=group.topic,
        language=group.language, state=BookingState.BOOKED, via=Via.GROUP, code_hash=new_id().hex,
        idempotency_key=new_id().hex, created_at=group.created_at, changed_at=group.created_at,
    )  # fmt: skip


def _contact(group: Group, rng: random.Random, names: dict[str, Names], number: int) -> Contact:
    language = group.language if group.language in names else rng.choice(list(names))
    name = f"{rng.choice(names[language].first)} {rng.choice(names[language].last)}"
    return Contact(
        network=group.network, organisation_id=group.organisation_id, name=name,
        phone=f"+49170888{rng.randrange(100):02d}{number:02d}", language=language, may_text=rng.random() < CAME,
        created_at=group.created_at,
    )  # fmt: skip


def _registration(group: Group, contact: Contact, number: int, people: int) -> Registration:
    key = new_id().hex
    seated = number < people
    return Registration(
        network=group.network, group=group, contact=contact, seat=number + 1 if seated else None,
        state=RegistrationState.REGISTERED if seated else RegistrationState.WAITING,
        code_hash=lookup_hash(clean_code(code_for(key))), idempotency_key=key,
        created_at=group.created_at + timedelta(days=number),
    )  # fmt: skip


def _attendance(session: Session, registration: Registration, rng: random.Random) -> Attendance:
    stayed = Presence.EXCUSED if rng.random() < EXCUSED else Presence.MISSED
    return Attendance(
        network=session.network, session=session, registration=registration,
        presence=Presence.CAME if rng.random() < CAME else stayed, marked_by_id=session.leader_id, at=session.ends_at,
    )  # fmt: skip

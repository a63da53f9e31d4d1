"""Invented ways to work, nets around households, and what a team carries."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import models, transaction

from tragnetz.casework.caseload.models import Capacity
from tragnetz.casework.coaching.enums import ApplicationState, EndReason, Kept, WorkKind
from tragnetz.casework.coaching.models import Application, Coaching, Interview, Placement
from tragnetz.casework.coaching.rules import SIX, THREE, check_day, kept_at_end
from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case, Compartment
from tragnetz.casework.networkmap.models import Tie
from tragnetz.clients.models import Person, Relation
from tragnetz.core.ids import new_id
from tragnetz.network.models import Membership, Network
from tragnetz.vault.keyring import current_keyring

TOPICS = {"work", "training", "money"}
COACHED, MAPPED, PLACED, LASTED = 0.6, 0.3, 0.45, 0.75  # shares: of cases, of cases, of the coached, of the placed
KINDS = {
    WorkKind.REGULAR: 52, WorkKind.MINIJOB: 14, WorkKind.SUBSIDISED: 9, WorkKind.TRAINING: 12,
    WorkKind.APPRENTICESHIP: 7, WorkKind.INTERNSHIP: 4, WorkKind.SELF_EMPLOYED: 2,
}  # fmt: skip
HOURS = {WorkKind.REGULAR: (20, 25, 30, 39), WorkKind.MINIJOB: (8, 10), WorkKind.SUBSIDISED: (20, 30)}
ENDS = (EndReason.TERM, EndReason.EMPLOYER, EndReason.OWN, EndReason.BETTER, EndReason.HEALTH, EndReason.CARE)
ORDER: tuple[type[models.Model], ...] = (Coaching, Application, Interview, Placement, Tie)
TOLD = ("education", "work", "skills", "licences", "languages", "wishes", "limits")
PATIENCE = 30  # days
CAPACITY = (24, 28, 32, 36)


@dataclass
class _Makes:
    network: Network
    rng: random.Random
    today: date
    texts: dict[str, Any]
    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)

    def add(self, row: models.Model) -> None:
        self.rows.setdefault(type(row), []).append(row)


def load_coaching(network: Network, counsellors: list[Membership], today: date, seed: int) -> None:
    """Make the ways to work of the demo's cases, once."""
    if Coaching.objects.exists():
        return
    texts = yaml.safe_load(Path(__file__).with_name("coaching.yaml").read_text(encoding="utf-8"))
    makes = _Makes(network, random.Random(seed), today, texts)  # noqa: S311 -- believable ways, no secret
    parts = {part.case_id: part for part in Compartment.objects.filter(person=None)}
    current_keyring().load(part.key_id for part in parts.values() if part.key_id)
    asking = {one.household_id: one for one in Person.objects.filter(relation=Relation.SELF).only("household_id")}
    cases = Case.objects.order_by("opened_on", "pk").only("household_id", "topic", "opened_on", "closed_on", "state")
    for case in cases:
        part = parts.get(case.pk)
        if part is None:
            continue
        if case.topic in TOPICS and makes.rng.random() < COACHED:
            _coaching(makes, case, part, asking.get(case.household_id))
        if makes.rng.random() < MAPPED:
            _net(makes, case, part)
    with transaction.atomic():
        for kind in ORDER:
            kind._default_manager.bulk_create(makes.rows.get(kind, []), batch_size=2000)  # noqa: SLF001 -- Django's own name
        Capacity.objects.bulk_create(
            Capacity(network=network, membership=row, cases=makes.rng.choice(CAPACITY)) for row in counsellors
        )


def _coaching(makes: _Makes, case: Case, part: Compartment, person: Person | None) -> None:
    rng, profiles = makes.rng, makes.texts["profiles"]
    profile = rng.choices(profiles, [row["share"] for row in profiles])[0]
    last = min(case.closed_on or makes.today, makes.today)
    coaching = Coaching(
        network=makes.network, case=case, compartment=part, person=person, started_on=case.opened_on,
        goal=profile["goal"], goal_field=profile["field"], hours_wanted=profile["hours"],
        created_at=datetime.combine(case.opened_on, time(12), makes.network.zone),
        **{name: profile[name] for name in TOLD},
    )  # fmt: skip
    makes.add(coaching)
    sent_on = case.opened_on + timedelta(days=rng.randrange(14, 50))
    applications: list[Application] = []
    while sent_on < last and len(applications) < rng.randrange(2, 9):
        applications.append(_application(makes, coaching, profile["field"], sent_on, last))
        sent_on += timedelta(days=rng.randrange(4, 40))
    if applications and rng.random() < PLACED:
        _placement(makes, coaching, applications[-1])


def _application(makes: _Makes, coaching: Coaching, work: int, sent_on: date, last: date) -> Application:
    rng = makes.rng
    age = (last - sent_on).days
    state = ApplicationState.SENT
    if age > rng.randrange(7, 40):
        state = rng.choices(
            [ApplicationState.REFUSED, ApplicationState.INTERVIEW, ApplicationState.SENT], [58, 22, 20]
        )[0]
    answered = sent_on + timedelta(days=rng.randrange(1, max(age, 2))) if state != ApplicationState.SENT else sent_on
    row = Application(
        network=makes.network, coaching=coaching, compartment=coaching.compartment, field=work, sent_on=sent_on,
        employer=rng.choice(makes.texts["employers"][work]), job=makes.texts["jobs"][work], state=state,
        state_on=min(answered, last), request_key=new_id().hex,
    )  # fmt: skip
    makes.add(row)
    if state == ApplicationState.INTERVIEW:
        day = row.state_on + timedelta(days=rng.randrange(3, 12))
        at = datetime.combine(day, time(rng.randrange(9, 16)), makes.network.zone)
        note = rng.choice(makes.texts["preparations"])
        if (last - day).days > PATIENCE:  # an employer who has not answered by then will not
            row.state, row.state_on = ApplicationState.REFUSED, day + timedelta(days=rng.randrange(1, PATIENCE))
        makes.add(
            Interview(network=makes.network, application=row, compartment=coaching.compartment, starts_at=at, note=note)
        )
    return row


def _placement(makes: _Makes, coaching: Coaching, application: Application) -> None:
    rng = makes.rng
    starts_on = application.state_on + timedelta(days=rng.randrange(5, 30))
    if starts_on > makes.today:
        return
    application.state, application.state_on = ApplicationState.PLACED, starts_on
    kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
    row = Placement(
        network=makes.network, coaching=coaching, compartment=coaching.compartment, application=application,
        employer=application.employer, job=application.job, kind=kind, field=application.field,
        hours=rng.choice(HOURS.get(kind, (39,))), is_temporary=rng.random() < LASTED, starts_on=starts_on,
        request_key=new_id().hex,
    )  # fmt: skip
    ended = starts_on + timedelta(days=rng.randrange(20, 300))
    if rng.random() > LASTED and ended <= makes.today:
        reason = rng.choice(ENDS)
        row.ended_on, row.end_reason = ended, reason
        row.kept_3, row.kept_3_on = kept_at_end(starts_on, ended, reason, THREE), ended
        row.kept_6, row.kept_6_on = kept_at_end(starts_on, ended, reason, SIX), ended
    else:
        _ask(makes, row)
    makes.add(row)


def _ask(makes: _Makes, row: Placement) -> None:
    """Let somebody have asked whether it lasted, unless the day was only some weeks ago."""
    fresh = timedelta(days=makes.rng.randrange(0, 40))
    if (day := check_day(row.starts_on, THREE)) + fresh < makes.today:
        row.kept_3, row.kept_3_on = Kept.YES, min(day + fresh, makes.today)
    if (day := check_day(row.starts_on, SIX)) + fresh < makes.today:
        answer = makes.rng.choices([Kept.YES, Kept.CHANGED, Kept.UNKNOWN], [80, 10, 10])[0]
        row.kept_6, row.kept_6_on = answer, min(day + fresh, makes.today)


def _net(makes: _Makes, case: Case, part: Compartment) -> None:
    if case.state != CaseState.OPEN:
        return  # what a closed case does not need any more was deleted
    for tie in makes.rng.sample(makes.texts["ties"], makes.rng.randrange(3, 7)):
        makes.add(Tie(network=makes.network, case=case, compartment=part, request_key=new_id().hex, **tie))

"""Who takes part in the demo's projects: whoever fits the target group, with believable answers and some faults."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from tragnetz.casework.facts import facts_of
from tragnetz.casework.models import Case
from tragnetz.casework.rules import fits
from tragnetz.city.format import Demo
from tragnetz.clients.models import Person, Relation
from tragnetz.core.ids import new_code, new_id
from tragnetz.demo.answers import Told, entry_of, exit_of, later_of
from tragnetz.demo.flaws import spoil
from tragnetz.eligibility.facts import clean_facts
from tragnetz.eligibility.rules import Truth
from tragnetz.network.models import District, Membership, Network, Programme
from tragnetz.reporting.enums import Leaving, Moment
from tragnetz.reporting.groups import sharing
from tragnetz.reporting.lines.derive import age_on, bases_of, codes_of, is_countable
from tragnetz.reporting.models import Answers, Participation
from tragnetz.reporting.participation.namesakes import sound_of, twin_of
from tragnetz.reporting.participation.programmes import frame_of, indicators_of, terms_of
from tragnetz.reporting.participation.rules import Frame, Record, faults

TAKEN, BOTH, WITH_PARTNER, BORN_KNOWN, INFORMED, MEN, FOR_A_JOB = 0.93, 0.15, 0.35, 0.85, 0.9, 0.42, 0.6  # shares
ALONE = 0.4  # of those whose case is gone
FIRST_WEEKS = (3, 40)  # days from the opening of a case to the entry: eight hours of help take time
CHILD = 18


@dataclass
class Makes:
    """What is being made."""

    network: Network
    rng: random.Random
    today: date
    texts: dict[str, Any]
    frames: dict[Any, Frame] = field(default_factory=dict)
    rows: list[Participation] = field(default_factory=list)
    told: dict[Any, Told] = field(default_factory=dict)  # by participation
    born: dict[Any, date] = field(default_factory=dict)
    names: dict[Any, str] = field(default_factory=dict)
    shared: dict[Any, Any] = field(default_factory=dict)  # by project: the first of those with its target
    families: dict[Any, Any] = field(default_factory=dict)


def load_participations(network: Network, demo: Demo, today: date) -> None:
    """Make the participations of the demo, once."""
    if Participation.objects.exists():
        return
    makes = Makes(network, random.Random(demo.seed + 8), today, read_texts())  # noqa: S311 -- believable answers, no secret
    reached = {item.id: round(item.reached * demo.households) for item in demo.programmes}
    known = {row.key: row for row in Programme.objects.exclude(line="")}
    running = [known[key] for key in reached if key in known]  # whoever fits more than one enters the first
    makes.frames = {row.pk: frame_of(row) for row in running}
    makes.shared = {row.pk: sharing(row)[0] for row in running}
    _from_cases(makes, running)
    for programme in running:
        _from_before(makes, programme, reached[programme.key])
    spoil(makes)
    _derive(makes)
    with transaction.atomic():
        Participation.objects.bulk_create(makes.rows, batch_size=2000)
        Answers.objects.bulk_create(_answers(makes), batch_size=2000)


def read_texts() -> dict[str, Any]:
    """Return the shares of the answers, from participations.yaml beside this file."""
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return found


def _from_cases(makes: Makes, running: list[Programme]) -> None:
    members = {row.pk: set(row.organisations.values_list("pk", flat=True)) for row in running}
    people: dict[Any, list[Person]] = {}
    for person in Person.objects.filter(left_on=None).order_by("pk"):
        people.setdefault(person.household_id, []).append(person)
    cases = Case.objects.filter(merged_into=None).exclude(enquiry=None).order_by("opened_on", "pk")
    for case in cases.select_related("household", "contact", "enquiry__district", "counsellor"):
        facts = facts_of(case.household)
        groups = [(row.key, row.target_group) for row in running if case.organisation_id in members[row.pk]]
        found = {fit.programme for fit in fits(groups, clean_facts(facts)) if fit.verdict.truth is Truth.YES}
        taken = 0
        for programme in [row for row in running if row.key in found]:
            if makes.rng.random() >= (BOTH if taken else TAKEN):
                continue
            taken += _take_in(makes, programme, case, facts, people.get(case.household_id, []))


def _take_in(makes: Makes, programme: Programme, case: Case, facts: dict[str, Any], people: list[Person]) -> bool:
    """Take the one who asked into a project, and sometimes their partner; whether it came so far."""
    rng = makes.rng
    last = min(case.closed_on or makes.today, makes.today, programme.ends)
    entered = max(case.opened_on + timedelta(days=rng.randrange(*FIRST_WEEKS)), programme.starts)
    first = next((one for one in people if one.relation == Relation.SELF), None)
    if entered > last or first is None:
        return False
    children = [
        one for one in people
        if one.relation == Relation.CHILD and one.birth_year and one.birth_year > entered.year - CHILD
    ]  # fmt: skip
    partners = [one for one in people if one.relation == Relation.PARTNER and rng.random() < WITH_PARTNER]
    for number, person in enumerate([first, *partners]):
        day = min(entered + timedelta(days=number * rng.randrange(40)), last)
        row = Participation(
            programme=programme, organisation_id=case.organisation_id, case=case, household=case.household,
            person=person, author=case.counsellor, children=len(children), topic=case.topic, entered_on=day,
            district=case.enquiry.district if case.enquiry else None, left_on=_left(case, programme, day, makes.today),
        )  # fmt: skip
        born = date(person.birth_year or day.year - 40, rng.randrange(1, 13), rng.randrange(1, 29))
        who = facts if not number else facts | {"employment": rng.choice(["employed", "unemployed", ""])}
        _add(makes, row, born, who, (person.name, case.contact.language if case.contact else "de"))
    return True


def _left(case: Case, programme: Programme, entered: date, today: date) -> date | None:
    days = [day for day in (case.closed_on, programme.ends) if day is not None and day < today]
    return max(min(days), entered) if days else None


def _from_before(makes: Makes, programme: Programme, reached: int) -> None:
    """Fill up to what a project has reached by people whose case is gone, or who came before the city had Tragnetz."""
    rng = makes.rng
    missing = reached - sum(row.programme_id == programme.pk for row in makes.rows)
    authors = list(Membership.objects.filter(organisation__programmes=programme, roles__contains=["counsellor"]))
    districts = list(District.objects.all())
    end = min(makes.today, programme.ends)
    days = max((end - programme.starts).days, 1)
    for _ in range(max(missing, 0)):
        author = rng.choice(authors)
        entered = programme.starts + timedelta(days=round(days * rng.random() ** 0.9))
        left = entered + timedelta(days=rng.randrange(40, 420))
        row = Participation(
            programme=programme, organisation_id=author.organisation_id, author=author, entered_on=entered,
            left_on=left if left < end else None, children=rng.choice([0, 1, 1, 2, 2, 3]),
            topic=rng.choice(["work", "money", "family", "housing", "debt", "training"]),
            district=rng.choice(districts),
        )  # fmt: skip
        working = rng.choices(["unemployed", "employed", ""], [62, 20, 18])[0]
        facts = {"employment": working, "children": row.children, "single_parent": rng.random() < ALONE,
                 "benefits": ["grundsicherungsgeld"]}  # fmt: skip
        born = entered - timedelta(days=rng.randrange(365 * 20, 365 * 62))
        _add(makes, row, born, facts, ("", rng.choice(["de", "de", "de", "tr", "ar", "uk"])))


def _add(makes: Makes, row: Participation, born: date, facts: dict[str, Any], named: tuple[str, str]) -> None:
    rng, (name, language) = makes.rng, named
    row.network, row.pseudonym, row.request_key = makes.network, new_code(), new_id().hex
    whose = row.household_id or row.pk
    row.family = makes.families.setdefault((makes.shared[row.programme_id], whose), new_id())
    row.created_at = datetime.combine(row.entered_on, time(12), UTC)
    row.informed_on = row.entered_on if rng.random() < INFORMED else None
    male = name.split()[0] in makes.texts["men"] if name else rng.random() < MEN
    asked = {one.key for one in makes.frames[row.programme_id].questions}
    who = facts | {"gender": "m" if male else "w", "age": age_on(born, row.entered_on), "language": language}
    told = Told(asked, entry_of(rng, makes.texts, who, asked), row.entered_on)
    if row.left_on is not None:
        row.leaving = rng.choices(list(makes.texts["leaving"]), list(makes.texts["leaving"].values()))[0]
        exit_of(rng, makes.texts, told, row.left_on, makes.today)
        later_of(rng, makes.texts, told, row.left_on, makes.today)
        if told.moments.get(Moment.EXIT, {}).get("exit_employment") == "yes" and rng.random() < FOR_A_JOB:
            row.leaving = Leaving.EARLY_JOB
    if name and rng.random() < BORN_KNOWN:
        makes.born[row.pk] = born
    makes.names[row.pk] = name
    makes.told[row.pk] = told
    makes.rows.append(row)


def _derive(makes: Makes) -> None:
    """Compute what follows from the answers by the same rules as for real people."""
    by_key = {row.programme_id: row.programme for row in makes.rows}
    counted = {pk: indicators_of(makes.frames[pk].line, terms_of(one)) for pk, one in by_key.items()}
    for row in makes.rows:
        frame, told = makes.frames[row.programme_id], makes.told[row.pk]
        row.is_countable = is_countable(frame.questions, told.moments)
        row.codes = codes_of(counted[row.programme_id], told.moments) if row.is_countable else []
        row.bases = bases_of(frame.line, told.moments) if row.is_countable else []
        row.gender = str(told.moments[Moment.ENTRY].get("gender", ""))
        year = row.person.birth_year if row.person else None
        row.faults = list(faults(Record(row.entered_on, row.left_on, told.moments, told.days, year), frame))
        row.sound = sound_of(makes.network, row.programme, row.organisation_id, makes.names[row.pk])
        born = makes.born.get(row.pk)
        if born is not None:
            row.twin = twin_of(makes.network, row.programme, makes.names[row.pk], born)


def _answers(makes: Makes) -> list[Answers]:
    return [
        Answers(
            network=makes.network, participation=row, moment=moment, answers=answers, author=row.author,
            answered_on=makes.told[row.pk].days[moment],
        )
        for row in makes.rows
        for moment, answers in makes.told[row.pk].moments.items()
    ]  # fmt: skip

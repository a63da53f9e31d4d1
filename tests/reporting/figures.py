"""Many participations by chance, and what is counted of them in plain Python, one person after the other."""

import random
from collections import defaultdict
from datetime import date, timedelta

from tests.casework.conftest import make_case
from tragnetz.core.ids import new_code, new_id
from tragnetz.network.models import District
from tragnetz.reporting.models import Participation
from tragnetz.reporting.reach.cells import Counts


def enter_many(actor, others, programmes, *, people=120, seed=1, days=700):
    """Let people of a few households enter by chance, at the organisations of some actors; returns the rows."""
    chance, rows = random.Random(seed), []  # noqa: S311 -- people by chance, no secret
    families = [new_id() for _ in range(people // 2)]
    districts = [*District.objects.all(), None]
    case = make_case(actor)
    for _number in range(people):
        programme = chance.choice(programmes)
        row = Participation(
            network=actor.network, programme=programme, organisation_id=chance.choice([actor, *others]).organisation_id,
            case=case, author_id=actor.membership_id, pseudonym=new_code(), family=chance.choice(families),
            children=chance.choice([0, 0, 1, 2, 3]), district=chance.choice(districts),
            topic=chance.choice(["debt", "work", ""]), entered_on=programme.starts + timedelta(chance.randrange(days)),
            is_countable=chance.random() < 0.85, request_key=new_id().hex,
        )  # fmt: skip
        row.save()
        rows.append(row)
    return rows


def counted_slowly(rows, *, first=date.min, last=date.max, **chosen):
    """Count what entered from a day to a day, with values of its fields chosen: no SQL, no sums of sums."""
    persons = incomplete = 0
    entries = defaultdict(list)
    for row in rows:
        if row.is_countable:
            entries[row.family].append(row)
        if not first <= row.entered_on <= last or any(getattr(row, name) != value for name, value in chosen.items()):
            continue
        persons += row.is_countable
        incomplete += not row.is_countable

    def is_meant(row):
        return first <= row.entered_on <= last and all(getattr(row, name) == value for name, value in chosen.items())

    households = families = children = elsewhere = 0
    for of_one in entries.values():
        in_order = sorted(of_one, key=lambda row: (row.entered_on, -row.children, row.pk))
        entry = in_order[0]
        if is_meant(entry):
            households += 1
            families += entry.children > 0
            children += entry.children
        by_project = {row.programme_id: row for row in reversed(in_order)}
        elsewhere += sum(is_meant(row) for row in by_project.values() if row is not entry)
    return Counts(persons, households, families, children, incomplete, elsewhere)

"""Invented participations: of all kinds that a report tells apart."""

from datetime import date, timedelta
from random import Random

from tests.casework.conftest import make_case
from tests.reporting.conftest import FIRST, LAST, TOLD, take_in
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.models import CaseContact
from tragnetz.core.ids import new_id
from tragnetz.reporting.participation.commands import answer, leave

__all__ = ["FIRST", "LAST", "invented"]
_WORK = ({"employment": "employed"}, {"employment": "inactive"}, {"employment": "unemployed", "unemployed_months": 20})


def invented(actor, programme, number, seed=8):
    """Make households in which one or two take part, with talks, exits in and out of time, and gaps."""
    rng = Random(seed)  # noqa: S311 -- the same people each time
    for _at in range(number):
        case = make_case(actor, ("Ada Ulm", "self", 1980), ("Bo Ulm", "partner", 1982), ("Cleo Ulm", "child", 2018))
        people = list(case.household.people.exclude(relation="child"))[: rng.randint(1, 2)]
        since = FIRST + timedelta(days=rng.randint(0, 500))
        for person in people:
            work = {"unemployed_months": None} | rng.choice(_WORK)
            told = TOLD | work | {"gender": rng.choice("wwwmmd"), "age": rng.randint(16, 63)}
            told |= {"in_training": rng.choice(["yes", "no"]), "vocational": rng.choice(["none", "degree"])}
            if rng.random() < 0.1:
                told["school"] = None
            row = take_in(actor, case, programme, person=person, entered_on=since, **told)
            if rng.random() < 0.7:
                _leave(actor, row, since + timedelta(days=rng.randint(0, 300)), rng)
        for _talk in range(rng.randint(0, 4)):
            _talk_of(actor, case, since + timedelta(days=rng.randint(-20, 400)), rng)


def _leave(actor, row, left_on, rng):
    leave(actor=actor, participation=row, left_on=left_on, leaving=rng.choice(["regular", "early_job", "early_wish"]))
    for moment, key, days in (
        ("exit", "exit_employment", rng.choice([3, 20, 40])),
        ("exit", "exit_job_search", rng.choice([3, 20, 40])),
        ("six_months", "later_employment", 190),
    ):
        if rng.random() < 0.6:
            told = {key: rng.choice(["yes", "no"]), "exit_qualification": rng.choice(["yes", "no"])}
            answer(actor=actor, participation=row, moment=moment, told=told, told_on=left_on + timedelta(days=days))


def _talk_of(actor, case, day, rng):
    CaseContact.objects.create(
        network=actor.network, case=case, compartment=compartment_of(case), author_id=actor.membership_id,
        kind=rng.choice(["phone", "office", "alone"]), held_on=min(day, date(2028, 12, 31)), minutes=rng.choice([20, 60]),
        idempotency_key=new_id().hex,
    )  # fmt: skip

"""Households that are looked through at night, for tests on every floor."""

import json
from datetime import date

from tests.allowed import consent
from tragnetz.casework.models import Case
from tragnetz.casework.outlook.commands import keep_outlook
from tragnetz.clients.models import Person
from tragnetz.consent.queries import deciding_people
from tragnetz.core.clock import now, today
from tragnetz.network.actors import Actor
from tragnetz.screening.commands import keep_check
from tragnetz.screening.outlook.models import Foreseen, Outlook
from tragnetz.screening.outlook.rules import Dates, first_of

HOME = {"cold_rent_m": 600, "heating_m": 90, "size_m2": 60, "rent_level": 3}


def turning(day: date, age: int, months: int) -> tuple[int, int]:
    """Return the age by years and the month of birth of somebody who is `age` so many months later."""
    month = first_of(day, months)
    return day.year - (month.year - age), month.month


def checked(actor: Actor, case: Case, *, child: int = 17, **more):
    """Keep a check of a lone parent with little wage and a child of an age by years."""
    day = today(actor.network.zone)
    person = {"id": "p1", "role": "self", "age": 38, "wage_m": 1900, "hours_w": 30, "assets": 500} | more
    household = {
        "persons": [person, {"id": "p2", "role": "child", "age": child}], "receives": [], "housing": HOME,
    }  # fmt: skip
    content = {"household": household, "paid": {"wohngeld": 120}, "disposable_m": 900}
    return keep_check(actor=actor, household=case.household, content=json.dumps(content), on=day, law_of=day)


def allow(actor: Actor, case: Case, *groups: str):
    """Let all who decide for a household consent to be looked through; returns the consents."""
    people = deciding_people(today(actor.network.zone)).filter(household=case.household)
    return [consent(actor, person, purpose="outlook", groups=set(groups or ("household",))) for person in people]


def outlook(actor: Actor, case: Case, *, months: int = 2, age: int = 18) -> Outlook:
    """Set an outlook up in which a child turns so old in so many months; returns it, not looked through."""
    years, month = turning(today(actor.network.zone), age, months)
    checked(actor, case, child=years)
    allow(actor, case)
    return keep_outlook(actor=actor, case=case, dates=Dates(births={"p2": month}), now=now())


def foreseen(actor: Actor, case: Case, *, kind: str = "lost", months: int = 2) -> Foreseen:
    """Put something on the list as a look would."""
    row = Foreseen(
        network=actor.network, outlook=outlook(actor, case), kind=kind, benefit="unterhaltsvorschuss",
        month=first_of(today(actor.network.zone), months),
        content=json.dumps({"before": 394, "after": 0, "causes": [["birthday", "child", "", 18]]}),
    )  # fmt: skip
    row.save()
    return row


def grown_up(case: Case, name: str = "Otto Geheimrat") -> Person:
    """Let another adult move in."""
    row = Person(network_id=case.network_id, household=case.household, name=name, birth_year=1983, relation="partner")
    row.save()
    return row

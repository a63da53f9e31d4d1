"""Who belongs together by law: Bedarfsgemeinschaft (§ 7 Abs. 3 SGB II); the Wohngeld household is taken as the same.

gettsim takes both to be the Familiengemeinschaft: a couple with its children under 25. So do we, and let a person be
set apart (`apart`): a child who lives from its own money, or an adult who keeps house alone.
"""

from datetime import date

from tragnetz.benefits.household import Household

CHILD_UNTIL = 25


def families(household: Household, on: date) -> list[int]:
    """Return for each person the number of its Bedarfsgemeinschaft: the row of its first member."""
    rows = {person.id: row for row, person in enumerate(household.persons)}
    couple = [rows[person.id] for person in household.persons if person.role in {"self", "partner"}]
    found = list(range(len(household.persons)))
    together = couple if not any(household.persons[row].apart for row in couple) else []
    for row in together:
        found[row] = min(together)
    for child, parents in household.parents().items():
        person = household.person(child)
        is_parent = any(child in others for others in household.parents().values())
        if parents and person.age_on(on) < CHILD_UNTIL and not person.apart and not is_parent:
            found[rows[child]] = found[rows[parents[0]]]
    return found


def corrected(household: Household) -> bool:
    """Whether somebody was set apart, so that the law must take our groups."""
    return any(person.apart for person in household.persons)

"""The parts of a case: one for the household, one for each adult who wants something kept apart from the others."""

import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _

from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.keys import give_key, new_part
from tragnetz.casework.models import Case, Compartment
from tragnetz.clients.models import Person
from tragnetz.clients.rules import is_grown_up


def compartment_of(case: Case, person: Person | None = None) -> Compartment:
    """Return the part of a case that belongs to the household, or to one adult alone; made when first needed.

    Raises CaseworkError for somebody who does not live in the household of the case, and when nobody could open it.
    """
    if person is not None and person.household_id != case.household_id:
        raise CaseworkError(_("Diese Person gehört nicht zum Haushalt."))
    found = Compartment.objects.select_related("case", "key").filter(case=case, person=person).first()
    if found is None:
        return new_part(case, person)
    if found.key is None:
        give_key(found)
    return found


def adults_of(people: Iterable[Person], year: int) -> list[Person]:
    """Return those of a household who may have a part of their own."""
    return [person for person in people if is_grown_up(person.relation, person.birth_year, year)]


def part_names(case: Case) -> dict[uuid.UUID, str]:
    """Return for each part of a case whose it is: the name of an adult, nothing for the household."""
    rows = Compartment.objects.filter(case=case).select_related("person")
    return {row.pk: row.person.name if row.person else "" for row in rows}

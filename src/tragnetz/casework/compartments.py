"""The parts of a case: one for the household, one for each adult who wants something kept apart from the others."""

from tragnetz.casework.keys import give_key, new_part
from tragnetz.casework.models import Case, Compartment
from tragnetz.clients.models import Person


def compartment_of(case: Case, person: Person | None = None) -> Compartment:
    """Return the part of a case that belongs to the household, or to one adult alone; made when first needed."""
    found = Compartment.objects.select_related("case", "key").filter(case=case, person=person).first()
    if found is None:
        return new_part(case, person)
    if found.key is None:
        give_key(found)
    return found

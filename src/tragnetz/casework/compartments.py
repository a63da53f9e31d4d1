"""The parts of a case: one for the household, one for each adult who wants something kept apart from the others."""

from tragnetz.casework.models import Case, Compartment
from tragnetz.clients.models import Person


def compartment_of(case: Case, person: Person | None = None) -> Compartment:
    """Return the part of a case that belongs to the household, or to one adult alone; made when first needed."""
    found, _made = Compartment.objects.get_or_create(case=case, person=person, defaults={"network_id": case.network_id})
    return found

"""Keep the index of names true: called by whatever writes a name."""

import uuid
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from tragnetz.audit.commands import record
from tragnetz.clients.models import Contact, Person
from tragnetz.clients.names.models import NameEntry
from tragnetz.clients.names.tokens import tokens_of
from tragnetz.network.actors import system
from tragnetz.network.models import Network

BATCH = 2000


def index_contact(contact: Contact, *, fresh: bool = False) -> None:
    """Make the entry of a contact anew, in the caller's transaction; without a name there is none.

    A `fresh` contact has none yet.
    """
    if not fresh:
        NameEntry.objects.filter(contact=contact).delete()
    _keep([_of_contact(contact)])


def index_people(people: Iterable[Person], *, organisation_id: uuid.UUID) -> None:
    """Make the entries of people of one organisation anew, in the caller's transaction."""
    rows = list(people)
    NameEntry.objects.filter(person__in=rows).delete()
    _keep(_Named(row.network_id, organisation_id, row.name, person=row) for row in rows)


def rebuild_names(network: Network) -> int:
    """Make all entries of a network anew, as after a change of keys; returns how many. The network is in scope.

    Some thousand at a time: whoever writes a name meanwhile waits for these alone.
    """
    people = Person.objects.select_related("household")
    made = _rebuild(Contact.objects.all(), _of_contact) + _rebuild(people, _of_person)
    record(system(network), "names:rebuild", None, names=made)
    return made


class _Named(NamedTuple):
    """A name with whose it is."""

    network_id: uuid.UUID
    organisation_id: uuid.UUID
    name: str
    contact: Contact | None = None
    person: Person | None = None


def _of_contact(row: Contact) -> _Named:
    return _Named(row.network_id, row.organisation_id, row.name, contact=row)


def _of_person(row: Person) -> _Named:
    return _Named(row.network_id, row.household.organisation_id, row.name, person=row)


def _rebuild[RowT: (Contact, Person)](rows: QuerySet[RowT], named: Callable[[RowT], _Named]) -> int:
    made, last = 0, uuid.UUID(int=0)
    while True:
        with transaction.atomic():
            some = list(rows.filter(pk__gt=last).order_by("pk").select_for_update(of=("self",))[:BATCH])
            if not some:
                return made
            NameEntry.objects.filter(**{f"{rows.model._meta.model_name}__in": some}).delete()  # noqa: SLF001 -- Django's public way to the name
            made += _keep(named(row) for row in some)
        last = some[-1].pk


def _keep(names: Iterable[_Named]) -> int:
    entries = [
        NameEntry(
            network_id=one.network_id, organisation_id=one.organisation_id, contact=one.contact, person=one.person,
            tokens=tokens,
        )
        for one in names
        if (tokens := tokens_of(one.name, one.organisation_id))
    ]  # fmt: skip
    return len(NameEntry.objects.bulk_create(entries))

"""Whose data: one person, as far as our rows know of them, or a whole file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from tragnetz.casework.models import Case, Compartment
from tragnetz.clients.models import Contact, Person, Relation

type Ids = frozenset[UUID]
NONE: Ids = frozenset()


@dataclass(frozen=True, slots=True)
class Subject:
    """The rows by which data belongs to somebody. All other rows hang on these.

    `people` are the person's own rows in a household: what another adult told alone (a part of a case with another
    `person`) is not theirs. With `everything` it is: then a file goes as a whole, because its time is over. Whoever
    `leads` asked for help; for others of the household only what they told alone is theirs to erase.
    """

    contacts: Ids = NONE
    cases: Ids = NONE
    households: Ids = NONE
    people: Ids = NONE
    everything: bool = False
    leads: bool = True

    def ids(self, name: str) -> Ids:
        """Return the ids for a link of a kind: `contact`, `case`, `household` or `person`."""
        return {"contact": self.contacts, "case": self.cases, "household": self.households, "person": self.people}[name]

    def own_parts(self, path: str) -> Q:
        """Return which parts of a case count: the shared one and the person's own. `path` leads to a part's person."""
        if self.everything:
            return Q()
        return Q(**{f"{path}__isnull": True}) | Q(**{f"{path}__in": self.people})


def subject_of_contact(contact: Contact) -> Subject:
    """Return somebody who asked for help, with the cases that came of it, also where one became part of another."""
    names = {_plain(contact.name)}
    found = Case.objects.filter(Q(contact=contact) | Q(merged__contact=contact)).select_related("contact").distinct()
    own = [row for row in found if row.contact_id == contact.pk or _is_of(row, names)]
    merged = [row for row in _merged_into({row.pk for row in own}) if _is_of(row, names)]
    contacts = frozenset({contact.pk, *(row.contact_id for row in (*own, *merged) if row.contact_id)})
    return _with_cases(contacts, Case.objects.filter(Q(contact__in=contacts) | Q(pk__in=[row.pk for row in own])))


def subject_of_case(case: Case, *, everything: bool = False) -> Subject:
    """Return the person whose case it is, or (`everything`) the whole file with all who live there.

    Cases that became one with it belong to it. Of a file the contact stays out while another case needs it.
    """
    merged = _merged_into({case.pk})
    same = merged if everything else [row for row in merged if _is_of(row, _askers({case.household_id}))]
    contacts = {
        key for row in (case, *same) for key in (row.contact_id, row.enquiry.contact_id if row.enquiry else None) if key
    }
    others = Case.objects.exclude(pk__in=[case.pk, *(row.pk for row in merged)])
    others = others.filter(Q(contact__in=contacts) | Q(enquiry__contact__in=contacts))
    if everything:
        needed = set(others.values_list("contact", flat=True)) | set(others.values_list("enquiry__contact", flat=True))
        contacts -= needed
        return _with_cases(frozenset(contacts), Case.objects.filter(pk=case.pk), everything=True)
    return _with_cases(frozenset(contacts), Case.objects.filter(Q(pk=case.pk) | Q(contact__in=contacts)))


def subject_of_person(person: Person) -> Subject:
    """Return one of those who live in a household: what is kept of them, and what concerns all of it.

    Who asked for help is the contact, too.
    """
    cases = list(Case.objects.filter(household=person.household_id))
    merged = _merged_into({row.pk for row in cases})
    leads = person.relation == Relation.SELF
    own = [*cases, *(row for row in merged if _is_of(row, {_plain(person.name)}))] if leads else []
    households = frozenset({person.household_id, *(row.household_id for row in merged)})
    return Subject(
        contacts=frozenset(row.contact_id for row in own if row.contact_id),
        cases=frozenset(row.pk for row in (*cases, *merged)),
        households=households,
        people=frozenset({person.pk, *_namesakes({_plain(person.name)}, households - {person.household_id})}),
        leads=leads,
    )


def joined(subjects: Sequence[Subject]) -> Subject:
    """Return several subjects as one: the same person in several rows. The first says whether they lead."""
    return Subject(
        contacts=NONE.union(*(one.contacts for one in subjects)),
        cases=NONE.union(*(one.cases for one in subjects)),
        households=NONE.union(*(one.households for one in subjects)),
        people=NONE.union(*(one.people for one in subjects)),
        everything=subjects[0].everything,
        leads=subjects[0].leads,
    )


def twins(contact: Contact, known: Ids) -> list[Contact]:
    """Return other contacts of the organisation with the same number or e-mail address: perhaps the same person.

    Both stand sealed in the database, so all are opened: some seconds for 100,000.
    """
    phone, email = contact.phone, contact.email.lower()
    rows = Contact.objects.filter(organisation=contact.organisation_id).exclude(pk__in=known)
    return [
        row
        for row in rows.only("name", "phone", "email", "created_at").iterator(1000)
        if (phone and row.phone == phone) or (email and row.email.lower() == email)
    ]


def _with_cases(contacts: Ids, cases: QuerySet[Case], *, everything: bool = False) -> Subject:
    rows = list(cases)
    merged = _merged_into({row.pk for row in rows})
    own, further = {row.household_id for row in rows}, {row.household_id for row in merged}
    if everything:
        people = frozenset(Person.objects.filter(household__in=own | further).values_list("pk", flat=True))
    else:
        asked = Person.objects.filter(household__in=own, relation=Relation.SELF)
        people = frozenset({row.pk for row in asked} | _namesakes({_plain(row.name) for row in asked}, further - own))
    return Subject(
        contacts=contacts, cases=frozenset(row.pk for row in (*rows, *merged)), households=frozenset(own | further),
        people=people, everything=everything,
    )  # fmt: skip


def _merged_into(cases: Collection[UUID]) -> list[Case]:
    """Return the cases that became one with some: closed, with the household as it was known there."""
    return list(Case.objects.filter(merged_into__in=cases).select_related("contact", "enquiry"))


def _is_of(case: Case, names: Collection[str]) -> bool:
    """Whether a merged case was of somebody with one of these names.

    Who was entered twice is known by the name alone: with another one it may be another adult, whose number is theirs.
    """
    return bool(({_plain(case.contact.name)} if case.contact else _askers({case.household_id})) & set(names))


def _askers(households: Collection[UUID]) -> set[str]:
    return {_plain(row.name) for row in Person.objects.filter(household__in=households, relation=Relation.SELF)}


def _namesakes(names: Collection[str], households: Collection[UUID]) -> set[UUID]:
    """Return who was entered under the same name where a case became one with another."""
    return {row.pk for row in Person.objects.filter(household__in=households) if _plain(row.name) in set(names) - {""}}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def parts_of_others(subject: Subject) -> QuerySet[Compartment]:
    """Return the parts of the subject's cases that another adult alone has told."""
    rows = Compartment.objects.filter(case__in=subject.cases).exclude(person=None)
    return rows.none() if subject.everything else rows.exclude(person__in=subject.people)


def other_names(subject: Subject) -> list[str]:
    """Return the names of those who live with somebody: hints for what is not theirs to read."""
    people = Person.objects.filter(household__in=subject.households).exclude(pk__in=subject.people)
    return sorted({person.name for person in people if person.name})

"""Whose data: one person, as far as our rows know of them, or a whole file."""

from collections.abc import Sequence
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
    """Return somebody who asked for help, with the cases that came of it."""
    return _with_cases(frozenset({contact.pk}), Case.objects.filter(contact=contact))


def subject_of_case(case: Case, *, everything: bool = False) -> Subject:
    """Return the person whose case it is, or (`everything`) the whole file with all who live there.

    Of a file the contact stays out while another case needs it.
    """
    contacts = {key for key in (case.contact_id, case.enquiry.contact_id if case.enquiry else None) if key}
    others = Case.objects.exclude(pk=case.pk).filter(Q(contact__in=contacts) | Q(enquiry__contact__in=contacts))
    if everything:
        needed = set(others.values_list("contact", flat=True)) | set(others.values_list("enquiry__contact", flat=True))
        contacts -= needed
        return _with_cases(frozenset(contacts), Case.objects.filter(pk=case.pk), everything=True)
    return _with_cases(frozenset(contacts), Case.objects.filter(Q(pk=case.pk) | Q(contact__in=contacts)))


def subject_of_person(person: Person) -> Subject:
    """Return one of those who live in a household: what is kept of them, and what concerns all of it.

    Who asked for help is the contact, too.
    """
    cases = Case.objects.filter(household=person.household_id)
    contacts = NONE
    if person.relation == Relation.SELF:
        contacts = frozenset(key for key in cases.values_list("contact", flat=True) if key)
    return Subject(
        contacts=contacts, cases=frozenset(cases.values_list("pk", flat=True)),
        households=frozenset({person.household_id}), people=frozenset({person.pk}),
        leads=person.relation == Relation.SELF,
    )  # fmt: skip


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
    rows = list(cases.values_list("pk", "household"))
    households = frozenset(household for _pk, household in rows)
    people = Person.objects.filter(household__in=households)
    own = people if everything else people.filter(relation=Relation.SELF)
    return Subject(
        contacts=contacts, cases=frozenset(pk for pk, _household in rows), households=households,
        people=frozenset(own.values_list("pk", flat=True)), everything=everything,
    )  # fmt: skip


def parts_of_others(subject: Subject) -> QuerySet[Compartment]:
    """Return the parts of the subject's cases that another adult alone has told."""
    rows = Compartment.objects.filter(case__in=subject.cases).exclude(person=None)
    return rows.none() if subject.everything else rows.exclude(person__in=subject.people)


def other_names(subject: Subject) -> list[str]:
    """Return the names of those who live with somebody: hints for what is not theirs to read."""
    people = Person.objects.filter(household__in=subject.households).exclude(pk__in=subject.people)
    return sorted({person.name for person in people if person.name})

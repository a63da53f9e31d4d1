"""Cases and what their people allowed, for tests of consent on every floor."""

from datetime import date, datetime, timedelta

from django.test import Client

from tests.notes import write_note
from tests.personas import client_for
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.goals.commands import add_step
from tragnetz.casework.keys import sync_case
from tragnetz.casework.models import Case, Note
from tragnetz.clients.commands import PersonDetails, add_contact, new_household, set_household
from tragnetz.clients.models import Person
from tragnetz.clients.rules import ContactDetails
from tragnetz.consent.commands import ConsentDraft, ReleaseDraft, give_consent, give_release
from tragnetz.consent.rules import Terms, Ways, default_end
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_id
from tragnetz.network.actors import Actor
from tragnetz.network.models import Organisation

ROSA = PersonDetails("Rosa Geheimrat", "self", 1985)
OTTO = PersonDetails("Otto Geheimrat", "partner", 1983)
KIND = PersonDetails("Kim Geheimrat", "child", 2018)
# What stands where: (group, words that only its rows hold).
SECRETS = {
    "contact": "geheim@example.org",
    "household": "Kim Geheimrat",
    "goals": "Schritt Silberreiher",
    "notes": "Notiz Zitronenfalter",
}


def make_case(network, actor: Actor, *people: PersonDetails, blocked: bool = False) -> Case:
    """Return a case of the actor with a contact, people, a step and a note of the shared part."""
    details = ContactDetails(
        name="Rosa Geheimrat", phone="0170 1234567", email=SECRETS["contact"], address_blocked=blocked
    )
    contact = add_contact(actor=actor, organisation_id=actor.organisation_id, details=details)
    household = new_household(actor=actor, organisation_id=actor.organisation_id, facts={"children": 1})
    set_household(actor=actor, household=household, people=people or (ROSA, KIND))
    case = Case(
        network=network, organisation_id=actor.organisation_id, counsellor_id=actor.membership_id, contact=contact,
        household=household, opened_on=today(network.zone),
    )  # fmt: skip
    case.save()
    add_step(actor=actor, case=case, text=SECRETS["goals"], owner="person", due_on=date(2099, 1, 1))
    write_note(actor=actor, case=case, kind="facts", text=SECRETS["notes"])
    return case


def person_of(case: Case, name: str = "Rosa Geheimrat") -> Person:
    return next(row for row in case.household.people.all() if row.name == name)


def note_of_one(case: Case, person: Person, text: str) -> Note:
    """Write down what one adult told alone."""
    note = Note(
        network_id=case.network_id,
        case=case,
        compartment=compartment_of(case, person),
        author_id=case.counsellor_id,
        kind="facts",
        text=text,
    )
    note.save()
    return note


def terms(**given) -> Terms:
    day = today(Organisation.objects.first().network.zone)
    known = {
        "purpose": "cooperation", "groups": frozenset({"contact", "goals"}), "until": default_end(day),
        "form": "written", "given_on": day, "signed_on": day,
    }  # fmt: skip
    known |= given
    return Terms(**known | {"groups": frozenset(known["groups"])})


def draft(actor: Actor, person: Person, to: str | None = "beta", **given) -> ReleaseDraft:
    ways = {
        "speakers": (actor.organisation_id,), "outside": "", "topic": "Antrag auf Wohngeld",
        "recipient": Organisation.objects.get(key=to).pk if to else None,
    }  # fmt: skip
    ways |= {name: given.pop(name) for name in (*ways, "only") if name in given}
    return ReleaseDraft(person, terms(**given), Ways(**ways))


def release(actor: Actor, person: Person, *groups: str, to: str | None = "beta", at: datetime | None = None, **given):
    """Let a person release groups to an organisation."""
    wanted = {"groups": groups} if groups else {}
    given_now = give_release(
        actor=actor, draft=draft(actor, person, to, **wanted, **given), idempotency_key=new_id().hex, now=at or now()
    )
    for case in Case.objects.filter(household=person.household_id):
        sync_case(case)  # as the page does
    return given_now


def consent(actor: Actor, person: Person, **given):
    """Let a person consent to counselling."""
    known = {"purpose": "counselling", "groups": {"household"}} | given
    return give_consent(
        actor=actor, draft=ConsentDraft(person, terms(**known)), idempotency_key=new_id().hex, now=now()
    )


def travel(row, **by: timedelta) -> None:
    """Move dates of a row: instead of waiting until a release has ended."""
    type(row).objects.filter(pk=row.pk).update(**{name: getattr(row, name) + delta for name, delta in by.items()})


def client_as(actor: Actor) -> Client:
    return client_for(actor)

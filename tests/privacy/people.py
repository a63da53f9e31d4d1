"""A family with a whole file: everything that our tables can hold about somebody, with words to look for."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.factories import make_actor, make_roster
from tests.notes import write_note
from tragnetz.appointments.calls.commands import note_try, promise_callback
from tragnetz.appointments.enums import CallResult
from tragnetz.appointments.groups.planning import GroupDetails, Meeting, add_dates, make_group, open_group
from tragnetz.appointments.groups.registering import register
from tragnetz.appointments.groups.rules import Span
from tragnetz.appointments.models import Callback, Registration, WaitingEntry
from tragnetz.appointments.rules import Wanted
from tragnetz.appointments.waiting.commands import put_on_list
from tragnetz.appointments.waiting.rules import Wishes
from tragnetz.casework.commands import Asked, open_case, take_enquiry
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.files.commands import FileDetails, keep_file
from tragnetz.casework.goals.commands import add_step
from tragnetz.casework.models import Case, Enquiry, Note
from tragnetz.clients.commands import PersonDetails, set_household
from tragnetz.clients.models import Contact, Person
from tragnetz.clients.rules import ContactDetails
from tragnetz.messaging.models import Message
from tragnetz.network.models import Organisation, Programme
from tragnetz.screening.commands import keep_check

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)  # a Thursday
TODAY = date(2026, 11, 26)
HOUSEHOLD = {
    "persons": [
        {"id": "p1", "role": "self", "age": 38, "wage_m": 1400, "in_education": False},
        {"id": "p2", "role": "child", "age": 9},
    ],
    "married": False, "housing": {"cold_rent_m": 780, "kind": "rent"},
}  # fmt: skip
# What must be nowhere after the family was erased.
SECRETS = [
    "Rosa", "Geheimrat", "1701234567", "rosa@example.org", "Lindenweg", "Zitronenfalter", "Nie auf die Mailbox",
    "Kemal", "Mietschulden bei Frau Sommer", "Antrag stellen", "QX-4711-Z",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Family:
    """Who works on it, and whose file it is."""

    counsellor: object
    lead: object
    case: Case
    contact: Contact
    partner: Person


def make_team(network, organisation="alpha"):
    """A counsellor with hours, a lead, a second lead and a data-protection officer."""
    people = {
        role: make_actor(network, organisation, *roles, name=name)
        for role, roles, name in (
            ("counsellor", ("counsellor",), "Hanna"),
            ("lead", ("lead",), "Leo"),
            ("dpo", ("dpo",), "Dora"),
        )
    }
    make_roster(people["counsellor"].membership_id)
    return people


def make_family(network, team=None, *, programme: Programme | None = None, own_part: bool = True) -> Family:
    """Let Rosa ask for help, with all that can come of it."""
    team = team or make_team(network)
    actor = team["counsellor"]
    details = ContactDetails(
        name="Rosa Geheimrat", phone="0170 1234567", email="rosa@example.org", address="Lindenweg 5\n44623 Testtal",
        may_text=True, may_email=True, may_letter=True, safe_note="Nie auf die Mailbox",
    )  # fmt: skip
    start = NOW + timedelta(days=4)
    wanted = Wanted(actor.membership_id, int(start.timestamp()), 3600, "phone")
    asked = Asked(
        channel="phone", topic="family", concern="Zitronenfalter", released={"facts": {"children": 2}},
        programme=programme,
    )  # fmt: skip
    taken = take_enquiry(
        actor=actor, asked=asked, details=details, wanted=wanted, callback=False, idempotency_key="e" * 32, now=NOW
    )
    contact = taken.enquiry.contact
    case = open_case(actor=actor, enquiry=taken.enquiry, today=TODAY)
    people = [PersonDetails("Rosa Geheimrat", "self", 1985), PersonDetails("Kemal Geheimrat", "partner", 1982)]
    set_household(actor=actor, household=case.household, people=people, facts={"children": 2, "rent": 780})
    partner = Person.objects.get(relation="partner")
    write_note(
        actor=actor, case=case, kind="facts",
        text="Rosa hat Mietschulden bei Frau Sommer. Kemal sucht Arbeit.\nSie kommt wieder.", now=NOW,
    )  # fmt: skip
    add_step(actor=actor, case=case, text="Antrag stellen, Nummer QX-4711-Z", owner="person", due_on=TODAY)
    for number, content in enumerate((b"Zitronenfalter", b"Mietschulden bei Frau Sommer")):
        keep_file(
            actor=actor, case=case, name="Geheimrat.txt", content=content,
            details=FileDetails("contract", "Mietschulden bei Frau Sommer"), request_key=f"{number}" * 32, now=NOW,
        )  # fmt: skip
    if own_part:
        Note(
            network=network, case=case, compartment=compartment_of(case, partner), author_id=actor.membership_id,
            kind="facts", text="Kemal sagt allein: Zitronenfalter",
        ).save()  # fmt: skip
    keep_check(
        actor=actor, household=case.household, on=TODAY, law_of=TODAY,
        content=json.dumps({"household": HOUSEHOLD, "paid": {"wohngeld": 120}, "disposable_m": 900}),
    )  # fmt: skip
    promised = promise_callback(
        actor=actor, organisation_id=actor.organisation_id, contact=contact, district=None, topic="family",
        urgency="normal", now=NOW,
    )  # fmt: skip
    note_try(actor=actor, callback=promised, result=CallResult.NO_ANSWER, now=NOW)
    put_on_list(
        actor=actor, organisation_id=actor.organisation_id, contact=contact, wishes=Wishes(weekdays=(0,)),
        urgency="normal", idempotency_key="w" * 32, now=NOW,
    )  # fmt: skip
    group = make_group(
        actor=actor, details=GroupDetails(title={"de": "Bewerbung mit Plan"}, places=3, topic="work"), now=NOW
    )
    span = Span(NOW + timedelta(days=5), NOW + timedelta(days=5, hours=1))
    add_dates(actor=actor, group=group, spans=[span], meeting=Meeting(actor.membership_id), now=NOW)
    open_group(actor=actor, group=group, now=NOW)
    registered = register(actor=actor, group=group, details=details, idempotency_key="g" * 32, now=NOW)
    Registration.objects.filter(pk=registered.registration.pk).update(contact=contact)
    # She signed up for the group herself; the desk has put both contacts together.
    for message in Message.objects.filter(params__person=str(registered.registration.contact_id)):
        message.params["person"] = str(contact.pk)
        message.save()
    Contact.objects.filter(pk=registered.registration.contact_id).delete()
    for model in (Callback, WaitingEntry, Enquiry, Registration):
        model.objects.filter(contact=contact).update(created_at=NOW)
    return Family(actor, team["lead"], case, contact, partner)


def make_programme(network, ends=date(2027, 8, 31)) -> Programme:
    """A funded project of Alpha."""
    made = Programme(
        network=network, key="plus", name="Filou Plus", short_name="Plus", funder={"de": "Bund und ESF Plus"},
        starts=date(2018, 9, 1), ends=ends,
    )  # fmt: skip
    made.save()
    made.organisations.add(Organisation.objects.get(key="alpha"))
    return made

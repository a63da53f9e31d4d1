"""Erasing leaves no word of a person anywhere in the database, and only what a funder's proof needs."""

from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction

from tests.owner import as_owner
from tests.privacy.people import NOW, SECRETS, TODAY, make_family, make_programme, make_team
from tragnetz.appointments.models import Booking, Callback, Registration, WaitingEntry
from tragnetz.audit.models import Event
from tragnetz.casework.closing.joining import merge_cases
from tragnetz.casework.commands import Asked, open_case, take_enquiry
from tragnetz.casework.models import Case, Compartment, Enquiry, Note
from tragnetz.clients.commands import PersonDetails, set_household
from tragnetz.clients.models import Contact, Household, Person
from tragnetz.clients.rules import ContactDetails
from tragnetz.messaging.models import Message
from tragnetz.privacy.erasing import erase, journal_file, read_journal, replay, write_journal
from tragnetz.privacy.errors import PrivacyError
from tragnetz.privacy.models import JournalEntry, Restriction
from tragnetz.privacy.subjects import subject_of_case, subject_of_contact, subject_of_person
from tragnetz.vault.envelopes import ENVELOPE
from tragnetz.vault.errors import LockedError
from tragnetz.vault.keyring import current_keyring
from tragnetz.vault.sealing import CannotOpenError, keys_for, open_sealed


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path


def dump() -> str:
    """Return every value of every table as text; sealed ones opened with our keys."""
    found = []
    with as_owner() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
        )
        for table, column, kind in cursor.fetchall():
            cursor.execute(f'SELECT "{column}"{"" if kind == "bytea" else "::text"} FROM "{table}"')
            for (value,) in cursor.fetchall():
                found.append(opened(table, column, bytes(value)) if kind == "bytea" and value else str(value))
    return "\n".join(found)


def opened(table: str, column: str, value: bytes) -> str:
    purpose = f"{table.replace('_', '.', 1)}.{column}"
    if value[:1] == ENVELOPE:  # of a case: with its key, as somebody who works on it
        with suppress(LockedError, ValueError, CannotOpenError):
            key_id = UUID(bytes=value[1:17])
            return open_sealed(value[17:], current_keyring().key(key_id), purpose.encode() + key_id.bytes).decode()
    for key in keys_for(purpose):
        try:
            return open_sealed(value, key, purpose.encode()).decode()
        except CannotOpenError:
            continue
    return value.decode("latin-1")


def left_of(words: list[str]) -> list[str]:
    whole = dump()
    return [word for word in words if word in whole]


def test_nothing_of_a_person_is_left_in_the_database(network):
    family = make_family(network, own_part=False)
    assert left_of(SECRETS) == SECRETS  # the dump finds all of it before

    counts = erase(actor=family.lead, subject=subject_of_case(family.case), now=NOW)

    assert left_of(SECRETS) == []
    assert counts["note"] == 1
    assert not Contact.objects.filter(pk=family.contact.pk).exists()
    assert not Case.objects.exists()
    assert not Household.objects.exists()
    # Figures stay: somebody asked, was promised a call, had an appointment that is free again.
    assert Enquiry.objects.get().topic == "family"
    assert Callback.objects.get().contact is None
    assert Booking.objects.get(session=None).state == "cancelled"
    assert WaitingEntry.objects.get().state == "ended"
    assert Registration.objects.get().seat is None
    assert Message.objects.exists()
    assert all((row.address, row.name, row.code, row.params) == ("", "", "", {}) for row in Message.objects.all())


def test_what_another_adult_told_alone_stays_for_them(network):
    family = make_family(network)

    erase(actor=family.lead, subject=subject_of_case(family.case), now=NOW)

    assert left_of(["Rosa", "1701234567", "Antrag stellen"]) == []
    assert [note.text for note in Note.objects.all()] == ["Kemal sagt allein: Zitronenfalter"]
    case = Case.objects.get()
    assert case.contact is None
    assert [person.name for person in case.household.people.all()] == ["Kemal Geheimrat"]


def test_one_of_a_household_erases_what_they_told_alone(network):
    family = make_family(network)

    erase(actor=family.lead, subject=subject_of_person(family.partner), now=NOW)

    assert not Person.objects.filter(pk=family.partner.pk).exists()
    assert not Compartment.objects.exclude(person=None).exists()
    assert [note.text[:8] for note in Note.objects.all()] == ["Rosa hat"]
    assert Contact.objects.filter(pk=family.contact.pk).exists()


def test_the_whole_file_goes_with_all_who_live_there(network):
    family = make_family(network)

    erase(actor=family.lead, subject=subject_of_case(family.case, everything=True), now=NOW)

    assert left_of(SECRETS) == []


def test_the_proof_for_a_funder_stays_restricted_and_nothing_else(network):
    family = make_family(network, programme=make_programme(network), own_part=False)

    erase(actor=family.lead, subject=subject_of_case(family.case), now=NOW)

    kept = left_of(SECRETS)
    assert kept == ["Rosa", "Geheimrat"]  # who took part
    case = Case.objects.get()
    assert (case.state, case.restricted_on, case.programme.key) == ("closed", TODAY, "plus")
    assert case.household.facts == ""
    assert [person.name for person in Person.objects.all()] == ["Rosa Geheimrat"]
    restriction = Restriction.objects.get()
    assert (restriction.reason, restriction.until) == ("funder", date(2032, 12, 31))


def merged_with(family, name: str, phone: str):
    """Let the same household ask once more, under a name and number, and make one case of both."""
    actor, network = family.counsellor, family.case.network
    details = ContactDetails(name=name, phone=phone, may_text=True)
    asked = Asked(channel="phone", topic="family", concern="Doppelanfrage")
    taken = take_enquiry(
        actor=actor, asked=asked, details=details, wanted=None, callback=False, idempotency_key=phone, now=NOW
    )
    other = open_case(actor=actor, enquiry=taken.enquiry, today=TODAY)
    set_household(
        actor=actor, household=other.household, people=[PersonDetails(name, "self", 1985)], facts={"rent": 4711}
    )
    person = other.household.people.get()
    same = next(one for one in family.case.household.people.all() if one.name == name)
    merge_cases(actor=actor, case=family.case, other=other, same={person.pk: same.pk}, today=TODAY)
    assert other.network == network
    return Case.objects.get(pk=other.pk)


def test_a_case_that_became_one_with_it_goes_too(network):
    family = make_family(network, own_part=False)
    other = merged_with(family, "Rosa Geheimrat", "0171 5554443")
    assert other.contact_id in subject_of_case(family.case).contacts
    assert left_of(["1715554443", "Doppelanfrage", "4711"]) == ["1715554443", "Doppelanfrage", "4711"]

    erase(actor=family.lead, subject=subject_of_case(family.case), now=NOW)

    assert left_of([*SECRETS, "1715554443", "Doppelanfrage"]) == []
    assert (Case.objects.count(), Household.objects.count(), Contact.objects.count()) == (0, 0, 0)


def test_who_asked_twice_has_all_of_it_whichever_number_they_ask_by(network):
    family = make_family(network)
    other = merged_with(family, "Rosa Geheimrat", "0171 5554443")

    by_either = [subject_of_contact(contact) for contact in (family.contact, other.contact)]

    for subject in by_either:
        assert subject.cases == {family.case.pk, other.pk}
        assert subject.contacts >= {other.contact_id}
    assert by_either[1].contacts == {family.contact.pk, other.contact_id}


def test_the_number_of_another_adult_is_not_of_who_asked(network):
    family = make_family(network)
    other = merged_with(family, "Kemal Geheimrat", "0171 5554443")

    assert other.contact_id not in subject_of_case(family.case).contacts
    assert other.contact_id in subject_of_case(family.case, everything=True).contacts
    assert other.contact_id not in subject_of_person(family.case.household.people.get(relation="self")).contacts


def test_a_whole_file_goes_with_what_became_one_with_it(network):
    family = make_family(network)
    merged_with(family, "Kemal Geheimrat", "0171 5554443")

    erase(actor=family.lead, subject=subject_of_case(family.case, everything=True), now=NOW)

    assert left_of([*SECRETS, "1715554443", "Doppelanfrage"]) == []


def test_a_proof_whose_time_is_over_goes_too(network):
    family = make_family(network, programme=make_programme(network, ends=date(2020, 12, 31)), own_part=False)

    erase(actor=family.lead, subject=subject_of_case(family.case), now=NOW)

    assert left_of(SECRETS) == []


def test_the_journal_erases_again_after_an_older_back_up_came_back(network):
    family = make_family(network, own_part=False)
    with transaction.atomic():  # what was erased comes back by this rollback, as by a restore
        erase(actor=family.lead, subject=subject_of_case(family.case), now=NOW)
        write_journal(network)
        lines = read_journal(journal_file(network))
        transaction.set_rollback(True)
    assert left_of(SECRETS) == SECRETS

    counts = replay(network=network, lines=lines, day=TODAY)

    assert left_of(SECRETS) == []
    assert counts["contact"] == 1
    assert replay(network=network, lines=lines, day=TODAY) == {}
    text = journal_file(network).read_text()
    assert str(family.case.pk) not in text
    assert family.case.pk.hex not in text


def test_the_journal_keeps_a_proof_as_it_was_left(network):
    family = make_family(network, programme=make_programme(network), own_part=False)
    with transaction.atomic():
        erase(actor=family.lead, subject=subject_of_case(family.case), now=NOW)
        write_journal(network)
        lines = read_journal(journal_file(network))
        transaction.set_rollback(True)

    replay(network=network, lines=lines, day=TODAY + timedelta(days=3))

    assert left_of(SECRETS) == ["Rosa", "Geheimrat"]
    assert Case.objects.get().restricted_on == TODAY + timedelta(days=3)


def test_others_stay_whatever_the_journal_says(network):
    team = make_team(network)
    family = make_family(network, team, own_part=False)
    other = Contact(network=network, organisation_id=family.case.organisation_id, name="Andere")
    other.save()

    erase(actor=family.lead, subject=subject_of_case(family.case), now=NOW)
    write_journal(network)
    replay(network=network, lines=read_journal(journal_file(network)), day=TODAY)

    assert Contact.objects.get().name == "Andere"


def test_a_file_that_is_no_journal_is_refused_with_its_line(tmp_path: Path):
    file = tmp_path / "x.jsonl"
    file.write_text('{"kind": "note"}\n')

    with pytest.raises(PrivacyError, match=":1:"):
        read_journal(file)


def test_only_what_is_committed_gets_into_the_journal(network, django_capture_on_commit_callbacks):
    family = make_family(network, own_part=False)

    with django_capture_on_commit_callbacks(execute=True):
        erase(actor=family.lead, subject=subject_of_case(family.case), now=NOW)
        assert not journal_file(network).exists()

    assert journal_file(network).exists()
    assert JournalEntry.objects.filter(written_at=None).count() == 0


def test_events_of_a_person_hold_no_word_of_them(network):
    family = make_family(network, own_part=False)

    erase(actor=family.lead, subject=subject_of_case(family.case), now=NOW)

    assert Event.objects.exists()
    assert not [row for row in Event.objects.all() if any(word in str(row.details) for word in SECRETS)]

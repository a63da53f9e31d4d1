"""Requests: deadline, copy with passages blacked out, correction, restriction, erasure."""

import io
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.factories import make_actor
from tests.notes import write_note
from tests.owner import as_owner
from tests.privacy.people import NOW, SECRETS, TODAY, make_family, make_programme, make_team
from tests.privacy.test_erasing import left_of
from tragnetz.appointments.models import WaitingEntry
from tragnetz.audit.models import Event
from tragnetz.casework.access import visible_bookings, visible_cases, visible_waiting
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case, Note, Step
from tragnetz.clients.access import visible_contacts
from tragnetz.clients.commands import change_contact
from tragnetz.clients.errors import ContactError
from tragnetz.clients.models import Contact, Person
from tragnetz.clients.rules import ContactDetails
from tragnetz.messaging.models import Message
from tragnetz.privacy.enums import Result, Right
from tragnetz.privacy.errors import PrivacyError
from tragnetz.privacy.models import Correction, Request
from tragnetz.privacy.rights import commands
from tragnetz.privacy.rights.copy import (
    copy_json,
    copy_pdf,
    fingerprint,
    given_json,
    make_copy,
    subject_of,
    texts_to_review,
)
from tragnetz.privacy.rights.rules import BLACK, answer_until, blacken, extended_until, passages
from tragnetz.privacy.trail import entries_about
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.commands import Entry, enter
from tragnetz.screening.models import Record
from tragnetz.vault.envelopes import ENVELOPE, Locked
from tragnetz.vault.keyring import Keyring, using
from tragnetz.vault.sealing import FORMAT

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path


@pytest.fixture
def family(network):
    return make_family(network)


def request_of(family, right: str, *, person=None, identity="known") -> Request:
    demand = commands.Demand(right=right, way="visit", received_on=TODAY, identity=identity, wish="Bitte alles.")
    return commands.take_request(
        actor=family.counsellor, case_id=family.case.pk, person_id=person.pk if person else None, demand=demand,
        idempotency_key=f"{right}-{person.pk if person else ''}", today=TODAY,
    )  # fmt: skip


# --- Pure ---


@pytest.mark.parametrize(
    ("received", "until"),
    [(date(2026, 11, 26), date(2026, 12, 26)), (date(2027, 1, 31), date(2027, 2, 28)),
     (date(2028, 1, 31), date(2028, 2, 29)), (date(2026, 12, 31), date(2027, 1, 31))],
)  # fmt: skip
def test_an_answer_is_due_one_month_after_receipt(received, until):
    assert answer_until(received) == until


def test_two_more_months_count_from_receipt():
    assert extended_until(date(2026, 11, 30)) == date(2027, 2, 28)


def test_passages_name_the_others_in_them():
    found = passages("Rosa ist da. Kemal sucht Arbeit!\n\nSonst nichts", ["Kemal Geheimrat", "Al"])

    assert [(one.text, one.names) for one in found] == [
        ("Rosa ist da.", ()), ("Kemal sucht Arbeit!", ("Kemal",)), ("Sonst nichts", ()),
    ]  # fmt: skip


def test_a_blackened_passage_cannot_be_read_and_the_rest_stays():
    text = "Rosa ist da. Kemal sucht Arbeit!\nSonst nichts"

    assert blacken(text, {"Kemal sucht Arbeit!"}) == f"Rosa ist da. {BLACK}\nSonst nichts"
    assert blacken(text, set()) == text


# --- Requests ---


def test_a_request_is_taken_down_once_with_its_deadline(family):
    first, second = request_of(family, "access"), request_of(family, "access")

    assert first.pk == second.pk
    assert (first.due_on, first.contact_id, first.state) == (date(2026, 12, 26), family.contact.pk, "open")


def test_nobody_takes_a_request_for_a_foreign_case(network, family):
    foreign = make_actor(network, "beta", "lead", name="Bea")

    with pytest.raises(PrivacyError, match="Diesen Fall gibt es nicht"):
        commands.take_request(
            actor=foreign, case_id=family.case.pk, person_id=None, idempotency_key="x", today=TODAY,
            demand=commands.Demand(right="access", way="visit", received_on=TODAY),
        )  # fmt: skip


def test_the_deadline_is_extended_once_and_with_a_reason(family):
    asked = request_of(family, "access")
    with pytest.raises(PrivacyError, match="warum"):
        commands.extend(actor=family.lead, request_id=asked.pk, why=" ", today=TODAY)

    row = commands.extend(actor=family.lead, request_id=asked.pk, why="Viele Akten", today=TODAY)

    assert row.due_on == date(2027, 2, 26)
    with pytest.raises(PrivacyError, match="schon verlängert"):
        commands.extend(actor=family.lead, request_id=asked.pk, why="Noch mehr", today=TODAY)


def test_a_refusal_says_why(family):
    asked = request_of(family, "objection")
    with pytest.raises(PrivacyError, match="warum"):
        commands.answer(actor=family.lead, request_id=asked.pk, result=Result.REFUSED, text="", today=TODAY)

    row = commands.answer(actor=family.lead, request_id=asked.pk, result=Result.REFUSED, text="Weil …", today=TODAY)

    assert (row.state, row.result, row.answered_on) == ("answered", "refused", TODAY)
    with pytest.raises(PrivacyError, match="schon beantwortet"):
        commands.answer(actor=family.lead, request_id=asked.pk, result=Result.GRANTED, text="", today=TODAY)


def test_only_the_lead_carries_a_request_out(network, family):
    asked = request_of(family, "erasure")

    for actor in (family.counsellor, make_actor(network, "beta", "lead", name="Bea")):
        with pytest.raises(PrivacyError):
            commands.erase_for(actor=actor, request_id=asked.pk, now=NOW)
    assert left_of(["Zitronenfalter"]) == ["Zitronenfalter"]


# --- The copy (Art. 15, 20) ---


def reviewed(family, *, black=("Kemal sucht Arbeit.",)):
    asked = request_of(family, "access")
    groups = texts_to_review(asked, subject_of(asked))
    chosen = [text.value for group in groups for text in group.texts if text.text in black]
    return commands.review(
        actor=family.lead, request_id=asked.pk, seen=fingerprint(groups), black=chosen, now=NOW
    )  # fmt: skip


def test_nothing_is_handed_out_before_the_texts_were_looked_through(family):
    asked = request_of(family, "access", identity="unknown")
    with pytest.raises(PrivacyError, match="woher Sie wissen"):
        commands.ready_to_hand_out(asked)
    asked = commands.set_identity(actor=family.lead, request_id=asked.pk, identity="document")
    with pytest.raises(PrivacyError, match="Texte durch"):
        commands.ready_to_hand_out(asked)

    assert commands.ready_to_hand_out(reviewed(family)) == subject_of(asked)

    write_note(actor=family.counsellor, case=family.case, kind="facts", text="Neu: Kemal ist krank.")
    with pytest.raises(PrivacyError, match="Texte durch"):
        commands.ready_to_hand_out(Request.objects.get())


def test_a_text_that_changed_while_looking_has_to_be_looked_at_again(family):
    asked = request_of(family, "access")
    seen = fingerprint(texts_to_review(asked, subject_of(asked)))
    note = Note.objects.filter(compartment__person=None).first()
    note.text = "Ganz anders."
    note.save()

    with pytest.raises(PrivacyError, match="noch einmal"):
        commands.review(actor=family.lead, request_id=asked.pk, seen=seen, black=[], now=NOW)


def test_the_review_points_at_names_of_others(family):
    asked = request_of(family, "access")

    found = {text.text: text.names for group in texts_to_review(asked, subject_of(asked)) for text in group.texts}

    assert found["Kemal sucht Arbeit."] == ("Kemal",)
    assert found["Sie kommt wieder."] == ()
    assert not any("allein" in text for text in found)  # what the partner told alone is not part of her copy


def still(family):
    """Give all that takes its time from the clock a fixed one."""
    Note.objects.update(written_at=NOW)
    Step.objects.update(created_at=NOW)
    Record.objects.update(kept_at=NOW)
    family.case.household.created_at = NOW
    family.case.household.save()
    Contact.objects.update(created_at=NOW)
    family.case.contact.bookings.update(created_at=NOW)


def fixed(made: dict) -> dict:
    """Return a copy whose log, the one thing that takes its time from the clock, says only what happened."""
    return made | {"disclosures": sorted({(entry["who"], entry["what"]) for entry in made["disclosures"]})}


def compare(name: str, made: dict) -> None:
    """Compare with a golden file; TRAGNETZ_GOLDEN=1 writes it anew, for a look at the difference."""
    import os

    text = json.dumps(fixed(made) if "disclosures" in made else made, ensure_ascii=False, indent=1, sort_keys=True)
    file = GOLDEN / name
    if os.environ.get("TRAGNETZ_GOLDEN"):
        file.write_text(text + "\n")
    assert text + "\n" == file.read_text()


def test_the_copy_is_as_it_was_agreed(network, family):
    still(family)
    asked = reviewed(family)

    made = copy_json(make_copy(asked, subject_of(asked), network, TODAY))

    compare("copy.json", made)
    told = [text for section in made["data"] for row in section["words"] for text in row.values()]
    assert [one for one in told if one.startswith(("[", "{"))] == []  # words, not what a program keeps
    text = json.dumps(made, ensure_ascii=False)
    assert "Kemal sucht Arbeit" not in text
    assert "allein" not in text
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-7", text)  # no id of ours


def test_the_partner_gets_what_is_about_them(network, family):
    asked = request_of(family, "access", person=family.partner)
    text = json.dumps(copy_json(make_copy(asked, subject_of(asked), network, TODAY)), ensure_ascii=False)

    assert "Kemal sagt allein: Zitronenfalter" in text
    assert "1701234567" not in text  # her number is hers


def told_to(network, family, right: str, *, person=None) -> str:
    """Return all that a request would hand out, as one text."""
    asked = request_of(family, right, person=person)
    make = given_json if right == "portability" else lambda *rest: copy_json(make_copy(*rest))
    return json.dumps(make(asked, subject_of(asked), network, TODAY), ensure_ascii=False)


def demand_of(family, words: str, *, person=None, right="objection") -> Request:
    """Take down what somebody wishes, in words of their own."""
    return commands.take_request(
        actor=family.counsellor, case_id=family.case.pk, person_id=person.pk if person else None, today=TODAY,
        demand=commands.Demand(right=right, way="visit", received_on=TODAY, identity="known", wish=words),
        idempotency_key=f"{len(words)}",
    )  # fmt: skip


def test_what_another_adult_demanded_is_in_no_copy_but_their_own(network, family):
    demand_of(family, "Mein Mann darf nichts erfahren.")
    demand_of(family, "Meine Frau soll das nicht lesen.", person=family.partner)

    hers, his = told_to(network, family, "access"), told_to(network, family, "access", person=family.partner)

    assert "Mein Mann darf nichts erfahren." in hers
    assert "Meine Frau soll das nicht lesen." not in hers
    assert "Meine Frau soll das nicht lesen." in his
    assert "Mein Mann darf nichts erfahren." not in his


def test_a_correction_of_what_one_told_alone_is_in_no_copy_of_the_other(network, family):
    asked = request_of(family, "correction", person=family.partner)
    note = Note.objects.exclude(compartment__person=None).get()
    commands.correct(
        actor=family.lead, request_id=asked.pk, kind="note", object_id=note.pk, field="text", value="Kemal geht weg.",
        now=NOW,
    )  # fmt: skip

    assert "Kemal geht weg." not in told_to(network, family, "access")
    assert told_to(network, family, "access", person=family.partner).count("Kemal geht weg.") > 1


def test_what_somebody_said_on_the_phone_is_theirs_alone(network, family):
    for right in ("access", "portability"):
        assert '"kind": "enquiry"' in told_to(network, family, right)
        assert '"kind": "enquiry"' not in told_to(network, family, right, person=family.partner)


def test_who_takes_part_in_a_project_is_told_to_nobody_else_of_the_household(network, family):
    programme = make_programme(network)
    programme.line = "esf-plus"
    programme.save()
    rosa = family.case.household.people.get(relation="self")
    answered = ((rosa, "w"), (family.partner, "m"))
    for person, gender in answered:
        enter(
            actor=family.counsellor, case=family.case, entry=Entry(programme, person, programme.starts),
            told={"gender": gender, "employment": "unemployed"}, request_key=gender,
        )  # fmt: skip
    pseudonyms = dict(Participation.objects.values_list("person", "pseudonym"))

    hers, his = told_to(network, family, "access"), told_to(network, family, "access", person=family.partner)

    assert pseudonyms[rosa.pk] in hers
    assert pseudonyms[family.partner.pk] not in hers
    assert pseudonyms[family.partner.pk] in his
    assert pseudonyms[rosa.pk] not in his
    assert "Geschlecht: weiblich" in hers
    assert "Geschlecht: weiblich" not in his


def test_what_another_adult_demanded_stays_when_the_first_is_erased(family):
    his = demand_of(family, "Meine Frau soll das nicht lesen.", person=family.partner)
    asked = demand_of(family, "Alles löschen, bitte.", right="erasure")

    commands.erase_for(actor=family.lead, request_id=asked.pk, now=NOW)

    his.refresh_from_db()
    assert (his.wish, his.person) == ("Meine Frau soll das nicht lesen.", family.partner)
    assert left_of(["Alles löschen, bitte."]) == []


def test_what_the_person_gave_can_be_taken_along(network, family):
    still(family)
    asked = request_of(family, "portability")

    made = given_json(asked, subject_of(asked), network, TODAY)

    compare("given.json", made)
    assert "Mietschulden" not in json.dumps(made, ensure_ascii=False)  # we wrote that


def test_the_copy_reads_well_on_paper(network, family):
    asked = reviewed(family)

    pdf = PdfReader(io.BytesIO(copy_pdf(make_copy(asked, subject_of(asked), network, TODAY), network)))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))

    assert pdf.metadata.title == "Ihre Daten bei uns"
    for words in (
        "Rosa Geheimrat", "Alpha e. V.", "Lindenweg 5", "Mietschulden bei Frau Sommer", "Geburtsjahr 1985", "geschwärzt",
        "Wer wann was gelesen oder geändert hat", "hat den Fall geöffnet", "Beratung, Alpha e. V.", "Ihre Rechte",
        "36 Monate ab Ende des Jahres", "Wohngeld: 120 Euro", "Montag",
    ):  # fmt: skip
        assert words in text, words
    assert "Kemal sucht Arbeit" not in text
    assert "Hanna" not in text  # function and organisation instead of names of staff


# --- Correction, restriction, objection ---


def test_a_correction_keeps_old_and_new_and_who(family):
    asked = request_of(family, "correction")
    person = Person.objects.get(relation="self")

    commands.correct(
        actor=family.lead, request_id=asked.pk, kind="person", object_id=person.pk, field="birth_year", value="1986",
        now=NOW,
    )  # fmt: skip

    person.refresh_from_db()
    kept = Correction.objects.get()
    assert person.birth_year == 1986
    assert (kept.before, kept.after, kept.by_id, kept.at) == ("1985", "1986", family.lead.membership_id, NOW)


def test_a_text_of_a_case_stays_under_the_key_of_its_part_when_it_is_corrected(network, family):
    asked = request_of(family, "correction")
    note = Note.objects.get(compartment__person=None)
    person = Person.objects.get(relation="self")
    for kind, row, field in (("note", note, "text"), ("person", person, "name")):
        commands.correct(
            actor=family.lead, request_id=asked.pk, kind=kind, object_id=row.pk, field=field, value="Ganz anders",
            now=NOW,
        )  # fmt: skip

    with as_owner() as cursor:
        cursor.execute("SELECT kind, substring(before FOR 1), substring(after FOR 1) FROM privacy_correction")
        first = {kind: (bytes(before), bytes(after)) for kind, before, after in cursor.fetchall()}
    assert first == {"note": (ENVELOPE, ENVELOPE), "person": (FORMAT, FORMAT)}
    assert {row.after for row in Correction.objects.all()} == {"Ganz anders"}
    with using(Keyring()):  # as whoever has the key ring and nobody's password
        closed = {row.kind: row.before for row in Correction.objects.all()}
    assert isinstance(closed["note"], Locked)
    assert closed["person"] == "Rosa Geheimrat"


def test_a_day_is_corrected_as_it_is_written(family):
    asked = request_of(family, "correction")

    commands.correct(
        actor=family.lead, request_id=asked.pk, kind="case", object_id=family.case.pk, field="opened_on",
        value="24.11.2026", now=NOW,
    )  # fmt: skip

    assert Case.objects.get().opened_on == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("kind", "field", "value", "words"),
    [("person", "birth_year", "bald", "ein Jahr"), ("contact", "phone", "abc", "stimmt nicht"),
     ("note", "text", " ", "was richtig ist"), ("note", "kind", "facts", "nicht berichtigt"),
     ("frame", "x", "y", "nicht berichtigt")],
)  # fmt: skip
def test_a_correction_that_makes_no_sense_is_refused(family, kind, field, value, words):
    asked = request_of(family, "correction")
    rows = {"person": Person, "contact": Contact, "note": Note}
    pk = rows[kind].objects.first().pk if kind in rows else family.case.pk
    if kind == "note":
        pk = Note.objects.get(compartment__person=None).pk

    with pytest.raises(PrivacyError, match=words):
        commands.correct(
            actor=family.lead, request_id=asked.pk, kind=kind, object_id=pk, field=field, value=value, now=NOW
        )
    assert not Correction.objects.exists()


def test_what_is_not_of_this_person_is_not_corrected(family):
    asked = request_of(family, "correction")
    own_of_partner = Note.objects.exclude(compartment__person=None).get()

    with pytest.raises(PrivacyError, match="gibt es nicht mehr"):
        commands.correct(
            actor=family.lead, request_id=asked.pk, kind="note", object_id=own_of_partner.pk, field="text",
            value="anders", now=NOW,
        )  # fmt: skip


def test_a_restricted_record_is_only_kept_and_the_lead_alone_sees_it(network, family):
    asked = request_of(family, "restriction")
    counsellor, lead = family.counsellor, family.lead
    assert visible_cases(counsellor).exists()
    assert visible_bookings(counsellor).filter(contact=family.contact).exists()
    assert visible_waiting(counsellor).exists()
    assert visible_contacts(counsellor).filter(pk=family.contact.pk).exists()

    commands.restrict(actor=lead, request_id=asked.pk, reason="disputed", today=TODAY)

    family.case.refresh_from_db()
    assert not visible_cases(counsellor).exists()
    assert not visible_bookings(counsellor).filter(contact=family.contact).exists()
    assert not visible_waiting(counsellor).exists()
    assert not visible_contacts(counsellor).filter(pk=family.contact.pk).exists()
    assert visible_cases(lead).exists()
    with pytest.raises(CaseworkError, match="eingeschränkt"):
        write_note(actor=lead, case=family.case, kind="facts", text="doch")
    with pytest.raises(CaseworkError, match="gibt es nicht"):
        write_note(actor=counsellor, case=family.case, kind="facts", text="doch")
    with pytest.raises(ContactError, match="eingeschränkt"):
        change_contact(actor=lead, contact=family.contact, details=ContactDetails(name="X"))

    commands.lift(actor=lead, request_id=asked.pk, today=TODAY)

    assert visible_cases(counsellor).exists()
    write_note(actor=counsellor, case=Case.objects.get(), kind="facts", text="geht wieder")


def test_a_proof_for_a_funder_is_never_freed_again(network):
    family = make_family(network, programme=make_programme(network), own_part=False)
    erasure = request_of(family, "erasure")
    restriction = request_of(family, "restriction")
    commands.erase_for(actor=family.lead, request_id=erasure.pk, now=NOW)

    with pytest.raises(PrivacyError, match="Nachweis"):
        commands.lift(actor=family.lead, request_id=restriction.pk, today=TODAY)
    assert Request.objects.get(pk=erasure.pk).result == "partly"


def test_an_objection_that_is_followed_restricts(family):
    asked = request_of(family, "objection")

    commands.restrict(actor=family.lead, request_id=asked.pk, reason="objection", today=TODAY)

    assert Case.objects.get().restricted_on == TODAY
    assert Event.objects.filter(verb="rights:object").exists()


# --- Erasure (Art. 17) ---


def test_an_erasure_on_demand_leaves_nothing_but_a_protocol(network):
    family = make_family(network, own_part=False)
    request_of(family, "access")
    asked = request_of(family, "erasure")
    assert left_of(["Bitte alles."]) == ["Bitte alles."]

    commands.erase_for(actor=family.lead, request_id=asked.pk, now=datetime(2026, 12, 1, 8, tzinfo=UTC))

    assert left_of([*SECRETS, "Bitte alles."]) == []
    row = Request.objects.get(right=Right.ERASURE)
    assert (row.state, row.result, row.answered_on, row.contact, row.case) == (
        "answered", "granted", date(2026, 12, 1), None, None,
    )  # fmt: skip
    event = Event.objects.get(verb="rights:erase")
    assert event.details["proof_kept"] is False
    assert event.details["rows"] > 10
    assert not Message.objects.filter(state="queued").exists()
    assert not WaitingEntry.objects.filter(state="waiting").exists()


def test_the_log_of_a_person_is_complete(network, family):
    asked = request_of(family, "access")

    words = {entry.what for entry in entries_about(subject_of(asked))}

    assert {
        "hat den Fall geöffnet", "hat einen Kontakt mit der Person eingetragen", "hat einen Termin vereinbart",
        "hat einen Rückruf versprochen", "hat jemanden auf die Warteliste gesetzt", "hat eine Anfrage aufgenommen",
        "hat einen Antrag zum Datenschutz aufgenommen",
    } <= words  # fmt: skip


def test_a_team_of_another_house_sees_no_request(network, family):
    make_team(network, "beta")
    request_of(family, "access")

    from tragnetz.privacy.access import visible_requests

    assert visible_requests(family.lead).count() == 1
    assert visible_requests(make_actor(network, "beta", "lead", "dpo", name="Xenia")).count() == 0

"""The form of 30 seconds."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.casework.conftest import TODAY
from tragnetz.audit.models import Event
from tragnetz.casework.contacts.commands import Met, NextStep, drop_template, keep_template, record_contact
from tragnetz.casework.contacts.rules import day_fits, inserted
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import CaseContact, Note, Step, TextTemplate

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
MET = Met("office", TODAY, 45, ("person", "partner"), "tr", "pool")


def keep(owner, case, *, key="a" * 32, met=MET, texts=None, **given):
    texts = {"facts": "Zitronenfalter", "assessment": "", "agreement": "Antrag"} if texts is None else texts
    return record_contact(actor=owner, case=case, met=met, texts=texts, idempotency_key=key, now=NOW, **given)


def test_contact_notes_and_step_are_kept_together(case, owner):
    contact = keep(owner, case, step=NextStep("Antrag abgeben", "person", TODAY + timedelta(days=7)))

    assert (contact.kind, contact.minutes, contact.participants) == ("office", 45, ["person", "partner"])
    assert (contact.language, contact.interpreting) == ("tr", "pool")
    assert sorted((note.kind, note.text) for note in contact.notes.all()) == [
        ("agreement", "Antrag"), ("facts", "Zitronenfalter"),
    ]  # fmt: skip
    assert Step.objects.get().text == "Antrag abgeben"
    assert Event.objects.get(verb="contact:keep").details == {"kind": "office", "notes": 2, "step": True}


def test_a_form_that_is_sent_twice_is_kept_once(case, owner):
    first = keep(owner, case)
    again = keep(owner, case)

    assert first.pk == again.pk
    assert (CaseContact.objects.count(), Note.objects.count(), Step.objects.count()) == (1, 2, 0)


def test_work_without_a_talk_has_no_participants(case, owner):
    contact = keep(owner, case, met=Met("alone", TODAY, 10, ("person",), "de", "pool"))

    assert (contact.participants, contact.interpreting) == ([], "")


def test_what_one_adult_told_is_kept_apart(case, owner, people):
    contact = keep(owner, case, person=people["Rosa"], step=NextStep("Anwältin anrufen", "person"))

    parts = {contact.compartment, contact.notes.first().compartment, Step.objects.get().compartment}
    assert [part.person for part in parts] == [people["Rosa"]]


def test_somebody_of_another_household_has_no_part_here(case, owner):
    from tests.casework.conftest import make_case

    other = make_case(owner, name="Otto").household.people.get()

    with pytest.raises(CaseworkError, match="gehört nicht zum Haushalt"):
        keep(owner, case, person=other)
    assert CaseContact.objects.count() == 0


@pytest.mark.parametrize(("days", "fits"), [(-367, False), (-366, True), (0, True), (1, False)])
def test_a_contact_is_of_the_last_year(days, fits):
    assert day_fits(TODAY + timedelta(days=days), TODAY) == fits


def test_a_contact_to_come_is_refused_and_nothing_kept(case, owner):
    with pytest.raises(CaseworkError, match="im letzten Jahr"):
        keep(owner, case, met=Met("phone", TODAY + timedelta(days=1), 5))
    assert Note.objects.count() == 0


def test_others_write_nothing(case, colleague, foreign, lead):
    for number, actor in enumerate((colleague, foreign)):
        with pytest.raises(CaseworkError, match="gibt es nicht"):
            keep(actor, case, key=f"{number}" * 32)
    keep(lead, case)
    assert CaseContact.objects.count() == 1


def test_the_database_reads_no_note(case, owner):
    keep(owner, case)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(to_jsonb(n)::text, '') FROM casework_note n")
        stored = cursor.fetchone()[0]

    assert Note.objects.filter(kind="facts").get().text == "Zitronenfalter"
    assert b"Zitronenfalter".hex() not in stored


def test_a_contact_lasts_at_least_a_minute(case, owner):
    contact = keep(owner, case)
    with pytest.raises(IntegrityError, match="contact_lasts_a_day_at_most"), transaction.atomic():
        CaseContact.objects.filter(pk=contact.pk).update(minutes=0)


def test_a_short_text_goes_on_a_line_of_its_own():
    assert inserted("Schon da.\n\n", "Neu.") == "Schon da.\nNeu."
    assert inserted("", "Neu.") == "Neu."


def test_short_texts_are_of_one_organisation(owner, colleague, foreign):
    keep_template(actor=owner, kind="facts", title="Anlass", text="Alt")
    kept = keep_template(actor=colleague, kind="facts", title="Anlass", text="Neu")
    keep_template(actor=foreign, kind="facts", title="Anlass", text="Fremd")

    assert sorted(TextTemplate.objects.values_list("text", flat=True)) == ["Fremd", "Neu"]
    with pytest.raises(CaseworkError):
        drop_template(actor=foreign, template=kept)
    drop_template(actor=owner, template=kept)
    assert TextTemplate.objects.get().text == "Fremd"

"""Letters of a case: drafted with gaps, sealed, in versions, sent once a key; an organisation's own words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tragnetz.audit.models import Event
from tragnetz.casework.closing.joining import merge_cases
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.deadlines.commands import DeadlineDetails, set_deadline
from tragnetz.casework.deadlines.sums import Asked
from tragnetz.casework.enums import LetterState
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.letters.book import kinds
from tragnetz.casework.letters.commands import (
    Sent,
    change_letter,
    drop_letter,
    keep_wording,
    record_sending,
    start_letter,
    take_back_sending,
)
from tragnetz.casework.letters.drafts import draft_of
from tragnetz.casework.letters.queries import (
    first_draft,
    history_of,
    letter_of,
    letterhead,
    letters_of,
    own_wordings,
    sheet,
    wording_in_force,
)
from tragnetz.casework.letters.rules import MOVES, can_move
from tragnetz.casework.letters.wording import Wording
from tragnetz.casework.models import Case, Deadline, Letter, LetterSending, LetterVersion, LetterWording
from tragnetz.casework.timeline.queries import Span, timeline
from tragnetz.vault.keyring import Keyring, using

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = NOW.date()
OBJECTION = kinds()["objection"]
VALUES = {"zeichen": "FK 1", "bescheid_vom": "2026-11-02", "worum": "mit dem Sie ablehnen"}


def whole(case, **given):
    """Return a draft of an objection without gaps."""
    first = first_draft(case, OBJECTION, "person", today=TODAY)
    return replace(
        first, **({"address": "Weg 1\n44623 Testtal", "to": "Familienkasse\nRing 2", "values": VALUES} | given)
    )


def start(owner, case, key="1" * 32, draft=None, **given):
    return start_letter(
        actor=owner, case=case, kind="objection", draft=draft or whole(case), idempotency_key=key, now=NOW, **given
    )


def send(owner, letter, key="2" * 32, sent=None):
    return record_sending(actor=owner, letter=letter, sent=sent or Sent(TODAY, "post"), idempotency_key=key, now=NOW)


@pytest.fixture
def deadline(case, owner):
    details = DeadlineDetails(
        date(2026, 12, 7), Asked("objection", date(2026, 11, 2)), letter="Familienkasse, 345FK678901"
    )
    return set_deadline(actor=owner, case=case, details=details, now=NOW)


@pytest.fixture
def letter(case, owner):
    return start(owner, case)


def test_a_new_letter_knows_person_office_reference_and_day(case, deadline):
    case.contact.address = "Weg 1\n44623 Testtal"

    found = first_draft(case, OBJECTION, "person", today=TODAY, deadline=deadline)

    assert (found.name, found.address, found.to) == ("Rosa Linde", "Weg 1\n44623 Testtal", "Familienkasse")
    assert (found.values["zeichen"], found.values["bescheid_vom"]) == ("345FK678901", "2026-11-02")


def test_an_address_is_not_taken_for_another_adult_nor_when_it_is_blocked(case, people):
    case.contact.address = "Weg 1\n44623 Testtal"

    theirs = first_draft(case, OBJECTION, "person", today=TODAY, person=people["Emil"])
    case.contact.address_blocked = True
    blocked = first_draft(case, OBJECTION, "person", today=TODAY)

    assert (theirs.name, theirs.address) == ("Emil Linde", "")
    assert (blocked.address, blocked.without_address) == ("", True)


def test_a_draft_may_have_gaps_but_does_not_leave_with_them(case, owner):
    letter = start(owner, case, draft=whole(case, to="", values={}))
    shown = sheet(letter_of(case, letter.pk), letterhead(case))

    assert shown.missing == ("Empfänger", "Aktenzeichen", "Datum des Bescheids", "Worum geht es in dem Bescheid?")
    assert "[Datum des Bescheids]" in shown.subject
    with pytest.raises(CaseworkError, match="Es fehlt noch: Empfänger, Aktenzeichen"):
        send(owner, letter)


def test_the_words_of_a_letter_are_sealed_for_its_part(case, owner, people):
    draft = whole(case, values=VALUES | {"begruendung": "Zitronenfalter"}, to="Zitronenamt")
    letter = start(owner, case, draft=draft, person=people["Rosa"])
    sending = send(owner, letter, sent=Sent(TODAY, "fax", note="Zitronenfax"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT draft, words FROM casework_letterversion WHERE letter_id = %s", [letter.pk])
        kept = b"".join(bytes(value) for value in cursor.fetchone())
        cursor.execute("SELECT recipient, note FROM casework_lettersending WHERE id = %s", [sending.pk])
        kept += b"".join(bytes(value) for value in cursor.fetchone())

    version = LetterVersion.objects.get()
    assert "Zitronenfalter" in draft_of(version.draft).values["begruendung"]
    assert "Begründung: Zitronenfalter" in version.words
    assert b"Zitronen" not in kept
    assert letter.compartment == compartment_of(case, people["Rosa"])
    assert "Zitronen" not in str(list(Event.objects.values_list("details", flat=True)))


def test_who_has_no_key_sees_that_there_is_a_letter_and_no_word_of_it(case, letter):
    assert letters_of(case)[0].recipient == "Familienkasse"

    with using(Keyring()):
        found = letters_of(case)[0]

    assert (found.title, found.recipient, found.draft) == ("Widerspruch gegen einen Bescheid", "", None)


def test_the_same_form_twice_is_one_letter_and_one_sending(case, owner, letter):
    assert start(owner, case).pk == letter.pk

    first, second = send(owner, letter), send(owner, letter)

    assert first.pk == second.pk
    assert (Letter.objects.count(), LetterSending.objects.count()) == (1, 1)


def test_each_change_is_a_version_and_the_same_text_is_none(case, owner, letter):
    changed = change_letter(actor=owner, letter=letter, draft=whole(case, salutation="Guten Tag,"), based_on=1, now=NOW)
    again = change_letter(actor=owner, letter=changed, draft=whole(case, salutation="Guten Tag,"), based_on=2, now=NOW)

    assert (again.number, letter.versions.count()) == (2, 2)
    assert letter_of(case, letter.pk, 1).draft.salutation == "Sehr geehrte Damen und Herren,"
    with pytest.raises(CaseworkError, match="inzwischen geändert"):
        change_letter(actor=owner, letter=letter, draft=whole(case), based_on=1, now=NOW)


def test_a_sent_letter_is_not_changed_and_keeps_the_version_that_left(case, owner, letter):
    sending = send(owner, letter)

    with pytest.raises(CaseworkError, match="kein Entwurf mehr"):
        change_letter(actor=owner, letter=letter, draft=whole(case), based_on=1, now=NOW)
    assert (sending.version.number, sending.recipient) == (1, "Familienkasse")
    send(owner, letter, key="3" * 32, sent=Sent(TODAY, "fax"))
    assert letter.sendings.count() == 2


def test_only_the_moves_of_the_table_are_done(case, owner, letter):
    assert {(state, target) for state in LetterState for target in LetterState if can_move(state, target)} == {
        (state, target) for state, targets in MOVES.items() for target in targets
    }
    drop_letter(actor=owner, letter=letter)
    with pytest.raises(CaseworkError, match="verworfen"):
        send(owner, letter)
    assert drop_letter(actor=owner, letter=letter, again=True).state == LetterState.DRAFT
    send(owner, letter)
    for again in (False, True):
        with pytest.raises(CaseworkError, match="neu"):
            drop_letter(actor=owner, letter=letter, again=again)


def test_a_sending_that_was_none_is_taken_back(owner, letter):
    first, second = send(owner, letter), send(owner, letter, key="3" * 32)

    assert take_back_sending(actor=owner, sending=first).state == LetterState.SENT
    assert take_back_sending(actor=owner, sending=second).state == LetterState.DRAFT


@pytest.mark.parametrize("days", [1, -400])
def test_a_day_that_cannot_be_is_refused(owner, letter, days):
    with pytest.raises(CaseworkError, match="heute oder früher"):
        send(owner, letter, sent=Sent(TODAY + timedelta(days=days), "post"))


def test_a_letter_settles_its_deadline_in_the_same_step(case, owner, deadline):
    letter = start(owner, case, deadline=deadline)

    send(owner, letter, sent=Sent(TODAY, "registered", settles=True))

    assert Deadline.objects.get().state == "met"
    with pytest.raises(CaseworkError, match="gehört nicht"):
        start(owner, make_case(owner), key="9" * 32, deadline=deadline)


def test_a_deadline_of_one_adult_is_not_answered_in_anothers_part(case, owner, people):
    theirs = set_deadline(
        actor=owner, case=case, details=DeadlineDetails(TODAY, matter="Frauenhaus"), now=NOW, person=people["Rosa"]
    )

    for person in (None, people["Emil"]):
        with pytest.raises(CaseworkError, match="nur einer Person"):
            start(owner, case, deadline=theirs, person=person)
    assert start(owner, case, deadline=theirs, person=people["Rosa"]).deadline == theirs


def test_what_left_stands_in_the_line(case, owner, letter):
    send(owner, letter, sent=Sent(TODAY, "fax", note="Sendebericht"))

    entry = timeline(case, Span(TODAY, TODAY), "briefe")[0]

    assert entry.title == "Brief abgeschickt (per Fax): Widerspruch gegen einen Bescheid"
    assert [text.text for text in entry.texts] == ["Familienkasse", "Sendebericht"]


def test_words_with_a_wrong_placeholder_and_a_wrong_sender_are_refused(case, owner):
    with pytest.raises(CaseworkError, match=r"Meinten Sie \{bescheid_vom\}"):
        start(owner, case, draft=whole(case, text="Ihr Bescheid vom {bescheid_von}"))
    with pytest.raises(CaseworkError, match="wer schreibt"):
        start(owner, case, draft=whole(case, sender="organisation"))
    with pytest.raises(CaseworkError, match="Art von Brief"):
        start_letter(actor=owner, case=case, kind="x", draft=whole(case), idempotency_key="7" * 32, now=NOW)


def test_others_write_and_send_nothing(case, colleague, foreign, letter):
    for actor in (colleague, foreign):
        with pytest.raises(CaseworkError, match="gibt es nicht"):
            start(actor, case, key="5" * 32)
        with pytest.raises(CaseworkError, match="gibt es nicht"):
            send(actor, letter)


def test_letters_go_along_when_two_cases_become_one(case, owner, letter):
    send(owner, letter)
    other = make_case(owner)

    merge_cases(actor=owner, case=other, other=case, same={}, today=TODAY)

    moved = letters_of(Case.objects.select_related("network", "organisation").get(pk=other.pk))[0]
    assert (moved.recipient, len(moved.sendings)) == ("Familienkasse", 1)


def test_the_list_costs_the_same_with_many_letters(case, owner):
    from django.test.utils import CaptureQueriesContext

    start(owner, case, key="a" * 32)
    with CaptureQueriesContext(connection) as few:
        letters_of(case)
    for number in range(6):
        send(owner, start(owner, case, key=f"{number}" * 32), key=f"{number}" * 30)
    with CaptureQueriesContext(connection) as many:
        assert len(letters_of(case)) == 7
    assert len(many) == len(few)


def own(actor, text="Unsere Worte zu {worum}."):
    return keep_wording(actor=actor, kind="objection", sender="person", wording=Wording("Unser Betreff", text), now=NOW)


def test_an_organisations_own_words_hold_until_the_original_comes_back(case, owner, lead, foreign):
    own(lead)
    assert wording_in_force(owner.organisation_id, OBJECTION, "person").subject == "Unser Betreff"
    assert first_draft(case, OBJECTION, "person", today=TODAY).text == "Unsere Worte zu {worum}."
    assert wording_in_force(foreign.organisation_id, OBJECTION, "person") == OBJECTION.wording("person")
    assert list(own_wordings(lead)) == [("objection", "person")]

    keep_wording(actor=lead, kind="objection", sender="person", wording=None, now=NOW)

    assert wording_in_force(owner.organisation_id, OBJECTION, "person") == OBJECTION.wording("person")
    assert own_wordings(lead) == {}
    assert [(row.number, row.is_original) for row in history_of(lead, "objection", "person")] == [(2, True), (1, False)]
    assert history_of(foreign, "objection", "person") == []


def test_a_begun_letter_keeps_its_words_when_the_template_changes(case, owner, lead, letter):
    own(lead)

    assert letter_of(case, letter.pk).draft.text == OBJECTION.wording("person").text


def test_own_words_are_refused_when_wrong_or_from_others(owner, lead):
    with pytest.raises(CaseworkError, match=r"\{wroum\} gibt es hier nicht\. Meinten Sie \{worum\}"):
        own(lead, "Zu {wroum}")
    with pytest.raises(CaseworkError, match="Vorlage gibt es nicht"):
        own(owner)
    with pytest.raises(CaseworkError, match="Vorlage gibt es nicht"):
        keep_wording(actor=lead, kind="objection", sender="organisation", wording=None, now=NOW)
    assert LetterWording.objects.count() == 0


def test_the_database_refuses_words_that_are_both(lead):
    row = own(lead)

    with pytest.raises(IntegrityError, match="letter_wording_has_words"), transaction.atomic():
        LetterWording.objects.filter(pk=row.pk).update(is_original=True)


def test_the_writer_of_an_organisations_letter_is_who_wrote_it(case, owner, network):
    lena = make_actor(network, "alpha", "lead", name="Lena")
    kind = kinds()["status"]
    draft = replace(
        first_draft(case, kind, "organisation", today=TODAY),
        to="Amt",
        values={"worum": "Wohngeld", "antrag_vom": "2026-08-14"},
    )
    letter = start_letter(actor=lena, case=case, kind="status", draft=draft, idempotency_key="4" * 32, now=NOW)
    shown = letter_of(case, letter.pk)

    found = sheet(shown, letterhead(case, shown.version.author))

    assert found.signature == ("Lena Test", "Alpha e. V.")
    assert found.enclosures == ("Entbindung von der Schweigepflicht",)

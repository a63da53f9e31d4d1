"""Papers of a case: kept sealed and whole, or only noted as seen; for those alone who work on the case."""

import json
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.allowed import release
from tests.casework.conftest import make_case
from tests.casework.files.clamd import EICAR, scanner
from tests.casework.files.samples import HOSTILE, PDF, TEXT
from tests.owner import as_owner
from tragnetz.audit.models import Event
from tragnetz.casework.closing.commands import close_case
from tragnetz.casework.closing.joining import merge_cases, split_case
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.deadlines.commands import DeadlineDetails, set_deadline
from tragnetz.casework.enums import FileState
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files import storage
from tragnetz.casework.files.commands import (
    FileDetails,
    change_file,
    check_file,
    drop_file,
    keep_file,
    note_seen,
    only_note,
)
from tragnetz.casework.files.queries import content_of, files_of, visible_files
from tragnetz.casework.keys import sync_case
from tragnetz.casework.models import Case, CaseFile, EmergencyAccess, FileChunk
from tragnetz.casework.timeline.queries import Span, timeline
from tragnetz.core.clock import now
from tragnetz.vault.keyring import Keyring, using

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = NOW.date()


def keep(actor, case, content=PDF, *, name="Bescheid.pdf", key="", person=None, **given):
    details = FileDetails(**({"paper": "letter", "note": "Geheimnis Zitronenfalter"} | given))
    return keep_file(
        actor=actor, case=case, name=name, content=content, details=details, request_key=key or uuid.uuid4().hex,
        now=NOW, person=person,
    )  # fmt: skip


def opened(actor, file):
    found = content_of(actor, file.case_id, file.pk)
    return found[1] if found else None


@pytest.fixture
def file(case, owner):
    return keep(owner, case)


@pytest.mark.parametrize("size", [1, storage.CHUNK - 1, storage.CHUNK, 3 * storage.CHUNK + 7])
def test_a_file_comes_back_as_it_was(case, owner, size):
    content = (TEXT * (size // len(TEXT) + 1)).decode().encode()[:size].replace(b"\xc3", b"x") or b"x"
    content = bytes(sign if sign < 128 else 120 for sign in content)
    file = keep(owner, case, content)

    assert opened(owner, file) == content
    assert file.chunks.count() == -(-size // storage.CHUNK)


def test_contents_names_and_notes_are_sealed(case, owner):
    file = keep(owner, case, b"Geheimes Wort Silberreiher", name="Frauenhaus.txt")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM casework_filechunk WHERE file_id = %s", [file.pk])
        kept = bytes(cursor.fetchone()[0])
        cursor.execute("SELECT name, note FROM casework_casefile WHERE id = %s", [file.pk])
        kept += b"".join(map(bytes, cursor.fetchone()))

    assert opened(owner, file) == b"Geheimes Wort Silberreiher"
    assert not [word for word in (b"Silberreiher", b"Frauenhaus", b"Zitronenfalter") if word in kept]


def test_pieces_cannot_be_swapped_cut_or_taken_from_another_file(case, owner):
    content = b"a" * storage.CHUNK + b"b" * 10
    file, other = keep(owner, case, content), keep(owner, case, content)
    first, second = file.chunks.order_by("number")
    foreign = other.chunks.get(number=1)
    assert opened(owner, file) == content

    def put(chunk, taken):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE casework_filechunk SET content = (SELECT content FROM casework_filechunk WHERE id = %s)"
                " WHERE id = %s",
                [taken.pk, chunk.pk],
            )
        with pytest.raises(CaseworkError, match="beschädigt"):
            opened(owner, file)

    put(second, foreign)
    put(first, second)
    FileChunk.objects.filter(file=other, number=1).delete()
    with pytest.raises(CaseworkError, match="beschädigt"):
        opened(owner, other)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_refused_file_leaves_nothing(case, owner, name):
    events = Event.objects.count()

    with pytest.raises(CaseworkError, match="nehmen wir nicht an"):
        keep(owner, case, HOSTILE[name])

    assert (CaseFile.objects.count(), FileChunk.objects.count(), Event.objects.count()) == (0, 0, events)


def test_the_same_key_keeps_once(case, owner):
    first, again = keep(owner, case, key="k" * 32), keep(owner, case, key="k" * 32)

    assert first == again
    assert CaseFile.objects.count() == 1


def test_a_paper_that_was_only_seen_has_no_content(case, owner):
    seen = note_seen(
        actor=owner, case=case, paper="other", note="Ausweis, gültig bis 2031", seen_on=TODAY, request_key="s" * 32,
        now=NOW,
    )  # fmt: skip

    assert (seen.state, seen.size, seen.seen_on, seen.seen_by_id) == ("seen", 0, TODAY, owner.membership_id)
    with pytest.raises(CaseworkError, match="kein Inhalt"):
        opened(owner, seen)
    with pytest.raises(CaseworkError, match="im letzten Jahr"):
        note_seen(
            actor=owner, case=case, paper="other", note="", seen_on=TODAY + timedelta(days=1), request_key="t" * 32,
            now=NOW,
        )  # fmt: skip


def test_of_a_file_only_the_note_may_stay(file, owner):
    row = only_note(actor=owner, file=file, now=NOW)

    assert (row.state, row.size, FileChunk.objects.count()) == ("seen", 0, 0)
    assert CaseFile.objects.get().note == "Geheimnis Zitronenfalter"
    with pytest.raises(CaseworkError, match="geht mit dieser Unterlage nicht mehr"):
        only_note(actor=owner, file=file, now=NOW)


def test_a_file_is_deleted_with_a_reason(file, owner):
    with pytest.raises(CaseworkError, match="warum"):
        drop_file(actor=owner, file=file, reason="")

    drop_file(actor=owner, file=file, reason="wish")

    assert (CaseFile.objects.count(), FileChunk.objects.count()) == (0, 0)
    assert Event.objects.filter(verb="file:drop").get().details["reason"] == "wish"
    with pytest.raises(CaseworkError, match="gibt es nicht mehr"):
        drop_file(actor=owner, file=file, reason="wish")


def test_a_day_that_is_over_may_stay_but_not_be_chosen(case, owner):
    day = TODAY + timedelta(days=3)
    file = keep(owner, case, keep_for="decision", keep_until=day)
    later = NOW + timedelta(days=10)
    same = FileDetails("certificate", "Lohn", "decision", day)

    assert change_file(actor=owner, file=file, details=same, now=later).paper == "certificate"
    for wrong in (TODAY + timedelta(days=4), None):
        with pytest.raises(CaseworkError, match="Bitte wählen Sie"):
            change_file(actor=owner, file=file, details=FileDetails("certificate", "", "proof", wrong), now=later)


def test_a_file_is_for_a_deadline_of_its_own_part(case, owner, people):
    details = DeadlineDetails(TODAY + timedelta(days=9), matter="Widerspruch")
    ours = set_deadline(actor=owner, case=case, details=details, now=NOW)
    hers = set_deadline(actor=owner, case=case, details=details, now=NOW, person=people["Rosa"])
    file = keep(owner, case)

    assert change_file(actor=owner, file=file, details=FileDetails(deadline=ours), now=NOW).deadline == ours
    with pytest.raises(CaseworkError, match="anderen Teil"):
        change_file(actor=owner, file=file, details=FileDetails(deadline=hers), now=NOW)


# --- Viruses ---


def test_a_virus_is_refused_and_not_kept(case, owner, settings):
    with scanner() as made:
        settings.TRAGNETZ_SCANNER = made.address
        with pytest.raises(CaseworkError, match="Schadprogramm"):
            keep(owner, case, EICAR)
        clean = keep(owner, case)

    assert list(CaseFile.objects.all()) == [clean]
    assert clean.scanned_at == NOW


def test_while_the_scanner_is_away_files_are_refused(case, owner, settings):
    settings.TRAGNETZ_SCANNER = "tcp://127.0.0.1:9"

    with pytest.raises(CaseworkError, match="später noch einmal"):
        keep(owner, case)

    assert CaseFile.objects.count() == 0


@pytest.mark.parametrize(("content", "state"), [(TEXT, "kept"), (EICAR, "infected")])
def test_a_file_that_waits_is_unreadable_until_it_was_searched(case, owner, settings, content, state):
    settings.TRAGNETZ_SCANNER, settings.TRAGNETZ_SCANNER_AWAY = "tcp://127.0.0.1:9", "keep"
    file = keep(owner, case, content)
    assert file.state == "waiting"
    with pytest.raises(CaseworkError, match="noch nicht auf Schadprogramme geprüft"):
        opened(owner, file)
    with pytest.raises(CaseworkError, match="geht gerade nicht"):
        check_file(actor=owner, file=file, now=NOW)

    with scanner() as made:
        settings.TRAGNETZ_SCANNER = made.address
        row = check_file(actor=owner, file=file, now=NOW)

    assert (row.state, row.scanned_at) == (state, NOW)
    assert bool(row.chunks.exists()) == (state == "kept")
    if state == "kept":
        assert opened(owner, file) == content


# --- Who sees what ---


def test_others_neither_see_nor_write(file, case, owner, colleague, foreign, people):
    assert opened(owner, file) == PDF
    sync_case(case)

    for actor in (colleague, foreign):
        assert opened(actor, file) is None
        for deed in (
            lambda actor=actor: keep(actor, case),
            lambda actor=actor: only_note(actor=actor, file=file, now=NOW),
            lambda actor=actor: drop_file(actor=actor, file=file, reason="wish"),
            lambda actor=actor: change_file(actor=actor, file=file, details=FileDetails(), now=NOW),
            lambda actor=actor: check_file(actor=actor, file=file, now=NOW),
        ):
            with pytest.raises(CaseworkError, match="gibt es nicht"):
                deed()
    assert CaseFile.objects.get().state == "kept"


def test_a_release_to_a_partner_opens_no_file(network, owner, foreign, file, people):
    release(owner, people["Rosa"], "goals", "notes")
    assert opened(owner, file) == PDF

    assert not visible_files(foreign).exists()
    assert opened(foreign, file) is None


def test_access_ends_at_the_next_request(case, file, owner, colleague):
    access = EmergencyAccess(
        network=owner.network, case=case, membership_id=colleague.membership_id, reason="Stromsperre", begun_at=now(),
        ends_at=now() + timedelta(hours=1),
    )  # fmt: skip
    access.save()
    assert opened(colleague, file) == PDF
    EmergencyAccess.objects.update(ends_at=now())
    assert opened(colleague, file) is None

    Case.objects.filter(pk=case.pk).update(deputy=colleague.membership_id)
    assert opened(colleague, file) == PDF
    Case.objects.filter(pk=case.pk).update(deputy=None)
    assert opened(colleague, file) is None


def test_without_a_key_nothing_opens(file, owner):
    with using(Keyring()), pytest.raises(CaseworkError, match="verschlossen"):
        opened(owner, file)


def test_each_deed_leaves_one_event_without_words(file, owner):
    opened(owner, file)
    events = Event.objects.filter(verb__startswith="file:").order_by("pk")

    assert [event.verb for event in events] == ["file:keep", "file:read"]
    assert not any(
        "Zitronenfalter" in json.dumps(event.details) or "Bescheid" in str(event.details) for event in events
    )


# --- The life of a case ---


def test_a_closed_case_takes_no_more_files(case, file, owner):
    close_case(actor=owner, case=case, reason="done", result="better", after_care=False, today=TODAY)

    with pytest.raises(CaseworkError, match="beendet"):
        keep(owner, case)
    assert opened(owner, file) == PDF


def test_files_go_along_when_two_cases_become_one(owner, case, people):
    other = make_case(owner, ("Rosa Linde", "self", 1985))
    twin = other.household.people.get()
    shared, alone = keep(owner, other, TEXT), keep(owner, other, PDF, person=twin)

    merge_cases(actor=owner, case=case, other=other, same={twin.pk: people["Rosa"].pk}, today=TODAY)

    assert {one.row.pk for one in files_of(case)} == {shared.pk, alone.pk}
    moved = CaseFile.objects.get(pk=alone.pk)
    assert moved.compartment == compartment_of(case, people["Rosa"])
    assert (opened(owner, CaseFile.objects.get(pk=shared.pk)), opened(owner, moved)) == (TEXT, PDF)


def test_whoever_leaves_takes_their_own_files_and_no_others(owner, case, people):
    shared, alone = keep(owner, case, TEXT), keep(owner, case, PDF, person=people["Emil"])

    new = split_case(
        actor=owner, case=case, leaving=[people["Emil"].pk], shared=["events", "contacts", "goals", "ratings"],
        today=TODAY,
    )  # fmt: skip

    assert [one.row.pk for one in files_of(new)] == [alone.pk]
    assert [one.row.pk for one in files_of(case)] == [shared.pk]
    assert opened(owner, CaseFile.objects.get(pk=alone.pk)) == PDF


def test_what_came_stands_in_the_line(file, case):
    found = timeline(case, Span(date(2026, 1, 1), date(2026, 12, 31)), "unterlagen")

    assert [(entry.title, entry.by) for entry in found] == [("Unterlage: Brief", "Ada Test")]


def test_the_list_costs_the_same_for_two_files_and_for_twenty(case, owner, django_assert_num_queries):
    for _time in range(2):
        keep(owner, case, TEXT)
    with django_assert_num_queries(1):
        list(files_of(case))
    for _time in range(18):
        keep(owner, case, TEXT)
    with django_assert_num_queries(1):
        assert len(files_of(case)) == 20


def test_an_upload_that_breaks_off_leaves_nothing_half(case, owner):
    with as_owner() as cursor:
        cursor.execute(
            "CREATE FUNCTION no_second_piece() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN IF NEW.number = 1 THEN RAISE EXCEPTION 'power cut'; END IF; RETURN NEW; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER no_second_piece BEFORE INSERT ON casework_filechunk"
            " FOR EACH ROW EXECUTE FUNCTION no_second_piece()"
        )
    assert keep(owner, case, b"x" * storage.CHUNK).size == storage.CHUNK
    events = Event.objects.count()

    with pytest.raises(Exception, match="power cut"):
        keep(owner, case, b"x" * (storage.CHUNK + 1))

    assert (CaseFile.objects.count(), FileChunk.objects.count(), Event.objects.count()) == (1, 1, events)


@given(st.text(max_size=200), st.binary(min_size=1, max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_name_and_content_is_kept_whole_or_refused_in_words(case, owner, name, content):
    try:
        file = keep(owner, case, content, name=name)
    except CaseworkError:
        return
    assert opened(owner, file) == content
    assert CaseFile.objects.get(pk=file.pk).state == FileState.KEPT

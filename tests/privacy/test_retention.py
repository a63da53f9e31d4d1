"""What is due goes: with four eyes or by itself, at the day the period says, and leaves a protocol without names."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_actor
from tests.owner import as_owner
from tests.privacy.people import NOW, SECRETS, TODAY, make_family, make_programme, make_team
from tests.privacy.test_erasing import left_of
from tragnetz.audit.commands import chain_events, record
from tragnetz.audit.heads import sign_head
from tragnetz.audit.models import Event
from tragnetz.casework.closing.commands import close_case
from tragnetz.casework.files.commands import FileDetails, change_file, note_seen
from tragnetz.casework.models import Case, CaseFile, FileChunk
from tragnetz.clients.commands import add_contact
from tragnetz.clients.models import Contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.network.actors import of_membership
from tragnetz.network.models import Membership
from tragnetz.privacy.enums import HoldReason
from tragnetz.privacy.errors import PrivacyError
from tragnetz.privacy.models import Deletion, DeletionItem
from tragnetz.privacy.retention.commands import confirm, hold, propose, run_automatic, set_period, withdraw
from tragnetz.privacy.retention.queries import due
from tragnetz.privacy.retention.rules import CLASSES, due_from, kept_until, latest_start

# Closed on 26 November 2026: three years to the end of the year are over on 1 January 2030.
DUE = datetime(2030, 1, 1, 8, tzinfo=UTC)
EVE = datetime(2029, 12, 31, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path


@pytest.fixture
def team(network):
    return make_team(network)


@pytest.fixture
def closed(network, team):
    family = make_family(network, team)
    close_case(actor=family.counsellor, case=family.case, reason="done", result="better", after_care=False, today=TODAY)
    return family


# --- The periods ---


def test_three_years_begin_at_the_end_of_the_year():
    assert kept_until(date(2026, 3, 1), 36, year_end=True) == date(2029, 12, 31)
    assert kept_until(date(2026, 12, 31), 36, year_end=True) == date(2029, 12, 31)


def test_months_end_on_the_same_day_or_the_last_one():
    assert due_from(date(2026, 8, 31), 6, year_end=False) == date(2027, 3, 1)
    assert due_from(date(2026, 11, 26), 3, year_end=False) == date(2027, 2, 27)


@given(
    start=st.dates(date(2000, 1, 1), date(2060, 1, 1)), today=st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    months=st.integers(1, 120), year_end=st.booleans(),
)  # fmt: skip
def test_the_query_asks_for_exactly_what_is_due(start, today, months, year_end):
    is_due = due_from(start, months, year_end=year_end) <= today

    assert (start <= latest_start(today, months, year_end=year_end)) == is_due


# --- Papers ---


def test_files_are_due_a_month_after_their_day_or_the_end_of_the_case(network, team):
    family = make_family(network, team)
    organisation, actor = family.case.organisation_id, family.counsellor
    first, second = CaseFile.objects.filter(case=family.case).order_by("request_key")
    seen = note_seen(
        actor=actor, case=family.case, paper="other", note="", seen_on=TODAY, request_key="s" * 32, now=NOW
    )
    details = FileDetails("letter", "", "decision", TODAY + timedelta(days=5))
    change_file(actor=actor, file=first, details=details, now=NOW)

    def found(on):
        return [(one.object_id, one.due_on) for one in due(network, organisation, "file", on)]

    assert found(date(2026, 12, 31)) == []
    assert found(date(2027, 1, 1)) == []
    assert found(date(2027, 1, 2)) == [(first.pk, date(2027, 1, 2))]
    close_case(actor=actor, case=family.case, reason="done", result="better", after_care=False, today=TODAY)
    assert found(date(2027, 1, 2)) == [(second.pk, date(2026, 12, 27)), (first.pk, date(2027, 1, 2))]

    at = datetime(2027, 1, 2, 8, tzinfo=UTC)
    made = propose(actor=team["lead"], key="file", ids=[first.pk, second.pk], now=at)
    confirm(actor=team["dpo"], deletion_id=made.pk, now=at)

    assert list(CaseFile.objects.filter(case=family.case)) == [seen]
    assert not FileChunk.objects.filter(file__case=family.case).exists()
    assert Deletion.objects.get().counts == {"file": 2}


# --- Four eyes ---


def test_a_file_is_due_on_the_first_day_after_its_period(network, team, closed):
    organisation = closed.case.organisation_id

    assert due(network, organisation, "case", EVE.date()) == []
    found = due(network, organisation, "case", DUE.date())
    assert [(one.object_id, one.began_on, one.due_on) for one in found] == [(closed.case.pk, TODAY, DUE.date())]


def test_a_second_person_confirms_and_the_protocol_names_nobody(network, team, closed):
    proposed = propose(actor=team["lead"], key="case", ids=[closed.case.pk], now=DUE)
    assert due(network, closed.case.organisation_id, "case", DUE.date()) == []  # nobody proposes it twice

    with pytest.raises(PrivacyError, match="Eine zweite Person"):
        confirm(actor=team["lead"], deletion_id=proposed.pk, now=DUE)
    assert Case.objects.exists()
    done = confirm(actor=team["dpo"], deletion_id=proposed.pk, now=DUE)

    assert left_of(SECRETS) == []
    assert (done.state, done.records, done.counts["case"], done.counts["note"]) == ("done", 1, 1, 2)
    assert done.proposed_by_id == team["lead"].membership_id
    assert done.confirmed_by_id == team["dpo"].membership_id
    assert not DeletionItem.objects.exists()
    assert str(closed.case.pk) not in str(Deletion.objects.values())
    with pytest.raises(PrivacyError, match="schon entschieden"):
        confirm(actor=team["dpo"], deletion_id=proposed.pk, now=DUE)


def test_the_database_refuses_that_one_person_is_both(network, team, closed):
    proposed = propose(actor=team["lead"], key="case", ids=[closed.case.pk], now=DUE)

    with pytest.raises(IntegrityError, match="nobody_confirms_their_own"), transaction.atomic():
        Deletion.objects.filter(pk=proposed.pk).update(confirmed_by=team["lead"].membership_id)


def test_a_case_that_was_taken_up_again_meanwhile_stays(network, team, closed):
    proposed = propose(actor=team["lead"], key="case", ids=[closed.case.pk], now=DUE)
    Case.objects.update(state="open", closed_on=None)

    done = confirm(actor=team["dpo"], deletion_id=proposed.pk, now=DUE)

    assert (done.records, done.counts) == (0, {})
    assert Case.objects.exists()


def test_a_proposal_can_be_taken_back(network, team, closed):
    proposed = propose(actor=team["lead"], key="case", ids=[closed.case.pk], now=DUE)

    withdraw(actor=team["dpo"], deletion_id=proposed.pk, now=DUE)

    assert [one.object_id for one in due(network, closed.case.organisation_id, "case", DUE.date())] == [closed.case.pk]


def test_what_is_held_is_not_due_until_then(network, team, closed):
    until = DUE.date() + timedelta(days=400)
    hold(
        actor=team["lead"], key="case", object_id=closed.case.pk, reason=HoldReason.CLAIMS, until=until,
        today=DUE.date(),
    )  # fmt: skip

    organisation = closed.case.organisation_id
    assert due(network, organisation, "case", until) == []
    assert len(due(network, organisation, "case", until + timedelta(days=1))) == 1


@pytest.mark.parametrize("days", [0, -1, 1200])
def test_a_hold_has_an_end_in_reach(network, team, closed, days):
    with pytest.raises(PrivacyError, match="drei Jahren"):
        hold(
            actor=team["lead"], key="case", object_id=closed.case.pk, reason=HoldReason.CLAIMS,
            until=DUE.date() + timedelta(days=days), today=DUE.date(),
        )  # fmt: skip


@pytest.mark.parametrize("role", ["counsellor", "foreign", "intake"])
def test_others_neither_propose_nor_confirm(network, team, closed, role):
    actor = team.get(role) or make_actor(
        network, "beta" if role == "foreign" else "alpha", "lead" if role == "foreign" else role, name="Xaver"
    )
    proposed = propose(actor=team["lead"], key="case", ids=[closed.case.pk], now=DUE)

    with pytest.raises(PrivacyError):
        confirm(actor=actor, deletion_id=proposed.pk, now=DUE)
    withdraw(actor=team["lead"], deletion_id=proposed.pk, now=DUE)
    with pytest.raises(PrivacyError):
        propose(actor=actor, key="case", ids=[closed.case.pk], now=DUE)
    assert Case.objects.exists()


# --- Funders ---


def test_a_funded_file_leaves_its_proof_and_that_goes_when_its_own_time_is_over(network, team):
    family = make_family(network, team, programme=make_programme(network, ends=date(2027, 8, 31)))
    close_case(actor=family.counsellor, case=family.case, reason="done", result="better", after_care=False, today=TODAY)
    proposed = propose(actor=team["lead"], key="case", ids=[family.case.pk], now=DUE)
    confirm(actor=team["dpo"], deletion_id=proposed.pk, now=DUE)
    assert left_of(SECRETS) == ["Rosa", "Geheimrat"]

    organisation = family.case.organisation_id
    assert due(network, organisation, "case", date(2050, 1, 1)) == []
    assert due(network, organisation, "funder", date(2032, 12, 31)) == []
    later = datetime(2033, 1, 1, 8, tzinfo=UTC)
    proposed = propose(actor=team["dpo"], key="funder", ids=[family.case.pk], now=later)
    confirm(actor=team["lead"], deletion_id=proposed.pk, now=later)

    assert left_of(SECRETS) == []


# --- By itself ---


def test_an_enquiry_without_a_case_goes_by_itself_half_a_year_after_the_last_contact(network, team):
    details = ContactDetails(name="Rosa Geheimrat", phone="0170 1234567")
    contact = add_contact(actor=team["lead"], organisation_id=team["lead"].organisation_id, details=details)
    Contact.objects.filter(pk=contact.pk).update(created_at=NOW)

    assert run_automatic(network=network, now=datetime(2027, 5, 26, 8, tzinfo=UTC)) == 0
    assert run_automatic(network=network, now=datetime(2027, 5, 27, 8, tzinfo=UTC)) == 1

    assert left_of(["Rosa", "1701234567"]) == []
    done = Deletion.objects.get()
    assert (done.key, done.records, done.proposed_by, done.counts) == (
        "enquiry",
        1,
        None,
        {"contact": 1, "name_entry": 1},
    )


def test_whoever_still_waits_for_us_is_not_forgotten(network, team):
    family = make_family(network, team)  # with an open case, a promised call and a place on the list
    later = datetime(2035, 1, 1, 8, tzinfo=UTC)

    assert due(network, family.case.organisation_id, "enquiry", later.date()) == []
    Case.objects.all().delete()
    assert due(network, family.case.organisation_id, "enquiry", later.date()) == []


def test_a_file_never_goes_by_itself_unless_the_organisation_decided_so(network, team, closed):
    run_automatic(network=network, now=DUE)
    assert Case.objects.exists()

    set_period(actor=team["lead"], key="case", months=36, automatic=True, today=TODAY)
    run_automatic(network=network, now=DUE)

    assert not Case.objects.exists()


def test_another_organisation_decides_for_itself(network, team, closed):
    beta = make_actor(network, "beta", "lead", name="Bea")

    set_period(actor=beta, key="case", months=12, automatic=True, today=TODAY)

    assert due(network, closed.case.organisation_id, "case", EVE.date()) == []


@pytest.mark.parametrize(("key", "months"), [("case", 11), ("case", 121), ("takeaway", 3), ("frame", 3)])
def test_a_period_out_of_bounds_is_refused(network, team, key, months):
    with pytest.raises(PrivacyError):
        set_period(actor=team["lead"], key=key, months=months, automatic=False, today=TODAY)


def test_old_events_go_by_themselves_and_the_protocol_says_how_many(network, team):
    long_ago = NOW - timedelta(days=1000)
    made = [record(team["lead"], "cases:read") for _ in range(3)]
    with as_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_event SET at = %s", [long_ago])
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")
    chain_events(network)
    sign_head(network=network, now=long_ago + timedelta(days=1))

    run_automatic(network=network, now=NOW)

    assert not Event.objects.filter(pk__in=[event.pk for event in made]).exists()
    assert Deletion.objects.get(key="audit").counts == {"event": 3}


def test_who_left_the_organisation_confirms_nothing(network, team, closed):
    proposed = propose(actor=team["lead"], key="case", ids=[closed.case.pk], now=DUE)
    member = Membership.objects.get(pk=team["dpo"].membership_id)
    member.roles = ["counsellor"]
    member.save()

    with pytest.raises(PrivacyError):
        confirm(actor=of_membership(member, network), deletion_id=proposed.pk, now=DUE)


# (months, days, by itself, from the end of the year, at least, at most, part of the program): docs/privacy.md.
KEPT = {
    "enquiry": (6, 0, True, False, 1, 12, False), "waiting": (3, 0, True, False, 1, 12, False),
    "case": (36, 0, False, True, 12, 120, False), "file": (1, 0, False, False, 1, 12, False),
    "funder": (60, 0, False, True, 60, 180, False), "rights": (36, 0, True, True, 12, 60, False),
    "interpreter": (36, 0, True, True, 12, 120, False), "audit": (24, 0, True, False, 12, 36, False),
    "message": (0, 30, True, False, 1, 120, True), "remark": (0, 90, True, False, 1, 120, True),
    "takeaway": (0, 30, True, False, 1, 120, True),
}  # fmt: skip


def test_how_long_is_kept_stands_in_two_places():
    """Whoever changes a period changes it here as well, and knows that it is one."""
    assert {
        key: (one.months, one.days, one.automatic, one.year_end, one.least, one.most, one.fixed)
        for key, one in CLASSES.items()
    } == KEPT


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(1, 120), st.booleans())
def test_the_latest_start_is_due_and_the_day_after_it_is_not(day, months, year_end):
    latest = latest_start(day, months, year_end=year_end)
    assert (
        due_from(latest, months, year_end=year_end)
        <= day
        < due_from(latest + timedelta(days=1), months, year_end=year_end)
    )

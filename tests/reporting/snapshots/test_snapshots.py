"""Fixed figures stay, and say when somebody altered them."""

from datetime import date

import pytest
from django.db import InternalError, connection, transaction

from tests.factories import make_actor
from tests.owner import as_owner
from tests.privacy.people import make_family
from tests.reporting.conftest import TOLD, make_case, make_programme, take_in
from tests.reporting.exports.test_files import ORIGIN
from tests.reporting.snapshots.conftest import FIRST, invented
from tragnetz.audit.models import Event
from tragnetz.audit.rules import START, link
from tragnetz.casework.models import Case
from tragnetz.core.clock import now
from tragnetz.network.models import Organisation
from tragnetz.privacy.erasing import erase
from tragnetz.privacy.subjects import subject_of_case
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.exports.columns import columns_of
from tragnetz.reporting.exports.files import KINDS
from tragnetz.reporting.exports.tables import behind, tables_of
from tragnetz.reporting.models import Participation, Snapshot, SnapshotRow
from tragnetz.reporting.participation.commands import answer, leave
from tragnetz.reporting.participation.joining import withdraw
from tragnetz.reporting.snapshots.access import cases_behind, visible_snapshots
from tragnetz.reporting.snapshots.changes import ChangeKind, changes_since
from tragnetz.reporting.snapshots.commands import fix
from tragnetz.reporting.snapshots.erasing import erase_rows
from tragnetz.reporting.snapshots.queries import rows_behind
from tragnetz.reporting.snapshots.report import report_of
from tragnetz.reporting.snapshots.rows import fixed, live
from tragnetz.reporting.snapshots.verify import verify_snapshots

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 6, 30)


@pytest.fixture
def manager(network):
    return make_actor(network, "beta", "programme", name="Silke")


def fixed_now(manager, programme, key="1", last=UNTIL):
    return fix(actor=manager, programme=programme, first=FIRST, last=last, request_key=key)


def tamper(sql, *values):
    """Change what the database refuses to change, as somebody with its password could."""
    with as_owner() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_figures_of_a_snapshot_are_those_of_the_day_it_was_made(owner, manager, programme):
    invented(owner, programme, 12)
    before = report_of(live(programme, FIRST, UNTIL))
    snapshot = fixed_now(manager, programme)
    assert report_of(fixed(snapshot)).cells == before.cells

    take_in(owner, make_case(owner, name="Kim Ulm"), programme)
    assert report_of(fixed(snapshot)).cells == before.cells != report_of(live(programme, FIRST, UNTIL)).cells
    assert list(verify_snapshots()) == []


def test_the_same_request_is_one_snapshot_with_one_event(owner, case, manager, programme):
    take_in(owner, case, programme)
    assert fixed_now(manager, programme) == fixed_now(manager, programme)
    event = Event.objects.get(verb="snapshot:make")
    assert event.details["chain"] == Snapshot.objects.get().chain


def test_snapshots_hang_on_each_other(owner, case, manager, programme):
    take_in(owner, case, programme)
    first, second = fixed_now(manager, programme), fixed_now(manager, programme, "2")
    assert (first.number, second.number, second.previous) == (1, 2, first.chain)
    assert second.rows_sha == first.rows_sha


@pytest.mark.parametrize("deed", ["UPDATE reporting_snapshotrow SET gender = 'm'", "DELETE FROM reporting_snapshotrow",
                                  "UPDATE reporting_snapshot SET rows = 0", "DELETE FROM reporting_snapshot"])  # fmt: skip
def test_the_database_refuses_to_alter_what_is_fixed(owner, case, manager, programme, deed):
    take_in(owner, case, programme)
    fixed_now(manager, programme)
    with pytest.raises(InternalError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("UPDATE reporting_snapshotrow SET gender = 'm'", (1, "rows changed")),
        ("UPDATE reporting_snapshot SET last = last + 1 WHERE number = 1", (1, "head changed")),
        ("UPDATE reporting_snapshot SET previous = repeat('1', 64) WHERE number = 2", (2, "head changed")),
        ("UPDATE reporting_snapshot SET counting = '{}' WHERE number = 2", (2, "head changed")),
    ],
)
def test_what_was_altered_is_found(owner, case, manager, programme, sql, fault):
    take_in(owner, case, programme)
    fixed_now(manager, programme)
    fixed_now(manager, programme, "2")
    tamper(sql)
    assert fault in list(verify_snapshots())


def test_a_snapshot_that_was_removed_is_missed(owner, case, manager, programme):
    take_in(owner, case, programme)
    gone = fixed_now(manager, programme)
    fixed_now(manager, programme, "2")
    tamper("DELETE FROM reporting_snapshotrow WHERE snapshot_id = %s", gone.pk)
    tamper("DELETE FROM reporting_snapshot WHERE id = %s", gone.pk)
    assert (1, "removed") in list(verify_snapshots())


def test_late_entries_and_corrections_are_told(owner, case, manager, programme):
    stays = take_in(owner, case, programme)
    mended = take_in(owner, make_case(owner, name="Kim Ulm"), programme)
    snapshot = fixed_now(manager, programme)
    assert changes_since(snapshot) == (0, [])

    answer(actor=owner, participation=mended, moment="entry", told=TOLD | {"gender": "d"}, told_on=date(2026, 7, 1))
    late = take_in(owner, make_case(owner, name="Lou Ulm"), programme)
    take_in(owner, make_case(owner, name="Max Ulm"), programme, entered_on=date(2026, 7, 1))
    number, found = changes_since(snapshot)
    kinds = {one.pseudonym: (one.kind, one.fields) for one in found}

    assert (number, stays.pseudonym in kinds) == (2, False)
    assert kinds[late.pseudonym] == (ChangeKind.LATE, ())
    assert kinds[mended.pseudonym] == (ChangeKind.CHANGED, ("gender", "answers"))


def test_old_figures_stay_whatever_happens_to_the_people(network, tmp_path, settings):
    settings.TRAGNETZ_VAR = tmp_path
    family = make_family(network, own_part=False)
    owner, programme = family.lead, make_programme(network, terms={"retention_years": 5})
    erased = take_in(owner, family.case, programme)
    gone, mended = (take_in(owner, make_case(owner, name=f"{name} Ulm"), programme) for name in ("Kim", "Max"))
    restricted = take_in(owner, make_case(owner, name="Lou Ulm"), programme)
    manager = make_actor(network, "alpha", "programme", name="Silke")
    snapshot = fixed_now(manager, programme)
    before, file = report_of(fixed(snapshot)).cells, KINDS["teilnahmen-csv"].make(fixed(snapshot), ORIGIN)

    erase(actor=owner, subject=subject_of_case(family.case), now=now(), keep_proof=False)
    withdraw(actor=owner, participation=gone, today=date(2026, 7, 1))
    answer(actor=owner, participation=mended, moment="entry", told=TOLD | {"gender": "d"}, told_on=date(2026, 7, 1))
    Case.objects.filter(pk=restricted.case_id).update(restricted_on=date(2026, 7, 1))
    take_in(owner, make_case(owner, name="Ada Ulm"), programme)

    assert not Participation.objects.filter(pk=erased.pk, person__isnull=False).exists()
    assert report_of(fixed(snapshot)).cells == before != report_of(live(programme, FIRST, UNTIL)).cells
    assert KINDS["teilnahmen-csv"].make(fixed(snapshot), ORIGIN) == file
    assert list(verify_snapshots()) == []
    kinds = {one.pseudonym: one.kind for one in changes_since(snapshot)[1]}
    assert (kinds[gone.pseudonym], kinds[mended.pseudonym]) == (ChangeKind.WITHDRAWN, ChangeKind.CHANGED)
    assert restricted.pseudonym not in kinds  # only kept, and still counted


def test_old_figures_keep_the_funding_line_of_their_day(owner, case, manager, programme):
    row = take_in(owner, case, programme)
    leave(actor=owner, participation=row, left_on=date(2026, 5, 1), leaving="regular")
    snapshot = fixed_now(manager, programme)
    before = tables_of(report_of(fixed(snapshot)))
    programme.line, programme.terms, programme.target = "esf-2014", {"indicators": ["CO01"]}, {"total": 5}
    programme.save()
    snapshot.refresh_from_db()

    assert tables_of(report_of(fixed(snapshot))) == before != tables_of(report_of(live(programme, FIRST, UNTIL)))
    assert "third_country" in [one.key for one in columns_of(fixed(snapshot))]
    assert list(verify_snapshots()) == []


def test_figures_from_before_the_line_was_kept_are_verified_as_they_were(owner, case, manager, programme):
    take_in(owner, case, programme)
    snapshot = fixed_now(manager, programme)
    of_then = {"number": 1, "programme": "filou", "first": "2026-01-01", "last": "2026-06-30", "rows": 1}
    chain = link(START, of_then | {"rows_sha": snapshot.rows_sha})
    tamper("UPDATE reporting_snapshot SET counting = '{}', chain = %s", chain)

    assert list(verify_snapshots()) == []
    assert report_of(fixed(Snapshot.objects.get())).of("persons") == 1


@pytest.mark.parametrize("line", ["esf-plus", "esf-2014"])
def test_each_number_opens_to_what_it_counts(network, owner, manager, line):
    programme = make_programme(network, "bqb", line=line, target={"total": 50, "persons": 70, "families": 20})
    invented(owner, programme, 30)
    for number, row in enumerate(Participation.objects.order_by("pk")):
        row.children = number % 3
        row.save()
    snapshot = fixed_now(manager, programme, last=date(2026, 11, 1))
    report = report_of(fixed(snapshot))
    figures = [one for table in tables_of(report) for row in table.rows for one in row.figures if one.counted]

    opened = {one.counted: sum(map(one.counted.amount, rows_behind(snapshot, one.counted))) for one in figures}

    assert opened == {
        one.counted: report.of("minutes") if one.counted.measure == "minutes" else one.number for one in figures
    }
    assert {one.measure for one, number in opened.items() if number} == {
        "persons", "households", "families", "children", "incomplete", "contacts", "minutes", "code", "base", "told",
        "left", "late", "untold", "ever",
    }  # fmt: skip
    assert [behind(report, one.counted)[1].number for one in figures] == [one.number for one in figures]


def test_fixed_rows_name_nobody(owner, manager, programme):
    case = make_case(owner, name="Geheimnis Quitte")
    take_in(owner, case, programme, born=date(1988, 5, 4), age=None)
    fixed_now(manager, programme)
    row = str(SnapshotRow.objects.values_list().get())

    assert case.household.people.get().name == "Geheimnis Quitte"
    assert not [secret for secret in ("Geheimnis", "Quitte", "1988", str(case.pk)) if secret in row]


def test_a_pseudonym_leads_to_a_case_only_for_who_works_on_it(owner, case, manager, programme):
    row = take_in(owner, case, programme)
    assert cases_behind(owner, [row.pseudonym]) == {row.pseudonym: str(case.pk)}
    assert cases_behind(manager, [row.pseudonym]) == {}


def test_only_management_of_a_project_fixes_its_figures(network, owner, manager, programme):
    with pytest.raises(ReportingError, match="nicht zu Ihren Aufgaben"):
        fixed_now(owner, programme)
    snapshot = fixed_now(manager, programme)
    assert list(visible_snapshots(manager)) == [snapshot]
    assert list(visible_snapshots(owner)) == []
    programme.organisations.set(Organisation.objects.filter(key="alpha"))
    assert list(visible_snapshots(manager)) == []
    with pytest.raises(ReportingError, match="nicht beteiligt"):
        fixed_now(manager, programme, "2")


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        (date(2026, 2, 1), date(2026, 1, 1), "vor dem Beginn"),
        (date(2026, 2, 1), date(2099, 1, 1), "in der Zukunft"),
        (date(2024, 1, 1), date(2024, 12, 31), r"vom 01\.01\.2026"),
    ],
)
def test_a_period_that_cannot_be_counted_is_refused(manager, programme, first, last, message):
    with pytest.raises(ReportingError, match=message):
        fix(actor=manager, programme=programme, first=first, last=last, request_key="1")


def test_rows_go_after_their_time_and_the_chain_stays(owner, case, manager, programme):
    take_in(owner, case, programme)
    gone, stays = fixed_now(manager, programme), fixed_now(manager, programme, "2")
    with pytest.raises(ReportingError, match=r"bleiben mindestens bis zum 31\.12\.2033"):
        erase_rows(actor=manager, snapshot=gone, today=date(2040, 1, 1))  # no last payment is known
    programme.terms = programme.terms | {"last_payment_on": "2029-03-01"}
    programme.save()
    with pytest.raises(ReportingError, match=r"31\.12\.2034"):
        erase_rows(actor=manager, snapshot=gone, today=date(2034, 12, 31))
    with pytest.raises(ReportingError, match="nicht zu Ihren Aufgaben"):
        erase_rows(actor=owner, snapshot=gone, today=date(2035, 1, 1))

    for _twice in range(2):
        erase_rows(actor=manager, snapshot=gone, today=date(2035, 1, 1))
    gone.refresh_from_db()

    assert (gone.erased_on, gone.participations.count(), stays.participations.count()) == (date(2035, 1, 1), 0, 1)
    assert Event.objects.get(verb="snapshot:erase").details["rows"] == 1
    assert list(verify_snapshots()) == []


@pytest.mark.parametrize(
    "deed",
    ["UPDATE reporting_snapshot SET erased_on = NULL", "UPDATE reporting_snapshot SET erased_on = '2035-01-02'",
     "UPDATE reporting_snapshot SET rows = 0", "DELETE FROM reporting_snapshot"],
)  # fmt: skip
def test_what_is_erased_cannot_be_altered_either(owner, case, manager, programme, deed):
    take_in(owner, case, programme)
    programme.terms = programme.terms | {"last_payment_on": "2029-03-01"}
    programme.save()
    erase_rows(actor=manager, snapshot=fixed_now(manager, programme), today=date(2035, 1, 1))
    with pytest.raises(InternalError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)


def test_rows_that_come_back_after_the_end_are_found(owner, case, manager, programme):
    take_in(owner, case, programme)
    programme.terms = programme.terms | {"last_payment_on": "2029-03-01"}
    programme.save()
    row = fixed_now(manager, programme)
    tamper("UPDATE reporting_snapshot SET erased_on = '2035-01-01'")
    assert (row.number, "rows left over") in list(verify_snapshots())

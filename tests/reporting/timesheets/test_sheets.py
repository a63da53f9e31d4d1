"""From contacts to an approved sheet."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tests.reporting.conftest import make_programme, take_in
from tragnetz.appointments.models import Absence, Booking, Group, Session
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.models import Case, CaseContact
from tragnetz.core.ids import new_id
from tragnetz.network.models import Membership, Organisation, Programme
from tragnetz.reporting.timesheets.commands import (
    add_line,
    approve,
    begin_sheet,
    change_line,
    correct,
    draft_again,
    give_back,
    sign,
)
from tragnetz.reporting.timesheets.enums import Activity, SheetState
from tragnetz.reporting.timesheets.errors import TimeSheetError
from tragnetz.reporting.timesheets.models import TimeSheet
from tragnetz.reporting.timesheets.queries import (
    handed_in,
    months_due,
    pressing,
    project_hours,
    sheet_of,
    sheet_view,
)
from tragnetz.reporting.timesheets.rules import Line
from tragnetz.reporting.timesheets.sharing import ShareDetails, agree_share, end_share

pytestmark = pytest.mark.django_db
JUNE, TODAY = date(2026, 6, 1), date(2026, 7, 3)
NOW = datetime(2026, 7, 3, 10, tzinfo=UTC)
NINTH = date(2026, 6, 9)


@pytest.fixture
def owner(network, lead, programme):
    actor = make_actor(network, "alpha", "counsellor", name="Ada")
    give_share(lead, actor, programme)
    return actor


def give_share(lead, actor, programme, percent=50, **given):
    details = ShareDetails(programme, percent, 2340, date(2026, 1, 1), **{"keeps_sheet": True} | given)
    return agree_share(actor=lead, membership=Membership.objects.get(pk=actor.membership_id), details=details)


def met(owner, case, *, minutes=45, kind="phone", day=NINTH):
    CaseContact(
        network=owner.network, case=case, compartment=compartment_of(case), author_id=owner.membership_id, kind=kind,
        held_on=day, minutes=minutes, participants=["person"], idempotency_key=new_id().hex,
    ).save()  # fmt: skip


def lines(sheet):
    return [
        (row.day.day, row.programme.key if row.programme else "", row.activity, row.minutes)
        for row in sheet.lines.select_related("programme").order_by("day", "activity", "programme__key")
        if row.activity != Activity.ABSENT
    ]


def june(owner):
    return begin_sheet(actor=owner, month=JUNE, today=TODAY)


def signed(owner):
    sheet = june(owner)
    add_line(actor=owner, sheet=sheet, line=Line(NINTH, "", Activity.TEAM, 60))
    return sign(actor=owner, sheet=sheet, today=TODAY, now=NOW)


def test_contacts_count_for_the_project_in_which_people_take_part(owner, programme):
    inside, outside = make_case(owner), make_case(owner, name="Kim Ulm")
    take_in(owner, inside, programme)
    met(owner, inside)
    met(owner, inside, minutes=15)
    met(owner, inside, minutes=20, kind="alone")
    met(owner, outside, minutes=30)

    assert sorted(lines(june(owner))) == [(9, "", "talk", 30), (9, "filou", "case_work", 20), (9, "filou", "talk", 60)]


def test_before_the_entry_a_contact_is_other_work(owner, programme):
    case = make_case(owner)
    take_in(owner, case, programme, entered_on=date(2026, 6, 10))
    met(owner, case)
    assert lines(june(owner)) == [(9, "", "talk", 45)]


def test_a_talk_counts_once_whether_or_not_somebody_wrote_it_down(owner, programme):
    written, bare = make_case(owner), make_case(owner, name="Kim Ulm")
    for case in (written, bare):
        take_in(owner, case, programme)
        start = datetime(2026, 6, 9, 8, tzinfo=UTC) + timedelta(hours=2 * (case == bare))
        Booking(
            network=owner.network, membership_id=owner.membership_id, contact=case.contact, starts_at=start,
            ends_at=start + timedelta(hours=1), kind="phone", topic="work", state="attended", code_hash=new_id().hex,
            idempotency_key=new_id().hex,
        ).save()  # fmt: skip
    met(owner, written, minutes=50)

    assert lines(june(owner)) == [(9, "filou", "talk", 110)]


def test_a_group_of_a_project_counts_for_it(owner, programme):
    group = Group(
        network=owner.network, organisation_id=owner.organisation_id, programme=programme, key="kurs",
        title={"de": "Kurs"}, places=5,
    )  # fmt: skip
    group.save()
    start = datetime(2026, 6, 30, 21, tzinfo=UTC)  # 23:00 in Herne: still June
    Session(
        network=owner.network, group=group, leader_id=owner.membership_id, starts_at=start,
        ends_at=start + timedelta(minutes=30),
    ).save()  # fmt: skip
    assert lines(june(owner)) == [(30, "filou", "group", 30)]


def test_holidays_and_absences_are_absence(owner):
    Absence(
        network=owner.network, membership_id=owner.membership_id, kind="vacation",
        starts_at=datetime(2026, 6, 8, tzinfo=UTC), ends_at=datetime(2026, 6, 10, tzinfo=UTC),
    ).save()  # fmt: skip
    absent = [row.day.day for row in june(owner).lines.all() if row.activity == Activity.ABSENT]
    assert absent == [4, 8, 9, 10]  # Corpus Christi in NRW; the absence ends at two in the morning of the tenth


def test_a_new_draft_keeps_what_somebody_typed(owner, programme):
    case = make_case(owner)
    take_in(owner, case, programme)
    met(owner, case)
    sheet = june(owner)
    add_line(actor=owner, sheet=sheet, line=Line(NINTH, "filou", Activity.ADMIN, 90))
    mended = sheet.lines.get(activity=Activity.TALK)
    change_line(actor=owner, sheet=sheet, line_id=mended.pk, minutes=50)
    met(owner, case, day=date(2026, 6, 11))

    draft_again(actor=owner, sheet=sheet)
    assert lines(sheet) == [(9, "filou", "admin", 90), (9, "filou", "talk", 50), (11, "filou", "talk", 45)]


def test_the_sums_stand_beside_what_the_project_pays(owner):
    sheet = june(owner)
    add_line(actor=owner, sheet=sheet, line=Line(NINTH, "filou", Activity.ADMIN, 90))
    add_line(actor=owner, sheet=sheet, line=Line(NINTH, "", Activity.TEAM, 30))
    view = sheet_view(sheet)

    assert [(one.programme and one.programme.key, one.minutes, one.expected) for one in view.sums] == [
        ("filou", 90, 22 * 234), (None, 30, None),
    ]  # fmt: skip
    assert (view.minutes, view.absent) == (120, 468)


def test_what_is_signed_cannot_be_changed(owner):
    sheet = signed(owner)
    for change in (
        lambda: add_line(actor=owner, sheet=sheet, line=Line(NINTH, "", Activity.TEAM, 60)),
        lambda: change_line(actor=owner, sheet=sheet, line_id=sheet.lines.all()[0].pk, minutes=0),
        lambda: draft_again(actor=owner, sheet=sheet),
    ):
        with pytest.raises(TimeSheetError, match="unterschrieben"):
            change()


def test_a_month_is_signed_when_it_is_over_and_has_hours(owner):
    with pytest.raises(TimeSheetError, match="noch nicht begonnen"):
        begin_sheet(actor=owner, month=date(2026, 8, 1), today=TODAY)
    july = begin_sheet(actor=owner, month=date(2026, 7, 1), today=TODAY)
    with pytest.raises(TimeSheetError, match="noch nicht vorbei"):
        sign(actor=owner, sheet=july, today=TODAY, now=NOW)
    with pytest.raises(TimeSheetError, match="noch leer"):
        sign(actor=owner, sheet=july, today=date(2026, 8, 1), now=NOW)


def test_a_day_of_more_than_24_hours_is_not_signed(owner):
    sheet = june(owner)
    for activity in (Activity.TEAM, Activity.ADMIN):
        add_line(actor=owner, sheet=sheet, line=Line(NINTH, "", activity, 800))
    with pytest.raises(TimeSheetError, match=r"Am 09\.06\.2026 stehen mehr als 24 Stunden"):
        sign(actor=owner, sheet=sheet, today=TODAY, now=NOW)


def test_a_lead_approves_what_was_signed_and_sees_no_draft(owner, lead):
    sheet = june(owner)
    assert sheet_of(lead, sheet.pk) is None
    assert sheet_of(owner, sheet.pk) == sheet  # the owner sees it
    with pytest.raises(TimeSheetError, match="gibt es nicht"):
        approve(actor=lead, sheet=sheet, now=NOW)

    sheet = signed(owner)
    assert list(handed_in(lead)) == [sheet]
    assert approve(actor=lead, sheet=sheet, now=NOW).state == SheetState.APPROVED
    assert list(handed_in(lead)) == []


def test_a_sheet_that_is_given_back_says_why_and_is_signed_again(owner, lead):
    sheet = signed(owner)
    with pytest.raises(TimeSheetError, match="was zu ändern ist"):
        give_back(actor=lead, sheet=sheet, reason=" ")
    back = give_back(actor=lead, sheet=sheet, reason="Der 9. fehlt.")

    assert (back.state, back.returned, back.signed_at) == (SheetState.RETURNED, "Der 9. fehlt.", None)
    assert sign(actor=owner, sheet=back, today=TODAY, now=NOW).returned == ""


def test_nobody_approves_their_own_hours(network, lead, programme):
    give_share(lead, lead, programme)
    sheet = signed(lead)
    with pytest.raises(TimeSheetError, match="jemand anderes"):
        approve(actor=lead, sheet=sheet, now=NOW)
    with pytest.raises(IntegrityError, match="nobody_approves_their_own_sheet"), transaction.atomic():
        TimeSheet.objects.filter(pk=sheet.pk).update(
            state=SheetState.APPROVED, approved_at=NOW, approved_by=lead.membership_id
        )
    done = approve(actor=lead, sheet=sheet, now=NOW, on_paper_by="Frau Stein, Geschäftsführung")
    assert (done.approved_by, done.paper_approver) == (None, "Frau Stein, Geschäftsführung")


def test_a_correction_replaces_the_approved_sheet_only_when_it_is_approved(owner, lead):
    first = approve(actor=lead, sheet=signed(owner), now=NOW)
    second = correct(actor=owner, sheet=first, reason="Der 9. war länger")
    assert correct(actor=owner, sheet=first, reason="noch einmal") == second
    assert [one[3] for one in lines(second)] == [60]

    first.refresh_from_db()
    assert (first.state, second.version) == (SheetState.APPROVED, 2)
    sign(actor=owner, sheet=second, today=TODAY, now=NOW)
    approve(actor=lead, sheet=second, now=NOW)
    first.refresh_from_db()
    assert first.state == SheetState.REPLACED


def test_a_colleague_and_a_stranger_see_no_sheet(network, owner):
    sheet = signed(owner)
    for actor in (
        make_actor(network, "alpha", "counsellor", name="Bea"), make_actor(network, "beta", "lead", name="Fred"),
        make_actor(network, "alpha", "programme", name="Silke"), make_actor(network, "alpha", "dpo", name="Otto"),
    ):  # fmt: skip
        assert sheet_of(actor, sheet.pk) is None


def test_a_share_of_somebody_else_s_team_or_of_too_much_is_refused(network, owner, lead, programme):
    with pytest.raises(TimeSheetError, match="mehr als 100"):
        give_share(lead, owner, programme, percent=51)
    fred = make_actor(network, "beta", "lead", name="Fred")
    with pytest.raises(TimeSheetError, match="Ihrem Team"):
        give_share(fred, owner, programme)
    other = make_programme(network, "gut")
    other.organisations.set(Organisation.objects.filter(key="beta"))
    with pytest.raises(TimeSheetError, match="nicht beteiligt"):
        give_share(lead, owner, other, percent=10)


def test_who_keeps_no_sheets_has_none(network, lead, programme):
    bea = make_actor(network, "alpha", "counsellor", name="Bea")
    give_share(lead, bea, programme, keeps_sheet=False)
    with pytest.raises(TimeSheetError, match="kein Stundennachweis vereinbart"):
        june(bea)


def test_an_ended_share_pays_no_further_day(owner, lead):
    share = Membership.objects.get(pk=owner.membership_id).project_shares.get()
    end_share(actor=lead, share=share, ends=date(2026, 6, 8))
    sheet = june(owner)
    with pytest.raises(TimeSheetError, match="keinen Teil Ihrer Stelle"):
        add_line(actor=owner, sheet=sheet, line=Line(NINTH, "filou", Activity.ADMIN, 60))
    assert months_due(owner, TODAY)[0] == date(2026, 5, 1)
    with pytest.raises(TimeSheetError, match="endet schon früher"):
        end_share(actor=lead, share=share, ends=date(2026, 6, 9))


def test_the_day_page_asks_for_last_month_until_it_is_signed(owner, lead):
    assert pressing(owner, TODAY).month == JUNE
    signed(owner)
    assert pressing(owner, TODAY).month is None
    assert pressing(lead, TODAY).to_approve == 1


def test_hours_of_a_project_are_sums_of_what_was_approved(network, owner, lead):
    manager = make_actor(network, "beta", "programme", name="Silke")
    sheet = june(owner)
    add_line(actor=owner, sheet=sheet, line=Line(NINTH, "filou", Activity.ADMIN, 90))
    sign(actor=owner, sheet=sheet, today=TODAY, now=NOW)
    assert project_hours(manager, JUNE) == []
    approve(actor=lead, sheet=sheet, now=NOW)

    (row,) = project_hours(manager, JUNE)
    assert (row.programme, row.month, row.minutes, row.people) == ("Filou", JUNE, 90, 1)
    Programme.objects.get(key="filou").organisations.set(Organisation.objects.filter(key="alpha"))
    assert project_hours(manager, JUNE) == []


def test_no_client_stands_in_a_sheet(owner, programme):
    case = make_case(owner, name="Rosa Geheim")
    take_in(owner, case, programme)
    met(owner, case)
    june(owner)
    assert Case.objects.get().contact.name == "Rosa Geheim"
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM reporting_timeline l UNION ALL "
                       "SELECT row_to_json(s)::text FROM reporting_timesheet s")  # fmt: skip
        text = " ".join(row for (row,) in cursor.fetchall())
    assert "filou" not in text
    assert str(programme.pk) in text  # the search finds what is there
    assert not [one for one in (str(case.pk), "Geheim", str(case.contact_id)) if one in text]


def test_a_long_month_is_shown_in_few_queries(owner, django_assert_max_num_queries):
    sheet = june(owner)
    for day in range(1, 29):
        add_line(actor=owner, sheet=sheet, line=Line(date(2026, 6, day), "filou", Activity.ADMIN, 30))
    with django_assert_max_num_queries(5):
        sheet_view(sheet)

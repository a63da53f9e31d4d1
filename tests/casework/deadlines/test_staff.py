"""Staff are told by mail of a deadline that is near: who, on which days, in words that say nothing; or not at all."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tests.personas import client_for
from tragnetz.appointments.models import Absence
from tragnetz.audit.models import Event
from tragnetz.casework.deadlines.commands import DeadlineDetails, set_deadline, settle_deadline
from tragnetz.casework.deadlines.rules import staff_told_on
from tragnetz.casework.deadlines.staff import tell_staff
from tragnetz.casework.deadlines.sums import holidays_of
from tragnetz.casework.models import Case
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import render
from tragnetz.network.models import Membership

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def case(ada):
    return make_case(ada, ("Rosa Linde", "self", 1985))


def due_in(ada, case, days):
    details = DeadlineDetails(TODAY + timedelta(days=days), matter="Widerspruch Geheimrat")
    return set_deadline(actor=ada, case=case, details=details, now=NOW)


def told() -> list[str]:
    return sorted(row.address for row in Message.objects.filter(template="staff_deadline"))


@pytest.mark.parametrize(("days", "expected"), [(4, 0), (3, 1), (2, 0), (1, 1), (0, 1), (-1, 0)])
def test_the_counsellor_is_told_three_days_before_the_day_before_and_on_the_day(network, ada, case, days, expected):
    due_in(ada, case, days)

    tell_staff(network=network, now=NOW)

    assert told() == ["ada@alpha.example"] * expected


@pytest.mark.parametrize(
    ("day", "last_days"),
    [
        (date(2026, 11, 24), "24.11. 25.11. 27.11."),
        (date(2026, 11, 27), "27.11. 28.11. 29.11. 30.11. 01.12. 02.12."),  # a Friday
        (date(2026, 11, 28), ""),
        (date(2026, 12, 24), "24.12. 25.12. 26.12. 27.12. 28.12. 29.12. 30.12."),
        (date(2027, 3, 29), ""),  # Easter Monday
        (date(2027, 5, 5), "05.05. 06.05. 07.05. 08.05. 09.05."),  # the day before Ascension
    ],
)
def test_what_falls_on_free_days_is_told_on_the_last_workday_before(network, day, last_days):
    told_of = sorted(staff_told_on(day, holidays_of(network)))

    assert " ".join(f"{one:%d.%m.}" for one in told_of) == last_days


def test_a_deadline_after_a_long_holiday_is_no_surprise(network, ada, case):
    eve = datetime(2026, 12, 24, 3, tzinfo=UTC)
    set_deadline(actor=ada, case=case, details=DeadlineDetails(date(2026, 12, 28), matter="Widerspruch"), now=eve)

    for number in range(4):
        tell_staff(network=network, now=eve + timedelta(days=number))

    assert [
        row.due_at.astimezone(network.zone).date() for row in Message.objects.filter(template="staff_deadline")
    ] == [eve.date()]


def test_one_mail_a_day_however_many_deadlines_and_runs(network, ada, case):
    for days in (0, 1, 1, 3):
        due_in(ada, case, days)

    for _again in range(2):
        tell_staff(network=network, now=NOW)

    mail = Message.objects.get(template="staff_deadline")
    assert mail.due_at == datetime.combine(TODAY, time(7), network.zone)


def test_the_mail_names_nobody_and_nothing(network, ada, case):
    due_in(ada, case, 1)
    tell_staff(network=network, now=NOW)

    mail = Message.objects.get(template="staff_deadline")
    body = render(mail.template, params=mail.params, zone=network.zone, code="", language="de", channel="email")
    said = f"{body.subject} {body.body} {mail.name} {mail.params}"
    assert "Tagesseite" in said
    assert not any(
        word in said for word in ("Rosa", "Linde", "Widerspruch", "Geheimrat", str(case.pk), "2026-11-25T00")
    )


def test_while_the_counsellor_is_away_the_deputy_is_told(network, ada, case):
    bert = make_actor(network, "alpha", "counsellor", name="Bert")
    Case.objects.filter(pk=case.pk).update(deputy=bert.membership_id)
    due_in(ada, case, 1)
    Absence(
        network=network, membership_id=ada.membership_id, starts_at=NOW - timedelta(days=1),
        ends_at=NOW + timedelta(days=5),
    ).save()  # fmt: skip

    tell_staff(network=network, now=NOW)

    assert told() == ["bert@alpha.example"]


def test_what_is_settled_restricted_or_of_somebody_who_left_is_not_told(network, ada, case):
    settle_deadline(actor=ada, deadline=due_in(ada, case, 1), state="met", now=NOW)
    tell_staff(network=network, now=NOW)
    assert told() == []

    due_in(ada, case, 1)
    Case.objects.update(restricted_on=TODAY)
    tell_staff(network=network, now=NOW)
    assert told() == []

    Case.objects.update(restricted_on=None)
    Membership.objects.filter(pk=ada.membership_id).update(ended_on=TODAY)
    tell_staff(network=network, now=NOW)
    assert told() == []


def test_whoever_does_not_want_these_mails_turns_them_off_in_their_account(network, ada, case):
    due_in(ada, case, 1)
    client = client_for(ada)
    assert " checked" in client.get("/de/konto/hinweise/").content.decode()

    assert client.post("/de/konto/hinweise/", {}).status_code == 302

    assert " checked" not in client.get("/de/konto/hinweise/").content.decode()
    assert Event.objects.filter(verb="notices:set").count() == 1
    tell_staff(network=network, now=NOW)
    assert told() == []

"""Interpreters (DS24): asked only on a declaration that holds, told time, place and language, let go with the talk."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_actor, make_roster
from tragnetz.appointments.commands import book, cancel, move
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.interpreters.commands import (
    InterpreterDetails,
    ask_interpreter,
    end_interpreter,
    keep_interpreter,
    record_declaration,
    settle_assignment,
)
from tragnetz.appointments.interpreters.enums import AssignmentState
from tragnetz.appointments.interpreters.queries import askable, assignment_of, interpreters, without_interpreter
from tragnetz.appointments.interpreters.rules import MOVES, holds
from tragnetz.appointments.models import Booking, Interpreter, InterpreterAssignment
from tragnetz.appointments.rules import Wanted
from tragnetz.audit.models import Event
from tragnetz.clients.commands import add_contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import render
from tragnetz.network.models import Organisation, Site
from tragnetz.privacy.retention.commands import run_automatic

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
TODAY = date(2026, 11, 23)
BERLIN = ZoneInfo("Europe/Berlin")
DETAILS = InterpreterDetails("person", "Samira Lang", ["ar", "tr"], email="samira@dolmetschen.example")


@pytest.fixture
def desk(network):
    return make_actor(network, "alpha", "intake", name="Ida")


@pytest.fixture
def counsellor(network):
    actor = make_actor(network, "alpha", "counsellor")
    make_roster(actor.membership_id)
    alpha = Organisation.objects.get(key="alpha")
    Site(network=network, key="haus", organisation=alpha, name="Schuldnerberatung", street="Ringstraße",
         number="4", postcode="44623").save()  # fmt: skip
    return actor


def talk(actor, *, hour=9, kind="phone", language="ar", key="k1"):
    start = datetime(2026, 11, 24, hour, tzinfo=BERLIN)
    details = ContactDetails(name="Rosa Geheimrat", phone="0170 1234567", language=language, interpreter=True)
    contact = add_contact(actor=actor, organisation_id=actor.organisation_id, details=details)
    return book(
        actor=actor, wanted=Wanted(actor.membership_id, int(start.timestamp()), 7200, kind), contact=contact,
        topic="debts", language=language, interpreter=True, idempotency_key=key, now=NOW,
    ).booking  # fmt: skip


def declared(lead, row, valid_until=date(2027, 11, 22)):
    return record_declaration(
        actor=lead, interpreter=row, declared_on=TODAY, valid_until=valid_until, form="paper", today=TODAY
    )


@pytest.fixture
def samira(lead):
    row = keep_interpreter(actor=lead, details=DETAILS)
    declared(lead, row)
    return row


def ask(actor, booking, row):
    return ask_interpreter(actor=actor, booking=booking, interpreter_id=row.pk, now=NOW)


def mails() -> list[Message]:
    return list(Message.objects.filter(template__startswith="interpreter").order_by("created_at"))


@given(declared_on=st.dates(), days=st.integers(0, 900), today=st.dates(), ahead=st.integers(0, 900))
def test_a_declaration_holds_on_no_day_before_it_was_made_or_after_its_end(declared_on, days, today, ahead):
    valid_until = date.fromordinal(min(declared_on.toordinal() + days, date.max.toordinal()))
    on = date.fromordinal(min(today.toordinal() + ahead, date.max.toordinal()))

    assert holds(declared_on, valid_until, today=today, on=on) == (declared_on <= today and on <= valid_until)
    assert all(MOVES[state] <= set(AssignmentState) for state in AssignmentState)


def test_without_a_declaration_that_holds_on_the_day_nobody_is_asked(lead, desk, counsellor):
    row, booking = keep_interpreter(actor=lead, details=DETAILS), talk(counsellor)
    assert askable(desk, booking, NOW) == []
    with pytest.raises(NotPossibleError, match="gültige Erklärung"):
        ask(desk, booking, row)

    declared(lead, row, valid_until=TODAY)  # the talk is tomorrow
    with pytest.raises(NotPossibleError, match="gültige Erklärung"):
        ask(desk, booking, row)
    declared(lead, row, valid_until=TODAY + timedelta(days=1))

    assert [one.row for one in askable(desk, booking, NOW)] == [row]
    assert ask(desk, booking, row).state == AssignmentState.ASKED


def test_a_talk_without_interpreter_is_open_work_until_somebody_is_asked(desk, counsellor, samira):
    booking = talk(counsellor)
    assert without_interpreter(Booking.objects.all(), NOW) == [booking]

    ask(desk, booking, samira)
    assert without_interpreter(Booking.objects.all(), NOW) == []

    settle_assignment(actor=desk, booking=booking, state="declined", now=NOW)
    assert without_interpreter(Booking.objects.all(), NOW) == [booking]


@pytest.mark.parametrize(
    ("kind", "place"),
    [("on_site", "Ringstraße 4, 44623 Testtal"), ("phone", "am Telefon, wir rufen Sie an"),
     ("home", "sagen wir Ihnen am Telefon")],
)  # fmt: skip
def test_the_interpreter_reads_time_place_and_language_and_nothing_else(network, desk, counsellor, samira, kind, place):
    booking = talk(counsellor, kind="phone")
    Booking.objects.filter(pk=booking.pk).update(kind=kind, site=Site.objects.get(key="haus"))

    ask(desk, booking, samira)

    (mail,) = mails()
    body = render(mail.template, params=mail.params, zone=network.zone, code="", language="de", channel="email").body
    assert body == (
        "Guten Tag,\n\nkönnen Sie für uns dolmetschen?\n\nWann: Dienstag, 24. November, 09:00 bis 11:00 Uhr\n"
        f"Wo: {place}\nSprache: Arabisch\n\n"
        "Bitte sagen Sie uns am Telefon, ob Sie können: 0221 4710-100. Vielen Dank!\n"
    )
    assert mail.address == "samira@dolmetschen.example"
    told = str(mail.params) + mail.name
    assert not any(
        secret in told for secret in ("Rosa", "Geheimrat", "170", "debts", "Schuldner", str(booking.contact_id))
    )


def test_whoever_has_no_mail_is_phoned(lead, desk, counsellor):
    row = keep_interpreter(actor=lead, details=DETAILS._replace(email="", phone="0234 1234567"))
    declared(lead, row)

    assert ask(desk, talk(counsellor), row).state == AssignmentState.ASKED
    assert mails() == []


def test_asking_twice_is_one_and_another_waits_until_the_first_is_called_off(lead, desk, counsellor, samira):
    booking = talk(counsellor)
    other = keep_interpreter(actor=lead, details=DETAILS._replace(name="Pool", kind="pool"))
    declared(lead, other)
    first = ask(desk, booking, samira)

    assert ask(desk, booking, samira) == first
    with pytest.raises(NotPossibleError, match="schon jemand angefragt"):
        ask(desk, booking, other)
    with pytest.raises(IntegrityError), transaction.atomic():
        InterpreterAssignment(
            network=booking.network, booking=booking, interpreter=other, declaration=other.declarations.get(),
            language="ar", asked_by_id=desk.membership_id,
        ).save()  # fmt: skip


def test_one_person_interprets_at_one_talk_at_a_time_a_pool_at_many(network, lead, desk, counsellor, samira):
    colleague = make_actor(network, "alpha", "counsellor", name="Bert")
    make_roster(colleague.membership_id)
    first, second = talk(counsellor), talk(colleague, hour=10, key="k2")
    pool = keep_interpreter(actor=lead, details=DETAILS._replace(name="Pool", kind="pool"))
    declared(lead, pool)
    ask(desk, first, samira)

    with pytest.raises(NotPossibleError, match="schon woanders"):
        ask(desk, second, samira)
    ask(desk, second, pool)
    settle_assignment(actor=desk, booking=first, state="cancelled", now=NOW)
    assert ask(desk, first, pool).interpreter == pool


def test_a_talk_that_moves_lets_the_interpreter_go_and_is_open_again(desk, counsellor, samira):
    booking = talk(counsellor)
    ask(desk, booking, samira)
    Message.objects.filter(template="interpreter_asked").update(state="sent")
    later = datetime(2026, 11, 25, 9, tzinfo=BERLIN)

    wanted = Wanted(counsellor.membership_id, int(later.timestamp()), 7200, "phone")
    move(actor=counsellor, booking=booking, wanted=wanted, now=NOW)

    assert assignment_of(booking) is None
    assert [(mail.template, mail.params["starts_at"]) for mail in mails()][1] == (
        "interpreter_off", datetime(2026, 11, 24, 8, tzinfo=UTC).isoformat(),
    )  # fmt: skip
    assert without_interpreter(Booking.objects.all(), NOW) == [Booking.objects.get()]


def test_what_had_not_gone_out_yet_is_taken_back_instead(desk, counsellor, samira):
    booking = talk(counsellor)
    ask(desk, booking, samira)

    cancel(actor=desk, booking=booking, now=NOW)

    assert [(mail.template, mail.state) for mail in mails()] == [("interpreter_asked", "cancelled")]
    assert InterpreterAssignment.objects.get().state == AssignmentState.CANCELLED


def test_the_list_is_the_leads_and_each_organisations_own(network, lead, desk, counsellor, samira):
    foreign = make_actor(network, "beta", "lead", name="Berta")
    with pytest.raises(NotPossibleError, match="führt die Leitung"):
        keep_interpreter(actor=desk, details=DETAILS)
    with pytest.raises(NotPossibleError, match="führt die Leitung"):
        declared(foreign, samira)
    with pytest.raises(NotPossibleError, match="aus der Liste"):
        ask(foreign, talk(counsellor), samira)

    assert [one.row for one in interpreters(desk, TODAY)] == [samira]
    assert interpreters(foreign, TODAY) == []
    assert b"Samira" not in bytes(Interpreter.objects.extra(select={"raw": "name"}).values_list("raw", flat=True).get())


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"name": " "}, "Namen"), ({"languages": []}, "Sprache"), ({"email": "", "phone": ""}, "Telefonnummer"),
     ({"email": "samira"}, "stimmt nicht")],
)  # fmt: skip
def test_an_interpreter_without_what_is_needed_is_refused(lead, changed, words):
    with pytest.raises(NotPossibleError, match=words):
        keep_interpreter(actor=lead, details=DETAILS._replace(**changed))


@pytest.mark.parametrize(
    ("declared_on", "valid_until", "words"),
    [(TODAY + timedelta(days=1), TODAY + timedelta(days=9), "Zukunft"), (date(2020, 1, 1), date(2021, 1, 1), "heute nicht mehr")],
)  # fmt: skip
def test_a_declaration_that_cannot_hold_is_refused(lead, samira, declared_on, valid_until, words):
    with pytest.raises(NotPossibleError, match=words):
        record_declaration(actor=lead, interpreter=samira, declared_on=declared_on, valid_until=valid_until,
                           form="paper", today=TODAY)  # fmt: skip


def test_whoever_left_is_asked_no_more_and_goes_when_their_time_is_over(network, lead, desk, counsellor, samira):
    booking = talk(counsellor)
    ask(desk, booking, samira)
    end_interpreter(actor=lead, interpreter=samira, now=NOW)
    assert askable(desk, booking, NOW) == []
    assert without_interpreter(Booking.objects.all(), NOW) == [booking]

    run_automatic(network=network, now=datetime(2029, 12, 31, 3, tzinfo=UTC))
    assert Interpreter.objects.count() == 1
    run_automatic(network=network, now=datetime(2030, 1, 1, 3, tzinfo=UTC))
    assert Interpreter.objects.count() == InterpreterAssignment.objects.count() == 0


def test_each_deed_leaves_one_event(lead, desk, counsellor, samira):
    booking = talk(counsellor)
    before = set(Event.objects.values_list("pk", flat=True))

    ask(desk, booking, samira)
    settle_assignment(actor=desk, booking=booking, state="confirmed", now=NOW)
    end_interpreter(actor=lead, interpreter=samira, now=NOW)

    assert list(Event.objects.exclude(pk__in=before).order_by("at", "pk").values_list("verb", flat=True)) == [
        "interpreter:ask", "interpreter:settle", "interpreter:end",
    ]  # fmt: skip


def test_the_list_and_the_open_talks_cost_the_same_for_many(lead, desk, counsellor, samira, django_assert_num_queries):
    talk(counsellor)
    with django_assert_num_queries(3):
        assert len(interpreters(desk, TODAY)) == len(without_interpreter(Booking.objects.all(), NOW)) == 1
    for number in range(5):
        declared(lead, keep_interpreter(actor=lead, details=DETAILS._replace(name=f"N{number}")))
    talk(counsellor, hour=12, key="k2")

    with django_assert_num_queries(3):
        assert (len(interpreters(desk, TODAY)), len(without_interpreter(Booking.objects.all(), NOW))) == (6, 2)

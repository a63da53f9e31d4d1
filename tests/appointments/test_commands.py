"""Booking, moving, cancelling: what the database keeps, and what goes out."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_actor, make_roster
from tragnetz.appointments.commands import book, book_series, cancel, mark, move
from tragnetz.appointments.enums import BookingState, CancelledBy
from tragnetz.appointments.errors import NotPossibleError, SlotTakenError
from tragnetz.appointments.models import Booking
from tragnetz.appointments.queries import booking_by_code, free, times_by_day
from tragnetz.appointments.rules import Wanted
from tragnetz.appointments.suggestions import SlotWish, best_slots
from tragnetz.audit.models import Event
from tragnetz.clients.commands import add_contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.messaging.enums import State
from tragnetz.messaging.models import Message
from tragnetz.network.actors import resident

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)  # a Monday, 8 h in Herne
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def counsellor(network):
    actor = make_actor(network, "alpha", "counsellor")
    make_roster(actor.membership_id)
    return actor


def wanted(actor, day=24, hour=9) -> Wanted:
    start = datetime(2026, 11, day, hour, tzinfo=BERLIN)
    return Wanted(actor.membership_id, int(start.timestamp()), 3600, "phone")


def book_it(actor, slot, key="k1", contact=None, now=NOW):
    return book(
        actor=actor, wanted=slot, contact=contact, topic="", language="de", interpreter=False,
        idempotency_key=key, now=now,
    )  # fmt: skip


def contact_of(actor, **fields):
    details = ContactDetails(name="Frau Y.", phone="0170 1234567", **fields)
    return add_contact(actor=actor, organisation_id=actor.organisation_id, details=details)


def test_a_booking_is_found_by_its_code_alone(network, counsellor):
    booked = book_it(resident(network), wanted(counsellor))

    assert booking_by_code(booked.code.lower().replace("-", " ")) == booked.booking
    assert booking_by_code("0000-0000-0000") is None
    assert booked.code not in str(Booking.objects.values().get())


def test_the_same_request_books_once_and_gives_the_same_code(network, counsellor):
    first = book_it(resident(network), wanted(counsellor))
    second = book_it(resident(network), wanted(counsellor))

    assert second == first
    assert Booking.objects.count() == 1


def test_a_taken_time_is_refused_with_three_others(network, counsellor):
    book_it(resident(network), wanted(counsellor))

    with pytest.raises(SlotTakenError) as caught:
        book_it(resident(network), wanted(counsellor), key="k2")

    assert len(caught.value.next_slots) == 3
    assert all(slot.start != wanted(counsellor).start for slot in caught.value.next_slots)


@pytest.mark.parametrize(
    "slot",
    [
        lambda actor: wanted(actor, hour=7),
        lambda actor: wanted(actor, day=22),
        lambda actor: wanted(actor, day=28),
        lambda actor: wanted(actor)._replace(length=600),
        lambda actor: wanted(actor)._replace(kind="home"),
    ],
    ids=["before work", "past", "saturday", "too short", "not offered"],
)
def test_what_was_never_offered_is_refused(network, counsellor, slot):
    with pytest.raises(SlotTakenError):
        book_it(resident(network), slot(counsellor))

    assert Booking.objects.count() == 0


def test_the_database_itself_refuses_an_overlap(network, counsellor):
    booking = book_it(resident(network), wanted(counsellor)).booking
    copy = Booking(
        network=network, membership_id=booking.membership_id, starts_at=booking.starts_at + timedelta(minutes=30),
        ends_at=booking.ends_at, kind="phone", code_hash="x", idempotency_key="y",
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="booking_does_not_overlap"), transaction.atomic():
        copy.save()
    booking.state = BookingState.CANCELLED
    booking.save()

    copy.save()


def test_moving_keeps_the_code_and_frees_the_old_time(network, counsellor):
    booked = book_it(resident(network), wanted(counsellor))

    moved = move(actor=resident(network), booking=booked.booking, wanted=wanted(counsellor, hour=10), now=NOW)

    assert moved.code == booked.code
    assert booking_by_code(booked.code).starts_at.astimezone(BERLIN).hour == 10
    assert book_it(resident(network), wanted(counsellor), key="k2").booking.pk != booked.booking.pk


def test_moving_by_half_an_hour_is_not_hindered_by_itself(network, counsellor):
    booked = book_it(resident(network), wanted(counsellor))
    later = wanted(counsellor)._replace(start=wanted(counsellor).start + 1800)

    assert move(actor=resident(network), booking=booked.booking, wanted=later, now=NOW).booking


def test_who_told_one_organisation_something_moves_within_it(network, counsellor):
    """What was told stays where it was told; a time that names nobody may go anywhere."""
    other = make_actor(network, "beta", "counsellor", name="Bea")
    make_roster(other.membership_id)
    colleague = make_actor(network, "alpha", "counsellor", name="Cem")
    make_roster(colleague.membership_id)
    booked = book_it(resident(network), wanted(counsellor), contact=contact_of(counsellor)).booking
    nobody = book_it(resident(network), wanted(counsellor, hour=11), key="k2").booking

    with pytest.raises(NotPossibleError, match="einer anderen Beratungsstelle"):
        move(actor=resident(network), booking=booked, wanted=wanted(other), now=NOW)
    booked.refresh_from_db()
    assert booked.membership_id == counsellor.membership_id
    assert Message.objects.filter(key__contains=":moved").count() == 0

    assert move(actor=resident(network), booking=booked, wanted=wanted(colleague), now=NOW).booking
    assert move(actor=resident(network), booking=nobody, wanted=wanted(other, hour=11), now=NOW).booking


def test_other_times_are_those_of_the_organisation_that_knows_the_person(network, counsellor):
    other = make_actor(network, "beta", "counsellor", name="Bea")
    make_roster(other.membership_id)
    asked = {"network": network, "now": NOW, "not_before": NOW, "kind": "phone", "interpreter": False}

    def members(**more):
        return {slot.membership_id for slots in times_by_day(**asked, **more).values() for slot in slots}

    bound = counsellor.organisation_id
    book_it(resident(network), wanted(counsellor))  # now Bea is less booked, and would be offered alone
    wish = SlotWish(kind="phone", organisation_id=bound)
    suggested = best_slots(network=network, now=NOW, not_before=NOW, wish=wish, limit=6)

    assert members() == {other.membership_id}
    assert members(organisation_id=bound) == {counsellor.membership_id}
    assert {one.slot.membership_id for one in suggested} == {counsellor.membership_id}


def test_cancelled_frees_the_time_and_cannot_be_moved(network, counsellor):
    booked = book_it(resident(network), wanted(counsellor))
    cancel(actor=resident(network), booking=booked.booking, now=NOW)
    cancel(actor=resident(network), booking=booked.booking, now=NOW)

    with pytest.raises(NotPossibleError):
        move(actor=resident(network), booking=booked.booking, wanted=wanted(counsellor, hour=10), now=NOW)
    assert book_it(resident(network), wanted(counsellor), key="k2")


def test_what_has_begun_cannot_be_cancelled(network, counsellor):
    booked = book_it(resident(network), wanted(counsellor))

    with pytest.raises(NotPossibleError):
        cancel(actor=resident(network), booking=booked.booking, now=NOW + timedelta(days=3))


def test_attended_can_be_corrected_to_missed(network, counsellor):
    booking = book_it(resident(network), wanted(counsellor)).booking
    mark(actor=counsellor, booking=booking, state=BookingState.ATTENDED)

    assert mark(actor=counsellor, booking=booking, state=BookingState.MISSED).state == "missed"


def test_confirmation_and_reminder_wait_for_who_may_be_texted(network, counsellor):
    book_it(counsellor, wanted(counsellor, day=26), contact=contact_of(counsellor, may_text=True))

    found = Message.objects.order_by("template").values_list("template", "channel", "due_at")
    assert list(found) == [
        ("booked", "sms", NOW), ("reminder", "sms", datetime(2026, 11, 25, 9, tzinfo=BERLIN)),
    ]  # fmt: skip


@pytest.mark.parametrize(("day", "hour", "written"), [(27, 8, ["booked"]), (26, 15, [])])
def test_a_letter_confirms_only_what_is_four_days_ahead(network, counsellor, day, hour, written):
    person = contact_of(counsellor, address="Weg 1\n44623 Herne", may_letter=True, may_call=False)
    book_it(counsellor, wanted(counsellor, day=day, hour=hour), contact=person)

    assert list(Message.objects.values_list("template", flat=True)) == written
    assert not Message.objects.exclude(channel="letter").exists()


def test_nobody_is_reminded_of_what_is_tomorrow_already(network, counsellor):
    book_it(counsellor, wanted(counsellor, day=24, hour=8), contact=contact_of(counsellor, may_text=True))

    assert list(Message.objects.values_list("template", flat=True)) == ["booked"]


def test_what_we_call_off_is_told_and_what_a_person_calls_off_is_not(network, counsellor):
    ours, theirs = (
        book_it(counsellor, wanted(counsellor, day=day), key=f"k{day}", contact=contact_of(counsellor, may_text=True))
        for day in (26, 27)
    )
    cancel(actor=counsellor, booking=ours.booking, now=NOW, by=CancelledBy.NETWORK)
    cancel(actor=resident(network), booking=theirs.booking, now=NOW)

    (told,) = Message.objects.filter(template="cancelled")
    assert (told.state, told.due_at, told.code) == (State.QUEUED, NOW, "")
    assert told.key.startswith(f"booking:{ours.booking.pk}:")
    assert told.expires_at == ours.booking.ends_at


def test_nobody_is_texted_who_did_not_allow_it(network, counsellor):
    book_it(counsellor, wanted(counsellor, day=26), contact=contact_of(counsellor, may_call=False))

    # Staff see that there is no way; nothing waits to be sent.
    assert set(Message.objects.values_list("channel", "state")) <= {("", "failed")}


def test_who_may_only_be_phoned_is_reminded_by_a_call(network, counsellor):
    book_it(counsellor, wanted(counsellor, day=26), contact=contact_of(counsellor))

    assert list(Message.objects.values_list("template", "channel")) == [("reminder", "call")]


def test_cancelling_takes_all_messages_back(network, counsellor):
    booking = book_it(counsellor, wanted(counsellor, day=26), contact=contact_of(counsellor, may_text=True)).booking
    cancel(actor=counsellor, booking=booking, now=NOW)

    assert set(Message.objects.values_list("state", flat=True)) == {State.CANCELLED}


def test_moving_replaces_the_reminder(network, counsellor):
    booking = book_it(counsellor, wanted(counsellor, day=26), contact=contact_of(counsellor, may_text=True)).booking
    move(actor=counsellor, booking=booking, wanted=wanted(counsellor, day=27), now=NOW)

    waiting = Message.objects.filter(state=State.QUEUED).order_by("due_at")
    assert [message.template for message in waiting] == ["moved", "reminder"]


def test_absence_and_holiday_take_the_times_away(network, counsellor):
    from tragnetz.appointments.models import Absence

    day = datetime(2026, 11, 24, tzinfo=BERLIN)
    args = {"network": network, "not_before": NOW, "kinds": ["phone"]}
    before = list(free(first=day.date(), last=day.date(), **args))
    Absence(
        network=network, membership_id=counsellor.membership_id, starts_at=day, ends_at=day + timedelta(days=1)
    ).save()

    assert len(before) == 15
    assert list(free(first=day.date(), last=day.date(), **args)) == []
    christmas = datetime(2026, 12, 25, tzinfo=BERLIN).date()
    assert list(free(first=christmas, last=christmas, **args)) == []


def test_best_slots_prefer_who_speaks_the_language_and_say_so(network, counsellor):
    from tragnetz.network.models import Membership

    other = make_actor(network, "beta", "counsellor", name="Bea")
    make_roster(other.membership_id)
    Membership.objects.filter(pk=other.membership_id).update(languages=["ar"])

    best = best_slots(network=network, now=NOW, not_before=NOW, wish=SlotWish(language="ar"))

    assert [one.name for one in best] == ["Bea Test", "Ada Test"]
    assert "spricht die Sprache" in best[0].reasons


def test_every_command_leaves_one_event(network, counsellor):
    booked = book_it(resident(network), wanted(counsellor))
    move(actor=resident(network), booking=booked.booking, wanted=wanted(counsellor, hour=10), now=NOW)
    cancel(actor=resident(network), booking=booked.booking, now=NOW)

    verbs = list(Event.objects.filter(object_id=booked.booking.pk).values_list("verb", flat=True))
    assert verbs == ["booking:create", "booking:move", "booking:cancel"]


def test_free_times_cost_four_queries_however_many_counsellors(network, counsellor, django_assert_num_queries):
    for number in range(5):
        make_roster(make_actor(network, "beta", "counsellor", name=f"P{number}").membership_id)
    day = NOW.date()

    with django_assert_num_queries(4):
        assert len(list(free(network=network, first=day, last=day + timedelta(days=27), not_before=NOW))) > 1000


def test_at_its_very_beginning_an_appointment_has_begun(network, counsellor):
    booked = book_it(resident(network), wanted(counsellor)).booking

    with pytest.raises(NotPossibleError, match="schon begonnen"):
        cancel(actor=resident(network), booking=booked, now=booked.starts_at)
    moment = booked.starts_at - timedelta(seconds=1)
    assert cancel(actor=resident(network), booking=booked, now=moment).state == BookingState.CANCELLED


def test_a_series_is_booked_whole_with_a_code_for_each(network, counsellor):
    slots = [wanted(counsellor, day=24), wanted(counsellor, day=25)]
    booked = book_series(
        actor=counsellor, wanted=slots, contact=contact_of(counsellor), topic="debt", language="tr", interpreter=False,
        idempotency_key="s1", now=NOW,
    )  # fmt: skip

    assert len(booked) == len({one.code for one in booked}) == 2
    assert [booking_by_code(one.code) for one in booked] == [one.booking for one in booked]
    assert set(Booking.objects.values_list("purpose", "topic", "language", "interpreter")) == {
        ("follow", "debt", "tr", False)
    }
    assert len(set(Booking.objects.values_list("series", flat=True))) == 1
    with pytest.raises(SlotTakenError):
        book_series(
            actor=counsellor, wanted=[wanted(counsellor, day=26), slots[0]], contact=None, topic="", language="de",
            interpreter=False, idempotency_key="s2", now=NOW,
        )  # fmt: skip
    assert Booking.objects.count() == 2

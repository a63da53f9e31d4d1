"""The waiting list in the database: fair, one offer at a time, never at night, never a time twice."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories import make_actor, make_roster
from tragnetz.appointments.commands import book, cancel, confirm_hold, hold, move, release_hold
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.models import Booking, Roster, WaitingEntry
from tragnetz.appointments.queries import free
from tragnetz.appointments.rules import Wanted
from tragnetz.appointments.waiting.commands import change_entry, leave_list, offer_freed, put_on_list
from tragnetz.appointments.waiting.queries import entry_by_code, live_offer, place_of
from tragnetz.appointments.waiting.rules import Wishes
from tragnetz.audit.models import Event
from tragnetz.clients.commands import add_contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.messaging.models import Message
from tragnetz.network.actors import resident

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 9, tzinfo=BERLIN).astimezone(UTC)  # a Monday
HOUR = timedelta(hours=1)


@pytest.fixture
def counsellor(network):
    """One counsellor with a single hour a week: Wednesday, 9 to 10."""
    from datetime import time

    actor = make_actor(network, "alpha", "counsellor", "lead")
    make_roster(actor.membership_id, weekdays=[2], starts=time(9), ends=time(10), kinds=("phone",))
    Roster.objects.update(valid_until=datetime(2026, 11, 25).date())  # noqa: DTZ001 -- a day
    return actor


def wait(actor, name="Frau A.", urgency="normal", since=NOW, wishes=None, **ways):
    details = ContactDetails(name=name, phone="0170 1234567", **({"may_text": True} | ways))
    contact = add_contact(actor=actor, organisation_id=actor.organisation_id, details=details)
    return put_on_list(
        actor=actor, organisation_id=actor.organisation_id, contact=contact, wishes=wishes or Wishes(),
        urgency=urgency, idempotency_key=f"key-{name}", now=since,
    )  # fmt: skip


def offered(now=NOW) -> list[str]:
    return [row.contact.name for row in WaitingEntry.objects.all() if live_offer(row, now)]


def test_the_first_in_the_queue_is_offered_the_time_and_told(network, counsellor):
    wait(counsellor, "Später", since=NOW - HOUR)
    wait(counsellor, "Früher", since=NOW - 2 * HOUR)

    assert offer_freed(network, NOW) == 1
    assert offered() == ["Früher"]
    booking = Booking.objects.get()
    assert (booking.state, booking.held_until) == ("held", NOW + 24 * HOUR)
    message = Message.objects.get(template="waiting_offer")
    assert message.due_at == NOW
    assert message.expires_at == booking.held_until
    assert offer_freed(network, NOW) == 0


def test_urgent_people_come_first(network, counsellor):
    wait(counsellor, "Ruhig", since=NOW - 5 * HOUR)
    wait(counsellor, "Eilig", urgency="today", since=NOW)
    offer_freed(network, NOW)

    assert offered() == ["Eilig"]


def test_whom_the_time_does_not_suit_is_passed_over_and_keeps_the_place(network, counsellor):
    first = wait(counsellor, "Nur freitags", since=NOW - 2 * HOUR, wishes=Wishes(weekdays=(4,))).entry
    wait(counsellor, "Egal", since=NOW - HOUR)
    offer_freed(network, NOW)

    assert offered() == ["Egal"]
    assert place_of(first) == 1


@pytest.mark.parametrize("way", ["cancel", "release", "move", "leave"])
def test_a_freed_time_is_offered_as_soon_as_it_is_committed(
    network, counsellor, way, django_capture_on_commit_callbacks
):
    """Nobody waits for the worker: the first of the list holds the time right after the commit, and only then."""
    slot = next(free(network=network, first=NOW.date(), last=NOW.date() + 7 * 24 * HOUR, not_before=NOW))
    wanted = Wanted(slot.membership_id, slot.start, slot.end - slot.start, slot.kind)
    asked = {"actor": resident(network), "wanted": wanted, "idempotency_key": "k", "now": NOW, "contact": None}
    if way == "leave":
        other = wait(counsellor, "Geht", since=NOW - 9 * HOUR).entry
        offer_freed(network, NOW)
    elif way == "release":
        taken = hold(**asked, until=NOW + HOUR, via="public").booking
    else:
        taken = book(**asked, topic="", language="de", interpreter=False).booking
    if way == "move":
        make_roster(counsellor.membership_id, weekdays=[4], starts=time(14), ends=time(15), kinds=("phone",))
    wait(counsellor, "Später", since=NOW - HOUR, wishes=Wishes(weekdays=(2,)))
    wait(counsellor, "Früher", since=NOW - 2 * HOUR, wishes=Wishes(weekdays=(2,)))
    assert "Früher" not in offered()

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        if way == "cancel":
            cancel(actor=counsellor, booking=taken, now=NOW)
        elif way == "release":
            release_hold(actor=counsellor, booking=taken, now=NOW)
        elif way == "leave":
            leave_list(actor=counsellor, entry=other, now=NOW)
        else:
            friday = datetime(2026, 11, 27, 14, tzinfo=BERLIN).timestamp()
            move(actor=counsellor, booking=taken, wanted=wanted._replace(start=int(friday)), now=NOW)
        assert "Früher" not in offered()

    assert len(callbacks) == 1
    assert offered() == ["Früher"]


def test_an_offer_that_fails_lets_the_cancellation_stand(
    network, counsellor, django_capture_on_commit_callbacks, monkeypatch
):
    """A fault in the list is ours to find in the log; whoever cancelled has cancelled."""
    slot = next(free(network=network, first=NOW.date(), last=NOW.date() + 7 * 24 * HOUR, not_before=NOW))
    wanted = Wanted(slot.membership_id, slot.start, slot.end - slot.start, slot.kind)
    taken = book(
        actor=resident(network), wanted=wanted, contact=None, topic="", language="de", interpreter=False,
        idempotency_key="k", now=NOW,
    ).booking  # fmt: skip
    wait(counsellor)

    def broken(*_given):
        raise RuntimeError

    monkeypatch.setattr("tragnetz.appointments.freed._offers", [broken])
    with django_capture_on_commit_callbacks(execute=True):
        cancel(actor=counsellor, booking=taken, now=NOW)

    assert Booking.objects.get(pk=taken.pk).state == "cancelled"
    assert offer_freed(network, NOW) == 1


def test_an_interpreter_needs_twice_the_time(network, counsellor):
    wait(counsellor, "Mit Dolmetschen", wishes=Wishes(language="ar", interpreter=True))

    assert offer_freed(network, NOW) == 0


def test_an_offer_that_ran_out_goes_to_the_next_and_the_first_goes_behind(network, counsellor):
    first = wait(counsellor, "Erste", since=NOW - 3 * HOUR).entry
    second = wait(counsellor, "Zweiter", since=NOW - 2 * HOUR).entry
    offer_freed(network, NOW)
    later = NOW + 24 * HOUR

    assert offer_freed(network, later) == 1
    assert offered(later) == ["Zweiter"]
    first.refresh_from_db()
    assert (first.state, first.missed) == ("waiting", 1)
    assert (place_of(second), place_of(first)) == (1, 2)


def test_nobody_is_offered_the_same_time_twice(network, counsellor):
    wait(counsellor)
    offer_freed(network, NOW)

    assert offer_freed(network, NOW + 24 * HOUR) == 0
    assert WaitingEntry.objects.get().state == "waiting"


def test_at_night_the_message_waits_and_the_time_to_answer_begins_in_the_morning(network, counsellor):
    night = datetime(2026, 11, 23, 22, tzinfo=BERLIN)
    wait(counsellor, since=NOW)
    offer_freed(network, night)

    morning = datetime(2026, 11, 24, 8, tzinfo=BERLIN)
    assert Message.objects.get(template="waiting_offer").due_at == morning
    assert Booking.objects.get().held_until == datetime(2026, 11, 25, 7, tzinfo=BERLIN)  # two hours before it begins


def test_who_may_only_be_called_is_offered_within_opening_hours(network, counsellor):
    wait(counsellor, may_text=False, may_call=True)
    offer_freed(network, datetime(2026, 11, 23, 18, tzinfo=BERLIN))

    message = Message.objects.get(template="waiting_offer")
    assert (message.channel, message.due_at) == ("call", datetime(2026, 11, 24, 8, tzinfo=BERLIN))


def test_who_cannot_be_reached_in_time_is_offered_nothing(network, counsellor):
    wait(counsellor, may_text=False, may_call=False)

    assert offer_freed(network, NOW) == 0


def test_saying_yes_ends_the_waiting_and_saying_no_does_not_count_as_missed(network, counsellor):
    entry = wait(counsellor).entry
    offer_freed(network, NOW)
    confirm_hold(actor=resident(network), booking=Booking.objects.get(), now=NOW + HOUR)
    entry.refresh_from_db()

    assert entry.state == "booked"
    cancel(actor=resident(network), booking=Booking.objects.get(), now=NOW + HOUR)
    other = wait(counsellor, "Zweite").entry
    offer_freed(network, NOW + HOUR)
    release_hold(actor=resident(network), booking=Booking.objects.get(state="held"), now=NOW + 2 * HOUR)
    offer_freed(network, NOW + 2 * HOUR)
    other.refresh_from_db()
    assert (other.state, other.missed) == ("waiting", 0)


def test_leaving_frees_the_held_time_at_once(network, counsellor):
    listed = wait(counsellor)
    offer_freed(network, NOW)
    leave_list(actor=resident(network), entry=entry_by_code(listed.code), now=NOW)
    leave_list(actor=resident(network), entry=listed.entry, now=NOW)

    assert WaitingEntry.objects.get().state == "ended"
    assert list(free(network=network, first=NOW.date(), last=NOW.date() + timedelta(days=7), not_before=NOW))
    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}


def test_after_three_silent_offers_a_person_asks_first(network, counsellor):
    entry = wait(counsellor).entry
    WaitingEntry.objects.update(missed=3)

    assert offer_freed(network, NOW) == 0
    change_entry(actor=counsellor, entry=entry, wishes=Wishes(), urgency="normal")
    assert offer_freed(network, NOW) == 1


def test_times_of_another_organisation_are_not_offered(network, counsellor):
    foreign = make_actor(network, "beta", "lead", name="Bea")
    entry = wait(foreign).entry

    assert offer_freed(network, NOW) == 0
    for act in (
        lambda: leave_list(actor=counsellor, entry=entry, now=NOW),
        lambda: change_entry(actor=counsellor, entry=entry, wishes=Wishes(), urgency="today"),
    ):
        with pytest.raises(NotPossibleError):
            act()


def test_the_same_request_waits_once_with_one_code(network, counsellor):
    first, second = wait(counsellor), wait(counsellor)

    assert first == second
    assert entry_by_code(first.code) == first.entry
    assert WaitingEntry.objects.count() == 1


def test_a_direct_booking_before_the_offer_leaves_nothing_to_offer(network, counsellor):
    wait(counsellor)
    slot = next(free(network=network, first=NOW.date(), last=NOW.date() + timedelta(days=7), not_before=NOW))
    wanted = Wanted(slot.membership_id, slot.start, slot.end - slot.start, slot.kind)
    booked = book(
        actor=resident(network), wanted=wanted, contact=None, topic="", language="de", interpreter=False,
        idempotency_key="direct", now=NOW,
    )  # fmt: skip

    assert offer_freed(network, NOW) == 0
    cancel(actor=resident(network), booking=booked.booking, now=NOW)
    assert offer_freed(network, NOW) + len(Booking.objects.filter(state="held")) >= 1


def test_every_deed_leaves_an_event(network, counsellor):
    entry = wait(counsellor).entry
    change_entry(actor=counsellor, entry=entry, wishes=Wishes(kind="phone"), urgency="week")
    offer_freed(network, NOW)
    leave_list(actor=counsellor, entry=entry, now=NOW)

    assert list(Event.objects.filter(object_id=entry.pk).values_list("verb", flat=True)) == [
        "waiting:start", "waiting:change", "waiting:offer", "waiting:end",
    ]  # fmt: skip

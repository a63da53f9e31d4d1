"""Times held and booked under one key: once, as it was, and never again after it was given back."""

from datetime import timedelta

import pytest

from tests.appointments.test_commands import NOW, book_it, counsellor, wanted  # noqa: F401 -- a fixture
from tests.factories import make_actor
from tragnetz.appointments import commands
from tragnetz.appointments.commands import cancel, confirm_hold, hold, hold_for_public, move, release_hold
from tragnetz.appointments.enums import BookingState, CancelledBy, Via
from tragnetz.appointments.errors import NotPossibleError, SlotTakenError
from tragnetz.appointments.models import Booking
from tragnetz.audit.models import Event
from tragnetz.network.actors import resident

UNTIL = NOW + timedelta(minutes=10)


def held(actor, slot, key="k1", until=UNTIL):
    return hold(actor=actor, wanted=slot, until=until, idempotency_key=key, now=NOW, via=Via.PUBLIC)


def verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_the_same_request_leaves_what_was_made_of_it_meanwhile(network, counsellor):  # noqa: F811 -- the fixture
    visitor = resident(network)
    first = book_it(visitor, wanted(counsellor))
    moved = move(actor=visitor, booking=first.booking, wanted=wanted(counsellor, day=25), now=NOW).booking

    again = book_it(visitor, wanted(counsellor))
    assert (again.booking.pk, again.booking.starts_at, again.code) == (moved.pk, moved.starts_at, first.code)
    cancel(actor=visitor, booking=moved, now=NOW, by=CancelledBy.PERSON)
    again = book_it(visitor, wanted(counsellor))

    assert again.booking.state == BookingState.CANCELLED
    assert Booking.objects.count() == 1
    assert verbs() == ["booking:create", "booking:move", "booking:cancel"]


def test_a_time_that_is_held_is_nobody_elses(network, counsellor):  # noqa: F811 -- as above
    held(resident(network), wanted(counsellor))

    with pytest.raises(SlotTakenError):
        book_it(resident(network), wanted(counsellor), key="k2")


def test_a_held_time_becomes_the_booking_of_its_key(network, counsellor):  # noqa: F811 -- as above
    visitor = resident(network)
    first = held(visitor, wanted(counsellor))

    booked = book_it(visitor, wanted(counsellor))

    assert (booked.booking.pk, booked.code) == (first.booking.pk, first.code)
    row = Booking.objects.get()
    assert (row.state, row.held_until) == (BookingState.BOOKED, None)


def test_another_time_under_the_same_key_takes_the_place_of_the_first(network, counsellor):  # noqa: F811 -- as above
    visitor = resident(network)
    held(visitor, wanted(counsellor))

    held(visitor, wanted(counsellor, day=25))

    assert Booking.objects.get().starts_at.day == 25
    assert book_it(visitor, wanted(counsellor), key="k2").booking.state == BookingState.BOOKED


def test_what_is_booked_is_held_no_more(network, counsellor):  # noqa: F811 -- as above
    visitor = resident(network)
    book_it(visitor, wanted(counsellor))

    with pytest.raises(NotPossibleError, match="schon vereinbart"):
        held(visitor, wanted(counsellor, day=25))
    assert Booking.objects.get().starts_at.day == 24


def test_a_held_time_is_confirmed_once(network, counsellor):  # noqa: F811 -- as above
    visitor = resident(network)
    first = held(visitor, wanted(counsellor))

    done = [confirm_hold(actor=visitor, booking=first.booking, now=NOW) for _twice in range(2)]

    assert {(one.booking.pk, one.code) for one in done} == {(first.booking.pk, first.code)}
    assert Booking.objects.get().state == BookingState.BOOKED
    assert verbs() == ["booking:hold", "booking:confirm"]


@pytest.mark.parametrize(
    ("later", "goes"), [(timedelta(minutes=10, microseconds=-1), True), (timedelta(minutes=10), False)]
)
def test_a_held_time_is_confirmed_until_it_runs_out(network, counsellor, later, goes):  # noqa: F811 -- as above
    visitor = resident(network)
    row = held(visitor, wanted(counsellor)).booking

    if goes:
        assert confirm_hold(actor=visitor, booking=row, now=NOW + later).booking.state == BookingState.BOOKED
    else:
        with pytest.raises(NotPossibleError, match="nur eine Zeit lang"):
            confirm_hold(actor=visitor, booking=row, now=NOW + later)
        assert Booking.objects.get().state == BookingState.HELD


def test_what_was_given_back_is_free_and_never_confirmed(network, counsellor):  # noqa: F811 -- as above
    visitor = resident(network)
    row = held(visitor, wanted(counsellor)).booking

    gone = release_hold(actor=visitor, booking=row, now=NOW)

    assert (gone.state, gone.held_until, gone.cancelled_by) == (BookingState.CANCELLED, None, CancelledBy.PERSON)
    with pytest.raises(NotPossibleError):
        confirm_hold(actor=visitor, booking=row, now=NOW)
    assert book_it(visitor, wanted(counsellor), key="k2").booking.state == BookingState.BOOKED


def test_giving_back_what_is_booked_changes_nothing(network, counsellor):  # noqa: F811 -- as above
    visitor = resident(network)
    row = book_it(visitor, wanted(counsellor)).booking

    assert release_hold(actor=visitor, booking=row, now=NOW).state == BookingState.BOOKED
    assert verbs() == ["booking:create"]


def test_the_public_holds_so_many_and_keeps_its_own(network, counsellor, monkeypatch):  # noqa: F811 -- as above
    monkeypatch.setattr(commands, "MOST_HELD", 1)
    visitor = resident(network)

    def ask(key, hour):
        return hold_for_public(
            actor=visitor, wanted=wanted(counsellor, hour=hour), interpreter=False, language="de", idempotency_key=key,
            now=NOW,
        )  # fmt: skip

    assert ask("k1", 9).state == BookingState.HELD
    assert ask("k2", 11) is None
    assert ask("k1", 10).starts_at.astimezone(network.zone).hour == 10  # one's own does not count against one


@pytest.mark.parametrize(
    ("role", "way"),
    [("", Via.PUBLIC), ("intake", Via.DESK), ("counsellor", Via.COUNSELLOR), ("lead", Via.COUNSELLOR)],
)
def test_a_booking_says_by_which_way_it_was_made(network, counsellor, role, way):  # noqa: F811 -- as above
    actor = make_actor(network, "beta", role, name="Bea") if role else resident(network)

    assert book_it(actor, wanted(counsellor)).booking.via == way

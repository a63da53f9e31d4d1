"""A change is made whole: the plan, a held time for each affected person, a message; or nothing at all."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories import make_actor, make_roster
from tragnetz.appointments.calls.commands import promise_callback, settle_callback, take_callback
from tragnetz.appointments.calls.queries import is_call_spared
from tragnetz.appointments.commands import book, cancel, hold, move
from tragnetz.appointments.enums import BookingState, CallbackState, CancelledBy, Via, WaitingState
from tragnetz.appointments.errors import NotPossibleError, SlotTakenError
from tragnetz.appointments.links import booking_of, link_of, secret_of
from tragnetz.appointments.models import Absence, Booking, Callback, Closure, Roster, Travel, Workload
from tragnetz.appointments.planning.answers import accept, ask_for_call, choose, is_open, other_times
from tragnetz.appointments.planning.changes import AddAbsence, AddClosure, AddHours, EndAbsence, EndHours, Leave
from tragnetz.appointments.planning.commands import (
    ask_to_call,
    carry_out,
    preview,
    propose_anew,
    set_way,
    set_workload,
)
from tragnetz.appointments.planning.errors import NotAllowedError, OutdatedPreviewError, PlanError
from tragnetz.appointments.planning.proposals import proposal_lasts_until
from tragnetz.appointments.planning.queries import open_matters, plan_of
from tragnetz.appointments.planning.rules import Away, Closed, Reason
from tragnetz.appointments.policy import policy_of
from tragnetz.appointments.queries import free
from tragnetz.appointments.rules import Wanted, wanted_from
from tragnetz.appointments.waiting.commands import put_on_list
from tragnetz.appointments.waiting.rules import Wishes
from tragnetz.audit.models import Event
from tragnetz.clients.commands import add_contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now
from tragnetz.messaging.models import Message
from tragnetz.network.actors import resident
from tragnetz.network.models import Membership, Organisation, Site
from tragnetz.network.rules import is_holiday

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = datetime.now(BERLIN).date()
# A week ahead at least, so that no talk has begun yet; not on a holiday.
MONDAY = next(
    day
    for day in (TODAY + timedelta(days=7 * weeks - TODAY.weekday()) for weeks in range(2, 6))
    if not any(is_holiday(one, "DE", "NW") for one in (day, day + timedelta(days=1)))
)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def lead(network):
    actor = make_actor(network, "alpha", "counsellor", "lead", name="Lea")
    make_roster(actor.membership_id, kinds=("phone",))
    return actor


@pytest.fixture
def ada(network):
    actor = make_actor(network, "alpha", "counsellor", name="Ada")
    make_roster(actor.membership_id, kinds=("phone",))
    return actor


@pytest.fixture
def foreign(network):
    actor = make_actor(network, "beta", "counsellor", "lead", name="Bea")
    make_roster(actor.membership_id, kinds=("phone",))
    return actor


def at(day, clock=time()) -> datetime:
    return datetime.combine(day, clock, BERLIN).astimezone(UTC)


def a_talk(actor, day=MONDAY, hour=9, key="k1", **contact) -> Booking:
    details = ContactDetails(name="Rosa Muster", phone="0170 1234567", **({"may_text": True} | contact))
    person = add_contact(actor=actor, organisation_id=actor.organisation_id, details=details)
    wanted = Wanted(actor.membership_id, int(at(day, time(hour)).timestamp()), 3600, "phone")
    return book(
        actor=actor, wanted=wanted, contact=person, topic="", language="de", interpreter=False, idempotency_key=key,
        now=now(),
    ).booking  # fmt: skip


def away(actor, first=MONDAY, last=MONDAY, deputy=None) -> AddAbsence:
    return AddAbsence(Away(actor.membership_id, at(first), at(last + timedelta(days=1)), "vacation", deputy))


def wanted_of(offer) -> Wanted:
    return wanted_from(offer.chosen)


def proposed(lead, change) -> Booking:
    offers = preview(actor=lead, change=change, now=now()).offers
    answers = {one.booking.pk: wanted_of(one) for one in offers}
    return carry_out(actor=lead, change=change, answers=answers, now=now()).proposed[0]


def test_a_preview_keeps_nothing_and_offers_the_same_counsellor_first(lead, ada):
    talk = a_talk(ada)
    found = preview(actor=lead, change=away(ada), now=now())

    assert [row.talk.id for row in found.impact.broken] == [talk.pk]
    assert found.impact.broken[0].reasons == {Reason.AWAY}
    assert found.offers[0].chosen.membership_id == ada.membership_id
    assert found.offers[0].chosen.starts_at.astimezone(BERLIN).date() != MONDAY
    assert found.impact.minutes_a_week == -120
    assert (found.elsewhere, found.groups) == ([], [])
    assert not Absence.objects.exists()


def test_whoever_is_away_for_long_is_stood_in_for_by_the_deputy(lead, ada):
    a_talk(ada)
    third = make_actor(lead.network, "alpha", "counsellor", name="Cem")
    make_roster(third.membership_id, kinds=("phone",))
    change = away(ada, TODAY, MONDAY + timedelta(days=25), deputy=third.membership_id)
    found = preview(actor=lead, change=change, now=now())

    assert found.offers[0].chosen.membership_id == third.membership_id


@pytest.mark.parametrize("knows", [{"languages": ["de", "tr"]}, {"topics": ["debt"]}])
def test_whoever_speaks_the_language_or_knows_the_topic_comes_before_who_is_nearer(lead, ada, knows):
    talk = a_talk(ada)
    Booking.objects.filter(pk=talk.pk).update(language="tr", topic="debt")
    third = make_actor(lead.network, "alpha", "counsellor", name="Cem")
    make_roster(third.membership_id, starts=time(14), kinds=("phone",))
    change = away(ada, TODAY, MONDAY + timedelta(days=25))
    assert preview(actor=lead, change=change, now=now()).offers[0].chosen.membership_id == lead.membership_id

    Membership.objects.filter(pk=third.membership_id).update(**knows)

    assert preview(actor=lead, change=change, now=now()).offers[0].chosen.membership_id == third.membership_id


def test_three_times_of_each_are_offered_the_nearest_first(lead, ada):
    talk = a_talk(ada, hour=11)
    slots = preview(actor=lead, change=away(ada), now=now()).offers[0].slots
    near = [slot for slot in slots if abs(slot.starts_at - talk.starts_at) <= timedelta(days=7)]

    assert [slot.membership_id for slot in near] == 3 * [ada.membership_id] + 3 * [lead.membership_id]
    assert near == slots[:6]
    assert near[3].starts_at == talk.starts_at


def test_a_proposal_lasts_some_hours_but_ends_while_the_time_can_still_be_prepared(lead):
    at_once = now()
    hours = policy_of(lead.network).offer_hours

    def left(**ahead):
        start = int((at_once + timedelta(**ahead)).timestamp())
        return round((proposal_lasts_until(lead.network, start, at_once) - at_once).total_seconds() / 60)

    assert left(days=9) == hours * 60
    assert left(hours=5) == 3 * 60
    assert left(hours=1) == 30


@pytest.mark.parametrize("late", [timedelta(), timedelta(minutes=30)])
def test_the_own_counsellor_is_worth_a_week_of_waiting(lead, ada, late):
    """To the very hour: what comes later comes after a colleague who is there in time."""
    day = next(
        day
        for day in (MONDAY + timedelta(days=number) for number in range(5))
        if not any(is_holiday(one, "DE", "NW") for one in (day, day + timedelta(days=7)))
    )
    talk = a_talk(ada, day=day, hour=10)
    gone = AddAbsence(Away(ada.membership_id, at(TODAY), talk.starts_at + timedelta(days=7) + late, "vacation"))
    chosen = preview(actor=lead, change=gone, now=now()).offers[0].chosen

    assert chosen.membership_id == (lead if late else ada).membership_id


def test_two_people_are_not_offered_the_same_time(lead, ada):
    a_talk(ada, hour=9)
    a_talk(ada, hour=10, key="k2")
    chosen = [one.chosen for one in preview(actor=lead, change=away(ada), now=now()).offers]

    assert len({(slot.membership_id, slot.start) for slot in chosen}) == 2


def test_two_people_are_offered_the_same_hour_with_two_counsellors(lead, ada):
    a_talk(ada)
    a_talk(lead, key="k2")
    change = AddClosure(Closed(at(MONDAY), at(TUESDAY), organisation_id=lead.organisation_id))
    chosen = [one.chosen for one in preview(actor=lead, change=change, now=now()).offers]

    assert {slot.membership_id for slot in chosen} == {ada.membership_id, lead.membership_id}
    assert len({slot.start for slot in chosen}) == 1


def test_a_change_is_made_with_a_held_time_and_a_message(lead, ada, settings):
    settings.TRAGNETZ_PUBLIC_URL = "https://netz.example"
    talk = a_talk(ada)
    held = proposed(lead, away(ada, deputy=lead.membership_id))

    assert Absence.objects.get().deputy_id == lead.membership_id
    assert (held.state, held.replaces_id, held.contact_id) == (BookingState.HELD, talk.pk, talk.contact_id)
    talk.refresh_from_db()
    assert talk.state == BookingState.BOOKED
    message = Message.objects.get(template="proposal")
    assert message.params["link"] == f"https://netz.example/de/termin/vorschlag/{secret_of(held)}/"
    assert not Message.objects.filter(template="reminder", state="queued").exists()
    assert Event.objects.filter(verb="plan:absence-add").get().details == {"broken": 1}


def test_without_a_proposal_the_person_is_promised_a_call(lead, ada):
    talk = a_talk(ada)
    done = carry_out(actor=lead, change=away(ada), answers={talk.pk: None}, now=now())

    assert [row.pk for row in done.to_call] == [talk.pk]
    assert Callback.objects.get().contact_id == talk.contact_id


def test_who_may_not_be_written_to_is_called_about_the_proposal(lead, ada):
    a_talk(ada, may_text=False, may_call=False)
    held = proposed(lead, away(ada))

    assert held.state == BookingState.HELD
    assert Callback.objects.count() == 1


def test_a_time_that_went_meanwhile_undoes_everything(lead, ada):
    talk = a_talk(ada)
    offer = preview(actor=lead, change=away(ada), now=now()).offers[0]
    other = offer.chosen.starts_at.astimezone(BERLIN)
    a_talk(ada, other.date(), other.hour, key="k2")

    with pytest.raises(SlotTakenError):
        carry_out(actor=lead, change=away(ada), answers={talk.pk: wanted_of(offer)}, now=now())
    assert not Absence.objects.exists()
    assert not Booking.objects.filter(state=BookingState.HELD).exists()


def test_a_talk_booked_since_the_preview_is_not_overlooked(lead, ada):
    with pytest.raises(OutdatedPreviewError):
        carry_out(actor=lead, change=away(ada), answers={a_talk(ada).pk: None, ada.membership_id: None}, now=now())
    with pytest.raises(OutdatedPreviewError):
        carry_out(actor=lead, change=away(ada), answers={}, now=now())
    assert not Absence.objects.exists()


def test_a_proposal_goes_to_no_other_organisation(lead, ada, foreign):
    talk = a_talk(ada)
    strange = Wanted(foreign.membership_id, int(at(TUESDAY, time(9)).timestamp()), 3600, "phone")

    with pytest.raises(NotAllowedError):
        carry_out(actor=lead, change=away(ada), answers={talk.pk: strange}, now=now())


def test_nobody_plans_another_organisation(lead, ada, foreign):
    row = Roster.objects.filter(membership=ada.membership_id).first()
    for change in (
        away(ada),
        EndHours(row.pk, ada.membership_id, TUESDAY, once=False),
        Leave(ada.membership_id, MONDAY),
        AddHours(plan_of([ada.membership_id], TODAY, lead.network).hours[0]),
        AddClosure(Closed(at(MONDAY), at(TUESDAY), organisation_id=lead.organisation_id)),
        AddClosure(Closed(at(MONDAY), at(TUESDAY))),
    ):
        with pytest.raises(NotAllowedError):
            carry_out(actor=foreign, change=change, answers={}, now=now())
    with pytest.raises(NotAllowedError):
        set_workload(actor=foreign, membership=Membership.objects.get(pk=ada.membership_id), values={"percent": 50})
    own = set_workload(actor=lead, membership=Membership.objects.get(pk=ada.membership_id), values={"percent": 50})
    assert (own.membership_id, own.percent) == (ada.membership_id, 50)


def test_a_foreign_row_is_not_ended_under_an_own_name(lead, ada, foreign):
    row = Roster.objects.filter(membership=ada.membership_id, weekday=0).get()

    with pytest.raises(PlanError):
        carry_out(
            actor=foreign, change=EndHours(row.pk, foreign.membership_id, MONDAY, once=False), answers={}, now=now()
        )


def test_a_counsellor_enters_the_own_absence_and_no_other(lead, ada):
    carry_out(actor=ada, change=away(ada), answers={}, now=now())
    with pytest.raises(NotAllowedError):
        carry_out(actor=ada, change=away(lead), answers={}, now=now())
    with pytest.raises(NotAllowedError):
        carry_out(actor=ada, change=Leave(ada.membership_id, MONDAY), answers={}, now=now())


def test_the_past_is_not_rewritten(lead, ada):
    row = Roster.objects.filter(membership=ada.membership_id, weekday=0).get()
    with pytest.raises(PlanError):
        carry_out(
            actor=lead, change=EndHours(row.pk, ada.membership_id, MONDAY - timedelta(weeks=3), once=False),
            answers={}, now=now(),
        )  # fmt: skip


def test_an_absence_is_taken_back_by_a_new_change(lead, ada):
    carry_out(actor=lead, change=away(ada), answers={}, now=now())
    row = plan_of([ada.membership_id], TODAY, lead.network).away[0]
    carry_out(actor=lead, change=EndAbsence(row), answers={}, now=now())

    assert not Absence.objects.exists()


def test_a_closed_house_leaves_other_organisations_to_themselves(lead, ada, foreign):
    site = Site(
        network=lead.network, key="haus", organisation=Organisation.objects.get(key="alpha"), name="Haus", street="Weg"
    )
    site.save()
    Roster.objects.update(site=site)
    own, other = a_talk(ada), a_talk(foreign, key="k2")
    change = AddClosure(Closed(at(MONDAY), at(TUESDAY), site_id=site.pk))
    found = preview(actor=lead, change=change, now=now())

    assert [one.booking.pk for one in found.offers] == [own.pk]
    assert [row.pk for row in found.elsewhere] == [other.pk]
    carry_out(actor=lead, change=change, answers={own.pk: wanted_of(found.offers[0])}, now=now())
    assert Closure.objects.get().site_id == site.pk
    assert [(row.booking.pk, row.reasons) for row in open_matters(foreign, now())] == [(other.pk, {Reason.CLOSED})]


def test_accepting_books_the_new_time_and_calls_the_old_one_off(lead, ada):
    talk = a_talk(ada)
    held = proposed(lead, away(ada))
    booked = accept(actor=resident(lead.network), booking=booking_of(secret_of(held)), now=now())

    talk.refresh_from_db()
    assert booked.booking.state == BookingState.BOOKED
    assert (talk.state, talk.cancelled_by) == (BookingState.CANCELLED, CancelledBy.NETWORK)
    assert open_matters(lead, now()) == []
    assert not Message.objects.filter(template="cancelled").exists()  # the person just agreed on another time


def test_accepting_after_the_old_time_began_still_works(lead, ada):
    talk = a_talk(ada)
    held = proposed(lead, away(ada))
    Booking.objects.filter(pk=talk.pk).update(
        starts_at=now() - timedelta(minutes=5), ends_at=now() + timedelta(minutes=55)
    )
    accept(actor=resident(lead.network), booking=booking_of(secret_of(held)), now=now())

    talk.refresh_from_db()
    assert (talk.state, talk.cancelled_by) == (BookingState.CANCELLED, CancelledBy.NETWORK)


def test_another_time_takes_the_place_of_the_proposal(lead, ada, foreign):
    talk = a_talk(ada)
    held = proposed(lead, away(ada))
    person = resident(lead.network)
    days = other_times(person, booking_of(secret_of(held)), now())
    slot = next(slot for slots in days.values() for slot in slots if slot.start != held.starts_at.timestamp())
    assert len(days) == 4
    assert {one.membership_id for slots in days.values() for one in slots} == {ada.membership_id}  # whom they know
    choose(
        actor=person, booking=booking_of(secret_of(held)), now=now(),
        wanted=wanted_from(slot),
    )  # fmt: skip

    states = dict(Booking.objects.values_list("pk", "state"))
    assert (states[talk.pk], states[held.pk]) == (BookingState.CANCELLED, BookingState.CANCELLED)
    assert sorted(states.values()) == [BookingState.BOOKED, BookingState.CANCELLED, BookingState.CANCELLED]
    with pytest.raises(NotPossibleError):
        choose(
            actor=person, booking=booking_of(secret_of(held)), now=now(),
            wanted=Wanted(foreign.membership_id, slot.start, 3600, "phone"),
        )  # fmt: skip


def test_while_the_own_counsellor_is_away_colleagues_times_are_shown(lead, ada):
    a_talk(ada)
    held = proposed(lead, away(ada))
    is_away(ada, TODAY, MONDAY + timedelta(days=25))
    days = other_times(resident(lead.network), held, now())

    assert {one.membership_id for slots in days.values() for one in slots} == {lead.membership_id}


def test_a_proposal_is_open_until_its_end(lead, ada):
    a_talk(ada)
    held = proposed(lead, away(ada))
    end = held.held_until

    assert [is_open(held, one) for one in (now(), end - timedelta(seconds=1), end)] == [True, True, False]
    assert not is_open(accept(actor=resident(lead.network), booking=held, now=now()).booking, now())


def test_whoever_cannot_is_called_and_the_planner_sees_it(lead, ada):
    talk = a_talk(ada)
    held = proposed(lead, away(ada))
    ask_for_call(actor=resident(lead.network), booking=booking_of(secret_of(held)), now=now())

    matter = open_matters(lead, now())[0]
    assert (matter.booking.pk, matter.waits, matter.unanswered) == (talk.pk, False, False)
    call = Callback.objects.get()
    assert (call.contact_id, call.about_id) == (talk.contact_id, talk.pk)


def test_a_proposal_that_runs_out_is_told_to_the_planner(lead, ada):
    a_talk(ada)
    held = proposed(lead, away(ada))
    assert open_matters(lead, now())[0].waits

    matter = open_matters(lead, held.held_until)[0]
    assert (matter.waits, matter.unanswered) == (False, True)


def is_away(actor, first=MONDAY, last=MONDAY, deputy=None) -> Absence:
    """An absence that was there before anybody looked at what it breaks."""
    return Absence.objects.create(
        network=actor.network, membership_id=actor.membership_id, starts_at=at(first),
        ends_at=at(last + timedelta(days=1)), deputy_id=deputy and deputy.membership_id,
    )  # fmt: skip


def test_a_talk_that_no_change_broke_gets_a_proposal_of_its_own(lead, ada):
    """The person is written to, and the reminder of what cannot take place is taken back."""
    talk = a_talk(ada)
    is_away(ada)
    assert open_matters(lead, now())[0].proposal is None
    assert Message.objects.filter(template="reminder", state="queued").exists()

    held = propose_anew(actor=lead, booking=talk, now=now()).proposed[0]

    assert (held.replaces_id, held.state) == (talk.pk, BookingState.HELD)
    assert held.membership_id == ada.membership_id
    assert Message.objects.filter(key=f"booking:{held.pk}:proposal").exists()
    assert not Message.objects.filter(template="reminder", state="queued").exists()
    assert Event.objects.get(verb="plan:propose").object_id == talk.pk
    assert open_matters(lead, now())[0].waits
    with pytest.raises(PlanError, match="schon unterwegs"):
        propose_anew(actor=lead, booking=talk, now=now())
    later = held.held_until  # nobody answered: another one is held
    again = propose_anew(actor=lead, booking=talk, now=later).proposed[0]
    assert again.pk != held.pk
    assert open_matters(lead, later)[0].proposal.pk == again.pk


def test_the_deputy_of_an_absence_comes_first_in_a_proposal_of_its_own(lead, ada):
    """Lea would be free at the very hour of the talk, but Cem stands in for Ada."""
    third = make_actor(lead.network, "alpha", "counsellor", name="Cem")
    make_roster(third.membership_id, starts=time(14), kinds=("phone",))
    talk = a_talk(ada)
    is_away(ada, TODAY, MONDAY + timedelta(days=25), deputy=third)

    held = propose_anew(actor=lead, booking=talk, now=now()).proposed[0]

    assert held.membership_id == third.membership_id


def test_of_several_talks_the_one_that_was_asked_for_is_proposed_anew(lead, ada):
    _first, asked = a_talk(ada), a_talk(ada, hour=11, key="k2")
    is_away(ada)

    assert propose_anew(actor=lead, booking=asked, now=now()).proposed[0].replaces_id == asked.pk


def test_whom_we_may_not_write_to_is_called_about_a_proposal_of_its_own(lead, ada):
    talk = a_talk(ada, may_text=False, may_call=False)
    is_away(ada)
    done = propose_anew(actor=lead, booking=talk, now=now())

    assert [row.pk for row in done.to_call] == [talk.pk]
    assert [row.state for row in done.proposed] == [BookingState.HELD]
    assert Callback.objects.get().about_id == talk.pk


def test_an_absence_taken_back_leaves_nothing_to_propose(lead, ada):
    """The proposal is still on its way, so the talk is listed; but it takes place."""
    talk = a_talk(ada)
    gone = is_away(ada)
    propose_anew(actor=lead, booking=talk, now=now())
    gone.delete()

    assert [(row.booking.pk, row.waits) for row in open_matters(lead, now())] == [(talk.pk, True)]
    with pytest.raises(PlanError, match="nichts mehr zu klären"):
        propose_anew(actor=lead, booking=talk, now=now())


def test_a_talk_without_a_person_is_not_proposed_anew(lead, ada):
    talk = a_talk(ada)
    is_away(ada)
    Booking.objects.filter(pk=talk.pk).update(contact=None)

    with pytest.raises(PlanError, match="nichts mehr zu klären"):
        propose_anew(actor=lead, booking=talk, now=now())


def test_nothing_is_proposed_for_a_talk_that_takes_place(lead, ada, foreign):
    talk = a_talk(ada)
    with pytest.raises(PlanError, match="nichts mehr zu klären"):
        propose_anew(actor=lead, booking=talk, now=now())
    is_away(ada)
    with pytest.raises(PlanError, match="nichts mehr zu klären"):
        propose_anew(actor=foreign, booking=talk, now=now())
    with pytest.raises(NotAllowedError):
        propose_anew(actor=ada, booking=talk, now=now())
    assert not Booking.objects.filter(state=BookingState.HELD).exists()


def test_whom_nobody_can_offer_a_time_stays_to_be_called(lead, ada):
    talk = a_talk(ada)
    Roster.objects.all().delete()

    with pytest.raises(PlanError, match="nichts frei"):
        propose_anew(actor=lead, booking=talk, now=now())
    assert not Booking.objects.filter(state=BookingState.HELD).exists()


def test_one_call_is_promised_however_often_it_is_asked_for(lead, ada):
    talk = a_talk(ada)
    is_away(ada)
    assert open_matters(lead, now())[0].call is None

    for _ in range(2):
        ask_to_call(actor=lead, booking=talk, now=now())

    matter = open_matters(lead, now())[0]
    assert (matter.call, matter.is_to_be_called) == (Callback.objects.get(), True)


def test_a_promise_that_would_come_after_the_talk_is_not_enough(lead, ada):
    """Another one is promised, as soon as anybody can; once."""
    talk = a_talk(ada)
    is_away(ada)
    ask_to_call(actor=lead, booking=talk, now=now())
    Callback.objects.update(promised_until=talk.starts_at)
    assert open_matters(lead, now())[0].is_to_be_called
    Callback.objects.update(promised_until=talk.starts_at + timedelta(hours=1))
    assert not open_matters(lead, now())[0].is_to_be_called

    for _ in range(2):
        ask_to_call(actor=lead, booking=talk, now=now())
        Callback.objects.update(promised_until=talk.starts_at + timedelta(hours=1))

    assert sorted(Callback.objects.values_list("urgency", flat=True)) == ["today", "week"]
    sooner = Callback.objects.get(urgency="today")
    Callback.objects.filter(pk=sooner.pk).update(promised_until=talk.starts_at)
    assert open_matters(lead, now())[0].call == sooner


@pytest.mark.parametrize(("ahead", "urgency"), [(48, "week"), (47, "today")])
def test_a_talk_in_less_than_two_days_is_called_about_today(lead, ada, ahead, urgency):
    talk = a_talk(ada, day=TUESDAY)
    ask_to_call(actor=lead, booking=talk, now=talk.starts_at - timedelta(hours=ahead))

    assert Callback.objects.get().urgency == urgency


def test_a_talk_without_a_person_is_neither_offered_nor_called(lead, ada):
    talk = a_talk(ada)
    Booking.objects.filter(pk=talk.pk).update(contact=None)
    talk.refresh_from_db()

    assert preview(actor=lead, change=away(ada), now=now()).offers == []
    done = carry_out(actor=lead, change=away(ada), answers={}, now=now())
    ask_to_call(actor=lead, booking=talk, now=now())
    assert (done.proposed, done.to_call, Callback.objects.count()) == ([], [], 0)


def test_new_hours_are_written_as_they_were_shown(lead, ada):
    row = plan_of([ada.membership_id], TODAY, lead.network).hours[0]
    more = replace(row, id=uuid.uuid4(), weekday=5, starts=time(9), ends=time(12), valid_from=MONDAY)
    carry_out(actor=lead, change=AddHours(more), answers={}, now=now())

    assert more in plan_of([ada.membership_id], TODAY, lead.network).hours
    assert Roster.objects.get(pk=more.id).kinds == ["phone"]


def test_a_call_of_another_organisation_or_person_is_not_enough(lead, ada, foreign):
    talk, other = a_talk(ada), a_talk(ada, hour=11, key="k2")
    is_away(ada)
    ask_to_call(actor=lead, booking=other, now=now())
    promise_callback(
        actor=foreign, organisation_id=foreign.organisation_id, contact=talk.contact, district=None, topic="",
        urgency="today", now=now(),
    )  # fmt: skip

    calls = {row.booking.pk: row.call and row.call.about_id for row in open_matters(lead, now())}
    assert calls == {talk.pk: None, other.pk: other.pk}


@pytest.mark.parametrize("way", ["accept", "choose", "move"])
def test_whoever_agrees_on_another_time_is_not_called_about_the_old_one(lead, ada, way):
    """We promised a call to find a time; the person finds one first. The call ends, and says why."""
    talk = a_talk(ada, may_text=False, may_call=False)
    held = proposed(lead, away(ada))
    call = Callback.objects.get()
    assert (call.state, call.about_id) == (CallbackState.OPEN, talk.pk)
    person, at_once = resident(lead.network), now()
    if way == "accept":
        agreed = accept(actor=person, booking=booking_of(secret_of(held)), now=at_once).booking
    else:
        days = other_times(person, held, at_once)
        wanted = wanted_from(next(one for slots in days.values() for one in slots if one.starts_at != held.starts_at))
        give = choose if way == "choose" else move
        agreed = give(actor=person, booking=held if way == "choose" else talk, wanted=wanted, now=at_once).booking

    call.refresh_from_db()
    assert (call.state, call.settled_at) == (CallbackState.SPARED, at_once)
    assert [row.actor_kind for row in Event.objects.filter(verb="callback:spare", object_id=call.pk)] == ["resident"]
    assert is_call_spared(agreed)
    assert not Booking.objects.filter(state=BookingState.HELD).exists()
    again = settle_callback(actor=lead, callback=call, state=CallbackState.OPEN, now=now())
    assert (again.state, again.settled_at) == (CallbackState.OPEN, None)


def test_a_call_that_was_asked_for_otherwise_is_kept(lead, ada):
    """The person wanted to be called, we do not know about what: an accepted time does not answer that."""
    talk = a_talk(ada)
    held = proposed(lead, away(ada))
    wished = promise_callback(
        actor=lead, organisation_id=lead.organisation_id, contact=talk.contact, district=None, topic="",
        urgency="normal", now=now(),
    )  # fmt: skip
    booked = accept(actor=resident(lead.network), booking=held, now=now())

    wished.refresh_from_db()
    assert wished.state == CallbackState.OPEN
    assert not is_call_spared(booked.booking)


@pytest.mark.parametrize("later", [False, True])
def test_whoever_calls_right_now_goes_on(lead, ada, later):
    a_talk(ada, may_text=False, may_call=False)
    held = proposed(lead, away(ada))
    call = take_callback(actor=lead, callback=Callback.objects.get(), now=now())
    accept(actor=resident(lead.network), booking=held, now=now() + timedelta(minutes=16 * later))

    call.refresh_from_db()
    assert call.state == (CallbackState.SPARED if later else CallbackState.OPEN)


def test_a_talk_called_off_leaves_the_promised_call(lead, ada):
    """Nobody found another time, so the person still expects us."""
    talk = a_talk(ada)
    held = proposed(lead, away(ada))
    ask_for_call(actor=resident(lead.network), booking=held, now=now())
    cancel(actor=resident(lead.network), booking=talk, now=now())

    assert Callback.objects.get().state == CallbackState.OPEN


def test_the_next_offer_of_the_waiting_list_spares_the_call_about_the_last_one(lead, ada):
    details = ContactDetails(name="Rosa Muster", phone="0170 1234567", may_text=True)
    person = add_contact(actor=lead, organisation_id=lead.organisation_id, details=details)
    entry = put_on_list(
        actor=lead, organisation_id=lead.organisation_id, contact=person, wishes=Wishes(), urgency="normal",
        idempotency_key="w", now=now(),
    ).entry  # fmt: skip

    def offered(hour):
        wanted = Wanted(ada.membership_id, int(at(MONDAY, time(hour)).timestamp()), 3600, "phone")
        return hold(
            actor=lead, wanted=wanted, until=now() + timedelta(hours=5), idempotency_key=f"o{hour}", now=now(),
            via=Via.WAITING, contact=person, waiting=entry,
        ).booking  # fmt: skip

    entry.state = WaitingState.OFFERED
    entry.save()
    ask_for_call(actor=resident(lead.network), booking=offered(9), now=now())
    assert (Callback.objects.get().state, entry.state) == (CallbackState.OPEN, WaitingState.WAITING)
    accept(actor=resident(lead.network), booking=offered(10), now=now())
    entry.refresh_from_db()
    assert (Callback.objects.get().state, entry.state) == (CallbackState.SPARED, WaitingState.BOOKED)

    entry.state = WaitingState.ENDED
    ask_for_call(actor=resident(lead.network), booking=offered(11), now=now())
    assert entry.state == WaitingState.ENDED


def test_a_secret_opens_its_own_hold_alone(lead, ada):
    a_talk(ada)
    held = proposed(lead, away(ada))

    assert booking_of(secret_of(held)) == held
    assert booking_of(secret_of(held)[:-1]) is None
    assert booking_of(held.pk.hex) is None
    assert link_of(held, "tr") == ""


def test_a_way_is_kept_once_for_both_directions(lead):
    organisation = Organisation.objects.get(key="alpha")
    one, other = (
        Site(network=lead.network, key=key, organisation=organisation, name=key, street="Weg") for key in ("a", "b")
    )
    one.save()
    other.save()
    set_way(actor=lead, one=one, other=other, minutes=20)
    set_way(actor=lead, one=other, other=one, minutes=25)

    assert list(Travel.objects.values_list("minutes", flat=True)) == [25]
    with pytest.raises(PlanError):
        set_way(actor=lead, one=one, other=one, minutes=5)
    set_way(actor=lead, one=one, other=other, minutes=None)
    assert not Travel.objects.exists()


def test_a_deputy_of_the_settings_is_asked_second(lead, ada):
    Workload(network=lead.network, membership_id=ada.membership_id, deputy_id=lead.membership_id).save()
    a_talk(ada)
    offers = preview(actor=lead, change=Leave(ada.membership_id, TODAY), now=now()).offers

    assert offers[0].chosen.membership_id == lead.membership_id


def leaves_after(actor, day):
    Membership.objects.filter(pk=actor.membership_id).update(last_day=day)


def free_days(actor):
    slots = free(network=actor.network, first=MONDAY, last=TUESDAY, not_before=now(), memberships=[actor.membership_id])
    return {slot.starts_at.astimezone(BERLIN).date() for slot in slots}


def test_nothing_is_free_after_somebodys_last_day(ada):
    assert free_days(ada) == {MONDAY, TUESDAY}
    leaves_after(ada, MONDAY)

    assert free_days(ada) == {MONDAY}
    with pytest.raises(SlotTakenError):
        a_talk(ada, day=TUESDAY)


def test_talks_after_somebodys_last_day_wait_to_be_settled(lead, ada):
    before, after = a_talk(ada), a_talk(ada, day=TUESDAY, key="k2")
    assert open_matters(lead, now()) == []
    leaves_after(ada, MONDAY)

    assert [(row.booking.pk, row.reasons) for row in open_matters(lead, now())] == [(after.pk, {Reason.GONE})]
    assert before.pk != after.pk


def test_a_preview_offers_nobody_who_is_gone_by_then(lead, ada):
    talk = a_talk(ada)
    leaves_after(ada, MONDAY)
    offers = preview(actor=lead, change=away(ada), now=now()).offers

    assert [one.booking.pk for one in offers] == [talk.pk]
    days = {
        slot.starts_at.astimezone(BERLIN).date() for slot in offers[0].slots if slot.membership_id == ada.membership_id
    }
    assert max(days, default=TODAY) < MONDAY


def test_hours_after_somebodys_last_day_win_no_time(lead, ada):
    leaves_after(ada, TODAY)
    row = plan_of([ada.membership_id], TODAY, lead.network).hours[0]
    more = replace(row, id=uuid.uuid4(), weekday=MONDAY.weekday(), starts=time(17), ends=time(18), valid_from=MONDAY)

    assert preview(actor=lead, change=AddHours(more), now=now()).impact.minutes_a_week == 0


def test_whoever_has_left_leaves_talks_to_be_settled(lead, ada):
    talk = a_talk(ada)
    Membership.objects.filter(pk=ada.membership_id).update(ended_on=TODAY)

    assert [(row.booking.pk, row.reasons) for row in open_matters(lead, now())] == [(talk.pk, {Reason.GONE})]

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
from tragnetz.appointments.groups.planning import GroupDetails, Meeting, add_dates, make_group
from tragnetz.appointments.groups.rules import Span as GroupSpan
from tragnetz.appointments.lines.commands import plan_duty
from tragnetz.appointments.links import booking_of, link_of, secret_of
from tragnetz.appointments.models import Absence, Booking, Callback, Closure, Roster, TalkLength, Travel, Workload
from tragnetz.appointments.planning.answers import accept, ask_for_call, choose, is_open, other_times
from tragnetz.appointments.planning.changes import AddAbsence, AddClosure, AddHours, EndAbsence, EndHours, Leave
from tragnetz.appointments.planning.commands import (
    ask_to_call,
    carry_out,
    preview,
    propose_anew,
    set_policy,
    set_talk_length,
    set_way,
    set_workload,
)
from tragnetz.appointments.planning.conflicts import Clash
from tragnetz.appointments.planning.errors import NotAllowedError, OutdatedPreviewError, PlanError
from tragnetz.appointments.planning.proposals import proposal_lasts_until
from tragnetz.appointments.planning.queries import clashes, counsellors, open_matter, open_matters, plan_of, week_of
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
from tragnetz.network.models import Hotline, Membership, Organisation, Site
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


def a_talk(actor, day=MONDAY, hour=9, key="k1", kind="phone", **contact) -> Booking:
    details = ContactDetails(name="Rosa Muster", phone="0170 1234567", **({"may_text": True} | contact))
    person = add_contact(actor=actor, organisation_id=actor.organisation_id, details=details)
    wanted = Wanted(actor.membership_id, int(at(day, time(hour)).timestamp()), 3600, kind)
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


def test_a_german_talk_waits_for_nobody_who_lists_german(lead, ada):
    a_talk(ada)
    third = make_actor(lead.network, "alpha", "counsellor", name="Cem")
    make_roster(third.membership_id, starts=time(14), kinds=("phone",))
    Membership.objects.filter(pk=third.membership_id).update(languages=["de"])
    found = preview(actor=lead, change=away(ada, TODAY, MONDAY + timedelta(days=25)), now=now())

    assert found.offers[0].chosen.membership_id == lead.membership_id


def test_nobody_is_offered_a_time_before_which_they_cannot_answer(lead, ada):
    """Two hours to answer, and two to prepare."""
    a_talk(ada)
    slots = preview(actor=lead, change=away(ada), now=at(MONDAY, time(8))).offers[0].slots

    assert min(slot.starts_at for slot in slots) == at(MONDAY, time(12))


def test_times_of_another_organisation_or_of_who_left_are_never_offered(lead, ada, foreign):
    """Both are free at the very hour of the talk."""
    gone = make_actor(lead.network, "alpha", "counsellor", name="Cem")
    make_roster(gone.membership_id, kinds=("phone",))
    Membership.objects.filter(pk=gone.membership_id).update(ended_on=TODAY)
    a_talk(ada)
    a_talk(foreign, key="k2")

    offer = preview(actor=lead, change=away(ada), now=now()).offers[0]

    assert {slot.membership_id for slot in offer.slots} == {ada.membership_id, lead.membership_id}


def test_each_is_offered_the_way_of_talking_and_the_length_they_need(lead, ada):
    site = Site(network=lead.network, key="haus", organisation=Organisation.objects.get(key="alpha"), name="Haus")
    site.save()
    Roster.objects.update(site=site, kinds=["phone", "on_site"])
    a_talk(ada)
    a_talk(ada, hour=10, key="k2", kind="on_site")
    again = a_talk(ada, hour=11, key="k3")
    Booking.objects.filter(pk=again.pk).update(purpose="follow")
    translated = a_talk(ada, hour=12, key="k4")
    Booking.objects.filter(pk=translated.pk).update(interpreter=True)
    set_talk_length(actor=lead, kind="phone", first=60, follow=30, rest=0)

    offers = preview(actor=lead, change=away(ada), now=now()).offers

    assert [{(slot.kind, slot.site_id, (slot.end - slot.start) / 60) for slot in one.slots} for one in offers] == [
        {("phone", None, 60)}, {("on_site", site.pk, 60)}, {("phone", None, 30)}, {("phone", None, 120)},
    ]  # fmt: skip


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
    offer = preview(actor=lead, change=gone, now=now()).offers[0]

    assert offer.chosen.membership_id == (lead if late else ada).membership_id
    assert len(offer.slots) == len(set(offer.slots))


def test_two_people_are_not_offered_the_same_time(lead, ada):
    a_talk(ada, hour=9)
    a_talk(ada, hour=10, key="k2")
    chosen = [one.chosen for one in preview(actor=lead, change=away(ada), now=now()).offers]

    assert len({(slot.membership_id, slot.start) for slot in chosen}) == 2


def offered(lead, change):
    """With whom and when each is offered a time."""
    chosen = [one.chosen for one in preview(actor=lead, change=change, now=now()).offers]
    return [(slot.membership_id, slot.starts_at) for slot in chosen]


def test_each_is_offered_the_nearest_time_that_is_left(lead, ada):
    """One may begin when the other ends."""
    a_talk(ada, hour=9)
    a_talk(ada, hour=10, key="k2")
    a_talk(ada, hour=15, key="k3")
    a_talk(ada, TUESDAY, hour=8, key="k4")
    gone = AddAbsence(Away(ada.membership_id, at(MONDAY), at(TUESDAY, time(9)), "vacation"))

    assert offered(lead, gone) == [(ada.membership_id, at(TUESDAY, time(hour))) for hour in (9, 10, 11, 12)]


def test_times_that_are_offered_leave_the_rest_between_them(lead, ada):
    """Else the plan could be made by nobody: the second time would be refused while it is held."""
    a_talk(ada, hour=9)
    a_talk(ada, TUESDAY, hour=10, key="k2")
    set_talk_length(actor=lead, kind="phone", first=60, follow=60, rest=30)
    gone = AddAbsence(Away(ada.membership_id, at(TODAY), at(TUESDAY, time(12)), "vacation"))
    assert offered(lead, gone) == [
        (ada.membership_id, at(TUESDAY, time(12))), (ada.membership_id, at(TUESDAY, time(13, 30))),
    ]  # fmt: skip

    offers = preview(actor=lead, change=gone, now=now()).offers
    answers = {one.booking.pk: wanted_of(one) for one in offers}

    assert len(carry_out(actor=lead, change=gone, answers=answers, now=now()).proposed) == 2


def test_whoever_takes_one_talk_a_day_is_offered_once(lead, ada):
    a_talk(ada, hour=9)
    a_talk(ada, hour=11, key="k2")
    set_workload(actor=lead, membership=Membership.objects.get(pk=ada.membership_id), values={"most_a_day": 1})

    (one, first), (other, second) = offered(lead, away(ada))

    assert (one, other) == (ada.membership_id, ada.membership_id)
    assert first.astimezone(BERLIN).date() != second.astimezone(BERLIN).date()


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


def test_a_time_that_somebody_holds_is_let_go_and_a_talk_stays(lead, ada):
    """Whoever has not agreed yet is not asked: the form tells them that the time is gone."""
    talk = a_talk(ada)
    person = add_contact(actor=ada, organisation_id=ada.organisation_id, details=ContactDetails(name="Frau Y."))
    held = hold(
        actor=ada, wanted=Wanted(ada.membership_id, int(at(MONDAY, time(11)).timestamp()), 3600, "phone"),
        until=now() + timedelta(minutes=10), idempotency_key="h", now=now(), via=Via.DESK, contact=person,
    ).booking  # fmt: skip
    offers = preview(actor=lead, change=away(ada), now=now()).offers
    assert [one.booking.pk for one in offers] == [talk.pk]

    carry_out(actor=lead, change=away(ada), answers={talk.pk: wanted_of(offers[0])}, now=now())

    states = dict(Booking.objects.values_list("pk", "state"))
    assert (states[held.pk], states[talk.pk]) == (BookingState.CANCELLED, BookingState.BOOKED)


def test_a_group_whose_leader_is_away_is_listed_and_nobody_is_offered_a_time(lead, ada):
    group = make_group(actor=ada, details=GroupDetails(title={"de": "Bewerben"}, places=5), now=now())
    date = GroupSpan(at(MONDAY, time(18)), at(MONDAY, time(19)))
    add_dates(actor=ada, group=group, spans=[date], meeting=Meeting(ada.membership_id), now=now())
    found = preview(actor=lead, change=away(ada), now=now())

    assert [(row.starts_at, row.session_id is not None) for row in found.groups] == [(date.starts_at, True)]
    assert found.offers == []


def test_what_was_agreed_is_carried_over_to_the_proposal_and_to_another_choice(lead, ada, settings):
    settings.TRAGNETZ_PUBLIC_URL = "https://netz.example"
    talk = a_talk(ada)
    Booking.objects.filter(pk=talk.pk).update(topic="debt", language="tr", purpose="follow", interpreter=True)
    held = proposed(lead, away(ada))
    message = Message.objects.get(template="proposal")
    assert message.expires_at == held.held_until
    person = resident(lead.network)
    days = other_times(person, held, now())
    slot = next(slot for slots in days.values() for slot in slots if slot.starts_at != held.starts_at)
    chosen = choose(actor=person, booking=held, wanted=wanted_from(slot), now=now()).booking

    for row in (held, chosen):
        assert (row.topic, row.language, row.purpose, row.interpreter, row.kind, row.via) == (
            "debt", "tr", "follow", True, "phone", Via.PROPOSAL,
        )  # fmt: skip
        assert (row.contact_id, row.replaces_id, row.ends_at - row.starts_at) == (
            talk.contact_id, talk.pk, timedelta(hours=2),
        )  # fmt: skip


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
        with pytest.raises(NotAllowedError):  # nor looks at whom it would concern
            preview(actor=foreign, change=change, now=now())
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


def test_a_house_is_closed_and_rules_are_set_by_the_lead_alone(lead, ada):
    house = AddClosure(Closed(at(MONDAY), at(TUESDAY), organisation_id=lead.organisation_id))
    alpha = Organisation.objects.get(key="alpha")
    sites = [Site(network=lead.network, key=key, organisation=alpha, name=key, street="Weg") for key in ("a", "b")]
    for one in sites:
        one.save()
    member = Membership.objects.get(pk=ada.membership_id)

    for actor, allowed in ((ada, False), (lead, True)):
        for act in (
            lambda: carry_out(actor=actor, change=house, answers={}, now=now()),  # noqa: B023 -- called at once
            lambda: set_talk_length(actor=actor, kind="phone", first=45, follow=30, rest=5),  # noqa: B023
            lambda: set_policy(actor=actor, values={"notice_hours": 9}),  # noqa: B023
            lambda: set_way(actor=actor, one=sites[0], other=sites[1], minutes=9),  # noqa: B023
            lambda: set_workload(actor=actor, membership=member, values={"percent": 9}),  # noqa: B023
        ):
            if allowed:
                act()
            else:
                with pytest.raises(NotAllowedError):
                    act()

    length = TalkLength.objects.get()
    assert (length.kind, length.first_minutes, length.follow_minutes, length.buffer_minutes) == ("phone", 45, 30, 5)
    assert (policy_of(lead.network).notice_hours, Travel.objects.get().minutes, Workload.objects.get().percent) == (
        9, 9, 9,
    )  # fmt: skip
    assert Closure.objects.get().organisation_id == lead.organisation_id
    assert set_policy(actor=lead, values={"hold_minutes": 20}).notice_hours == 9  # one row, the rest stays


def test_hours_are_planned_from_today_on(lead, ada):
    row = plan_of([ada.membership_id], TODAY, lead.network).hours[0]
    times = {"weekday": TODAY.weekday(), "starts": time(17), "ends": time(18), "valid_until": TODAY}
    for day, allowed in ((TODAY - timedelta(days=1), False), (TODAY, True)):
        change = AddHours(replace(row, id=uuid.uuid4(), valid_from=day, **times))
        if allowed:
            carry_out(actor=lead, change=change, answers={}, now=now())
        else:
            with pytest.raises(PlanError, match="Was schon war"):
                carry_out(actor=lead, change=change, answers={}, now=now())

    assert Roster.objects.filter(starts=time(17)).count() == 1


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


def test_a_time_of_another_organisation_is_not_to_be_had_instead(lead, ada, foreign):
    """Nothing is lost by trying: the proposal is still held."""
    a_talk(ada)
    held = proposed(lead, away(ada))
    wanted = Wanted(foreign.membership_id, int(at(TUESDAY, time(9)).timestamp()), 3600, "phone")

    with pytest.raises(NotPossibleError, match="gibt es hier nicht"):
        choose(actor=resident(lead.network), booking=held, wanted=wanted, now=now())
    held.refresh_from_db()
    assert held.state == BookingState.HELD
    assert not Booking.objects.filter(membership=foreign.membership_id).exists()


def test_the_last_day_of_other_times_is_as_full_as_the_first(lead, ada):
    a_talk(ada)
    held = proposed(lead, away(ada))
    days = other_times(resident(lead.network), held, at(MONDAY - timedelta(days=7), time(5)))

    assert [len(slots) for slots in days.values()] == 4 * [15]  # 8 to 15 h, each half hour
    for slots in days.values():
        assert slots == sorted(slots)


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


def test_a_proposal_that_was_given_back_is_not_open(lead, ada):
    a_talk(ada)
    held = proposed(lead, away(ada))
    ask_for_call(actor=resident(lead.network), booking=held, now=now())
    held.refresh_from_db()

    assert not is_open(held, now())


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


def test_a_call_that_was_made_is_no_promise_any_more(lead, ada):
    """Else nobody would call about the talk that still does not fit."""
    talk = a_talk(ada)
    is_away(ada)
    ask_to_call(actor=lead, booking=talk, now=now())
    made = settle_callback(actor=lead, callback=Callback.objects.get(), state=CallbackState.DONE, now=now())
    assert open_matters(lead, now())[0].call is None

    ask_to_call(actor=lead, booking=talk, now=now())

    assert Callback.objects.exclude(pk=made.pk).get().state == CallbackState.OPEN


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


def test_on_a_friday_evening_a_talk_of_monday_morning_is_called_about_before_it(lead, ada):
    talk = a_talk(ada)  # on Monday at nine, sixty hours and more away
    friday = at(MONDAY - timedelta(days=3), time(17))

    ask_to_call(actor=lead, booking=talk, now=friday)

    assert talk.starts_at - friday > timedelta(days=2)
    assert Callback.objects.get().urgency == "today"


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

    calls = {row.booking.pk: row.call for row in open_matters(lead, now())}
    assert calls == {talk.pk: None, other.pk: Callback.objects.get(about=other)}


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


def test_an_agreed_time_ends_no_call_about_anything_else(lead, ada):
    """Not the wish of a stranger, not the call about another talk of the same person, not about others' places."""
    talk, other = a_talk(ada, may_text=False, may_call=False), a_talk(ada, hour=11, key="k2")
    Booking.objects.filter(pk=other.pk).update(contact=talk.contact)
    other.refresh_from_db()
    stranger = add_contact(actor=lead, organisation_id=lead.organisation_id, details=ContactDetails(name="Frau Y."))
    entry = put_on_list(
        actor=lead, organisation_id=lead.organisation_id, contact=stranger, wishes=Wishes(), urgency="normal",
        idempotency_key="w", now=now(),
    ).entry  # fmt: skip
    Booking.objects.filter(pk=other.pk).update(waiting=entry)
    kept = [
        promise_callback(
            actor=lead, organisation_id=lead.organisation_id, contact=person, district=None, topic="",
            urgency="normal", now=now(), about=about,
        )
        for person, about in ((stranger, None), (talk.contact, other))
    ]  # fmt: skip
    days = other_times(resident(lead.network), talk, now())
    wanted = wanted_from(next(iter(days.values()))[0])
    move(actor=resident(lead.network), booking=talk, wanted=wanted, now=now())

    assert set(Callback.objects.filter(state=CallbackState.OPEN)) == set(kept)


@pytest.mark.parametrize("state", [CallbackState.DONE, CallbackState.NOT_REACHED])
def test_what_came_of_a_call_stays_when_a_time_is_agreed(lead, ada, state):
    a_talk(ada, may_text=False, may_call=False)
    held = proposed(lead, away(ada))
    settled = settle_callback(actor=lead, callback=Callback.objects.get(), state=state, now=now())
    booked = accept(actor=resident(lead.network), booking=held, now=now()).booking

    call = Callback.objects.get()
    assert (call.state, call.settled_at) == (state, settled.settled_at)
    assert not is_call_spared(booked)


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


def promised_about_another_place(lead, ada) -> Callback:
    """A call about a time that was offered to somebody else who waits."""
    talk = a_talk(ada, hour=14, key="k9")
    entry = put_on_list(
        actor=lead, organisation_id=lead.organisation_id, contact=talk.contact, wishes=Wishes(), urgency="normal",
        idempotency_key="w9", now=now(),
    ).entry  # fmt: skip
    Booking.objects.filter(pk=talk.pk).update(waiting=entry)
    return promise_callback(
        actor=lead, organisation_id=lead.organisation_id, contact=talk.contact, district=None, topic="",
        urgency="normal", now=now(), about=talk,
    )  # fmt: skip


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
    own = Callback.objects.get()
    others = promised_about_another_place(lead, ada)
    accept(actor=resident(lead.network), booking=offered(10), now=now())
    entry.refresh_from_db()
    own.refresh_from_db()
    others.refresh_from_db()
    assert (own.state, entry.state) == (CallbackState.SPARED, WaitingState.BOOKED)
    assert others.state == CallbackState.OPEN  # somebody else waits, and is still called

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


def left_on(actor, day):
    Membership.objects.filter(pk=actor.membership_id).update(ended_on=day)


def matters(lead):
    return {row.booking.pk: row.reasons for row in open_matters(lead, now())}


def test_whoever_left_worked_until_the_day_before(lead, ada):
    """Or until their last day, if that was earlier."""
    monday, tuesday = a_talk(ada), a_talk(ada, day=TUESDAY, key="k2")
    left_on(ada, TUESDAY + timedelta(days=1))
    assert matters(lead) == {}

    left_on(ada, TUESDAY)
    assert matters(lead) == {tuesday.pk: {Reason.GONE}}
    leaves_after(ada, MONDAY - timedelta(days=1))
    assert matters(lead) == {monday.pk: {Reason.GONE}, tuesday.pk: {Reason.GONE}}
    left_on(ada, MONDAY)
    leaves_after(ada, TUESDAY)
    assert matters(lead) == {monday.pk: {Reason.GONE}, tuesday.pk: {Reason.GONE}}


def test_what_is_to_be_settled_is_shown_to_the_lead_alone(lead, ada):
    talk = a_talk(ada)
    is_away(ada)
    assert list(matters(lead)) == [talk.pk]
    assert open_matter(lead, talk, now()).booking == talk

    assert open_matters(ada, now()) == []
    assert open_matter(ada, talk, now()) is None
    assert open_matters(replace(lead, organisation_id=None), now()) == []
    assert open_matter(replace(lead, organisation_id=None), talk, now()) is None


@pytest.mark.parametrize(("via", "is_matter"), [(Via.DESK, True), (Via.IMPORT, False), (Via.GROUP, False)])
def test_what_was_put_outside_of_all_hours_on_purpose_stays(lead, ada, via, is_matter):
    talk = a_talk(ada)
    Booking.objects.filter(pk=talk.pk).update(via=via)
    Roster.objects.all().delete()

    assert bool(open_matters(lead, now())) is is_matter


def test_what_is_over_called_off_or_held_is_no_matter(lead, ada):
    talk, gone = a_talk(ada), a_talk(ada, hour=11, key="k2")
    cancel(actor=lead, booking=gone, now=now())
    hold(
        actor=ada, wanted=Wanted(ada.membership_id, int(at(MONDAY, time(13)).timestamp()), 3600, "phone"),
        until=now() + timedelta(minutes=10), idempotency_key="h", now=now(), via=Via.DESK,
    )  # fmt: skip
    is_away(ada)

    assert list(matters(lead)) == [talk.pk]
    assert open_matters(lead, talk.ends_at) == []


def test_counsellors_are_those_by_their_task_or_by_their_hours(lead, ada):
    desk, helping, gone = (
        make_actor(lead.network, "alpha", role, name=name)
        for role, name in (("intake", "Ida"), ("intake", "Hans"), ("counsellor", "Gül"))
    )
    make_roster(helping.membership_id)
    left_on(gone, TODAY)
    make_actor(lead.network, "beta", "counsellor", name="Bea")

    found = {row.pk for row in counsellors(lead.organisation_id)}

    assert found == {lead.membership_id, ada.membership_id, helping.membership_id}
    assert desk.membership_id not in found


def test_a_week_shows_its_own_talks_and_hours(lead, ada):
    talk, gone = a_talk(ada), a_talk(ada, hour=11, key="k2")
    cancel(actor=lead, booking=gone, now=now())
    came = a_talk(lead, key="k3")
    Booking.objects.filter(pk=came.pk).update(state=BookingState.ATTENDED)
    before, after = a_talk(ada, day=MONDAY, hour=13, key="k4"), a_talk(ada, day=MONDAY, hour=14, key="k5")
    for row, day in ((before, MONDAY - timedelta(days=1)), (after, MONDAY + timedelta(days=7))):
        Booking.objects.filter(pk=row.pk).update(starts_at=at(day, time(10)), ends_at=at(day, time(11)))
    held = hold(
        actor=ada, wanted=Wanted(ada.membership_id, int(at(MONDAY, time(15)).timestamp()), 3600, "phone"),
        until=now() + timedelta(minutes=10), idempotency_key="h", now=now(), via=Via.DESK,
    ).booking  # fmt: skip

    def shown(moment):
        return {row.pk for row in week_of(lead.network, lead.organisation_id, MONDAY, moment).talks}

    assert shown(now()) == {talk.pk, came.pk, held.pk}
    assert shown(held.held_until) == {talk.pk, came.pk}
    week = week_of(lead.network, lead.organisation_id, MONDAY, now())
    worked = sum(
        day.weekday() < 5 and day not in week.holidays for day in (MONDAY + timedelta(days=n) for n in range(7))
    )
    assert week.offered == {one.membership_id: worked * 480 for one in (lead, ada)}


def test_the_lead_is_told_what_does_not_fit_together(lead, ada):
    """Of eight weeks; of talks those that press."""
    one, other = (
        Site(network=lead.network, key=key, organisation=Organisation.objects.get(key="alpha"), name=key)
        for key in ("a", "b")
    )
    one.save()
    other.save()
    set_way(actor=lead, one=one, other=other, minutes=61)
    Roster.objects.filter(membership=lead.membership_id).update(site=one)
    make_roster(lead.membership_id, weekdays=[0], starts=time(17), ends=time(18))
    Roster.objects.filter(starts=time(17)).update(site=other)
    talk, calm = a_talk(ada), a_talk(ada, hour=11, key="k2")
    is_away(ada)
    plan_duty(
        actor=lead, hotline=Hotline.objects.first(), membership=Membership.objects.get(pk=ada.membership_id),
        weekdays=[0], starts=time(8), ends=time(9), valid_from=TODAY, valid_until=None,
    )  # fmt: skip

    found = clashes(lead, now(), pressing={talk.pk})

    assert {(row.clash, row.membership_id) for row in found} == {
        (Clash.TOO_FAR, lead.membership_id), (Clash.NO_DEPUTY, ada.membership_id), (Clash.ON_DUTY, ada.membership_id),
    }  # fmt: skip
    assert [row.starts for row in found if row.clash == Clash.NO_DEPUTY] == [time(9)]
    assert calm.starts_at > talk.starts_at
    set_way(actor=lead, one=one, other=other, minutes=60)
    assert Clash.TOO_FAR not in {row.clash for row in clashes(lead, now(), pressing=())}
    assert clashes(ada, now(), pressing={talk.pk}) == []
    assert clashes(replace(lead, organisation_id=None), now(), pressing={talk.pk}) == []

"""What both sides say: answers, questions, a joint talk, the day of the sender, the line of the case."""

from datetime import timedelta

import pytest

from tests.factories import make_actor
from tests.referrals.conftest import day, linked, sent
from tragnetz.appointments.models import Absence
from tragnetz.audit.models import Event
from tragnetz.casework.models import Case
from tragnetz.casework.timeline.queries import Span, timeline
from tragnetz.core.clock import now
from tragnetz.network.actors import partner, resident
from tragnetz.referrals.channel import open_channel
from tragnetz.referrals.commands import mark_seen, move_referral
from tragnetz.referrals.errors import ReferralError
from tragnetz.referrals.exchange import answer_talk, propose_talk, write_line
from tragnetz.referrals.links import find_link
from tragnetz.referrals.models import Referral, Talk
from tragnetz.referrals.queries import agreed_talks, pressing, received, referrals_of, running_of, sheet_of, waits_here
from tragnetz.referrals.queries import sent as list_sent
from tragnetz.referrals.rules import Said
from tragnetz.referrals.timeline import referral_entries


@pytest.fixture
def by_link(network, ada, referral):
    secret, _made = linked(ada, referral)
    assert find_link(secret, now()) is not None
    return partner(network)


def fresh(referral):
    return Referral.objects.get(pk=referral.pk)


def test_a_partner_accepts_and_tells_what_came_of_it(by_link, referral):
    move_referral(actor=by_link, referral=referral, target="accepted", now=now())
    move_referral(actor=by_link, referral=referral, target="in_progress", now=now())
    done = move_referral(actor=by_link, referral=referral, target="completed", said=Said(outcome="helped"), now=now())

    row = fresh(referral)
    assert (row.state, row.outcome, row.refusal) == ("completed", "helped", "")
    assert row.answered_at <= row.came_at <= row.ended_at == done.ended_at
    assert row.news_at is not None
    moved = Event.objects.filter(verb="referral:move").order_by("position")
    assert [event.details["why"] for event in moved] == ["", "", "helped"]
    mark_seen(row)
    assert fresh(referral).news_at is None


def test_of_two_who_answer_at_once_the_second_is_told(by_link, ada, referral):
    move_referral(actor=by_link, referral=referral, target="accepted", now=now(), seen="requested")

    with pytest.raises(ReferralError, match="Inzwischen"):
        move_referral(actor=ada, referral=referral, target="in_progress", now=now(), seen="requested")
    for nonsense in ("requested", "draft", "nothing"):
        with pytest.raises(ReferralError, match="Inzwischen"):
            move_referral(actor=ada, referral=referral, target=nonsense, now=now())
    assert fresh(referral).state == "accepted"


def test_when_it_was_answered_and_when_somebody_came_is_said_once(by_link, ada, referral):
    first, later = now(), now() + timedelta(hours=1)
    move_referral(actor=by_link, referral=referral, target="in_progress", now=first)
    move_referral(actor=ada, referral=referral, target="on_hold", now=later)
    move_referral(actor=by_link, referral=referral, target="in_progress", now=later)

    row = fresh(referral)
    assert (row.answered_at, row.came_at, row.ended_at, row.news_at) == (first, first, None, later)
    move_referral(actor=ada, referral=referral, target="on_hold", now=later)
    assert fresh(referral).news_at is None  # what we enter ourselves is no news


@pytest.mark.parametrize(
    ("target", "said"),
    [("rejected", Said()), ("rejected", Said(refusal="nonsense")), ("completed", Said(outcome="no_show")),
     ("failed", Said(outcome="helped")), ("accepted", Said(refusal="other"))],
)  # fmt: skip
def test_an_answer_says_just_what_belongs_to_it(by_link, referral, target, said):
    with pytest.raises(ReferralError, match="Grund"):
        move_referral(actor=by_link, referral=referral, target=target, said=said, now=now())
    assert fresh(referral).state == "requested"


def test_nothing_follows_an_end(by_link, ada, referral):
    move_referral(actor=by_link, referral=referral, target="rejected", said=Said("no_capacity"), now=now())

    for actor in (by_link, ada):
        with pytest.raises(ReferralError, match="neu"):
            move_referral(actor=actor, referral=referral, target="accepted", now=now())
    with pytest.raises(ReferralError, match="beendet"):
        write_line(actor=by_link, referral=referral, text="Doch", request_key="1", now=now())


def test_the_sender_enters_what_a_partner_says_on_the_phone(ada, referral):
    move_referral(actor=ada, referral=referral, target="accepted", now=now())

    assert (fresh(referral).state, fresh(referral).news_at) == ("accepted", None)


def test_colleagues_of_the_partner_answer_without_a_link(ada, fred, network, referral):
    outsider = make_actor(network, "alpha", "counsellor", name="Zoe")

    assert waits_here(fred) == 1
    move_referral(actor=fred, referral=referral, target="accepted", now=now())
    assert (waits_here(fred), len(received(fred))) == (0, 1)
    for actor in (outsider, resident(network)):
        with pytest.raises(ReferralError, match="gibt es nicht"):
            move_referral(actor=actor, referral=referral, target="in_progress", now=now())


def test_questions_and_answers_are_read_by_both_and_sent_once(ada, fred, by_link, referral):
    first = write_line(actor=by_link, referral=referral, text="Welche Sprache?", request_key="q", now=now())
    again = write_line(actor=by_link, referral=referral, text="Welche Sprache?", request_key="q", now=now())
    asked = fresh(referral).news_at
    write_line(actor=ada, referral=referral, text="Deutsch", request_key="a", now=now())

    assert first.pk == again.pk
    assert (asked is not None, fresh(referral).news_at) == (True, None)
    lines = sheet_of(fresh(referral), "sender", day(0)).lines
    assert [(one.side, one.text) for one in lines] == [("recipient", "Welche Sprache?"), ("sender", "Deutsch")]
    for text in (" ", "x" * 3000):
        with pytest.raises(ReferralError):
            write_line(actor=by_link, referral=referral, text=text, request_key="n", now=now())


def test_a_joint_talk_is_agreed_by_the_other_side_alone(ada, by_link, referral):
    at = now() + timedelta(days=2)
    first = propose_talk(actor=ada, referral=referral, starts_at=at, place="Bei uns", now=now())
    talk = propose_talk(actor=by_link, referral=referral, starts_at=at, place="Raum 3", now=now())

    assert Talk.objects.get(pk=first.pk).state == "declined"
    with pytest.raises(ReferralError, match="beantwortet"):
        answer_talk(actor=by_link, talk=talk, fits=True, now=now())
    answer_talk(actor=ada, talk=talk, fits=True, now=now())
    assert Talk.objects.get(pk=talk.pk).state == "accepted"
    with pytest.raises(ReferralError, match="noch kommen"):
        propose_talk(actor=ada, referral=referral, starts_at=now(), place="Hier", now=now())


def test_the_day_shows_news_at_once_and_what_is_overdue(ada, fred, network, case, referral):
    bert = make_actor(network, "alpha", "counsellor", name="Bert")
    lead = make_actor(network, "alpha", "lead", name="Lena")
    Case.objects.filter(pk=case.pk).update(deputy=bert.membership_id)

    def who(on):
        return [bool(pressing(actor, on, own=True)) for actor in (ada, bert, lead)]

    assert who(day(7)) == [False, False, False]
    assert who(day(8)) == [True, False, False]
    assert who(day(11)) == [True, True, False]
    assert who(day(15)) == [True, True, True]
    Absence(
        network=network, membership_id=ada.membership_id, starts_at=now(), ends_at=now() + timedelta(days=20)
    ).save()
    assert who(day(8)) == [True, True, False]
    move_referral(actor=fred, referral=referral, target="accepted", now=now())
    assert who(day(0))[0]
    assert not pressing(ada, day(0), own=True)[0].is_overdue


def test_an_agreed_talk_stands_on_its_day_until_the_referral_ends(ada, network, case, by_link, referral):
    at = now() + timedelta(days=2)
    talk = propose_talk(actor=ada, referral=referral, starts_at=at, place="Raum 3", now=now())
    on = at.astimezone(network.zone).date()

    def shown(day):
        return [one.talk_at for one in pressing(ada, day, own=True) if one.talk_at]

    assert shown(on) == []  # proposed, not agreed
    answer_talk(actor=by_link, talk=talk, fits=True, now=now())
    assert shown(on) == [talk.starts_at]
    assert shown(on + timedelta(days=1)) == []
    assert [one.talk_at for one in running_of(case, day(0))] == [talk.starts_at]
    assert agreed_talks([fresh(referral)], now())[referral.pk].place == "Raum 3"
    move_referral(actor=ada, referral=referral, target="cancelled", now=now())
    assert shown(on) == []


def test_lists_cost_the_same_however_much_there_is(ada, fred, case, django_assert_num_queries, referral):
    def counted():
        list_sent(ada, day(0), wanted="offen")
        received(fred)
        pressing(ada, day(9), own=True)
        referrals_of(case, day(0))

    with django_assert_num_queries(6):
        counted()
    for _number in range(5):
        sent(ada, case, basis="anonymous")
    with django_assert_num_queries(6):
        counted()
    assert len(list_sent(ada, day(0), wanted="wartet")) == 6
    assert [list_sent(ada, day(0), wanted=one) for one in ("neu", "beendet")] == [[], []]


def test_the_line_of_the_case_tells_of_it(ada, by_link, case, referral):
    move_referral(actor=by_link, referral=referral, target="rejected", said=Said("no_capacity"), now=now())

    span = Span(day(-1), day(1))
    found = timeline(case, span, "vermittlungen", {"referral": referral_entries})
    assert {entry.title for entry in found} == {
        "Vermittelt an Beta e. V.", "Vermittlung an Beta e. V.: abgelehnt, Kein Platz frei",
    }  # fmt: skip
    open_channel([referral])


def test_a_partners_answer_sent_twice_is_one_answer(by_link, ada, referral):
    for _tap in range(2):
        move_referral(actor=by_link, referral=referral, target="accepted", now=now(), seen="requested")

    assert fresh(referral).state == "accepted"
    assert Event.objects.filter(verb="referral:move").count() == 1
    move_referral(actor=by_link, referral=referral, target="failed", said=Said(outcome="no_show"), now=now())
    with pytest.raises(ReferralError, match="Inzwischen"):
        move_referral(actor=by_link, referral=referral, target="failed", said=Said(outcome="not_reached"), now=now())

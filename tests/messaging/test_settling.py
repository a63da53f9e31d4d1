"""What people do by hand: each deed once, audited, and for nobody of another organisation."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import make_actor
from tragnetz.audit.models import Event
from tragnetz.messaging import commands, queries, settling
from tragnetz.messaging.enums import CallOutcome, Channel, Reason, State
from tragnetz.messaging.errors import MessageError
from tragnetz.messaging.models import Message

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)  # a Tuesday
STARTS = NOW + timedelta(days=7)


@pytest.fixture
def ada(network):
    return make_actor(network, "alpha", "intake")


@pytest.fixture
def bea(network):
    return make_actor(network, "alpha", "counsellor", name="Bea")


def put(actor, channel, key="booking:1:moved", due=NOW, **state):
    message = commands.queue(
        actor=actor, key=key, channel=channel, address="+491701234567", template="moved", code="C", language="de",
        params={"starts_at": STARTS.isoformat(), "phone": "1"}, due_at=due, organisation_id=actor.organisation_id,
    )  # fmt: skip
    Message.objects.filter(pk=message.pk).update(**state)
    return message.pk


def state_of(key) -> tuple[str, str]:
    return Message.objects.values_list("state", "error").get(pk=key)


def test_nothing_by_hand_leaves_by_itself(network, ada, settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path
    for channel in (Channel.LETTER, Channel.CALL):
        put(ada, channel, key=channel)

    assert commands.deliver_due(network=network, now=NOW) == 0
    assert set(Message.objects.values_list("state", flat=True)) == {State.QUEUED}


def test_a_letter_is_printed_posted_and_then_done(ada, bea):
    letter = put(ada, Channel.LETTER)

    assert [row.pk for row in settling.take_letters(actor=ada, ids=[letter], now=NOW)] == [letter]
    assert Message.objects.get().settled_by_id == ada.membership_id  # whoever comes next sees who printed it
    assert settling.mark_posted(actor=bea, ids=[letter], now=NOW) == 1
    assert settling.mark_posted(actor=ada, ids=[letter], now=NOW) == 0
    message = Message.objects.get()
    assert (message.state, message.sent_at, message.settled_by_id) == (State.SENT, NOW, bea.membership_id)
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == ["message:print", "message:posted"]


def test_a_letter_taken_back_after_printing_is_not_posted(ada):
    letter = put(ada, Channel.LETTER)
    settling.take_letters(actor=ada, ids=[letter], now=NOW)
    commands.cancel(actor=ada, key_prefix="booking:1:")

    assert settling.mark_posted(actor=ada, ids=[letter], now=NOW) == 0
    assert state_of(letter)[0] == State.CANCELLED


def test_a_call_belongs_to_one_for_a_while(ada, bea):
    call = put(ada, Channel.CALL)
    assert settling.claim_call(actor=ada, message_id=call, now=NOW).pk == call

    with pytest.raises(MessageError, match="schon jemand"):
        settling.claim_call(actor=bea, message_id=call, now=NOW + timedelta(minutes=5))
    settling.claim_call(actor=ada, message_id=call, now=NOW + timedelta(minutes=1))  # clicked twice: still hers
    with pytest.raises(MessageError, match="schon jemand"):
        settling.claim_call(actor=bea, message_id=call, now=NOW + timedelta(minutes=15, seconds=59))
    settling.claim_call(actor=bea, message_id=call, now=NOW + timedelta(minutes=16))
    assert Message.objects.get().settled_by_id == bea.membership_id


@pytest.mark.parametrize("outcome", [CallOutcome.REACHED, CallOutcome.VOICEMAIL])
def test_who_was_told_is_not_called_again(ada, outcome):
    call = put(ada, Channel.CALL)
    settling.finish_call(actor=ada, message_id=call, outcome=outcome, now=NOW)

    assert state_of(call) == (State.SENT, "")
    with pytest.raises(MessageError):
        settling.finish_call(actor=ada, message_id=call, outcome=outcome, now=NOW)


def test_who_is_not_reached_is_called_three_times_then_it_is_a_problem(ada):
    call = put(ada, Channel.CALL)
    for tries in (1, 2, 3):
        assert queries.calls(ada, Message.objects.get().due_at).count() == 1
        settling.finish_call(actor=ada, message_id=call, outcome=CallOutcome.NO_ANSWER, now=NOW)
        message = Message.objects.get()
        assert message.attempts == tries
        if tries < 3:
            assert (message.due_at, message.claimed_at, message.settled_by) == (NOW + timedelta(hours=2), None, None)

    assert state_of(call) == (State.FAILED, Reason.NO_ANSWER)
    assert [row.pk for row in queries.problems(ada, NOW)] == [call]


def test_a_wrong_number_is_not_called_again(ada):
    call = put(ada, Channel.CALL)
    settling.claim_call(actor=ada, message_id=call, now=NOW)
    message = settling.finish_call(actor=ada, message_id=call, outcome=CallOutcome.WRONG_NUMBER, now=NOW)

    assert (message.pk, message.attempts) == (call, 1)
    assert state_of(call) == (State.FAILED, Reason.WRONG_NUMBER)
    assert [row.pk for row in queries.problems(ada, NOW)] == [call]


def test_a_call_no_longer_needed_is_not_made(ada):
    call = put(ada, Channel.CALL)
    settling.claim_call(actor=ada, message_id=call, now=NOW)
    commands.cancel(actor=ada, key_prefix="booking:1:")

    with pytest.raises(MessageError, match="zurückgezogen"):
        settling.finish_call(actor=ada, message_id=call, outcome=CallOutcome.REACHED, now=NOW)


def test_calls_that_fall_due_before_the_lines_open_again_are_made_today(ada):
    friday = datetime(2026, 11, 27, 10, tzinfo=UTC)
    put(ada, Channel.CALL, key="sunday", due=friday + timedelta(days=2))
    put(ada, Channel.CALL, key="monday", due=friday + timedelta(days=3, hours=2))

    assert [row.key for row in queries.calls(ada, friday)] == ["sunday"]


def test_an_uncertain_message_arrived_or_goes_once_more(ada, network, settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "file", "email": "file"}
    first = put(ada, Channel.SMS, key="1", state=State.UNCERTAIN, error="unanswered:504", attempts=1)
    second = put(ada, Channel.SMS, key="2", state=State.UNCERTAIN, attempts=5)

    settling.arrived(actor=ada, message_id=first, now=NOW)
    settling.send_again(actor=ada, message_id=second, now=NOW)

    assert state_of(first) == (State.SENT, "")
    assert commands.deliver_due(network=network, now=NOW) == 1
    assert state_of(second) == (State.SENT, "")


def test_nothing_goes_once_more_after_its_appointment_or_when_taken_back(ada):
    late = put(ada, Channel.SMS, key="late:", state=State.FAILED, error=Reason.TOO_LATE)
    back = put(ada, Channel.SMS, key="back:", state=State.UNCERTAIN)
    gone = put(ada, Channel.SMS, key="back:refused", state=State.FAILED, error="refused:400")
    commands.cancel(actor=ada, key_prefix="back:")

    for key, at in ((late, STARTS), (back, NOW), (gone, NOW)):
        with pytest.raises(MessageError, match="nicht mehr hinaus"):
            settling.send_again(actor=ada, message_id=key, now=at)


def test_whom_nobody_may_reach_is_not_written_to_by_hand_either(ada):
    key = put(ada, "", state=State.FAILED, error=Reason.NO_WAY)

    with pytest.raises(MessageError, match="wenn sie das erlaubt"):
        settling.send_again(actor=ada, message_id=key, now=NOW)
    assert state_of(key) == (State.FAILED, Reason.NO_WAY)


def test_what_never_ends_goes_once_more_with_all_its_tries(ada):
    key = put(ada, Channel.SMS, state=State.FAILED, error="refused:400", attempts=5, expires_at=None)
    message = settling.send_again(actor=ada, message_id=key, now=NOW)

    assert (message.pk, message.state, message.attempts, message.settled_by) == (key, State.QUEUED, 0, None)


def test_a_problem_put_aside_is_gone_but_stays_what_it_was(ada):
    key = put(ada, Channel.SMS, state=State.FAILED, error="refused:400")

    settling.put_aside(actor=ada, message_id=key)

    assert state_of(key) == (State.FAILED, "refused:400")
    assert not queries.problems(ada, NOW).exists()


def test_a_message_taken_back_by_hand_does_not_leave(ada, network):
    key = put(ada, Channel.SMS)
    settling.take_back(actor=ada, message_id=key)

    assert commands.deliver_due(network=network, now=NOW) == 0
    assert state_of(key)[0] == State.CANCELLED


@pytest.mark.parametrize(("organisation", "role"), [("beta", "lead"), ("alpha", "dpo"), ("alpha", "programme")])
def test_others_can_do_nothing_with_it(ada, network, organisation, role):
    other = make_actor(network, organisation, role, name="Cleo")
    key = put(ada, Channel.SMS, state=State.UNCERTAIN)
    letter = put(ada, Channel.LETTER, key="letter")

    for deed in (settling.arrived, settling.send_again):
        with pytest.raises(MessageError):
            deed(actor=other, message_id=key, now=NOW)
    assert settling.take_letters(actor=other, ids=[letter], now=NOW) == []
    assert settling.mark_posted(actor=other, ids=[letter], now=NOW) == 0
    assert not queries.problems(other, NOW).exists()
    assert queries.problems(ada, NOW).exists()


def test_what_became_of_the_messages_of_a_booking_is_told_in_words(ada):
    put(ada, Channel.SMS, key="booking:1:a", state=State.SENT, sent_at=NOW)
    put(ada, Channel.CALL, key="booking:1:b")
    put(ada, Channel.SMS, key="booking:1:c", state=State.UNCERTAIN, error="unanswered:504")
    put(ada, Channel.SMS, key="booking:2:a")

    told = [(one.channel, one.state, one.wrong) for one in queries.messages_of("booking:1:")]

    assert sorted(told) == [
        ("Anruf", "ist zu tun", False),
        ("SMS", "Der Versand hat nicht geantwortet. Vielleicht ist die Nachricht angekommen.", True),
        ("SMS", "gesendet", False),
    ]

"""The outbox: once, in time, never after it was taken back, by a way that the person allows."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.factories import make_network
from tragnetz.core.ids import new_id
from tragnetz.messaging import commands
from tragnetz.messaging.enums import Channel, Reason, State, Template
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import STALE, Recipient, ends_at, way_to
from tragnetz.network.actors import resident, system
from tragnetz.network.scope import scope

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
STARTS = datetime(2026, 12, 1, 9, tzinfo=UTC)
WAYS = Recipient(
    name="Rosa Beispiel", person_id=new_id(), phone="+491701234567", email="rosa@example.org",
    address="Weg 1\n44623 Herne", may_text=True, may_email=True, may_letter=True, may_call=True,
)  # fmt: skip
PARAMS = {"starts_at": STARTS.isoformat(), "phone": "02323 16-9167"}


def put(network, key="booking:1:reminder", due=NOW, **fields):
    return commands.queue(
        actor=system(network), key=key, due_at=due,
        **({"channel": Channel.SMS, "address": "+491701234567", "language": "de", "template": "reminder",
            "code": "K7M4-9XQ2-PD3A", "params": PARAMS} | fields),
    )  # fmt: skip


def tell(actor, recipient, template="reminder", key="booking:1:x", due=NOW, **params):
    return commands.notify(
        actor=actor, recipient=recipient, key=key, template=template, params=PARAMS | params, code="C", due_at=due
    )


@pytest.fixture
def folder(settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "file", "email": "file"}
    return tmp_path / "outbox"


def texts(folder) -> list[str]:
    return [path.read_text() for path in sorted(folder.glob("*.txt"))] if folder.exists() else []


def test_due_message_goes_out_once(network, folder):
    put(network)
    put(network)

    assert commands.deliver_due(network=network, now=NOW) == 1
    assert commands.deliver_due(network=network, now=NOW) == 0
    (text,) = texts(folder)
    assert "Dienstag, 1. Dezember, 10:00" in text


def test_a_message_that_the_disk_does_not_take_waits_and_leaves_later(network, folder):
    message = put(network)
    folder.mkdir()
    (folder / f"sms-{message.pk}.part").symlink_to("/dev/full")

    commands.deliver_due(network=network, now=NOW)
    message.refresh_from_db()
    first, left = (message.state, message.error), list(folder.iterdir())
    commands.deliver_due(network=network, now=message.due_at)

    assert first == (State.QUEUED, "ENOSPC")
    assert left == []
    assert Message.objects.get().state == State.SENT
    assert len(texts(folder)) == 1


def test_message_waits_until_it_is_due(network, folder):
    put(network, due=NOW + timedelta(hours=1))

    assert commands.deliver_due(network=network, now=NOW) == 0
    assert commands.deliver_due(network=network, now=NOW + timedelta(hours=1)) == 1


def test_nothing_goes_out_after_it_was_taken_back(network, folder):
    put(network)

    assert commands.cancel(actor=system(network), key_prefix="booking:1:") == 1
    assert commands.deliver_due(network=network, now=NOW) == 0
    assert texts(folder) == []


def test_what_was_under_way_when_it_was_taken_back_is_not_tried_again(network, folder, settings):
    message = put(network)
    Message.objects.filter(pk=message.pk).update(state=State.SENDING, claimed_at=NOW, attempts=1)
    commands.cancel(actor=system(network), key_prefix="booking:1:")
    Message.objects.filter(pk=message.pk).update(state=State.QUEUED)  # the gateway did not take it: back in the queue

    assert commands.deliver_due(network=network, now=NOW + timedelta(hours=1)) == 0
    assert Message.objects.get().state == State.CANCELLED
    assert texts(folder) == []


@pytest.mark.parametrize("late", [timedelta(), timedelta(minutes=1), timedelta(hours=2), timedelta(days=3)])
def test_what_missed_its_time_is_not_sent_but_told(network, folder, late):
    put(network, due=STARTS - timedelta(days=1))
    put(network, key="letter", channel=Channel.LETTER, due=STARTS - timedelta(days=9))

    assert commands.deliver_due(network=network, now=STARTS + late) == 0
    assert set(Message.objects.values_list("state", "error")) == {(State.FAILED, Reason.TOO_LATE)}
    assert texts(folder) == []


def test_three_days_off_line_send_what_still_makes_sense_and_tell_the_rest(network, folder):
    for hours in range(-48, 48, 4):  # appointments around the moment at which the machine is back
        start = NOW + timedelta(hours=hours, minutes=1)
        put(
            network,
            key=f"booking:{hours}",
            due=start - timedelta(days=1),
            params=PARAMS | {"starts_at": start.isoformat()},
        )

    sent = commands.deliver_due(network=network, now=NOW)

    states = {row.key: row.state for row in Message.objects.all()}
    assert sent == 6
    for hours in range(-48, 48, 4):
        expected = State.FAILED if hours < 0 else State.SENT if hours < 24 else State.QUEUED
        assert states[f"booking:{hours}"] == expected, hours


@pytest.mark.parametrize("jump", [timedelta(hours=-2), timedelta(days=-3)])
def test_a_clock_set_back_sends_nothing_after_its_appointment(network, folder, jump):
    really = STARTS + timedelta(minutes=30)
    put(network, due=STARTS - timedelta(days=4))

    assert commands.deliver_due(network=network, now=really + jump, at_least=really) == 0
    assert Message.objects.get().error == Reason.TOO_LATE


@pytest.mark.parametrize("jump", [timedelta(hours=2), timedelta(hours=-2), timedelta(days=3)])
def test_a_clock_that_jumps_sends_nothing_twice_and_loses_nothing(network, folder, jump):
    for number in range(6):
        put(network, key=f"booking:{number}", due=NOW + timedelta(minutes=number))
    commands.deliver_due(network=network, now=NOW + timedelta(minutes=2))
    commands.deliver_due(network=network, now=NOW + timedelta(minutes=3) + jump)
    commands.deliver_due(network=network, now=NOW + timedelta(minutes=6))

    assert len(texts(folder)) == 6
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}


def test_a_sender_that_fell_over_leaves_it_uncertain_and_unsent(network, folder):
    message = put(network)
    Message.objects.filter(pk=message.pk).update(state=State.SENDING, claimed_at=NOW)

    assert commands.deliver_due(network=network, now=NOW + STALE + timedelta(seconds=1)) == 0
    assert Message.objects.get().state == State.UNCERTAIN
    assert texts(folder) == []


def test_a_slow_sender_taken_for_fallen_still_tells_what_it_did(network, monkeypatch):
    message = put(network)

    class Slow:
        repeats_safely = False

        def send(self, *_args):
            commands.deliver_due(network=network, now=NOW + STALE + timedelta(minutes=1))  # another worker, meanwhile
            assert Message.objects.get().state == State.UNCERTAIN

    monkeypatch.setattr(commands, "backend_for", lambda _channel: Slow())
    assert commands.deliver_due(network=network, now=NOW) == 1
    assert Message.objects.get(pk=message.pk).state == State.SENT


@pytest.mark.parametrize(
    ("allowed", "channel"),
    [
        ("may_text may_email may_letter may_call", Channel.SMS),
        ("may_email may_letter may_call", Channel.EMAIL),
        ("may_letter may_call", Channel.LETTER),
        ("may_call", Channel.CALL),
    ],
)
def test_the_quickest_allowed_way_is_taken(network, allowed, channel):
    ways = {name: name in allowed.split() for name in ("may_text", "may_email", "may_letter", "may_call")}

    message = tell(system(network), Recipient(**({f: getattr(WAYS, f) for f in WAYS.__slots__} | ways)))

    assert (message.channel, message.name, message.language) == (channel, "Rosa Beispiel", "de")
    by_phone = {Channel.SMS, Channel.CALL}
    elsewhere = {Channel.EMAIL: "rosa@example.org", Channel.LETTER: WAYS.address}
    assert message.address == ("+491701234567" if channel in by_phone else elsewhere[channel])


def only(**ways):
    return Recipient(name="Rosa", person_id=WAYS.person_id, phone=WAYS.phone, address=WAYS.address, **ways)


@pytest.mark.parametrize(
    ("may", "address", "channel"),
    [
        ("may_text", "phone", Channel.SMS), ("may_email", "email", Channel.EMAIL),
        ("may_letter", "address", Channel.LETTER), ("may_call", "phone", Channel.CALL),
    ],
)  # fmt: skip
def test_nobody_is_reached_by_what_they_did_not_allow(may, address, channel):
    """Leave and address are both needed, and no leave stands for another one."""
    addresses = {name: getattr(WAYS, name) for name in ("phone", "email", "address")}
    elsewhere = {name: text for name, text in addresses.items() if name != address}

    assert way_to(Recipient(**addresses)) is None
    assert way_to(Recipient(**elsewhere, **{may: True})) is None
    assert way_to(Recipient(**addresses, **{may: True})) == (channel, addresses[address])
    assert way_to(Recipient(**addresses, **{may: True}), set(Channel) - {channel}) is None


@pytest.mark.parametrize(("days", "reaches"), [(2, False), (3, True), (4, True)])
def test_a_letter_that_would_come_too_late_is_no_way(days, reaches):
    due = STARTS - timedelta(days=days)
    way = (Channel.LETTER, WAYS.address)

    assert way_to(only(may_letter=True), due_at=due, expires_at=STARTS) == (way if reaches else None)
    assert way_to(only(may_letter=True), due_at=due) == way  # what never ends, never comes too late
    assert way_to(only(may_letter=True), expires_at=STARTS) == way


def test_a_message_ends_with_the_first_of_what_it_tells():
    until = STARTS - timedelta(days=1)

    assert ends_at({"starts_at": STARTS.isoformat(), "until": until.isoformat()}) == until
    assert ends_at({"starts_at": STARTS.isoformat(), "until": ""}) == STARTS
    assert ends_at({}) is None


def test_nobody_is_called_for_what_they_were_just_told(network):
    assert tell(system(network), only(may_call=True), "booked") is None
    assert tell(resident(network), only(may_call=True), "moved") is None
    assert not Message.objects.exists()
    assert tell(system(network), only(may_call=True), "moved").channel == Channel.CALL


TOLD_JUST_NOW = {"booked", "waiting_kept", "group_registered", "group_waiting"}


@pytest.mark.parametrize("template", Template.values)
def test_only_what_was_told_a_moment_ago_is_left_untold(network, template):
    """A call that nobody makes, and nobody who is missing among the problems."""
    called = tell(system(network), only(may_call=True), template, key="a")
    tell(system(network), only(), template, key="b")

    assert (called is None) == (template in TOLD_JUST_NOW)
    assert (Message.objects.filter(key="b").count() == 0) == (template in TOLD_JUST_NOW)
    assert tell(system(network), only(may_text=True), template, key="c").channel == Channel.SMS


def test_who_may_be_reached_another_way_is_no_problem(network):
    """A reminder goes by SMS, mail or call; whoever takes letters alone is not among those whom nobody may reach."""
    ways = [Channel.SMS, Channel.EMAIL, Channel.CALL]
    sent = commands.notify(
        actor=system(network), recipient=only(may_letter=True), key="r", template="reminder", params=PARAMS, code="C",
        due_at=NOW, ways=ways,
    )  # fmt: skip

    assert sent is None
    assert not Message.objects.exists()


def test_what_was_taken_back_does_not_come_back_as_a_problem(network):
    tell(system(network), only(), "cancelled")
    commands.cancel(actor=system(network), key_prefix="booking:1:")
    tell(system(network), only(), "cancelled")
    tell(system(network), only(may_text=True), "reminder", key="booking:2:x")
    assert tell(system(network), only(), "reminder", key="booking:2:x").channel == Channel.SMS

    assert dict(Message.objects.values_list("template", "state")) == {
        "cancelled": State.CANCELLED, "reminder": State.QUEUED,
    }  # fmt: skip


def test_whom_nobody_may_reach_is_told_to_staff(network):
    assert tell(system(network), only(), "cancelled") is None
    assert tell(system(network), only(), "cancelled") is None

    message = Message.objects.get()
    assert (message.state, message.error, message.channel) == (State.FAILED, Reason.NO_WAY, "")
    commands.cancel(actor=system(network), key_prefix="booking:1:")
    assert Message.objects.get().state == State.CANCELLED


def test_what_waits_follows_a_changed_contact(network, folder):
    tell(system(network), only(may_text=True), key="booking:1:a")
    tell(system(network), only(may_text=True), "booked", key="booking:1:b")
    tell(system(network), only(), "cancelled", key="booking:2:a")

    changed = commands.reroute(recipient=only(may_call=True))

    found = {row.key: (row.state, row.channel) for row in Message.objects.all()}
    assert changed == 3
    assert found == {
        "booking:1:a": (State.QUEUED, Channel.CALL),
        "booking:1:b": (State.CANCELLED, ""),
        "booking:2:a": (State.QUEUED, Channel.CALL),
    }
    commands.reroute(recipient=only())
    assert Message.objects.get(key="booking:1:a").error == Reason.NO_WAY
    assert commands.deliver_due(network=network, now=NOW) == 0


def test_what_waits_takes_name_language_and_way_of_now(network):
    """Somebody had printed the letter already: that was for the old way."""
    letter = tell(system(network), only(may_letter=True))
    Message.objects.filter(pk=letter.pk).update(claimed_at=NOW)
    now_called = Recipient(
        name="Rosa Neu", language="tr", person_id=WAYS.person_id, phone="+491709999999", may_text=True
    )

    assert commands.reroute(recipient=now_called) == 1
    assert commands.reroute(recipient=now_called) == 0
    row = Message.objects.get()
    assert (row.name, row.language, row.address, row.claimed_at) == ("Rosa Neu", "tr", "+491709999999", None)


def test_what_may_not_take_the_way_that_is_left_is_taken_back_quietly(network):
    """A reminder by letter would come too late; the person may be reached, so nobody has to look after them."""
    commands.notify(
        actor=system(network), recipient=only(may_text=True), key="r", template="reminder", params=PARAMS, code="C",
        due_at=NOW, ways=[Channel.SMS, Channel.EMAIL],
    )  # fmt: skip
    commands.reroute(recipient=only(may_letter=True))

    assert list(Message.objects.values_list("state", "error", "channel")) == [(State.CANCELLED, "", "")]


@pytest.mark.parametrize("state", [State.SENDING, State.SENT, State.UNCERTAIN, State.CANCELLED])
def test_what_is_on_its_way_or_over_takes_no_other(network, state):
    tell(system(network), only(may_text=True))
    Message.objects.update(state=state)

    assert commands.reroute(recipient=only(may_call=True)) == 0
    assert list(Message.objects.values_list("state", "channel")) == [(state, Channel.SMS)]


def test_another_persons_messages_stay_as_they_are(network):
    tell(system(network), WAYS)

    assert commands.reroute(recipient=Recipient(person_id=new_id())) == 0
    assert Message.objects.get().channel == Channel.SMS


def test_what_goes_to_no_person_of_ours_names_none(network):
    """Else whatever went to nobody in particular would change its way together."""
    tell(system(network), Recipient(phone=WAYS.phone, may_text=True))

    assert Message.objects.get().params["person"] == ""
    assert commands.reroute(recipient=Recipient(phone=WAYS.phone, may_call=True)) == 0


def test_address_and_code_do_not_stand_in_the_database(network):
    put(network, name="Rosa Beispiel")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(m)::text FROM messaging_message m")
        row = cursor.fetchone()[0]

    assert "491701234567" not in row
    assert "K7M4" not in row
    assert "Rosa" not in row
    assert Message.objects.get().address == "+491701234567"


def test_one_turn_sends_no_more_than_its_share(network, folder):
    for number in range(3):
        put(network, key=str(number))

    assert commands.deliver_due(network=network, now=NOW, limit=2) == 2
    assert commands.deliver_due(network=network, now=NOW, limit=2) == 1


def test_what_fell_while_the_settings_are_wrong_is_not_sent_a_second_time(network, settings):
    message = put(network)
    Message.objects.filter(pk=message.pk).update(state=State.SENDING, claimed_at=NOW)
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "nothing we know"}
    commands.deliver_due(network=network, now=NOW + STALE + timedelta(seconds=1))

    assert Message.objects.get().state == State.UNCERTAIN


def test_a_slow_sender_has_ten_minutes(network, folder):
    message = put(network)
    Message.objects.filter(pk=message.pk).update(state=State.SENDING, claimed_at=NOW)
    commands.deliver_due(network=network, now=NOW + STALE)

    assert Message.objects.get().state == State.SENDING


def test_after_thirty_days_nobody_can_read_whom_it_went_to(network, folder):
    put(network, name="Rosa")
    put(network, key="young", due=NOW + timedelta(days=2), name="Emil")
    commands.deliver_due(network=network, now=NOW + timedelta(days=2))

    assert commands.forget_old(now=NOW + timedelta(days=31)) == 1
    assert commands.forget_old(now=NOW + timedelta(days=31)) == 0
    old, young = Message.objects.order_by("due_at")
    assert (old.address, old.name, old.code, old.params) == ("", "", "", {})
    assert (old.template, old.state, old.sent_at) == ("reminder", State.SENT, NOW + timedelta(days=2))
    assert young.name == "Emil"


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_send_each_message_once(folder):
    network = make_network()
    with scope(network):
        for number in range(30):
            put(network, key=f"booking:{number}:reminder")
    counts = []

    def work():
        with scope(network):
            counts.append(commands.deliver_due(network=network, now=NOW))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(counts) == 30
    assert len(texts(folder)) == 30

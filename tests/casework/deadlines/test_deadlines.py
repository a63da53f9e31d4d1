"""Deadlines of a case: set only when confirmed, seen by whom it concerns, told to the person in neutral words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tragnetz.appointments.models import Absence
from tragnetz.audit.models import Event
from tragnetz.casework.closing.commands import close_case
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.deadlines.commands import (
    DeadlineDetails,
    can_tell,
    change_deadline,
    set_deadline,
    settle_deadline,
)
from tragnetz.casework.deadlines.queries import deadlines_of, due_deadlines
from tragnetz.casework.deadlines.rules import MOVES, needs_reason, reminders, stage, time_left
from tragnetz.casework.deadlines.sums import Asked, explained, title_of
from tragnetz.casework.enums import DeadlineState
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case, Deadline
from tragnetz.casework.timeline.queries import Span, timeline
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import render, segments
from tragnetz.messaging.texts import languages
from tragnetz.network.models import Membership

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = NOW.date()
LETTER = Asked("objection", date(2026, 11, 2))  # by post: its last day is 7 December


def details(days=13, **given):
    return DeadlineDetails(TODAY + timedelta(days=days), **({"matter": "Brief vom Amt"} | given))


def allow_sms(case):
    type(case.contact).objects.filter(pk=case.contact_id).update(may_text=True)
    return Case.objects.select_related("contact").get(pk=case.pk)


@pytest.fixture
def deadline(case, owner):
    return set_deadline(actor=owner, case=case, details=details(asked=LETTER), now=NOW)


def test_a_deadline_by_a_rule_keeps_its_sum_and_can_be_explained_again(deadline):
    row = Deadline.objects.get(pk=deadline.pk)

    assert row.computed_on == row.due_on == date(2026, 12, 7)
    assert title_of(row) == "Widerspruch gegen einen Bescheid (Sozialrecht)"
    assert explained(row).due_on == row.computed_on
    assert explained(row).lines[0].statute == "§ 37 Abs. 2 SGB X"


def test_a_day_after_the_sum_needs_a_reason(case, owner):
    with pytest.raises(CaseworkError, match="warum"):
        set_deadline(actor=owner, case=case, details=details(14, asked=LETTER), now=NOW)

    row = set_deadline(actor=owner, case=case, details=details(14, asked=LETTER, reason="Umschlag vom 3.11."), now=NOW)

    assert (row.computed_on, row.due_on) == (date(2026, 12, 7), date(2026, 12, 8))
    assert not needs_reason(TODAY, None)


def test_an_own_deadline_needs_words(case, owner):
    with pytest.raises(CaseworkError, match="schreiben Sie etwas"):
        set_deadline(actor=owner, case=case, details=details(matter=" "), now=NOW)

    row = set_deadline(actor=owner, case=case, details=details(matter="Mietvertrag abgeben"), now=NOW)

    assert title_of(row) == "Mietvertrag abgeben"
    assert explained(row) is None


@pytest.mark.parametrize("asked", [Asked("nothing", TODAY), Asked("job_seeking", TODAY)])
def test_a_sum_that_cannot_be_done_is_refused(case, owner, asked):
    with pytest.raises(CaseworkError):
        set_deadline(actor=owner, case=case, details=details(asked=asked), now=NOW)


def test_the_words_of_a_deadline_are_sealed_for_its_part(case, owner, people):
    from django.db import connection

    row = set_deadline(actor=owner, case=case, details=details(matter="Ins Frauenhaus"), now=NOW, person=people["Rosa"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT matter FROM casework_deadline WHERE id = %s", [row.pk])
        kept = bytes(cursor.fetchone()[0])

    assert Deadline.objects.get(pk=row.pk).matter == "Ins Frauenhaus"
    assert b"Frauenhaus" not in kept
    assert row.compartment == compartment_of(case, people["Rosa"])


def test_all_moves_of_the_table_and_no_other(deadline, owner):
    for state in DeadlineState:
        for target in DeadlineState:
            ended = None if state == DeadlineState.OPEN else TODAY
            Deadline.objects.filter(pk=deadline.pk).update(
                state=state, ended_on=ended, ended_by=owner.membership_id if ended else None
            )
            if target in MOVES[state]:
                moved = settle_deadline(actor=owner, deadline=deadline, state=target, now=NOW)
                assert (moved.state, moved.ended_on is None) == (target, target == DeadlineState.OPEN)
            else:
                with pytest.raises(CaseworkError):
                    settle_deadline(actor=owner, deadline=deadline, state=target, now=NOW)


def test_a_settled_deadline_is_not_changed(deadline, owner):
    settle_deadline(actor=owner, deadline=deadline, state="met", now=NOW)

    with pytest.raises(CaseworkError, match="erledigt"):
        change_deadline(actor=owner, deadline=deadline, details=details(), now=NOW)


def test_others_neither_set_nor_settle(case, deadline, foreign, colleague, owner):
    for actor in (foreign, colleague):
        with pytest.raises(CaseworkError, match="gibt es nicht"):
            set_deadline(actor=actor, case=case, details=details(), now=NOW)
        with pytest.raises(CaseworkError, match="gibt es nicht"):
            settle_deadline(actor=actor, deadline=deadline, state="met", now=NOW)
    assert settle_deadline(actor=owner, deadline=deadline, state="met", now=NOW).state == "met"


def test_each_deed_leaves_one_event_without_words(deadline, owner):
    settle_deadline(actor=owner, deadline=deadline, state="met", now=NOW)
    events = Event.objects.filter(verb__startswith="deadline:").order_by("pk")

    assert [event.verb for event in events] == ["deadline:set", "deadline:settle"]
    assert not any("Amt" in str(event.details) for event in events)


@pytest.mark.parametrize(
    ("days", "shown", "words"),
    [
        (20, "", "noch 20 Tage"), (14, "near", "noch 14 Tage"), (7, "soon", "noch 7 Tage"), (3, "now", "noch 3 Tage"),
        (1, "now", "morgen"), (0, "now", "heute"), (-1, "over", "seit 1 Tag vorbei"), (-5, "over", "seit 5 Tagen vorbei"),
    ],
)  # fmt: skip
def test_stages_press_more_and_more(days, shown, words):
    day = TODAY + timedelta(days=days)

    assert (stage(day, TODAY), time_left(day, TODAY)) == (shown, words)


def seen_by(actor, day=TODAY, *, own=True):
    return [one.row.pk for one in due_deadlines(actor, day, own=own)]


@pytest.mark.parametrize(
    ("days", "who"),
    [(15, set()), (14, {"owner"}), (4, {"owner"}), (3, {"owner", "deputy"}), (-1, {"owner", "deputy", "lead"})],
)
def test_the_chain_goes_on_to_deputy_and_lead(case, owner, colleague, foreign, network, days, who):
    lead = make_actor(network, "alpha", "counsellor", "lead", name="Lena")
    Case.objects.filter(pk=case.pk).update(deputy=colleague.membership_id)
    set_deadline(actor=owner, case=case, details=details(days), now=NOW)
    actors = {"owner": owner, "deputy": colleague, "lead": lead, "foreign": foreign}

    assert {name for name, actor in actors.items() if seen_by(actor)} == who


def test_the_deputy_sees_all_while_the_counsellor_is_away(case, owner, colleague, network):
    Case.objects.filter(pk=case.pk).update(deputy=colleague.membership_id)
    row = set_deadline(actor=owner, case=case, details=details(10), now=NOW)
    assert seen_by(colleague) == []

    Absence(
        network=network, membership=Membership.objects.get(pk=owner.membership_id), kind="holiday",
        starts_at=NOW - timedelta(days=1), ends_at=NOW + timedelta(days=1),
    ).save()  # fmt: skip

    assert seen_by(colleague) == [row.pk]


def test_what_is_over_stays_until_it_is_settled(deadline, owner):
    much_later = deadline.due_on + timedelta(days=300)
    assert seen_by(owner, much_later) == [deadline.pk]

    settle_deadline(actor=owner, deadline=deadline, state="missed", now=NOW)

    assert seen_by(owner, much_later) == []


def test_the_nearest_is_on_top_and_the_settled_come_last(case, owner, deadline):
    far = set_deadline(actor=owner, case=case, details=details(90), now=NOW)
    near = set_deadline(actor=owner, case=case, details=details(1), now=NOW)
    settle_deadline(actor=owner, deadline=deadline, state="met", now=NOW)

    assert [one.row.pk for one in deadlines_of(case, TODAY)] == [near.pk, far.pk, deadline.pk]


def test_what_became_of_it_stands_in_the_line(case, owner, deadline):
    settle_deadline(actor=owner, deadline=deadline, state="met", now=NOW)

    entries = timeline(case, Span(TODAY, TODAY), "fristen")

    assert [entry.title for entry in entries] == ["Frist eingehalten: Widerspruch gegen einen Bescheid (Sozialrecht)"]


def waiting():
    return list(Message.objects.filter(key__startswith="deadline:").order_by("due_at").exclude(state="cancelled"))


def test_the_person_is_reminded_a_week_and_two_days_before(case, owner, network):
    case = allow_sms(case)
    row = set_deadline(actor=owner, case=case, details=details(asked=LETTER, tells_person=True), now=NOW)

    found = waiting()

    assert [message.due_at.astimezone(network.zone).isoformat()[:16] for message in found] == [
        "2026-11-30T10:00", "2026-12-05T10:00",
    ]  # fmt: skip
    assert {message.channel for message in found} == {"sms"}
    assert reminders(row.due_on, network.zone, NOW + timedelta(days=8))[0] == found[1].due_at


def test_reminders_follow_a_new_day_and_end_with_the_deadline(case, owner):
    case = allow_sms(case)
    row = set_deadline(actor=owner, case=case, details=details(20, tells_person=True), now=NOW)
    first = {message.due_at for message in waiting()}

    row = change_deadline(actor=owner, deadline=row, details=details(30, tells_person=True), now=NOW)
    assert len(waiting()) == 2
    assert not first & {message.due_at for message in waiting()}

    settle_deadline(actor=owner, deadline=row, state="met", now=NOW)
    assert waiting() == []
    settle_deadline(actor=owner, deadline=row, state="open", now=NOW + timedelta(minutes=1))
    assert len(waiting()) == 2


def test_nobody_is_told_who_does_not_wish_or_is_another_adult(case, owner, people):
    assert not can_tell(case, None)  # no way is allowed
    case = allow_sms(case)
    assert can_tell(case, None)
    assert can_tell(case, people["Rosa"])
    assert not can_tell(case, people["Emil"])

    set_deadline(actor=owner, case=case, details=details(), now=NOW)
    row = set_deadline(actor=owner, case=case, details=details(tells_person=True), now=NOW, person=people["Emil"])
    assert not row.tells_person  # no page says that somebody is reminded whom nobody can remind

    assert waiting() == []


@pytest.mark.parametrize("language", sorted(languages()))
def test_a_reminder_names_the_day_and_nothing_else(language, network):
    params = {"day": "2026-12-07", "phone": "02323 16-9167"}
    text = render("deadline", params=params, zone=network.zone, code="", language=language).body

    assert "7" in text or "٧" in text
    assert "02323" in text
    assert segments(text) <= (2 if language == "de" else 3)
    assert not any(word in text.lower() for word in ("amt", "frist", "jobcenter", "widerspruch", "bescheid"))


def test_a_case_with_an_open_deadline_is_not_closed(case, owner, deadline):
    asked = {"actor": owner, "case": case, "reason": "done", "result": "better", "after_care": False, "today": TODAY}
    with pytest.raises(CaseworkError, match="noch eine Frist offen"):
        close_case(**asked)

    settle_deadline(actor=owner, deadline=deadline, state="dropped", now=NOW)

    assert close_case(**asked).closed_on == TODAY


def test_a_second_case_has_its_own(case, owner, deadline):
    assert deadlines_of(make_case(owner), TODAY) == []


def test_the_same_key_is_one_deadline(case, owner):
    first, again, other = (
        set_deadline(actor=owner, case=case, details=details(20), now=NOW, idempotency_key=key) for key in "aab"
    )

    assert (first.pk == again.pk, other.pk == first.pk) == (True, False)
    assert Event.objects.filter(verb="deadline:set").count() == 2

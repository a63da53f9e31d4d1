"""The code and what it opens: each leak test first shows the owner seeing it."""

from datetime import timedelta

import pytest

from tests.allowed import ROSA, make_case, person_of, release
from tests.factories import make_actor
from tests.owning import code_for, couple, opened_with, otto_of, rosa_of
from tragnetz.appointments.models import Booking
from tragnetz.audit.commands import record
from tragnetz.audit.models import Event
from tragnetz.casework.closing.commands import finish
from tragnetz.casework.closing.joining import merge_cases
from tragnetz.casework.commands import change_household
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.enums import LifeDomain
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.goals.commands import add_step
from tragnetz.casework.models import (
    Case,
    Compartment,
    Enquiry,
    Note,
    OwnAccess,
    OwnMessage,
    OwnSession,
    Rating,
    Step,
)
from tragnetz.casework.ownpage import commands
from tragnetz.casework.ownpage.commands import (
    end_access,
    end_dead_accesses,
    is_code_of,
    make_access,
    mark_own_read,
    mark_read,
    open_own_page,
    rate_own_life,
    reply,
    tick_step,
    withdraw_on_own_page,
    write_to_counselling,
)
from tragnetz.casework.ownpage.queries import given_codes, heard_from, own_page
from tragnetz.casework.ownpage.sessions import begin, forget_own_sessions, resume
from tragnetz.casework.released import released_view
from tragnetz.clients.commands import PersonDetails, add_contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.consent.commands import withdraw
from tragnetz.consent.errors import ConsentError
from tragnetz.consent.models import Release
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_code, new_id
from tragnetz.messaging.models import Message
from tragnetz.network.actors import system
from tragnetz.vault.envelopes import Locked
from tragnetz.vault.keyring import Keyring, using
from tragnetz.vault.models import WrappedKey


@pytest.fixture
def case(network, ada):
    return couple(network, ada)


def opens(made) -> bool:
    return open_own_page(network=made.access.network, typed=made.code, now=now()) is not None


def seen_by(opened):
    with using(opened.ring):
        return own_page(opened, now())


def test_a_code_opens_the_shared_part_and_ones_own(ada, case):
    rosa = rosa_of(case)
    add_step(actor=ada, case=case, text="Schritt nur für Rosa", owner="person", due_on=None, person=rosa)

    shown = seen_by(opened_with(code_for(ada, case, rosa)))

    assert {step.text for step in shown.steps} == {"Schritt Silberreiher", "Schritt nur für Rosa"}


def test_another_adults_part_stays_closed(ada, case):
    rosa, otto = rosa_of(case), otto_of(case)
    add_step(actor=ada, case=case, text="Schritt nur für Otto", owner="person", due_on=None, person=otto)
    step = Step.objects.get(compartment__person=otto)
    assert "Schritt nur für Otto" in {row.text for row in seen_by(opened_with(code_for(ada, case, otto))).steps}

    hers = opened_with(code_for(ada, case, rosa))

    assert {row.text for row in seen_by(hers).steps} == {"Schritt Silberreiher"}
    with using(hers.ring):
        assert isinstance(Step.objects.get(pk=step.pk).text, Locked)
    assert not WrappedKey.objects.filter(data_key=step.compartment.key, holder=hers.access.pair).exists()


def test_a_part_made_later_is_opened_by_its_person_alone(ada, case):
    rosa, otto = rosa_of(case), otto_of(case)
    mine, his = code_for(ada, case, rosa), code_for(ada, case, otto)
    add_step(actor=ada, case=case, text="Später nur Otto", owner="person", due_on=None, person=otto)

    assert "Später nur Otto" in {row.text for row in seen_by(opened_with(his)).steps}
    assert "Später nur Otto" not in {row.text for row in seen_by(opened_with(mine)).steps}


def test_notes_are_never_shown(ada, case):
    assert Note.objects.get(case=case).text == "Notiz Zitronenfalter"

    shown = seen_by(opened_with(code_for(ada, case, rosa_of(case))))

    assert "Zitronenfalter" not in repr([shown.steps, shown.goals, shown.messages, shown.touches, shown.ratings])


def test_a_new_code_ends_the_former_one_and_its_sessions(ada, case):
    first = code_for(ada, case, rosa_of(case))
    opened = opened_with(first)
    assert opens(first)

    second = code_for(ada, case, rosa_of(case))

    assert not opens(first)
    assert opens(second)
    assert not OwnSession.objects.filter(pk=opened.session.pk).exists()
    assert not WrappedKey.objects.filter(holder=first.access.pair).exists()


def test_the_same_request_makes_no_second_code(ada, case):
    made = code_for(ada, case, rosa_of(case))

    with pytest.raises(CaseworkError, match="nur einmal gezeigt"):
        make_access(
            actor=ada, case=case, person=rosa_of(case), request_key=made.access.request_key, now=now()
        )  # fmt: skip
    assert opens(made)


def test_an_ended_code_opens_nothing(ada, case):
    made = code_for(ada, case, rosa_of(case))
    assert opens(made)

    end_access(actor=ada, access=made.access, now=now())

    assert not opens(made)


def test_a_wrong_rest_of_a_known_code_opens_nothing(ada, case):
    made = code_for(ada, case, rosa_of(case))
    turned = made.code[:-1] + ("0" if made.code[-1] != "0" else "1")

    assert open_own_page(network=ada.network, typed=turned, now=now()) is None
    assert open_own_page(network=ada.network, typed=made.code.lower().replace("-", " "), now=now()) is not None


def test_a_code_is_that_of_its_own_access_while_it_lives(ada, case):
    """Else somebody prints a code that opens nothing, or another person's page."""
    made, other = code_for(ada, case, rosa_of(case)), code_for(ada, case, otto_of(case))
    turned = made.code[:-1] + ("0" if made.code[-1] != "0" else "1")
    typed = (made.code, made.code.lower(), turned, other.code, "")

    assert [is_code_of(made.access, one) for one in typed] == [True, True, False, False, False]
    ended = [end_access(actor=ada, access=made.access, now=now()) for _twice in range(2)][-1]
    assert not is_code_of(ended, made.code)
    assert not is_code_of(ended, "")
    assert is_code_of(other.access, other.code)
    assert Event.objects.filter(verb="own_access:end", object_id=made.access.pk).count() == 1


def test_nothing_typed_and_an_unknown_code_open_nothing(ada, case):
    made = code_for(ada, case, rosa_of(case))

    assert [open_own_page(network=ada.network, typed=one, now=now()) for one in ("", new_code())] == [None, None]
    at = now()
    open_own_page(network=ada.network, typed=made.code, now=at)
    assert OwnAccess.objects.get().last_used_at == at


def test_a_first_group_is_given_to_one_living_code_alone(ada, case, monkeypatch):
    """By it the row is found: two of them, and one of both people stands before a closed page."""
    taken = code_for(ada, case, rosa_of(case)).code
    drawn = [taken, new_code()]
    monkeypatch.setattr(commands, "new_code", lambda: drawn.pop(0))
    assert code_for(ada, case, otto_of(case)).code not in {taken, *drawn}
    assert drawn == []

    monkeypatch.setattr(commands, "new_code", lambda: taken)
    with pytest.raises(CaseworkError, match="kein Code frei"):
        code_for(ada, case, otto_of(case))
    end_access(actor=ada, access=OwnAccess.objects.get(person=rosa_of(case), ended_at=None), now=now())
    assert code_for(ada, case, otto_of(case)).code == taken


def test_a_closed_case_gets_no_code(ada, case):
    finish(actor=ada, case=case, reason="done", result="better", after_care=False, today=today(ada.network.zone))

    with pytest.raises(CaseworkError, match="beendet"):
        code_for(ada, Case.objects.get(pk=case.pk), rosa_of(case))


def test_whoever_has_no_key_of_the_case_gives_no_code(ada, case):
    with using(Keyring({})), pytest.raises(CaseworkError, match="verschlossen"):
        code_for(ada, case, rosa_of(case))
    assert not OwnAccess.objects.exists()


def test_dead_codes_of_one_case_end_alone_when_asked_so(ada, case, network):
    other = couple(network, ada)
    for one in (case, other):
        code_for(ada, one, rosa_of(one))
    Case.objects.update(closed_on=today(network.zone) - timedelta(days=190), state="closed")

    assert end_dead_accesses(actor=system(network), now=now(), case=case) == 1
    assert list(OwnAccess.objects.filter(ended_at=None).values_list("case", flat=True)) == [other.pk]


def test_children_and_people_of_other_households_get_no_code(ada, case, network):
    child = next(row for row in case.household.people.all() if row.relation == "child")
    other = couple(network, ada)

    with pytest.raises(CaseworkError, match="Erwachsene"):
        code_for(ada, case, child)
    with pytest.raises(CaseworkError, match="Erwachsene"):
        code_for(ada, case, rosa_of(other))


def test_only_who_works_on_the_case_gives_codes(network, ada, case):
    colleague = make_actor(network, "alpha", "counsellor", name="Bert")

    with pytest.raises(CaseworkError, match="gibt es nicht"):
        code_for(colleague, case, rosa_of(case))
    assert not OwnAccess.objects.exists()


def test_who_leaves_the_household_is_out_at_once(ada, case):
    made = code_for(ada, case, otto_of(case))
    assert opens(made)
    staying = [
        PersonDetails(row.name, row.relation, row.birth_year, row.pk)
        for row in case.household.people.all()
        if row.pk != made.access.person_id
    ]

    change_household(actor=ada, case=case, people=staying, facts={})

    assert not opens(made)
    assert not OwnAccess.objects.filter(pk=made.access.pk, ended_at=None).exists()
    with pytest.raises(CaseworkError, match="Erwachsene"):
        code_for(ada, case, type(made.access.person).objects.get(pk=made.access.person_id))


@pytest.mark.parametrize("out", ["left", "moved", "closed long ago", "merged"])
def test_a_page_that_lies_open_closes_with_the_code(ada, case, network, out):
    """Though nobody has ended the code yet: what opens nothing keeps nothing open."""
    made = code_for(ada, case, otto_of(case))
    cookie = open_own_page(network=network, typed=made.code, now=now())[1]
    assert resume(network, cookie, now()) is not None
    other, day = couple(network, ada), today(network.zone)
    person = type(made.access.person).objects.filter(pk=made.access.person_id)
    if out == "left":
        person.update(left_on=day)
    elif out == "moved":
        person.update(household=other.household)
    elif out == "merged":
        Case.objects.filter(pk=case.pk).update(merged_into=other, closed_on=day, state="closed")
    else:
        Case.objects.filter(pk=case.pk).update(closed_on=day - timedelta(days=190), state="closed")

    assert resume(network, cookie, now()) is None
    assert not opens(made)
    assert not OwnSession.objects.exists()
    assert resume(network, cookie, now()) is None  # asked once more, with nothing there


def test_a_page_is_seen_once_a_minute_and_stays_open_by_it(ada, case, network):
    made, at = code_for(ada, case, rosa_of(case)), now()
    cookie = open_own_page(network=network, typed=made.code, now=at)[1]
    seen = []
    for seconds in (59, 60):
        resume(network, cookie, at + timedelta(seconds=seconds))
        seen.append(OwnSession.objects.get().seen_at - at)

    assert seen == [timedelta(), timedelta(seconds=60)]
    assert resume(network, cookie, at + timedelta(minutes=30, seconds=59)) is not None


def test_only_sessions_that_are_over_are_forgotten(ada, case):
    begin(code_for(ada, case, rosa_of(case)).access, b"k" * 32, now())

    assert forget_own_sessions(now()) == 0
    assert forget_own_sessions(now() + timedelta(minutes=29)) == 0
    OwnSession.objects.update(seen_at=now() + timedelta(hours=8), started_at=now())
    assert forget_own_sessions(now() + timedelta(hours=8)) == 1  # however busy


def test_a_code_ends_six_months_after_the_case(ada, case):
    made = code_for(ada, case, rosa_of(case))
    finish(actor=ada, case=case, reason="done", result="better", after_care=False, today=today(ada.network.zone))
    assert opens(made)

    Case.objects.filter(pk=case.pk).update(closed_on=today(ada.network.zone) - timedelta(days=190))

    assert not opens(made)
    assert end_dead_accesses(actor=system(ada.network), now=now()) == 1
    assert not WrappedKey.objects.filter(holder=made.access.pair).exists()


def test_a_session_opens_by_its_cookie_until_it_is_over(ada, case):
    made = code_for(ada, case, rosa_of(case))
    _opened, cookie = open_own_page(network=ada.network, typed=made.code, now=now())
    assert resume(ada.network, cookie, now()) is not None

    assert resume(ada.network, cookie.split(".")[0] + ".AAAA", now()) is None
    assert resume(ada.network, cookie[:-4] + "AAA=", now()) is None
    assert resume(ada.network, "kein-keks", now()) is None
    assert resume(ada.network, cookie, now() + timedelta(minutes=31)) is None
    assert not OwnSession.objects.exists()


def test_the_session_in_the_database_has_no_key_in_the_open(ada, case):
    made = code_for(ada, case, rosa_of(case))
    opened = opened_with(made)
    private = opened.ring.private(made.access.pair_id)

    assert private not in bytes(OwnSession.objects.get().sealed)
    assert forget_own_sessions(now() + timedelta(minutes=31)) == 1


def test_each_page_begins_the_half_hour_anew_and_nothing_the_eight_hours(ada, case):
    made, start = code_for(ada, case, rosa_of(case)), now()
    _opened, cookie = open_own_page(network=ada.network, typed=made.code, now=start)
    looks = [timedelta(minutes=20 * number) for number in range(1, 25)]

    found = [resume(ada.network, cookie, start + passed) is not None for passed in looks]

    assert found == [passed < timedelta(hours=8) for passed in looks]


def test_the_worker_forgets_sessions_that_are_over_and_no_others(ada, case):
    made, start = code_for(ada, case, rosa_of(case)), now()
    for begun, seen in ((0, 0), (29, 29), (40, 30), (480, 1)):
        opened, _cookie = open_own_page(network=ada.network, typed=made.code, now=start)
        opened.session.started_at = start - timedelta(minutes=begun)
        opened.session.seen_at = start - timedelta(minutes=seen)
        opened.session.save()

    assert forget_own_sessions(start) == 2

    assert {round((start - row.started_at) / timedelta(minutes=1)) for row in OwnSession.objects.all()} == {0, 29}


def test_an_own_step_is_ticked_and_taken_back(ada, case):
    opened = opened_with(code_for(ada, case, rosa_of(case)))
    step = Step.objects.get(case=case)

    assert tick_step(opened=opened, step_id=str(step.pk), done=True).done_on == today(ada.network.zone)
    assert tick_step(opened=opened, step_id=str(step.pk), done=False).done_on is None


def test_steps_of_others_are_not_ticked(ada, case, network):
    opened = opened_with(code_for(ada, case, rosa_of(case)))
    office = add_step(actor=ada, case=case, text="Das Amt prüft", owner="office", due_on=None)
    ottos = add_step(actor=ada, case=case, text="Otto", owner="person", due_on=None, person=otto_of(case))
    foreign = Step.objects.get(case=couple(network, ada))

    with pytest.raises(CaseworkError, match="jemand anders"):
        tick_step(opened=opened, step_id=str(office.pk), done=True)
    for step_id in (ottos.pk, foreign.pk, "kein-schritt"):
        with pytest.raises(CaseworkError, match="gibt es nicht"):
            tick_step(opened=opened, step_id=str(step_id), done=True)


def test_a_message_reaches_the_counsellor_sealed_for_the_part(ada, case):
    opened = opened_with(code_for(ada, case, rosa_of(case)))
    step = Step.objects.get(case=case)
    key = new_id().hex
    assert heard_from(ada, own=True).written == []
    with using(opened.ring):
        told = {"opened": opened, "text": "Formular fehlt", "request_key": key, "now": now(), "step_id": str(step.pk)}
        first, again = write_to_counselling(**told), write_to_counselling(**told)

    row = OwnMessage.objects.get()
    assert first == again == row
    assert (row.text, row.author, row.step_id, row.compartment.person_id) == (
        "Formular fehlt", None, step.pk, opened.access.person_id,
    )  # fmt: skip
    assert [(found.pk, found.unread) for found in heard_from(ada, own=True).written] == [(case.pk, 1)]
    assert [row.text for row in seen_by(opened).messages] == ["Formular fehlt"]
    hers = opened_with(code_for(ada, case, otto_of(case)))
    assert seen_by(hers).messages == []


def test_a_message_is_as_long_as_the_page_says(ada, case):
    opened = opened_with(code_for(ada, case, rosa_of(case)))

    with using(opened.ring):
        for length in (2000, 2001):
            told = {"opened": opened, "text": "x" * length, "request_key": new_id().hex, "now": now()}
            if length == 2000:
                write_to_counselling(**told)
            else:
                with pytest.raises(CaseworkError, match="2000"):
                    write_to_counselling(**told)
    assert OwnMessage.objects.count() == 1


def test_each_side_reads_what_the_other_wrote(ada, case):
    opened, his = (opened_with(code_for(ada, case, one(case))) for one in (rosa_of, otto_of))
    with using(opened.ring):
        write_to_counselling(opened=opened, text="Formular fehlt", request_key=new_id().hex, now=now())
    key = new_id().hex
    answer = {"actor": ada, "case": case, "person": rosa_of(case), "text": "Antwort", "request_key": key, "now": now()}
    assert reply(**answer) == reply(**answer) == OwnMessage.objects.exclude(author=None).get()

    assert mark_own_read(opened=his, now=now()) == 0
    assert (mark_own_read(opened=opened, now=now()), mark_own_read(opened=opened, now=now())) == (1, 0)
    assert OwnMessage.objects.get(author=None).read_at is None
    assert (mark_read(case=case, now=now()), mark_read(case=case, now=now())) == (1, 0)
    assert OwnMessage.objects.count() == 2


def test_a_reply_is_told_in_neutral_words_once_a_day(ada, case):
    code_for(ada, case, rosa_of(case))
    type(case.contact).objects.filter(pk=case.contact_id).update(may_text=True)
    fresh = Case.objects.get(pk=case.pk)
    for number in range(2):
        reply(
            actor=ada, case=fresh, person=rosa_of(case), text=f"Antwort {number}", request_key=new_id().hex, now=now()
        )

    message = Message.objects.get()
    assert (message.channel, message.template) == ("sms", "own_message")
    assert "Antwort" not in repr(message.params)


def test_whoever_allowed_no_sms_is_not_told(ada, case):
    code_for(ada, case, rosa_of(case))
    reply(actor=ada, case=case, person=rosa_of(case), text="Antwort", request_key=new_id().hex, now=now())

    assert not Message.objects.exists()


def test_another_adult_is_not_told_on_the_contact_of_the_first(ada, case):
    code_for(ada, case, otto_of(case))
    type(case.contact).objects.filter(pk=case.contact_id).update(may_text=True)
    fresh = Case.objects.get(pk=case.pk)
    reply(actor=ada, case=fresh, person=otto_of(case), text="Antwort", request_key=new_id().hex, now=now())

    assert OwnMessage.objects.count() == 1
    assert not Message.objects.exists()


def test_where_no_contact_is_known_a_reply_waits_on_the_page_alone(ada, case):
    code_for(ada, case, rosa_of(case))
    Case.objects.filter(pk=case.pk).update(contact=None)
    fresh = Case.objects.get(pk=case.pk)
    reply(actor=ada, case=fresh, person=rosa_of(case), text="Antwort", request_key=new_id().hex, now=now())

    assert OwnMessage.objects.count() == 1
    assert not Message.objects.exists()


def test_without_a_code_there_is_no_reply(ada, case):
    with pytest.raises(CaseworkError, match="keinen Code"):
        reply(actor=ada, case=case, person=rosa_of(case), text="Antwort", request_key=new_id().hex, now=now())


def test_own_rating_is_the_persons_side(ada, case):
    opened = opened_with(code_for(ada, case, rosa_of(case)))
    with using(opened.ring):
        told = {"opened": opened, "levels": {"money": 2, "home": 4}, "request_key": "a" * 32}
        first, again = rate_own_life(**told), rate_own_life(**told)

    rating = Rating.objects.get()
    assert first == again == rating
    assert rating.author is None
    assert rating.compartment == compartment_of(case, rosa_of(case))
    assert [(row.domain, row.level, row.own_level) for row in rating.lines.all()] == [
        ("money", None, 2), ("home", None, 4),
    ]  # fmt: skip
    assert [(row.domain, str(row.words)) for row in seen_by(opened).ratings] == [("money", "schlecht"), ("home", "gut")]


def test_all_that_the_page_asks_may_be_said_at_once(ada, case):
    opened = opened_with(code_for(ada, case, rosa_of(case)))
    levels = {domain.value: 1 + number % 5 for number, domain in enumerate(LifeDomain)}
    with using(opened.ring):
        rate_own_life(opened=opened, levels=levels, request_key="c" * 32)

    said = ["sehr schlecht, ich brauche sofort Hilfe", "schlecht", "es geht gerade so", "gut", "sehr gut"]
    assert [(row.domain, row.words) for row in seen_by(opened).ratings] == [
        (domain.value, said[number % 5]) for number, domain in enumerate(LifeDomain)
    ]


def test_the_latest_word_on_a_domain_is_shown_and_nobody_elses(ada, case):
    rosas, ottos = (opened_with(code_for(ada, case, one(case))) for one in (rosa_of, otto_of))
    for number, (opened, level) in enumerate([(rosas, 2), (rosas, 4), (ottos, 1)]):
        with using(opened.ring):
            rate_own_life(opened=opened, levels={"money": level}, request_key=str(number) * 32)

    assert [row.words for row in seen_by(rosas).ratings] == ["gut"]


def test_without_an_own_part_nothing_is_kept(ada, case):
    """The part went with the case while the page lay open."""
    opened = opened_with(code_for(ada, case, rosa_of(case)))
    Compartment.objects.filter(case=case, person=rosa_of(case)).delete()

    with using(opened.ring), pytest.raises(CaseworkError, match="gerade nicht"):
        rate_own_life(opened=opened, levels={"money": 3}, request_key="d" * 32)
    with using(opened.ring), pytest.raises(CaseworkError, match="gerade nicht"):
        write_to_counselling(opened=opened, text="Formular fehlt", request_key=new_id().hex, now=now())


@pytest.mark.parametrize("levels", [{}, {"money": 6}, {"mond": 3}])
def test_a_rating_says_something_and_only_what_there_is(ada, case, levels):
    opened = opened_with(code_for(ada, case, rosa_of(case)))

    with using(opened.ring), pytest.raises(CaseworkError):
        rate_own_life(opened=opened, levels=levels, request_key="b" * 32)
    assert not Rating.objects.exists()


def test_a_withdrawal_ends_a_partners_access_at_the_next_request(ada, case, network):
    bea = make_actor(network, "beta", "counsellor", name="Bea")
    rosa, otto = rosa_of(case), otto_of(case)
    given = release(ada, rosa, "goals")
    release(ada, otto, "goals")
    part = compartment_of(case)
    assert "Silberreiher" in repr(released_view(bea, case.pk))
    opened = opened_with(code_for(ada, case, rosa))

    with using(opened.ring):
        withdraw_on_own_page(opened=opened, given_id=str(given.pk), now=now())

    row = Release.objects.get(pk=given.pk)
    assert (row.withdrawal_form, row.withdrawal_taken_by) == ("electronic", None)
    assert "Silberreiher" not in repr(released_view(bea, case.pk))
    assert part.key is not None
    assert Event.objects.filter(verb="release:withdraw", actor_kind="person", object_id=given.pk).exists()


def test_nobody_withdraws_what_another_allowed(ada, case):
    given = release(ada, otto_of(case), "goals")
    opened = opened_with(code_for(ada, case, rosa_of(case)))

    with pytest.raises(ConsentError):
        withdraw_on_own_page(opened=opened, given_id=str(given.pk), now=now())
    assert Release.objects.get(pk=given.pk).withdrawn_at is None


def test_who_read_the_file_is_told_without_names(ada, case):
    from tragnetz.casework.overview.queries import case_view

    case_view(ada, case.pk)
    touches = seen_by(opened_with(code_for(ada, case, rosa_of(case)))).touches

    assert ("Alpha e. V.", "Beratung", "gelesen") in {(row.organisation, row.role, row.what) for row in touches}
    assert "Ada" not in repr(touches)


def test_who_looked_at_ones_number_is_told_to_oneself_alone(network, ada, case):
    desk = make_actor(network, "alpha", "intake", name="Ida")
    record(desk, "contact:read", case.contact)
    hers, his = (seen_by(opened_with(code_for(ada, case, one(case)))).touches for one in (rosa_of, otto_of))

    assert ("Telefon und Annahme", "gelesen") in {(row.role, row.what) for row in hers}
    assert "Telefon und Annahme" not in {row.role for row in his}


def a_booking(ada, contact, hours, **given):
    at = now() + timedelta(hours=hours)
    row = Booking(
        network=ada.network, membership_id=ada.membership_id, contact=contact, kind="phone", starts_at=at,
        ends_at=at + timedelta(minutes=50), idempotency_key=new_id().hex, code_hash=new_id().hex, **given,
    )  # fmt: skip
    row.save()
    return row


def coming(ada, case, person):
    return [row.pk for row in seen_by(opened_with(code_for(ada, case, person))).bookings]


def test_appointments_to_come_are_shown_to_who_asked_for_help(network, ada, case):
    later, sooner = a_booking(ada, case.contact, 30), a_booking(ada, case.contact, 20)
    running = a_booking(ada, case.contact, -0.5)
    a_booking(ada, case.contact, -2)
    a_booking(ada, case.contact, 40, state="cancelled")
    a_booking(ada, case.contact, 50, state="held", held_until=now() + timedelta(hours=1))
    a_booking(ada, couple(network, ada).contact, 60)

    assert coming(ada, case, rosa_of(case)) == [running.pk, sooner.pk, later.pk]
    assert coming(ada, case, otto_of(case)) == []
    Case.objects.filter(pk=case.pk).update(contact=None)
    a_booking(ada, None, 70)
    assert coming(ada, Case.objects.get(pk=case.pk), rosa_of(case)) == []


def test_appointments_of_another_who_moved_in_with_their_case_stay_theirs(network, ada, case):
    """Two who asked apart and now live together: each one's talks are none of the other's."""
    other = make_case(network, ada, PersonDetails("Olga Geheimrat", "self", 1979))
    mine, hers = a_booking(ada, case.contact, 20), a_booking(ada, other.contact, 30)
    record(make_actor(network, "alpha", "intake", name="Ida"), "booking:read", hers)
    merge_cases(actor=ada, case=case, other=other, same={}, today=today(network.zone))

    fresh = Case.objects.get(pk=case.pk)
    assert coming(ada, fresh, rosa_of(fresh)) == [mine.pk]
    touches = seen_by(opened_with(code_for(ada, fresh, rosa_of(fresh)))).touches
    assert "Telefon und Annahme" not in {row.role for row in touches}


def test_whoever_asked_twice_sees_all_appointments_to_come_in_one_place(network, ada, case):
    twin = make_case(network, ada, ROSA)
    mine, also = a_booking(ada, case.contact, 20), a_booking(ada, twin.contact, 30)
    past = a_booking(ada, twin.contact, -30)
    same = {person_of(twin).pk: rosa_of(case).pk}
    merge_cases(actor=ada, case=case, other=twin, same=same, today=today(network.zone))

    fresh = Case.objects.get(pk=case.pk)
    assert coming(ada, fresh, rosa_of(fresh)) == [mine.pk, also.pk]
    assert Booking.objects.get(pk=past.pk).contact_id == twin.contact_id


def test_where_no_contact_is_known_strangers_enquiries_are_nobodys(network, ada, case):
    """Who asks without a name has no contact either: their enquiries are not this person's."""
    Case.objects.filter(pk=case.pk).update(contact=None)
    enquiry = Enquiry(
        network=network, organisation_id=ada.organisation_id, channel="phone", outcome="information",
        idempotency_key=new_id().hex,
    )  # fmt: skip
    enquiry.save()
    desk = make_actor(network, "alpha", "intake", name="Ida")
    record(desk, "enquiry:read", enquiry)
    touches = seen_by(opened_with(code_for(ada, Case.objects.get(pk=case.pk), rosa_of(case)))).touches

    assert "Telefon und Annahme" not in {row.role for row in touches}
    Case.objects.filter(pk=case.pk).update(contact=add_contact(
        actor=ada, organisation_id=ada.organisation_id, details=ContactDetails(name="Rosa")
    ))  # fmt: skip
    fresh = Case.objects.get(pk=case.pk)
    Enquiry.objects.filter(pk=enquiry.pk).update(contact=fresh.contact_id)
    touches = seen_by(opened_with(code_for(ada, fresh, rosa_of(fresh)))).touches
    assert "Telefon und Annahme" in {row.role for row in touches}


def test_what_is_done_is_shown_for_a_month(ada, case):
    day = today(ada.network.zone)
    for days in (30, 31):
        step = add_step(actor=ada, case=case, text=f"vor {days} Tagen", owner="person", due_on=None)
        Step.objects.filter(pk=step.pk).update(done_on=day - timedelta(days=days))

    assert [row.text for row in seen_by(opened_with(code_for(ada, case, rosa_of(case)))).done] == ["vor 30 Tagen"]


def test_what_holds_is_shown_before_what_is_over_and_each_once(ada, case):
    rosa = rosa_of(case)
    first, ended = release(ada, rosa, "goals"), release(ada, rosa, "notes")
    withdraw(actor=ada, given=ended, form="oral", now=now())

    shown = seen_by(opened_with(code_for(ada, case, rosa))).allowed

    assert [(entry.row.pk, entry.holds) for entry in shown] == [(first.pk, True), (ended.pk, False)]


def test_the_counselling_sees_who_has_a_code_and_what_was_written(ada, case):
    rosa, otto = rosa_of(case), otto_of(case)
    opened = opened_with(code_for(ada, case, rosa))
    former = end_access(actor=ada, access=code_for(ada, case, otto).access, now=now())
    with using(opened.ring):
        for number in range(2):
            write_to_counselling(opened=opened, text=f"Text {number}", request_key=new_id().hex, now=now())

    found = given_codes(case, [rosa, otto], now())

    assert [(one.person, one.access and one.access.pk) for one in found] == [(rosa, opened.access.pk), (otto, None)]
    assert [[row.text for row in one.messages] for one in found] == [["Text 1", "Text 0"], []]
    assert former.ended_at is not None


def test_what_came_is_shown_to_who_counsels_stands_in_or_asks_for_all(network, ada, case):
    opened = opened_with(code_for(ada, case, rosa_of(case)))
    with using(opened.ring):
        write_to_counselling(opened=opened, text="Formular fehlt", request_key=new_id().hex, now=now())
    lead, deputy = (
        make_actor(network, "alpha", role, name=name) for role, name in (("lead", "Lea"), ("counsellor", "Bo"))
    )
    assert [heard_from(lead, own=own).written for own in (True, False)] == [[], [case]]

    Case.objects.filter(pk=case.pk).update(deputy=deputy.membership_id)

    assert [heard_from(deputy, own=own).written for own in (True, False)] == [[case], [case]]
    mark_read(case=case, now=now())
    assert heard_from(ada, own=True).written == []


def test_begin_gives_each_session_a_key_of_its_own(ada, case):
    made = code_for(ada, case, rosa_of(case))
    private = opened_with(made).ring.private(made.access.pair_id)

    first, second = begin(made.access, private, now())[1], begin(made.access, private, now())[1]

    assert first.split(".")[1] != second.split(".")[1]

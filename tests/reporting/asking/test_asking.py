"""People are asked after a project: when, how, once, and never against their will. Ada works on the case of Rosa."""

from datetime import timedelta

import pytest

from tests.allowed import consent
from tests.reporting.asking.conftest import DAY, LEFT, allow, ask, at, later, left, secret
from tests.reporting.conftest import make_programme
from tragnetz.appointments.models import Callback
from tragnetz.audit.models import Event
from tragnetz.casework.closing.commands import close_case
from tragnetz.casework.models import Case, Task
from tragnetz.casework.timeline.queries import Span
from tragnetz.clients.commands import change_contact
from tragnetz.clients.models import Contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.consent.commands import withdraw as withdraw_consent
from tragnetz.core.clock import now
from tragnetz.messaging.commands import deliver_due
from tragnetz.messaging.models import Message
from tragnetz.network.models import Programme
from tragnetz.reporting.asking.answering import Said, answer_by_link, page_by_link
from tragnetz.reporting.asking.commands import ask_no_more, stop_unwanted
from tragnetz.reporting.asking.models import OwnQuestion
from tragnetz.reporting.asking.timeline import asking_entries
from tragnetz.reporting.asking.words import status
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.models import Answers, Participation
from tragnetz.reporting.participation.commands import answer, reopen
from tragnetz.reporting.participation.joining import withdraw
from tragnetz.reporting.participation.queries import asked_counts, later_due, shown

pytestmark = pytest.mark.django_db
WORKS = Said({"later_employment": "yes"})


def question() -> OwnQuestion:
    return OwnQuestion.objects.get(moment="six_months")


def say(network, said=WORKS, day=DAY + timedelta(days=1), by=""):
    return answer_by_link(network=network, secret=by or secret(), said=said, now=at(day))


def test_the_question_goes_out_on_the_day_once_by_the_way_that_is_allowed(network, row):
    assert ask(network, DAY - timedelta(days=1)) == 0
    assert ask(network) == 1
    assert ask(network) == ask(network, DAY + timedelta(days=1)) == 0

    message = Message.objects.get()
    assert (question().way, message.channel, message.template) == ("sms", "sms", "after_ask")
    assert message.address == "+491701234567"
    assert Event.objects.filter(verb="own_question:ask").count() == 1
    assert "Rosa" not in str(message.params)


def test_the_results_of_the_exit_are_asked_while_they_count(network, row):
    assert ask(network, LEFT + timedelta(days=2)) == 0
    assert ask(network, LEFT + timedelta(days=3)) == 1

    found = page_by_link(secret(), at(LEFT + timedelta(days=10)))
    assert [one.key for one in found.questions] == ["exit_training", "exit_qualification", "exit_employment"]
    assert page_by_link(secret(), at(LEFT + timedelta(days=30))) is None


def test_a_project_that_does_not_ask_and_one_who_left_long_ago_are_left_alone(network, owner, case, row):
    Programme.objects.update(terms={})
    assert ask(network) == 0

    Programme.objects.update(terms={"asks_people": True})
    assert ask(network, DAY + timedelta(days=15)) == 0


@pytest.mark.parametrize(
    ("ways", "found"),
    [
        ({"may_text": False, "may_email": True, "email": "rosa@example.org"}, "email"),
        ({"may_text": False, "may_letter": True, "address": "Weg 1, 12345 Ort"}, "letter"),
        ({"may_text": False, "may_call": True}, "call"),
        ({"may_text": False, "may_call": False}, "call"),
        ({"may_text": True, "phone": ""}, "call"),
    ],
)
def test_the_way_is_the_one_that_the_person_allowed(network, case, row, ways, found):
    allow(case, **ways)
    ask(network)

    assert question().way == found
    assert Message.objects.count() == (found != "call")
    assert (question().state, Task.objects.count()) == (("to_call", 1) if found == "call" else ("asked", 0))


def test_without_a_public_address_nobody_gets_a_link(network, settings, row):
    settings.TRAGNETZ_PUBLIC_URL = ""
    ask(network)
    assert (question().way, Message.objects.count()) == ("call", 0)


def test_who_was_never_told_of_it_is_asked_by_the_counselling(network, owner, case, asking):
    row = left(owner, case, asking, informed=False)
    ask(network)
    assert (question().participation, question().state, Message.objects.count()) == (row, "to_call", 0)


def test_the_partner_is_not_asked_by_the_contact_of_the_first(network, owner, case, asking):
    left(owner, case, asking, person=case.household.people.get(relation="partner"))
    ask(network)
    assert (question().way, Message.objects.count()) == ("call", 0)


def test_one_message_asks_for_two_projects_and_one_answer_serves_both(network, owner, case, row):
    left(owner, case, make_programme(network, "neu", terms={"asks_people": True}))
    assert ask(network) == 2
    assert Message.objects.count() == 1

    say(network)
    assert [one.answers for one in Answers.objects.filter(moment="six_months")] == 2 * [{"later_employment": "yes"}]
    assert set(OwnQuestion.objects.values_list("state", flat=True)) == {"answered"}


def test_an_answer_goes_into_the_participation_with_its_way_and_counts(network, row):
    ask(network)
    assert "later_employment" in [one.key for one in page_by_link(secret(), at(DAY)).questions]
    say(network)

    told = Answers.objects.get(moment="six_months")
    assert (told.told_by, told.author, told.answered_on) == ("link", None, DAY + timedelta(days=1))
    assert "EECR05" in Participation.objects.get().codes
    assert (question().state, question().told) == ("answered", {"later_employment": "yes"})
    assert Message.objects.get().state == "cancelled"
    assert not Participation.objects.filter(later_due(DAY + timedelta(days=2))).exists()
    (one,) = shown(Participation.objects.all(), DAY)
    assert status(one.questions[0]) == "sechs Monate danach: hat am 1. Oktober 2026 selbst geantwortet"
    titles = [entry.title for entry in asking_entries(row.case, Span(LEFT, DAY + timedelta(days=9)))]
    assert titles == ["Rosa Linde nach Gut gefragt: SMS", "Rosa Linde nach Gut: hat selbst geantwortet"]


def test_a_second_opening_says_only_that_it_is_over_and_answers_nothing(network, row):
    ask(network)
    link = secret()
    say(network)

    assert page_by_link(link, at(DAY + timedelta(days=2))).over
    assert say(network, Said({"later_employment": "no"}), by=link) is None
    assert Answers.objects.get(moment="six_months").answers == {"later_employment": "yes"}
    assert page_by_link(link, at(DAY + timedelta(days=40))) is None


def test_no_answer_is_an_answer_and_nobody_asks_again(network, row):
    ask(network)
    say(network, Said(refuses=True))

    assert (question().state, question().told) == ("refused", {"later_employment": "no_answer"})
    assert Answers.objects.get(moment="six_months").answers == {"later_employment": "no_answer"}
    assert later(network, 30) == 0
    assert Task.objects.count() == 0


def test_a_refusal_that_the_funder_does_not_know_leaves_the_question_open(network, row):
    ask(network, LEFT + timedelta(days=3))
    told = {"exit_training": "no", "exit_qualification": "no_answer", "exit_employment": "yes"}
    say(network, Said(told), LEFT + timedelta(days=4))

    assert Answers.objects.get(moment="exit").answers == {"exit_training": "no", "exit_employment": "yes"}


def test_half_an_answer_and_a_strange_one_are_not_taken(network, row):
    ask(network)
    for said in (Said(), Said({"later_employment": "perhaps"}), Said({"later_employment": "yes"}, feels="not_reached")):
        with pytest.raises(ReportingError):
            say(network, said)
    assert not Answers.objects.filter(moment="six_months").exists()


def test_one_reminder_then_a_call(network, row):
    ask(network)
    Message.objects.update(state="sent")
    assert later(network, 6) == 0
    assert later(network, 7) == 1
    assert later(network, 8) == 0
    first, second = Message.objects.order_by("key")
    assert (second.template, second.params["link"]) == ("after_again", first.params["link"])
    Message.objects.update(state="sent")
    assert later(network, 14) == 1
    assert later(network, 15) == later(network, 40) == 0

    assert (question().state, Message.objects.count(), Task.objects.count()) == ("to_call", 2, 1)
    assert question().task.assignee_id == row.case.counsellor_id
    assert "bitte anrufen" in status(question())
    say(network, day=DAY + timedelta(days=20), by=first.params["link"].rstrip("/").rpartition("/")[2])
    assert (question().state, Task.objects.count()) == ("answered", 0)


def test_a_message_that_did_not_arrive_becomes_a_call_at_once(network, row):
    ask(network)
    Message.objects.update(state="failed", error="refused:550")
    assert later(network, 1) == 1
    assert question().state == "to_call"


def test_a_way_taken_back_before_sending_is_not_used_and_becomes_a_call(network, owner, case, row):
    ask(network)
    change_contact(
        actor=owner, contact=Contact.objects.get(), details=ContactDetails("Rosa", "0170 1234567", may_call=True)
    )
    deliver_due(network=network, now=at(DAY, 12))

    assert not Message.objects.filter(state="sent").exists()
    assert later(network, 1) == 1
    assert question().state == "to_call"


@pytest.mark.parametrize("reason", ["died", "not_wanted", "restricted", "gone", "objected"])
def test_what_must_not_be_asked_any_more_ends_before_it_is_sent(network, owner, case, row, reason):
    given = consent(owner, row.person, purpose="follow_up", ends_with_case=False)
    ask(network)
    link = secret()
    _happens(owner, case, given, reason)
    assert stop_unwanted(network=network, now=now()) == 1
    deliver_due(network=network, now=at(DAY, 12))

    assert (question().state, question().stop) == ("stopped", reason)
    assert Message.objects.get().state == "cancelled"
    assert page_by_link(link, at(DAY)) is None
    assert stop_unwanted(network=network, now=now()) == 0
    assert later(network, 7) == later(network, 14) == 0


@pytest.mark.parametrize("reason", ["died", "not_wanted", "restricted", "gone", "objected"])
def test_nobody_is_asked_who_must_not_be(network, owner, case, row, reason):
    given = consent(owner, row.person, purpose="follow_up", ends_with_case=False)
    _happens(owner, case, given, reason)
    ask(network)

    assert Message.objects.count() == Task.objects.count() == 0
    assert [one.state for one in OwnQuestion.objects.all()] in ([], ["stopped"])


def _happens(owner, case, given, reason):
    if reason == "objected":
        withdraw_consent(actor=owner, given=given, form="oral", now=now())
    elif reason in {"died", "not_wanted"}:
        why = "died" if reason == "died" else "wish"
        close_case(actor=owner, case=case, reason=why, result="better", after_care=False, today=LEFT)
    elif reason == "restricted":
        Case.objects.update(restricted_on=LEFT)
    else:
        Participation.objects.update(case=None)


def test_an_answer_after_the_will_changed_is_not_taken(network, owner, case, row):
    given = consent(owner, row.person, purpose="follow_up", ends_with_case=False)
    ask(network)
    withdraw_consent(actor=owner, given=given, form="oral", now=now())
    assert say(network) is None
    assert not Answers.objects.filter(moment="six_months").exists()


def test_whoever_asks_first_ends_the_question_of_the_other(network, owner, row):
    ask(network)
    link = secret()
    answer(actor=owner, participation=row, moment="six_months", told={"later_employment": "no"}, told_on=DAY)

    assert (question().state, Message.objects.get().state) == ("settled", "cancelled")
    assert page_by_link(link, at(DAY)) is None


def test_an_exit_taken_back_and_a_record_withdrawn_take_their_questions_along(network, owner, row):
    ask(network)
    reopen(actor=owner, participation=row)
    assert (OwnQuestion.objects.count(), Message.objects.get().state) == (0, "cancelled")

    withdraw(actor=owner, participation=row, today=DAY)
    assert OwnQuestion.objects.count() == 0


def test_the_counselling_corrects_an_own_answer_with_a_reason_only(network, owner, row):
    ask(network)
    say(network)
    given = {"actor": owner, "participation": row, "moment": "six_months", "told_on": DAY + timedelta(days=9)}
    with pytest.raises(ReportingError, match="von der Person selbst"):
        answer(told={"later_employment": "no"}, **given)
    assert Answers.objects.get(moment="six_months").answers == {"later_employment": "yes"}
    answer(told={"later_employment": "yes"}, **given)
    assert Answers.objects.get(moment="six_months").author is None
    answer(told={"later_employment": "no"}, correction="slip", **given)

    told = Answers.objects.get(moment="six_months")
    assert (told.answers, told.told_by, told.correction) == ({"later_employment": "no"}, "link", "slip")
    assert (told.author_id, question().told) == (owner.membership_id, {"later_employment": "yes"})


def test_help_wanted_again_becomes_a_callback_where_the_person_may_be_called(network, row):
    ask(network)
    allowed = say(network, Said({"later_employment": "no"}, wants_help=True))
    assert allowed.wants_help
    assert Callback.objects.count() + Task.objects.count() == 1
    assert question().wants_help


def test_help_wanted_again_is_a_task_where_nobody_may_call(network, case, row):
    allow(case, may_call=False)
    ask(network)
    said = say(network, Said(refuses=True, wants_help=True))

    assert (said.callback, said.wants_help, Callback.objects.count()) == (None, True, 0)
    assert "braucht wieder Hilfe" in Task.objects.get().text


def test_the_question_of_the_counselling_after_the_end_is_answered_along(network, owner, case, asking):
    close_case(actor=owner, case=case, reason="done", result="better", after_care=True, today=LEFT)
    left(owner, case, asking)
    ask(network)
    assert page_by_link(secret(), at(DAY)).asks_feeling
    say(network, Said({"later_employment": "yes"}, feels="better"))

    done = Task.objects.get(kind="after_6")
    assert (done.answer, done.done_on, done.done_by) == ("better", DAY + timedelta(days=1), None)
    assert Task.objects.get(kind="after_3").done_on is None


def test_the_lists_say_who_was_asked_answered_and_is_to_be_called(network, owner, case, row, asking):
    ask(network)
    assert asked_counts(Participation.objects.all()) == {"asked": 1}
    assert not Participation.objects.filter(later_due(DAY)).exists()
    later(network, 7)
    later(network, 14)
    assert asked_counts(Participation.objects.all()) == {"to_call": 1}
    assert Participation.objects.filter(later_due(DAY + timedelta(days=14))).exists()


def test_the_counselling_takes_a_question_back_when_the_person_says_so(network, owner, row):
    ask(network)
    link = secret()
    assert ask_no_more(actor=owner, participation=row, today=DAY) == 1

    assert (question().state, question().stop, Message.objects.get().state) == ("stopped", "said_no", "cancelled")
    assert page_by_link(link, at(DAY)) is None
    assert ask_no_more(actor=owner, participation=row, today=DAY) == 0
    assert not Participation.objects.filter(later_due(DAY)).exists()
    assert status(question()) == "sechs Monate danach: wird nicht gefragt"  # why, a list by pseudonym does not say
    assert "möchte nicht gefragt werden" in status(question(), why=True)

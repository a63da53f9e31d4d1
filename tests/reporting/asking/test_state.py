"""Whatever happens in which order: nobody is asked twice, against their will, or after they answered."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.allowed import consent
from tests.reporting.asking.conftest import DAY, allow, at, left
from tests.reporting.conftest import make_case
from tragnetz.casework.models import Case, Task
from tragnetz.clients.models import Contact
from tragnetz.clients.recipients import recipient_of
from tragnetz.consent.commands import withdraw as withdraw_consent
from tragnetz.core.clock import now
from tragnetz.messaging.commands import deliver_due, reroute
from tragnetz.messaging.models import Message
from tragnetz.reporting.asking.answering import Said, answer_by_link
from tragnetz.reporting.asking.commands import ask_due, chase, stop_unwanted
from tragnetz.reporting.asking.enums import OPEN, SAID
from tragnetz.reporting.asking.models import OwnQuestion
from tragnetz.reporting.asking.rules import Known, stopped_by, way_of, window_of
from tragnetz.reporting.enums import Moment
from tragnetz.reporting.participation.commands import answer

pytestmark = pytest.mark.django_db
DEEDS = ("day", "day", "week", "worker", "worker", "text", "email", "no_text", "withdraw", "restrict", "say", "staff")


@given(deeds=st.lists(st.sampled_from(DEEDS), max_size=14))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_happens_nobody_is_asked_twice_or_against_their_will(network, owner, asking, deeds):
    case = make_case(owner, name="Rosa")
    allow(case, may_text=True, email="rosa@example.org")
    row = left(owner, case, asking)
    given_consent = consent(owner, row.person, purpose="follow_up", ends_with_case=False)
    today, objected, ended = DAY - timedelta(days=1), False, False
    for deed in (*deeds, "worker"):
        before = {one.key for one in Message.objects.filter(params__person=str(case.contact_id))}
        sent_before = _sent(case)
        if deed in {"day", "week"}:
            today += timedelta(days=1 if deed == "day" else 7)
        elif deed == "worker":
            _work(network, today)
        elif deed in {"text", "email", "no_text"}:
            allow(case, may_text=deed == "text", may_email=deed == "email")
            reroute(recipient=recipient_of(Contact.objects.get(pk=case.contact_id)))
        elif deed == "withdraw" and not objected:
            withdraw_consent(actor=owner, given=given_consent, form="oral", now=now())
            objected = True
        elif deed == "restrict":
            Case.objects.filter(pk=case.pk).update(restricted_on=today)
            ended = True
        elif deed == "say":
            _say(network, row, today)
        elif deed == "staff" and not ended:
            answer(
                actor=owner,
                participation=row,
                moment="six_months",
                told={"later_employment": "no"},
                told_on=today,
                correction="slip",
            )
        _holds(case, row, before, sent_before, stopped=objected or ended)


def _work(network, today):
    ask_due(network=network, now=at(today))
    chase(network=network, now=at(today))
    stop_unwanted(network=network, now=at(today))
    deliver_due(network=network, now=at(today, 12))


def _say(network, row, today):
    message = Message.objects.filter(key__endswith=":1", params__person=str(row.case.contact_id)).first()
    if message is not None:
        secret = message.params["link"].rstrip("/").rpartition("/")[2]
        answer_by_link(network=network, secret=secret, said=Said({"later_employment": "yes"}), now=at(today))


def _sent(case):
    return Message.objects.filter(params__person=str(case.contact_id), state="sent").count()


def _holds(case, row, before, sent_before, *, stopped):
    questions = OwnQuestion.objects.filter(participation=row)
    messages = list(Message.objects.filter(params__person=str(case.contact_id)))
    contact = Contact.objects.get(pk=case.contact_id)
    assert questions.count() <= 1
    assert len(messages) <= 2
    assert Task.objects.filter(case=case, done_on=None).count() <= 1
    for message in messages:
        if message.key not in before and message.state == "queued":
            assert getattr(contact, {"sms": "may_text", "email": "may_email"}[message.channel])
    answered = row.moments.filter(moment="six_months").exists()
    assert not (answered and questions.filter(state__in=OPEN).exists())
    if questions.filter(state__in=SAID).exists() or stopped:
        assert _sent(case) == sent_before


@given(
    known=st.builds(Known, *[st.booleans()] * 11),
    left_on=st.dates(min_value=DAY, max_value=DAY + timedelta(days=400)),
    moment=st.sampled_from([Moment.EXIT, Moment.SIX_MONTHS]),
)
def test_a_way_is_never_one_that_was_not_allowed(known, left_on, moment):
    way, window = way_of(known), window_of(moment, left_on, 28)
    assert way != "sms" or (known.may_text and known.has_link and known.informed)
    assert way != "email" or (known.may_email and known.has_link and known.informed)
    assert way != "letter" or (known.may_letter and known.has_link and known.informed)
    assert way != "page" or (known.has_page and known.informed)
    forbidden = known.objected or known.not_wanted or known.died or known.restricted or known.gone
    assert (stopped_by(known) is not None) == forbidden
    assert left_on < window.first <= window.last <= window.closes

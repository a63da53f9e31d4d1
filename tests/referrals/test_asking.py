"""The person is asked whether it helped: on their own page, and by a message that says nothing."""

from datetime import timedelta

import pytest

from tests.allowed import OTTO, ROSA, make_case, person_of, release
from tests.owning import code_for, opened_with
from tests.referrals.conftest import drafted, pieces, sent
from tragnetz.clients.models import Contact
from tragnetz.core.clock import now
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import render, segments
from tragnetz.messaging.texts import languages
from tragnetz.referrals.asking import answer_question, asked_by, own_referrals, tell_on_own_page
from tragnetz.referrals.commands import move_referral
from tragnetz.referrals.errors import ReferralError
from tragnetz.referrals.models import Referral
from tragnetz.referrals.rules import Said


@pytest.fixture(autouse=True)
def _public(settings):
    settings.TRAGNETZ_PUBLIC_URL = "https://stadt.example"


def secret_of(row):
    message = Message.objects.get(key=f"referral-ask:{row.pk}")
    return message.params["link"].rstrip("/").rpartition("/")[2]


def accepted(ada, case, **given):
    row = sent(ada, case, basis="anonymous", **{"asks_person": True} | given)
    move_referral(actor=ada, referral=row, target="accepted", now=now())
    return Referral.objects.get(pk=row.pk)


def test_the_person_is_asked_in_neutral_words_two_weeks_later(network, ada, case):
    row = accepted(ada, case)

    message = Message.objects.get(template="helped_ask")
    assert (message.due_at - now()).days in {13, 14}
    for language in languages():
        told = render("helped_ask", params=message.params, zone=network.zone, code="", language=language, channel="sms")
        assert secret_of(row) in told.body
        assert segments(told.body) <= 3
        assert "Beta" not in told.body


def test_the_link_tells_once(network, ada, case):
    row = accepted(ada, case)

    assert asked_by(secret_of(row)) == row
    assert answer_question(network=network, secret=secret_of(row), told="not_helped", now=now())
    assert Referral.objects.get(pk=row.pk).told == "not_helped"
    assert Referral.objects.get(pk=row.pk).news_at is not None
    assert not answer_question(network=network, secret=secret_of(row), told="helped", now=now())
    assert asked_by("") is None


def test_nobody_is_asked_who_did_not_want_it_or_about_what_did_not_come_about(ada, case):
    accepted(ada, case, asks_person=False)
    assert not Message.objects.filter(template="helped_ask").exists()

    row = accepted(ada, case)
    move_referral(actor=ada, referral=row, target="failed", said=Said(outcome="no_show"), now=now())

    assert Message.objects.get(template="helped_ask").state == "cancelled"
    assert asked_by(secret_of(row)) is None


def test_another_adult_is_not_asked_by_the_contact_of_the_first(network, ada):
    case = make_case(network, ada, ROSA, OTTO)
    Contact.objects.filter(pk=case.contact_id).update(may_text=True)

    accepted(ada, case, person=person_of(case, OTTO.name))

    assert not Message.objects.filter(template="helped_ask").exists()


def test_the_own_page_shows_the_household_s_and_the_own_referrals(network, ada):
    case = make_case(network, ada, ROSA, OTTO)
    rosa, otto = person_of(case), person_of(case, OTTO.name)
    release(ada, rosa, "contact")
    both, mine = accepted(ada, case), sent(ada, case, person=rosa)
    other = sent(ada, case, basis="anonymous", person=otto)
    drafted(ada, case)
    page = opened_with(code_for(ada, case, rosa))

    assert {row.pk for row in own_referrals(page)} == {both.pk, mine.pk}
    tell_on_own_page(opened=page, referral_id=str(both.pk), told="helped", now=now())
    assert Referral.objects.get(pk=both.pk).told == "helped"
    for row in (other, mine):
        with pytest.raises(ReferralError, match="nichts sagen"):
            tell_on_own_page(opened=page, referral_id=str(row.pk), told="helped", now=now() + timedelta(1))
    assert pieces(mine) != []

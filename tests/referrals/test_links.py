"""The partner's link: code by another way, bound to a browser, ended by time, by hand, and by a withdrawal."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.allowed import SECRETS, release
from tests.factories import make_actor
from tests.referrals.conftest import REASON, address, day, linked, sent
from tragnetz.audit.models import Event
from tragnetz.consent.commands import withdraw
from tragnetz.core.clock import now
from tragnetz.messaging.commands import deliver_due
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import render
from tragnetz.referrals.commands import move_referral
from tragnetz.referrals.errors import ReferralError
from tragnetz.referrals.links import (
    find_link,
    forget_browsers,
    make_link,
    open_with_code,
    resume,
    revoke_link,
    stop_withdrawn,
)
from tragnetz.referrals.models import Browser, Link, Referral
from tragnetz.referrals.queries import sheet_of
from tragnetz.referrals.rules import BROWSER_VALID, LINK_VALID, WRONG_CODES, Said
from tragnetz.vault.keyring import Keyring, using


def opened(secret, made, at=None):
    link = find_link(secret, at or now())
    return open_with_code(link=link, secret=secret, typed=made.code, now=at or now()) if link else None


def read(found):
    with using(found.ring):
        return sheet_of(Referral.objects.get(pk=found.referral.pk), "recipient", day(0))


def test_link_and_code_together_open_what_was_released(ada, referral):
    secret, made = linked(ada, referral)

    with using(Keyring()):
        found, cookie = opened(secret, made)
        again = resume(find_link(secret, now()), cookie, now())

        assert read(found).reason == read(again).reason == REASON
        assert SECRETS["goals"] in str(read(again).groups)
    assert Event.objects.filter(verb="referral:open", actor_kind="partner", object_id=referral.case_id).count() == 1


def test_a_forwarded_link_opens_nothing_without_the_code(ada, referral):
    secret, made = linked(ada, referral)
    _found, cookie = opened(secret, made)
    link = find_link(secret, now())

    assert resume(link, cookie, now()) is not None
    assert resume(link, "", now()) is None
    assert resume(link, cookie[:-8] + "AAAAAAA=", now()) is None
    assert open_with_code(link=link, secret=secret, typed="0000-0000-0000", now=now()) is None


def test_the_cookie_of_one_link_opens_no_other(ada, case, referral):
    secret, made = linked(ada, referral)
    _found, cookie = opened(secret, made)
    other, _made = linked(ada, sent(ada, case, basis="anonymous"))

    assert resume(find_link(other, now()), cookie, now()) is None


def test_wrong_codes_end_the_link_and_tell_the_sender(ada, referral):
    secret, made = linked(ada, referral)
    link = find_link(secret, now())
    for _try in range(WRONG_CODES - 1):
        open_with_code(link=link, secret=secret, typed="1111-1111-1111", now=now())
    still = find_link(secret, now())
    open_with_code(link=link, secret=secret, typed="", now=now())

    assert still is not None
    assert find_link(secret, now()) is None
    assert open_with_code(link=link, secret=secret, typed=made.code, now=now()) is None
    assert Referral.objects.get(pk=referral.pk).news_at is not None


def test_a_link_ends_by_time_by_hand_and_with_the_next_one(ada, referral):
    secret, _made = linked(ada, referral)
    after = now() + LINK_VALID + timedelta(seconds=1)

    assert find_link(secret, now()) is not None
    assert find_link(secret, after) is None
    newer, _made = linked(ada, referral)
    assert find_link(secret, now()) is None
    assert find_link(newer, now()) is not None
    assert revoke_link(actor=ada, referral=referral, now=now())
    assert find_link(newer, now()) is None
    assert not revoke_link(actor=ada, referral=referral, now=now())
    assert find_link("nothing", now()) is None


def test_a_browser_is_asked_again_after_two_weeks(ada, referral):
    secret, made = linked(ada, referral)
    _found, cookie = opened(secret, made)
    link, later = find_link(secret, now()), now() + BROWSER_VALID + timedelta(seconds=1)

    assert resume(link, cookie, later) is None
    assert forget_browsers(now()) == 0
    assert forget_browsers(later) == 1


def test_a_withdrawal_ends_the_link_at_the_next_request(ada, referral, rosa):
    secret, made = linked(ada, referral)
    _found, _cookie = opened(secret, made)

    assert find_link(secret, now()) is not None
    withdraw(actor=ada, given=rosa.releases.get(), form="oral", now=now())

    assert find_link(secret, now()) is None
    with pytest.raises(ReferralError, match="Freigabe"):
        make_link(actor=ada, referral=referral, address=address, now=now())


def test_mail_that_waits_is_not_sent_after_a_withdrawal(network, ada, referral, rosa):
    linked(ada, referral, mail_to="hilfe@beta.example")
    withdraw(actor=ada, given=rosa.releases.get(), form="oral", now=now())

    assert stop_withdrawn(network=network, now=now()) == 1
    assert deliver_due(network=network, now=now()) == 0
    assert Message.objects.get(template="referral").state == "cancelled"
    assert not Link.objects.filter(revoked_at=None).exists()
    assert Referral.objects.get(pk=referral.pk).news_at is not None
    assert stop_withdrawn(network=network, now=now()) == 0


@pytest.mark.parametrize("linked_too", [False, True])
def test_a_withdrawal_takes_the_keys_of_a_partner_with_and_without_a_link(
    network, ada, fred, referral, rosa, linked_too
):
    """Who works here reads without any link, who does not by a link alone."""
    if linked_too:
        linked(ada, referral)
    key = Referral.objects.get(pk=referral.pk).key
    assert key.copies.exists()
    assert stop_withdrawn(network=network, now=now()) == 0
    withdraw(actor=ada, given=rosa.releases.get(), form="oral", now=now())

    assert stop_withdrawn(network=network, now=now()) == 1

    assert not key.copies.exists()
    assert stop_withdrawn(network=network, now=now()) == 0


def test_mail_is_sent_while_the_release_holds_and_says_nothing(network, ada, referral):
    secret, made = linked(ada, referral, mail_to="hilfe@beta.example")

    assert stop_withdrawn(network=network, now=now()) == 0
    message = Message.objects.get(template="referral")
    told = render("referral", params=message.params, zone=network.zone, code=message.code, language="de")
    assert secret in told.body
    assert made.code not in told.body + str(message.params)
    assert "Rosa" not in told.body + told.subject
    assert deliver_due(network=network, now=now()) == 1


def test_without_a_release_a_withdrawal_of_something_else_changes_nothing(network, ada, case, rosa):
    row = sent(ada, case, basis="anonymous")
    secret, _made = linked(ada, row)
    given = release(ada, rosa, "contact")
    withdraw(actor=ada, given=given, form="oral", now=now())

    assert find_link(secret, now()) is not None
    assert stop_withdrawn(network=network, now=now()) == 0


def test_after_the_end_the_partner_reads_of_nobody(ada, referral):
    secret, made = linked(ada, referral)
    found, _cookie = opened(secret, made)

    assert SECRETS["goals"] in str(read(found).groups)
    move_referral(actor=found.actor, referral=referral, target="rejected", said=Said("no_capacity"), now=now())
    assert read(found).groups == []
    assert read(found).reason == ""


def test_what_is_taken_back_has_no_link(ada, referral):
    secret, _made = linked(ada, referral)
    move_referral(actor=ada, referral=referral, target="cancelled", now=now())

    assert find_link(secret, now()) is None
    with pytest.raises(ReferralError, match="läuft"):
        make_link(actor=ada, referral=referral, address=address, now=now())


def test_whoever_has_no_key_of_the_case_makes_no_link(ada, referral):
    secret, _made = linked(ada, referral)

    with using(Keyring()), pytest.raises(ReferralError, match="verschlossen"):
        make_link(actor=ada, referral=referral, address=address, now=now())
    assert find_link(secret, now()) is not None  # and the one that there is stays


def test_the_code_is_shown_to_the_sender_while_its_link_lives(ada, referral):
    secret, made = linked(ada, referral)
    opened(secret, made)
    assert Referral.objects.get(pk=referral.pk).code == made.code
    assert Browser.objects.count() == 1

    for _twice in range(2):
        revoke_link(actor=ada, referral=referral, now=now())

    assert Referral.objects.get(pk=referral.pk).code == ""
    assert not Browser.objects.exists()
    assert Event.objects.filter(verb="referral:revoke").count() == 1


def test_only_who_works_on_the_case_makes_links(network, ada, fred, referral):
    zoe = make_actor(network, "alpha", "counsellor", name="Zoe")

    for actor in (fred, zoe):
        with pytest.raises(ReferralError, match="gibt es nicht"):
            make_link(actor=actor, referral=referral, address=address, now=now())


def test_the_database_alone_opens_nothing(ada, referral):
    secret, made = linked(ada, referral)
    opened(secret, made)
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(t::text)::text FROM referrals_link t")
        links = str(cursor.fetchone())
        cursor.execute("SELECT array_agg(t::text)::text FROM referrals_shared t")
        shared = str(cursor.fetchone())

    assert Browser.objects.count() == 1
    assert secret not in links
    assert made.code not in links
    assert REASON.encode().hex() not in shared
    with using(Keyring()):
        assert sheet_of(Referral.objects.get(pk=referral.pk), "recipient", day(0)).reason == ""

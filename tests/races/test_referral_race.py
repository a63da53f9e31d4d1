"""Two replies at once, accept and decline: exactly one wins. Real threads, real database, and a negative control."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.allowed import KIND, ROSA, make_case
from tests.factories import make_actor, make_network
from tests.processes import PATIENCE
from tragnetz.core.clock import now
from tragnetz.core.ids import new_id
from tragnetz.network.actors import partner
from tragnetz.network.models import Organisation
from tragnetz.network.scope import scope
from tragnetz.referrals import commands
from tragnetz.referrals.commands import Details, draft_referral, move_referral, send_referral
from tragnetz.referrals.errors import ReferralError
from tragnetz.referrals.models import Referral
from tragnetz.referrals.rules import Said
from tragnetz.vault.keyring import Keyring, using

ROUNDS = 4
REPLIES = (("accepted", Said()), ("rejected", Said("no_capacity")))


@pytest.fixture
def prepared(transactional_db):
    network = make_network()
    with scope(network):
        ada = make_actor(network, "alpha", "counsellor")
        make_actor(network, "beta", "counsellor", name="Fred")
        case = make_case(network, ada, ROSA, KIND)
        yield network, ada, case


def requested(ada, case):
    details = Details("anonymous", "Braucht Hilfe", Organisation.objects.get(key="beta"))
    row = draft_referral(actor=ada, case=case, details=details, request_key=new_id().hex, now=now())
    return send_referral(actor=ada, referral=row, ticked=[], now=now())


def reply_at_once(network, row):
    barrier = threading.Barrier(len(REPLIES))

    def run(reply):
        try:
            with scope(network), using(Keyring()):
                mine = Referral.objects.select_related("network", "case").get(pk=row.pk)
                barrier.wait(PATIENCE)
                move_referral(
                    actor=partner(network), referral=mine, target=reply[0], said=reply[1], seen="requested", now=now()
                )
                return reply[0]
        except ReferralError:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(len(REPLIES)) as pool:
        return list(pool.map(run, REPLIES))


def test_one_of_two_replies_wins(prepared):
    network, ada, case = prepared
    for _round in range(ROUNDS):
        row = requested(ada, case)
        won = [one for one in reply_at_once(network, row) if one]

        assert won == [Referral.objects.get(pk=row.pk).state]


def test_without_the_lock_both_win(prepared, monkeypatch):
    network, ada, case = prepared
    gate = threading.Barrier(2)

    def unlocked(referral):
        found = Referral.objects.select_related(
            "network", "case__network", "case__contact", "case__household", "compartment__person", "person",
            "to_organisation",
        ).get(pk=referral.pk)  # fmt: skip
        gate.wait(PATIENCE)
        return found

    row = requested(ada, case)
    monkeypatch.setattr(commands, "locked", unlocked)

    assert Counter(reply_at_once(network, row)) == Counter({"accepted": 1, "rejected": 1})

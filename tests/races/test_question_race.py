"""Two workers ask, and two browsers answer: once each. Real threads, real database, and a negative control."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import IntegrityError, connection

from tests.factories import make_actor, make_network
from tests.processes import PATIENCE
from tests.reporting.asking.conftest import DAY, allow, at, left
from tests.reporting.conftest import make_case, make_programme
from tragnetz.core.transactions import in_transaction
from tragnetz.messaging.models import Message
from tragnetz.network.actors import system
from tragnetz.network.scope import scope
from tragnetz.reporting.asking import commands
from tragnetz.reporting.asking.answering import Said, answer_by_link
from tragnetz.reporting.asking.commands import ask_due
from tragnetz.reporting.asking.models import OwnQuestion
from tragnetz.reporting.models import Answers, Participation
from tragnetz.vault.keyring import Keyring, using

PEOPLE = 4


@pytest.fixture
def network(transactional_db, settings):
    settings.TRAGNETZ_PUBLIC_URL = "https://stadt.example"
    network = make_network()
    with scope(network):
        ada = make_actor(network, "alpha", "counsellor")
        project = make_programme(network, "gut", terms={"asks_people": True})
        for number in range(PEOPLE):
            case = make_case(ada, name=f"Rosa {number}")
            allow(case, may_text=True)
            left(ada, case, project)
        yield network


def at_once(network, *deeds):
    barrier = threading.Barrier(len(deeds))

    def run(deed):
        try:
            with scope(network), using(Keyring()):
                barrier.wait()
                return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_two_workers_ask_each_person_once(network):
    found = at_once(network, *[lambda: ask_due(network=network, now=at(DAY))] * 2)

    assert sum(found) == PEOPLE
    assert (OwnQuestion.objects.count(), Message.objects.count()) == (PEOPLE, PEOPLE)


def test_without_the_lock_two_workers_would_both_ask(network, monkeypatch):
    meet = threading.Barrier(2)

    def unlocked(key):
        rows = Participation.objects.filter(pk=key)
        return rows.select_related("programme", "person", "case__contact", "case__network", "network").first()

    def late(row, moment):
        meet.wait(PATIENCE)  # both have seen that nobody was asked
        return ["something is open"]

    monkeypatch.setattr(commands, "_lock", unlocked)
    monkeypatch.setattr(commands, "questions_for", late)
    row = Participation.objects.select_related("programme")[0]
    ask = partial(commands._ask, system(network), row, "six_months", at(DAY))
    with pytest.raises(IntegrityError, match="own_question_is_asked_once"):
        at_once(network, *[lambda: in_transaction(ask)] * 2)

    assert OwnQuestion.objects.count() == Message.objects.count() == 1  # the constraint is the second lock


def test_two_browsers_answer_a_link_once(network):
    ask_due(network=network, now=at(DAY))
    secrets = [one.params["link"].rstrip("/").rpartition("/")[2] for one in Message.objects.all()]
    for secret in secrets:
        told = [
            lambda secret=secret, word=word: answer_by_link(
                network=network, secret=secret, said=Said({"later_employment": word}), now=at(DAY)
            )
            for word in ("yes", "no")
        ]
        found = at_once(network, *told)
        assert Counter(one is None for one in found) == {True: 1, False: 1}

    assert Answers.objects.filter(moment="six_months").count() == PEOPLE
    for question in OwnQuestion.objects.select_related("participation"):
        assert question.participation.moments.get(moment="six_months").answers == question.told

"""The worker does all that is due, once."""

import os
import random
import signal
from datetime import timedelta

import pytest
from django.db import OperationalError

from tests.allowed import make_case
from tests.factories import make_actor
from tests.outlooks import outlook
from tragnetz.audit.commands import record
from tragnetz.audit.models import Event
from tragnetz.clients.commands import keep_takeaway
from tragnetz.clients.models import Takeaway
from tragnetz.config import tasks as tasks_module
from tragnetz.config import work as work_module
from tragnetz.config.models import TaskRun
from tragnetz.config.tasks import TOLD, Task
from tragnetz.config.work import Rounds, Stop, work
from tragnetz.core.clock import now
from tragnetz.messaging.commands import queue
from tragnetz.messaging.models import Message
from tragnetz.screening.outlook.models import Outlook


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path


def send(actor, key):
    queue(
        actor=actor, key=key, channel="sms", address="+491701234567", template="booked", code="C", language="de",
        params={"starts_at": (now() + timedelta(days=1)).isoformat(), "phone": "1"}, due_at=now(),
    )  # fmt: skip


def test_the_worker_sends_deletes_and_chains(network, own_folder, settings):
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "file", "email": "file"}
    actor = make_actor(network)
    send(actor, "k")
    keep_takeaway(actor=actor, facts={}, services=[], now=now() - timedelta(days=60))
    record(actor, "test:deed")

    work(once=True)

    assert Message.objects.get().state == "sent"
    assert not Takeaway.objects.exists()
    assert not Event.objects.filter(position=None).exists()


def test_messages_go_out_while_a_look_ahead_is_under_way(network, settings):
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "file", "email": "file"}
    ada = make_actor(network, "alpha", "counsellor")
    for _number in range(3):
        outlook(ada, make_case(network, ada), months=2)
    rounds, left, sent = Rounds(look_seconds=0, batch=1), [], []

    for number in range(2):
        send(ada, f"k{number}")
        assert rounds.one()
        sent.append(Message.objects.filter(state="sent").count())
        left.append(Outlook.objects.filter(looked_through="").count())
    while rounds.one():
        pass

    assert (sent, left) == ([1, 2], [2, 1])
    assert not Outlook.objects.filter(looked_through="").exists()
    assert Event.objects.get(verb="outlook:look").details["households"] == 3


def swap(monkeypatch, name: str, run) -> None:
    """Let one of the worker's tasks do something else."""
    for table in ("OFTEN", "DAILY"):
        tasks = [Task(one.name, one.told, run) if one.name == name else one for one in getattr(tasks_module, table)]
        monkeypatch.setattr(work_module, table, tuple(tasks))


def break_off(*_args) -> None:
    raise ValueError


def runs() -> dict[str, int]:
    return dict(TaskRun.objects.values_list("name", "failures"))


def test_every_task_leaves_how_it_ran(network, own_folder):
    Rounds().one()

    assert set(runs()) == set(TOLD)
    assert set(runs().values()) == {0}
    before = TaskRun.objects.get(name="round").ran_at
    Rounds().one()
    assert TaskRun.objects.count() == len(TOLD)
    assert TaskRun.objects.get(name="round").ran_at > before


def test_a_task_that_fails_keeps_no_other_from_its_work(network, own_folder, settings, monkeypatch):
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "file", "email": "file"}
    send(make_actor(network), "k")
    swap(monkeypatch, "end-presences", break_off)  # comes before
    rounds = Rounds()

    rounds.one()
    rounds.one()

    assert Message.objects.get().state == "sent"
    assert (runs()["end-presences"], runs()["deliver"]) == (2, 0)
    assert work(once=True) is False


def test_a_task_that_is_mended_counts_from_the_beginning(network, own_folder, monkeypatch):
    rounds = Rounds()
    with monkeypatch.context() as broken:
        swap(broken, "chain", break_off)
        rounds.one()
    rounds.one()

    assert runs()["chain"] == 0
    assert rounds.failed == {}


def test_a_task_of_the_day_that_failed_is_tried_again_after_an_hour(network, own_folder, monkeypatch):
    tried, at = [], [now()]
    monkeypatch.setattr(work_module, "now", lambda: at[0])

    def break_once(*_args):
        tried.append(at[0])
        if len(tried) == 1:
            raise ValueError

    swap(monkeypatch, "sign", break_once)
    rounds = Rounds()
    for minutes in (0, 30, 61, 120):
        at[0] = rounds.begun + timedelta(minutes=minutes)
        rounds.one()

    assert [round((then - rounds.begun).total_seconds() / 60) for then in tried] == [0, 61]


def test_a_database_that_is_away_is_no_fault_of_a_task(network, own_folder, monkeypatch):
    def away(*_args):
        raise OperationalError

    swap(monkeypatch, "chain", away)

    with pytest.raises(OperationalError):
        work(once=True)


def test_the_worker_waits_for_a_database_that_is_away(monkeypatch):
    tries = []

    class Coming(Rounds):
        def one(self):
            tries.append(1)
            if len(tries) < 3:
                raise OperationalError
            os.kill(os.getpid(), signal.SIGTERM)
            return True

    monkeypatch.setattr(work_module, "Rounds", Coming)
    monkeypatch.setattr(work_module, "SECONDS", 0)
    monkeypatch.setattr(work_module.connections, "close_all", lambda: None)
    before = signal.getsignal(signal.SIGTERM)
    try:
        assert work() is True
    finally:
        signal.signal(signal.SIGTERM, before)

    assert len(tries) == 3


def test_a_signal_at_any_moment_ends_the_wait(monkeypatch):
    monkeypatch.setattr(work_module, "STOP_SECONDS", 0.001)
    chance, before = random.Random(30), signal.getsignal(signal.SIGALRM)  # noqa: S311 -- moments, no secrets
    try:
        for _ in range(1000):
            stop = Stop()
            signal.signal(signal.SIGALRM, stop.tell)
            signal.setitimer(signal.ITIMER_REAL, chance.uniform(1e-6, 4e-5))  # while the wait begins
            stop.wait(600)
    finally:
        signal.signal(signal.SIGALRM, before)

    assert stop.told


def test_a_demo_is_spared_what_is_for_real_networks(network, own_folder):
    network.is_demo = True
    network.save()

    Rounds().one()

    assert set(TOLD) - set(runs()) == {"check-addresses", "delete-due"}

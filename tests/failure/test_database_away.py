"""The database goes and comes back under people who book: a clear page, nothing lost, nobody has to do anything."""

import os
import subprocess
import sys
import threading
from contextlib import ExitStack
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests.failure.booking import People, looked_at
from tests.failure.conftest import kept
from tests.processes import PATIENCE, running
from tests.server import database_url, serve
from tragnetz.core.clock import now
from tragnetz.messaging.commands import queue
from tragnetz.messaging.models import Message
from tragnetz.network.actors import system
from tragnetz.network.notice import remember
from tragnetz.network.scope import scope

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_database_that_goes_under_people_who_book_loses_nothing_and_comes_back_alone(away, tmp_path):
    with serve(tmp_path) as site:
        people = People(site)
        people.wait_for(200, 4)
        with away():
            people.wait_for(503, 6)
        people.wait_for(200, 4)
        heard = people.go()

    assert heard.lacking == []
    assert set(heard.statuses) <= {200, 409, 503}
    assert len(heard.promised) >= 8
    assert kept(heard.promised) == (len(heard.promised), 0)


def test_a_promise_that_was_not_kept_is_noticed(committed_herne):
    """The negative control."""
    assert kept(["a" * 32]) == (0, 0)


def test_a_site_that_starts_without_a_database_says_so_and_whom_to_call(committed_herne, away, tmp_path):
    remember(committed_herne, tmp_path)  # as a process before this one did
    with away(), serve(tmp_path, ready="/static/mark.svg") as site:
        status, text = looked_at(f"{site}/tr/termin/")

    assert status == 503
    assert 'lang="tr"' in text
    assert "02323 16-9167" in text


def test_a_table_that_is_locked_holds_up_nobody_for_long(committed_herne, tmp_path):
    with serve(tmp_path, TRAGNETZ_QUERY_SECONDS="2") as site:
        looked_at(f"{site}/de/")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE appointments_booking IN ACCESS EXCLUSIVE MODE")
            locked, start = looked_at(f"{site}/de/termin/")[0], looked_at(f"{site}/de/")[0]
        after = looked_at(f"{site}/de/termin/")[0]

    assert (locked, start, after) == (503, 200, 200)


def test_the_worker_waits_for_its_database_and_goes_on(committed_herne, away, tmp_path):
    environment = os.environ | {
        "DATABASE_URL": database_url(), "TRAGNETZ_VAR": str(tmp_path), "TRAGNETZ_SMS_BACKEND": "file",
    }  # fmt: skip
    with scope(committed_herne):
        at = now()
        queue(
            actor=system(committed_herne), key="k", channel="sms", address="+491701234567", template="booked", code="C",
            language="de", params={"starts_at": (at + timedelta(days=1)).isoformat(), "phone": "1"}, due_at=at,
        )  # fmt: skip
    program = [Path(sys.executable).with_name("tragnetz"), "work"]
    with ExitStack() as gone:
        gone.enter_context(away())
        with running(program, env=environment, stderr=subprocess.PIPE, text=True) as worker:
            lines = iter(worker.stderr.readline, "")
            told = list(islice((line for line in lines if "is away" in line), 2))
            gone.close()
            with scope(committed_herne):
                for _ in range(10 * PATIENCE):
                    if Message.objects.get(key="k").state == "sent":
                        break
                    threading.Event().wait(0.1)  # for a row that another process writes there is no signal

                assert Message.objects.get(key="k").state == "sent"
            assert worker.poll() is None

    assert len(told) == 2
    assert list((tmp_path / "outbox").glob("sms-*.txt"))

"""Uploads against the end of a case, and processes killed in the middle of one. And that the tests can tell."""

import multiprocessing
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest
from django.db import connections

from tests.casework.conftest import make_case
from tests.factories import make_network
from tests.owner import as_owner
from tests.processes import PATIENCE
from tragnetz.audit.models import Event
from tragnetz.casework.closing.commands import close_case
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files import intake, storage
from tragnetz.casework.files.commands import FileDetails, keep_file
from tragnetz.casework.models import Case, CaseFile, FileChunk
from tragnetz.core.clock import now, today
from tragnetz.network.scope import scope

SLOW = """
    CREATE FUNCTION wait_at_second() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.number = 1 THEN PERFORM pg_sleep(%s); END IF; RETURN NEW; END $$;
    CREATE TRIGGER wait_at_second BEFORE INSERT ON casework_filechunk FOR EACH ROW EXECUTE FUNCTION wait_at_second()
"""
TWO_PIECES = b"x" * (storage.CHUNK + 1)


@pytest.fixture
def network(transactional_db):
    made = make_network()
    with scope(made):
        yield made


@pytest.fixture
def case(owner):
    return make_case(owner)


def keep(owner, case, key, content=TWO_PIECES):
    return keep_file(
        actor=owner, case=case, name="Brief.txt", content=content, details=FileDetails(), request_key=key, now=now()
    )


def slow_down(seconds: float) -> None:
    with as_owner() as cursor:
        cursor.execute(SLOW, [seconds])


def late_files(owner, case, rounds: int) -> int:
    """Let a case be closed while files come; returns how many were kept after it had ended."""
    late = 0
    for number in range(rounds):
        Case.objects.filter(pk=case.pk).update(state="open", closed_on=None)
        case.closings.all().delete()
        barrier, order = Barrier(2), []

        def upload(number=number, barrier=barrier, order=order):
            barrier.wait()
            try:
                keep(owner, case, f"race{number}")
                order.append("kept")
            except CaseworkError:
                order.append("refused")
            finally:
                connections.close_all()

        def close(barrier=barrier, order=order):
            barrier.wait()
            time.sleep(0.05)
            try:
                close_case(
                    actor=owner, case=case, reason="done", result="better", after_care=False,
                    today=today(owner.network.zone),
                )  # fmt: skip
                order.append("closed")
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            for job in [pool.submit(copy_context().run, upload), pool.submit(copy_context().run, close)]:
                job.result()
        late += order.index("closed") < order.index("kept") if "kept" in order else 0
    return late


@pytest.mark.django_db(transaction=True)
def test_no_file_comes_into_a_case_that_has_ended(owner, case):
    keep(owner, case, "first", b"x")  # makes the part, so that the race is about the file alone
    slow_down(0.3)

    assert late_files(owner, case, 3) == 0


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_files_come_late(owner, case, monkeypatch):
    """The negative control: a look at the state alone lets a case end under an upload."""
    keep(owner, case, "first", b"x")
    slow_down(0.3)
    monkeypatch.setattr("tragnetz.casework.files.commands.must_be_open", lambda _case: None)

    assert late_files(owner, case, 2) > 0
    assert intake.must_be_open is not None


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_in_the_middle_of_an_upload_leaves_nothing_half(owner, case):
    whole = keep(owner, case, "whole")
    slow_down(5)
    events = Event.objects.count()
    connections.close_all()

    def upload() -> None:
        connections.close_all()
        keep(owner, case, "killed")

    process = multiprocessing.get_context("fork").Process(target=upload)
    process.start()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not _is_waiting():
        time.sleep(0.05)
    assert _is_waiting()
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    while _is_waiting():  # the server notices, at the latest when it wants to answer
        time.sleep(0.2)

    assert list(CaseFile.objects.all()) == [whole]
    assert FileChunk.objects.count() == 2
    assert Event.objects.count() == events
    assert storage.read(CaseFile.objects.select_related("compartment").get()) == TWO_PIECES


def _is_waiting() -> bool:
    """Whether some process stands in the middle of an upload."""
    with as_owner() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
        )
        return bool(cursor.fetchone()[0])

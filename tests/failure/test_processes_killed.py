"""Web workers killed in the middle of bookings: nothing lost, and others take their place. Task workers: tests/races."""

import signal
import threading
from contextlib import suppress

import psutil
import pytest

from tests.failure.booking import People
from tests.failure.conftest import kept
from tests.load.chaos import workers_of
from tests.processes import PATIENCE, free_port
from tests.server import serve

KILLS = 2


def web_of(port: int) -> list[psutil.Process]:
    """Return the server and its children."""
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):  # one that has ended meanwhile
            if str(port) in process.cmdline():
                return [process, *process.children()]
    return []


def alive(port: int, without: set[int]) -> list[psutil.Process]:
    """Wait until two workers serve, none of them one that was killed."""
    for _ in range(10 * PATIENCE):
        found = [one for one in workers_of(web_of(port)) if one.pid not in without]
        if len(found) == 2:
            return found
        threading.Event().wait(0.1)  # for the start of another process there is no signal
    pytest.fail("the server started no new worker")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_web_workers_killed_under_people_who_book_lose_nothing_and_come_back(committed_herne, tmp_path):
    killed: set[int] = set()
    port = free_port()
    with serve(tmp_path, port=port) as site:
        people = People(site)
        people.wait_for(200, 3)
        for _ in range(KILLS):
            # The older one: a server whose new worker ends within 5.5 s takes it for a loop and ends itself.
            victim = min(alive(port, killed), key=psutil.Process.create_time)
            victim.send_signal(signal.SIGKILL)
            killed.add(victim.pid)
            people.wait_for(200, 2)
        alive(port, killed)
        heard = people.go()

    assert heard.lacking == []
    assert set(heard.statuses) <= {0, 200, 409}
    assert len(heard.promised) >= 3 + 2 * KILLS
    assert kept(heard.promised) == (len(heard.promised), 0)

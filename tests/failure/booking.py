"""People who book without a pause while something fails below them, and send again until they hear what became of it."""

import threading
import urllib.error
import urllib.request
import uuid
import zlib
from collections import Counter
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException

from tests.processes import PATIENCE
from tests.races.test_booking_rush import Visitor, apart
from tests.server import from_elsewhere

PEOPLE = 3


@dataclass
class Heard:
    """What people heard: how often each status (0: nobody answered), promised keys, and what pages of an outage lack."""

    statuses: Counter[int] = field(default_factory=Counter)
    promised: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)


class People:
    """Visitors with times of their own, each in a thread, until they are let go."""

    def __init__(self, site: str, phone: str = "02323 16-9167") -> None:
        self.heard, self.phone, self._stop, self._changed = Heard(), phone, threading.Event(), threading.Condition()
        visitors = [Visitor(site) for _ in range(PEOPLE)]
        slots = apart(visitors[0].slots()[4:])
        self._threads = [
            threading.Thread(target=self._book, args=(visitor, slots[number::PEOPLE]), daemon=True)
            for number, visitor in enumerate(visitors)
        ]
        for thread in self._threads:
            thread.start()

    def _book(self, visitor: Visitor, slots: list[str]) -> None:
        for slot in slots:
            key, status = uuid.uuid4().hex, 0
            while not self._stop.is_set() and (status == 0 or status >= 500):
                status = self._send(visitor, slot, key)
            with self._changed:
                if status == 200:
                    self.heard.promised.append(key)
                self._changed.notify_all()

    def _send(self, visitor: Visitor, slot: str, key: str) -> int:
        status, text, headers = answer(visitor, slot, key)
        with self._changed:
            self.heard.statuses[status] += 1
            if status >= 500:
                self.heard.lacking += [what for what, there in (
                    ("status 503", status == 503), ("Retry-After", "Retry-After" in headers),
                    ("a number to call", self.phone in text), ("what was typed", f'name="key" value="{key}"' in text),
                    ("silence about its insides", "Traceback" not in text and "psycopg" not in text),
                ) if not there]  # fmt: skip
            self._changed.notify_all()
        if status == 0 or status >= 500:
            self._stop.wait(0.1)
        return status

    def wait_for(self, status: int, more: int, seconds: float = PATIENCE) -> None:
        """Wait until a status was heard so many times more."""
        with self._changed:
            until = self.heard.statuses[status] + more
            assert self._changed.wait_for(lambda: self.heard.statuses[status] >= until, seconds), self.heard

    def go(self) -> Heard:
        """Let everybody finish and go."""
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE)
        return self.heard


def looked_at(url: str) -> tuple[int, str]:
    """Open a page; returns status and text."""
    try:
        with urllib.request.urlopen(url, timeout=60) as page:  # noqa: S310 -- our own server
            return page.status, page.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def answer(visitor: Visitor, slot: str, key: str) -> tuple[int, str, Message]:
    """Try to book; returns status (0: nobody answered), page and headers."""
    try:
        sent = urllib.request.Request(  # noqa: S310 -- our own server
            f"{visitor.site}/de/termin/", visitor.typed(slot, key), from_elsewhere(zlib.crc32(key.encode()))
        )
        with visitor.opener.open(sent, timeout=60) as page:
            return page.status, page.read().decode(), page.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers
    except (OSError, HTTPException):  # no answer, or half of one
        return 0, "", Message()

"""Readers: hot standbys of the database that answer what may lag behind by seconds (decision 0030).

A reader is one while it answers, is a standby, and has replayed what the primary wrote some seconds ago. Each process
looks at that itself, beside its requests, so no visitor waits for a server that went away; what is not known counts as
not usable. `reading` is the only way to one: it lends this thread's connection for one function, and does the whole
again on the primary when a reader fails.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any, LiteralString

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections

from tragnetz.network.database.base import DatabaseWrapper

LOOK_SECONDS = 1.0  # between two looks while somebody asks
KNOWN_SECONDS = 5.0  # a look this old says nothing any more
AWAY_SECONDS = 10.0  # a reader that did not answer is asked again after so long
_PATIENCE = 3  # seconds that a look waits for a server
_REMEMBERED = 120  # looks at the primary
NAME = "tragnetz-reader"  # what the server calls our connections
AWAY, NO_STANDBY, SUPERUSER, BEHIND = "away", "no standby", "superuser", "behind"

_may_lag: ContextVar[bool] = ContextVar("may_lag", default=True)


@dataclass(frozen=True, slots=True)
class Standing:
    """What was seen of a reader: by how many seconds it lags at most, or what keeps it from being one."""

    at: float  # by the clock that nobody sets
    lag: float | None
    fault: str = AWAY


@contextmanager
def must_be_fresh() -> Iterator[None]:
    """Read nothing from a reader inside the block: somebody has written just before, and would miss it."""
    token = _may_lag.set(False)
    try:
        yield
    finally:
        _may_lag.reset(token)


class Watch:
    """What a process knows of the readers of its installation."""

    def __init__(self, primary: Mapping[str, Any], readers: Sequence[Mapping[str, Any]], most: float) -> None:
        self._primary, self._readers, self._most = primary, readers, most
        self.standings: list[Standing | None] = [None] * len(readers)
        self._written: deque[tuple[float, int]] = deque(maxlen=_REMEMBERED)  # when, and how far the primary was then
        self._looking = threading.Lock()
        self._turn = 0

    def usable(self) -> int | None:
        """Return a reader that may be asked, by turns; nothing without one. Never waits."""
        if not self._readers:
            return None
        now = time.monotonic()
        if any(one is None or now >= one.at + LOOK_SECONDS for one in self.standings):
            self._look_beside()
        good = [number for number, one in enumerate(self.standings) if self._is_good(one, now)]
        if not good:
            return None
        self._turn += 1
        return good[self._turn % len(good)]

    def _is_good(self, one: Standing | None, now: float) -> bool:
        return one is not None and not one.fault and now < one.at + KNOWN_SECONDS

    def failed(self, number: int) -> None:
        """Note that a reader failed a request: nobody asks it before it was looked at again."""
        self.standings[number] = Standing(time.monotonic(), None)

    def _look_beside(self) -> None:
        if self._looking.acquire(blocking=False):
            threading.Thread(target=self._look_and_release, name="readers", daemon=True).start()

    def _look_and_release(self) -> None:
        try:
            self._look()
        finally:
            self._looking.release()

    def look(self) -> list[Standing]:
        """Look at all readers now, and return what was seen."""
        with self._looking:
            self._look()
        return [one for one in self.standings if one is not None]

    def _look(self) -> None:
        with suppress(psycopg.Error):  # then nobody writes there, or nobody here can know
            (written,) = _ask(self._primary, "SELECT pg_current_wal_lsn() - '0/0'")
            self._written.append((time.monotonic(), int(written)))
        for number, reader in enumerate(self._readers):
            before, now = self.standings[number], time.monotonic()
            if before is None or before.fault != AWAY or now >= before.at + AWAY_SECONDS:
                self.standings[number] = self._look_at(reader)

    def _look_at(self, reader: Mapping[str, Any]) -> Standing:
        try:
            is_standby, unbound, replayed, age = _ask(
                reader,
                "SELECT pg_is_in_recovery(), current_setting('is_superuser') = 'on', pg_last_wal_replay_lsn() - '0/0',"
                " extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())",
            )
        except psycopg.Error:
            return Standing(time.monotonic(), None)
        if not is_standby:
            return Standing(time.monotonic(), None, NO_STANDBY)
        if unbound:  # for it no policy holds
            return Standing(time.monotonic(), None, SUPERUSER)
        lag = self._lag(int(replayed), None if age is None else float(age))
        return Standing(time.monotonic(), lag, "" if lag is not None and lag <= self._most else BEHIND)

    def _lag(self, replayed: int, age: float | None) -> float | None:
        """Return how old the state of a reader is at most, in seconds.

        It is not behind when it has what the primary had written at the last look, however long nobody writes. If it
        is behind: not older than the newest look whose state it has reached, nor than the last commit it replayed.
        """
        if not self._written:
            return age
        if replayed >= self._written[-1][1]:
            return 0.0
        now = time.monotonic()
        reached = [now - at for at, written in self._written if replayed >= written]
        return min([*reached, *([] if age is None else [age])], default=None)


def _ask(at: Mapping[str, Any], query: LiteralString) -> tuple[Any, ...]:
    """Ask one thing on a connection of its own, patiently for some seconds only."""
    options = {name: value for name, value in at.get("OPTIONS", {}).items() if name not in {"assume_role", "options"}}
    options |= {"connect_timeout": _PATIENCE, "options": f"-c statement_timeout={_PATIENCE}s"}
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    given = {libpq: at[django] for django, libpq in names.items() if at.get(django)}
    with psycopg.connect("", autocommit=True, **given, **options) as connection:
        return connection.execute(query).fetchone() or ()


@cache
def watch() -> Watch:
    """Return what this process knows of its readers."""
    return Watch(
        connections[DEFAULT_DB_ALIAS].settings_dict, settings.TRAGNETZ_READERS, settings.TRAGNETZ_READER_SECONDS
    )


_held = threading.local()


def _connection(number: int) -> DatabaseWrapper:
    """Return this thread's connection to a reader; it is told the network in scope as every other one."""
    ours: dict[int, DatabaseWrapper] = _held.__dict__.setdefault("connections", {})
    if number not in ours:
        at = connections[DEFAULT_DB_ALIAS].settings_dict | settings.TRAGNETZ_READERS[number]
        # A server that was made the primary elsewhere takes no writes from here.
        options = at["OPTIONS"] | {"application_name": NAME, "options": "-c default_transaction_read_only=on"}
        ours[number] = DatabaseWrapper(at | {"OPTIONS": options}, DEFAULT_DB_ALIAS)
    return ours[number]


def reading[ResultT](read: Callable[[], ResultT], *, again: tuple[type[Exception], ...] = ()) -> ResultT:
    """Return what `read` returns, asked of a reader if there is one that may be asked, else of the primary.

    Never inside of a transaction, nor for somebody who has just written (`must_be_fresh`). What fails on a reader, an
    attempt to write among it, is done again on the primary as a whole, and so is what raises one of `again`: it may be
    there already.
    """
    primary = connections[DEFAULT_DB_ALIAS]
    number = None if not _may_lag.get() or primary.in_atomic_block else watch().usable()
    if number is None:
        return read()
    reader = _connection(number)
    try:
        with _lent(reader):
            return read()
    except DatabaseError as error:
        _look_into(error, number, reader)
    except InterfaceError:
        reader.close()
        watch().failed(number)
    except again:
        pass
    return read()


_READ_ONLY = "25006"
_CONFLICT = "40001"  # replay needed a row version that the query was reading


def _look_into(error: DatabaseError, number: int, reader: DatabaseWrapper) -> None:
    """Keep asking a reader that only refused to write, or broke off a query in favour of replay; no other one."""
    if getattr(error.__cause__, "sqlstate", "") not in {_READ_ONLY, _CONFLICT}:
        watch().failed(number)
        with suppress(DatabaseError, InterfaceError):
            reader.close()


@contextmanager
def _lent(reader: DatabaseWrapper) -> Iterator[None]:
    """Let this thread's connection be a reader's inside the block, counted by whoever counts the primary's."""
    primary = connections[DEFAULT_DB_ALIAS]
    counted = [one for one in primary.execute_wrappers if getattr(one, "__self__", None) is not primary]
    connections[DEFAULT_DB_ALIAS] = reader
    reader.execute_wrappers.extend(counted)
    token = _may_lag.set(False)  # nobody is sent to a reader twice
    try:
        yield
    finally:
        _may_lag.reset(token)
        del reader.execute_wrappers[len(reader.execute_wrappers) - len(counted) :]
        connections[DEFAULT_DB_ALIAS] = primary

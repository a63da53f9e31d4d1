"""Connections to the database that a worker keeps, for the next test or thread that asks for the same database.

A new one knows nothing of two hundred tables, their policies, their triggers: PostgreSQL reads and plans all of it again.
"""

from collections import defaultdict
from typing import Any

import psycopg
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from psycopg.pq import TransactionStatus

from tragnetz.network.database.base import NOT_TOLD, DatabaseWrapper

_kept: defaultdict[str, list[psycopg.Connection]] = defaultdict(list)


def put(wrapper: DatabaseWrapper) -> None:
    """Keep the connection of a thread, which has none then; one that is amid something is ended."""
    found = wrapper.connection
    if found is None or found.closed or found.info.transaction_status != TransactionStatus.IDLE:
        wrapper.close()
        return
    wrapper.connection = None
    _kept[found.info.dbname].append(found)  # Django may be pointed at another one by now


def take(wrapper: DatabaseWrapper) -> None:
    """Give a thread that has had a connection one that was kept for the database it is pointed at, if there is one."""
    wrapper.connection = _kept_for(wrapper.settings_dict["NAME"])
    wrapper._told = NOT_TOLD


def end(name: str) -> None:
    """End what is kept of a database: it is about to go."""
    for found in _kept.pop(name, []):
        found.close()


def end_all() -> None:
    """End all that is kept."""
    for name in list(_kept):
        end(name)


class KeptByThreads(ThreadedWSGIServer):
    """Lets the threads of a live server, of which a browser gets one for each of its connections, share theirs."""

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        wrapper = connections["default"]
        new = wrapper.get_new_connection
        wrapper.get_new_connection = lambda asked: _kept_for(asked["dbname"]) or new(asked)
        super().process_request_thread(request, client_address)

    def _close_connections(self) -> None:
        put(connections["default"])


def _kept_for(name: str) -> psycopg.Connection | None:
    while _kept[name]:
        found = _kept[name].pop()
        try:
            found.execute("SELECT 1")
        except psycopg.OperationalError:  # its database was thrown away meanwhile
            found.close()
        else:
            return found
    return None

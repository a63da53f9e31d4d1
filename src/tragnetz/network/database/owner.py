"""The one way past the lock on rows: to be the owner of the tables, who says that he means all networks.

Whoever uses it stands in `DEEDS`. Code that goes through networks one after the other (`tragnetz work`, `audit verify`,
`privacy replay`, what follows a restore) does not need it: it opens a scope for each.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from tragnetz.network.database.base import DatabaseWrapper

DEEDS = {
    "migrate": "makes and changes tables, fills new columns in all networks, locks what it made",
    "back up and restore": "reads every row at one instant; makes all tables anew and fills them",
    "remove a network": "deletes one that lives on another server by now, audit trail included",
    "forget demo": "drops all tables of a demo",
}


def owner_settings(deed: str) -> dict[str, Any]:
    """Return Django's settings of the database in use, with the owner's log-in; the application's own without one."""
    if deed not in DEEDS:
        message = f"{deed!r} is no deed of tragnetz.network.database.owner.DEEDS."
        raise KeyError(message)
    at: Mapping[str, Any] = connections[DEFAULT_DB_ALIAS].settings_dict
    owner = settings.TRAGNETZ_OWNER
    if not owner:
        return dict(at)
    return {**at, **{key: owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}}


@contextmanager
def as_owner(deed: str) -> Iterator[None]:
    """Let this thread's connection be the owner's inside the block, for a deed of `DEEDS`; it sees all networks.

    It is a connection of its own: what a transaction around the block has written is not there. Inside of another such
    block it is that one's.
    """
    before = connections[DEFAULT_DB_ALIAS]
    if getattr(before, "is_owner", False):
        yield
        return
    owner = DatabaseWrapper(owner_settings(deed), DEFAULT_DB_ALIAS)
    owner.is_owner = True
    connections[DEFAULT_DB_ALIAS] = owner
    try:
        yield
    finally:
        owner.close()
        connections[DEFAULT_DB_ALIAS] = before

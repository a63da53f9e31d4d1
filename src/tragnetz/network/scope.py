"""Keeps networks apart: queries see only the network in scope, and raise when there is none.

The idea is django-scopes' (fails closed); ours is typed and knows one dimension only, the network.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from tragnetz.network.models import Network

_current: ContextVar[uuid.UUID | None] = ContextVar("network", default=None)


class ScopeRequiredError(Exception):
    """A row of a network was asked for without saying of which network: a fault of ours, never of a user."""


def current_network_id() -> uuid.UUID:
    """Return the id of the network in scope, or raise."""
    network_id = _current.get()
    if network_id is None:
        message = "No network in scope: wrap this in tragnetz.network.scope.scope(network)."
        raise ScopeRequiredError(message)
    return network_id


def network_in_scope() -> uuid.UUID | None:
    """Return the id of the network in scope, or nothing: for the database, which then shows no row."""
    return _current.get()


@contextmanager
def scope(network: "Network | uuid.UUID") -> Iterator[None]:
    """See exactly one network's rows inside the block."""
    token = _current.set(network if isinstance(network, uuid.UUID) else network.pk)
    try:
        yield
    finally:
        _current.reset(token)


class ScopedManager[ModelT: models.Model](models.Manager[ModelT]):
    """A default manager that sees only the network in scope and raises without one."""

    def get_queryset(self) -> models.QuerySet[ModelT]:
        """Return the rows of the network in scope."""
        return super().get_queryset().filter(network_id=current_network_id())

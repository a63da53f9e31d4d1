"""Tells the waiting list, which stands above, that a time is free again: as soon as that is committed."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from tragnetz.network.models import Network
from tragnetz.network.scope import scope

type Offer = Callable[[Network, datetime, uuid.UUID], object]

_offers: list[Offer] = []


def call_when_freed(offer: Offer) -> None:
    """Name what offers freed times, once, when the app is ready."""
    _offers[:] = [offer]


@dataclass(frozen=True, slots=True)
class _Freed:
    """A time of an organisation was freed; several in one transaction count once."""

    network: Network
    organisation_id: uuid.UUID
    at: datetime = field(compare=False)

    def __call__(self) -> None:
        with scope(self.network):
            for offer in _offers:
                offer(self.network, self.at, self.organisation_id)


def tell_freed(*, network: Network, organisation_id: uuid.UUID, now: datetime) -> None:
    """Offer what is free with an organisation when this transaction is committed.

    If that fails it is logged and the freed time stays free: the worker offers it some seconds later.
    """
    freed = _Freed(network, organisation_id, now)
    if not any(freed in waiting for waiting in connection.run_on_commit):
        transaction.on_commit(freed, robust=True)

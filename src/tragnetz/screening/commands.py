"""Verbs: keep a city's rules, keep a check."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from tragnetz.audit.commands import record
from tragnetz.clients.models import Household
from tragnetz.core.clock import now
from tragnetz.network.actors import Actor
from tragnetz.network.models import Network
from tragnetz.screening.errors import ScreeningError
from tragnetz.screening.models import Record, RuleFile
from tragnetz.screening.outlook.commands import renew_outlook


def put_rules(network: Network, files: Sequence[tuple[str, str]]) -> None:
    """Keep a city's rule files, by name and text, in the order in which they are read."""
    RuleFile.objects.all().delete()
    RuleFile.objects.bulk_create(
        RuleFile(
            network=network, position=position, name=name, text=text, digest=hashlib.sha256(text.encode()).hexdigest()
        )
        for position, (name, text) in enumerate(files)
    )


def keep_check(*, actor: Actor, household: Household, content: str, on: date, law_of: date) -> Record:
    """Keep a check at a household. Who may do so is decided by whoever shows the household."""
    if actor.membership_id is None:
        message = "only a member of staff keeps a check"
        raise PermissionError(message)
    kept = Record.objects.create(
        network=actor.network,
        household=household,
        kept_by_id=actor.membership_id,
        on=on,
        law_of=law_of,
        content=content,
    )
    record(actor, "check:keep", kept)
    with suppress(ScreeningError):  # people who do not fit the months any more: the former copy stays
        renew_outlook(actor=actor, household=household, now=now())
    return kept

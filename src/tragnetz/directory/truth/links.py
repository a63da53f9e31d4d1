"""Links by which an organisation keeps its own entries true: no account, one purpose, an end, revocable.

Only the hash of the secret is kept. A new link ends the one before.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from tragnetz.audit.commands import record as audit
from tragnetz.core.links import secret_hash
from tragnetz.directory.access import must_edit
from tragnetz.directory.models import ConfirmationLink, Office, Origin, Service, ServiceStatus
from tragnetz.directory.offices import offices_run_by
from tragnetz.directory.truth.rows import Row
from tragnetz.directory.truth.rules import Author
from tragnetz.messaging.commands import queue
from tragnetz.messaging.enums import Channel
from tragnetz.network.actors import Actor
from tragnetz.network.models import Network, Organisation, Site

VALID = timedelta(days=42)
REMIND_AGAIN = timedelta(days=60)  # an organisation is not written to more often by itself
MOST_REMINDERS = 20  # a turn of the background worker

type MakeAddress = Callable[[str], str]


@transaction.atomic
def make_link(
    *, actor: Actor, organisation: Organisation, now: datetime, address: MakeAddress, send: bool = False
) -> tuple[ConfirmationLink, str]:
    """Return a new link of an organisation with its secret, which is shown once; `send` mails it to its address.

    `address` turns the secret into the full address of the page. Raises NotAllowedError.
    """
    if actor.kind != "system":
        must_edit(actor)
    secret = secrets.token_urlsafe(24)
    organisation.confirmation_links.filter(revoked_at=None).update(revoked_at=now)
    link = ConfirmationLink.objects.create(
        network=actor.network,
        organisation=organisation,
        secret_hash=secret_hash(secret),
        created_at=now,
        created_by=actor.name,
        sent_to=organisation.email if send else "",
        expires_at=now + VALID,
    )
    if send and organisation.email:
        queue(
            actor=actor,
            key=f"confirm:{link.pk}",
            channel=Channel.EMAIL,
            address=organisation.email,
            template="confirm_entries",
            params={"organisation": organisation.name, "until": link.expires_at.isoformat()},
            code=address(secret),
            language="de",
            due_at=now,
        )
    audit(actor, "confirmation:link", organisation, sent=bool(send and organisation.email))
    return link, secret


def open_link(secret: str, now: datetime) -> ConfirmationLink | None:
    """Return the valid link of a secret; nothing for an unknown, ended or revoked one."""
    rows = ConfirmationLink.objects.select_related("organisation").filter(
        secret_hash=secret_hash(secret), revoked_at=None
    )
    link = rows.filter(expires_at__gt=now).first()
    if link is not None and link.opened_at is None:
        link.opened_at = now
        link.save(update_fields=["opened_at"])
    return link


def mark_used(link: ConfirmationLink, now: datetime) -> None:
    """Note that the organisation did something with its link."""
    ConfirmationLink.objects.filter(pk=link.pk).update(used_at=now)


@transaction.atomic
def revoke(*, actor: Actor, link: ConfirmationLink, now: datetime) -> None:
    """End a link at once. Raises NotAllowedError."""
    must_edit(actor)
    ConfirmationLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now)
    audit(actor, "confirmation:revoke", link.organisation)


def entries_of(link: ConfirmationLink) -> QuerySet[Service]:
    """Return the entries that a link opens: the offers of its organisation that have not ended, and no others."""
    rows = Service.objects.filter(organisation=link.organisation).exclude(status=ServiceStatus.ENDED)
    return rows.select_related("network").prefetch_related("places__site__network").order_by("search_name")


class Details(NamedTuple):
    """What stands behind the entries of an organisation: itself, its sites, and the offices that it runs."""

    organisation: Organisation
    sites: list[Site]
    offices: list[Office]

    def rows(self) -> list[Row]:
        """Return all of it."""
        return [self.organisation, *self.sites, *self.offices]


def details_of(link: ConfirmationLink) -> Details:
    """Return what stands behind the entries that a link opens."""
    sites = link.organisation.sites.select_related("network", "locality").order_by("name")
    return Details(link.organisation, list(sites), offices_run_by(link.organisation))


def author_by(link: ConfirmationLink) -> Author:
    """Return the organisation as the author of a change."""
    return Author(Origin.PROVIDER, link.organisation.name)


@transaction.atomic
def remind_providers(*, actor: Actor, now: datetime, address: MakeAddress) -> int:
    """Write to organisations whose entries or offices are due and that an editor has written to before; how many.

    The first letter is an editor's: nobody gets mail from a system that no person introduced.
    """
    Network.objects.select_for_update().get(pk=actor.network.pk)  # two workers write one letter, not two
    day = now.astimezone(actor.network.zone).date()
    running = Service.objects.filter(review_on__lte=day).exclude(status=ServiceStatus.ENDED)
    offices = Office.objects.filter(review_on__lte=day)
    due = Q(pk__in=running.values("organisation")) | Q(pk__in=offices.values("organisation"))
    recent = ConfirmationLink.objects.filter(created_at__gt=now - REMIND_AGAIN).values("organisation")
    known = ConfirmationLink.objects.exclude(sent_to="").values("organisation")
    rows = Organisation.objects.filter(due, pk__in=known).exclude(pk__in=recent).exclude(email="")
    found = list(rows[:MOST_REMINDERS])
    for organisation in found:
        make_link(actor=actor, organisation=organisation, now=now, address=address, send=True)
    return len(found)

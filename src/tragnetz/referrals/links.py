"""The link of a partner: one purpose, an end, revocable. Secret in the address, code by another way, then a cookie.

What the partner reads opens with a key that is made of secret and code together: neither mail nor database is enough.
A link that was forwarded asks whoever opens it for the code.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of
from tragnetz.core.ids import clean_code, new_code
from tragnetz.core.links import secret_hash
from tragnetz.messaging.commands import cancel, queue
from tragnetz.messaging.enums import Channel
from tragnetz.network.actors import Actor, partner, system
from tragnetz.network.models import Network
from tragnetz.network.queries import told_phone
from tragnetz.referrals.access import must_send, standing, stands
from tragnetz.referrals.channel import close_to_recipient, plain_key
from tragnetz.referrals.commands import locked
from tragnetz.referrals.enums import Basis, State
from tragnetz.referrals.errors import ReferralError
from tragnetz.referrals.models import Browser, Link, Referral
from tragnetz.referrals.rules import BROWSER_VALID, LINK_VALID, LIVE, WRONG_CODES
from tragnetz.vault.browsers import bind, parts_of, unbind
from tragnetz.vault.keyring import Keyring
from tragnetz.vault.sealing import CannotOpenError, key_from_code, open_sealed, seal

type Address = Callable[[str], str]


class Made(NamedTuple):
    """A new link with the two halves of what opens it. The address is never shown again."""

    link: Link
    address: str
    code: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A referral that a browser has opened: with which key, and who acts."""

    link: Link
    referral: Referral
    ring: Keyring
    actor: Actor


def _both(secret: str, code: str) -> bytes:
    return key_from_code(f"referral:{secret}:{code}")


@transaction.atomic
def make_link(
    *, actor: Actor, referral: Referral, address: Address, now: datetime, mail_to: str = ""
) -> Made:  # fmt: skip
    """Return a new link with its code; the former one ends. With `mail_to` the link, never the code, goes there.

    Raises ReferralError when the referral is not open, does not stand any more, or is closed to the actor.
    """
    must_send(actor, referral)
    row = locked(referral)
    if State(row.state) not in LIVE:
        raise ReferralError(_("Einen Link gibt es nur für eine Vermittlung, die läuft."))
    if not stands(row):
        raise ReferralError(_("Die Freigabe gilt nicht mehr. Ohne sie bekommt der Partner keinen Link."))
    plain = plain_key(row)
    if plain is None:
        raise ReferralError(_("Dieser Fall ist für Sie verschlossen."))
    _end_links(row, actor, now)
    secret, code = secrets.token_urlsafe(24), new_code()
    link = Link(
        network=actor.network, referral=row, secret_hash=secret_hash(secret), mailed=bool(mail_to), made_at=now,
        made_by_id=member_of(actor), expires_at=now + LINK_VALID,
    )  # fmt: skip
    link.sealed = seal(plain, _both(secret, clean_code(code)), link.pk.bytes)
    link.save()
    row.code = code
    row.save(update_fields=["code"])
    if mail_to:
        params = {"phone": told_phone(), "until": link.expires_at.isoformat()}
        queue(
            actor=actor, key=f"referral:{row.pk}:{link.pk}", channel=Channel.EMAIL, address=mail_to,
            template="referral", params=params, code=address(secret), language="de", due_at=now,
            expires_at=link.expires_at,
        )  # fmt: skip
    record(actor, "referral:link", row.case, mailed=bool(mail_to))
    return Made(link, address(secret), code)


@transaction.atomic
def revoke_link(*, actor: Actor, referral: Referral, now: datetime) -> bool:
    """End the link of a referral at once; tells whether there was one. Raises ReferralError."""
    must_send(actor, referral)
    row = locked(referral)
    ended = _end_links(row, actor, now)
    if ended:
        row.code = ""
        row.save(update_fields=["code"])
        record(actor, "referral:revoke", row.case)
    return ended


def _end_links(row: Referral, actor: Actor, now: datetime) -> bool:
    cancel(actor=actor, key_prefix=f"referral:{row.pk}:")
    Browser.objects.filter(link__referral=row).delete()
    return bool(Link.objects.filter(referral=row, revoked_at=None).update(revoked_at=now))


def find_link(secret: str, now: datetime) -> Link | None:
    """Return the link of a secret; nothing when it ended, was revoked, or its referral may not be seen any more."""
    rows = Link.objects.filter(secret_hash=secret_hash(secret), revoked_at=None, expires_at__gt=now)
    rows = rows.exclude(referral__state__in=[State.DRAFT, State.CANCELLED])
    link = rows.select_related("referral__network", "referral__case", "referral__compartment__person").first()
    return link if link is not None and stands(link.referral) else None


@transaction.atomic
def open_with_code(*, link: Link, secret: str, typed: str, now: datetime) -> tuple[Opened, str] | None:
    """Let a browser in by the code; returns what is open, and what its cookie holds. Nothing for a wrong code.

    So many wrong ones end the link: the sender sees it and makes a new one.
    """
    row = Link.objects.select_for_update().get(pk=link.pk)
    actor, code = partner(link.referral.network), clean_code(typed)
    if row.revoked_at is not None:
        return None
    try:
        plain = open_sealed(bytes(row.sealed), _both(secret, code), row.pk.bytes) if code else None
    except CannotOpenError:
        plain = None
    if plain is None:
        row.wrong += 1
        if row.wrong >= WRONG_CODES:
            row.revoked_at = now
            Referral.objects.filter(pk=row.referral_id).update(news_at=now)
        row.save(update_fields=["wrong", "revoked_at"])
        record(actor, "referral:wrong_code", link.referral.case, ended=row.revoked_at is not None)
        return None
    browser = Browser(network_id=row.network_id, link=row, opened_at=now, seen_at=now)
    browser.sealed, cookie = bind(browser.pk, plain)
    browser.save()
    record(actor, "referral:open", link.referral.case, browsers=row.browsers.count())
    return _opened(link, plain), cookie


def _opened(link: Link, plain: bytes) -> Opened:
    ring = Keyring()
    if link.referral.key_id is not None:
        ring.add(link.referral.key_id, plain)
    return Opened(link, link.referral, ring, partner(link.referral.network))


def resume(link: Link, cookie: str, now: datetime) -> Opened | None:
    """Return what a browser has open by its cookie; nothing for another link's, or after two weeks."""
    parts = parts_of(cookie)
    if parts is None:
        return None
    browser = Browser.objects.filter(pk=parts[0], link=link, opened_at__gt=now - BROWSER_VALID).first()
    plain = unbind(browser.pk, browser.sealed, parts[1]) if browser is not None else None
    if browser is None or plain is None:
        return None
    Browser.objects.filter(pk=browser.pk).update(seen_at=now)
    return _opened(link, plain)


@transaction.atomic
def stop_withdrawn(*, network: Network, now: datetime) -> int:
    """End what is still on its way of referrals whose release ended: links, mail that waits, copies of keys.

    They opened nothing any more; for the worker, before it sends. Returns how many.
    """
    actor = system(network)
    rows = Referral.objects.filter(basis=Basis.RELEASED, state__in=list(LIVE)).exclude(standing())
    alive = rows.filter(pk__in=Link.objects.filter(revoked_at=None).values("referral")) | rows.filter(
        key__copies__isnull=False
    )
    found = list(Referral.objects.filter(pk__in=alive.values("pk")).select_related("case"))
    for row in found:
        _end_links(row, actor, now)
        close_to_recipient(row)
        record(actor, "referral:revoke", row.case)
    Referral.objects.filter(pk__in=[row.pk for row in found]).update(news_at=now)
    return len(found)


def forget_browsers(now: datetime) -> int:
    """Delete what browsers had open that is over, for the worker; returns how many."""
    return Browser.objects.filter(opened_at__lte=now - BROWSER_VALID).delete()[0]

"""An opened own page from the code to its end: the private key, sealed with what only the cookie has."""

from dataclasses import dataclass
from datetime import datetime

from tragnetz.casework.models import OwnAccess, OwnSession
from tragnetz.casework.ownpage.access import live
from tragnetz.casework.ownpage.rules import IDLE, LONGEST, SEEN_EVERY, is_over
from tragnetz.network.actors import Actor, accompanied
from tragnetz.network.models import Network
from tragnetz.vault.browsers import bind, parts_of, unbind
from tragnetz.vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Opened:
    """An own page that is open: whose it is, in which session, with which keys."""

    access: OwnAccess
    session: OwnSession
    ring: Keyring
    actor: Actor


def begin(access: OwnAccess, private: bytes, now: datetime) -> tuple[Opened, str]:
    """Start a session; returns it and what its cookie holds."""
    session = OwnSession(network_id=access.network_id, access=access, started_at=now, seen_at=now)
    session.sealed, cookie = bind(session.pk, private)
    session.save()
    return Opened(access, session, Keyring({access.pair_id: private}), accompanied(access.network)), cookie


def resume(network: Network, cookie: str, now: datetime) -> Opened | None:
    """Return the open page of a cookie; nothing when it ended, or the code does not hold any more."""
    parts = parts_of(cookie)
    if parts is None:
        return None
    session = OwnSession.objects.filter(pk=parts[0]).first()
    if session is None:
        return None
    rows = OwnAccess.objects.filter(live(network, now), pk=session.access_id)
    access = rows.select_related("person", "case__network", "case__organisation", "pair").first()
    if access is None or is_over(session.started_at, session.seen_at, now):
        session.delete()
        return None
    private = unbind(session.pk, session.sealed, parts[1])
    if private is None:
        return None
    if now - session.seen_at >= SEEN_EVERY:
        session.seen_at = now
        session.save(update_fields=["seen_at"])
    return Opened(access, session, Keyring({access.pair_id: private}), accompanied(network))


def forget_own_sessions(now: datetime) -> int:
    """Delete the sessions that are over, for the worker; returns how many."""
    rows = OwnSession.objects.filter(seen_at__lte=now - IDLE) | OwnSession.objects.filter(started_at__lte=now - LONGEST)
    return rows.delete()[0]

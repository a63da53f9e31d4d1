"""Open somebody's keys at log-in, and settle what is owed to them and to others."""

import uuid
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.keys import owed_to, settle, settle_roles
from tragnetz.casework.models import Case
from tragnetz.network.actors import Actor
from tragnetz.network.models import User
from tragnetz.vault.errors import WrongSecretError
from tragnetz.vault.keyring import Keyring, using
from tragnetz.vault.models import KeyPair, WrappedKey
from tragnetz.vault.pairs import end_pair, make_pair, open_pair, pair_of_user
from tragnetz.vault.sessions import keep_open, ring_of, unlock


@transaction.atomic
def open_keys(request: HttpRequest, *, actor: Actor, user: User, secret: str) -> Keyring:
    """Open the keys of a member of staff with their password; raises WrongSecretError."""
    ring = unlock(request, network=actor.network, user=user, secret=secret)
    return _settled(actor, ring)


@transaction.atomic
def start_anew(request: HttpRequest, *, actor: Actor, user: User, secret: str, now: datetime) -> int:
    """Give somebody who lost their password a new key pair; returns how many keys nobody else could open.

    Colleagues' keys hand the rest out again. What nobody else can open waits for the old password or for recovery.
    """
    former = pair_of_user(user.pk)
    left = end_pair(former, now) if former else 0
    pair, private = make_pair(network=actor.network, user=user, secret=secret)
    keep_open(request, pair.pk, private)
    record(actor, "keys:renew", pair, left=left)
    _settled(actor, Keyring({pair.pk: private}))
    return left


@transaction.atomic
def bring_back(request: HttpRequest, *, actor: Actor, user: User, old_secret: str) -> int:
    """Take over what a former pair still holds, with the password of that time; returns how many keys.

    Raises WrongSecretError when no former pair opens with it.
    """
    pair = pair_of_user(user.pk)
    ring = ring_of(request)
    if pair is None or not ring:
        raise WrongSecretError(_("Bitte öffnen Sie zuerst Ihre Schlüssel mit dem neuen Passwort."))
    for former in KeyPair.objects.filter(user=user, kind=pair.kind).exclude(ended_at=None).order_by("-ended_at"):
        try:
            private = open_pair(former, old_secret)
        except WrongSecretError:
            continue
        with using(Keyring({former.pk: private, pair.pk: ring.private(pair.pk)})):
            moved = _moved(former)
            record(actor, "keys:bring_back", pair, moved=moved)
            owed_to(actor)
            settle(actor)
        return moved
    raise WrongSecretError(_("Mit diesem Passwort geht nichts Älteres auf."))


def former_keys(user_id: uuid.UUID) -> int:
    """Return how many keys only a former pair of somebody's holds."""
    return WrappedKey.objects.filter(holder__user=user_id).exclude(holder__ended_at=None).count()


def _settled(actor: Actor, ring: Keyring) -> Keyring:
    with using(ring):
        settle_roles(actor)
        owed_to(actor)
        settle(actor)
    return ring


def _moved(former: KeyPair) -> int:
    """Mark the cases of a former pair as due; the settling hands them out again with the former private key."""
    cases = Case.objects.filter(compartments__key__copies__holder=former)
    number = former.wrapped.count()
    cases.update(keys_due=True)
    return number

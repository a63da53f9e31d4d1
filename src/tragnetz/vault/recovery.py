"""An organisation's recovery: a pair whose private key stands on two sheets of paper, kept by two people.

It is needed when nobody who has the keys can open them any more. Nobody ever sees both sheets while it is made.
"""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.core.ids import new_id
from tragnetz.network.models import Network, User
from tragnetz.vault.enums import Holder
from tragnetz.vault.errors import VaultError, WrongSecretError
from tragnetz.vault.keyring import current_keyring
from tragnetz.vault.models import KeyPair, RecoverySetup, RecoveryUse
from tragnetz.vault.pairs import pair_of_user
from tragnetz.vault.sealing import KEY_BYTES
from tragnetz.vault.sheets import LETTERS, join, read_sheet, split, write_sheet
from tragnetz.vault.wrapping import new_private, public_of, unwrap, wrap

USE_LASTS = timedelta(hours=1)


def recovery_pair(organisation_id: uuid.UUID) -> KeyPair | None:
    """Return the recovery of an organisation, if there is one."""
    return KeyPair.objects.filter(kind=Holder.RECOVERY, organisation=organisation_id, ended_at=None).first()


@transaction.atomic
def begin_recovery(*, network: Network, organisation_id: uuid.UUID, first: User, second: User) -> str:
    """Make a recovery; returns sheet A, which the first prints. Sheet B waits for the second.

    Raises VaultError when the second is the first, or has no keys yet. One that was begun and not ended is forgotten.
    """
    if first.pk == second.pk:
        raise VaultError(_("Dafür braucht es zwei verschiedene Personen."))
    holder = pair_of_user(second.pk)
    if holder is None:
        raise VaultError(_("Diese Person hat sich noch nie angemeldet und hat noch keine Schlüssel."))
    private, pair_id = new_private(), new_id()
    ours, theirs = split(private)
    RecoverySetup.objects.filter(organisation=organisation_id).delete()
    RecoverySetup(
        network=network, organisation_id=organisation_id, pair_id=pair_id, public_key=public_of(private),
        first=first, second=second, wrapped=wrap(theirs, bytes(holder.public_key), subject=pair_id, holder=holder.pk),
    ).save()  # fmt: skip
    return write_sheet(ours, LETTERS[0])


@transaction.atomic
def finish_recovery(*, setup: RecoverySetup, user: User, now: datetime) -> tuple[KeyPair, str]:
    """Show sheet B to the second, once, and put the recovery in force; a former one ends.

    Raises VaultError when it is somebody else, LockedError when their keys are not open.
    """
    holder = pair_of_user(user.pk)
    if setup.second_id != user.pk or holder is None:
        raise VaultError(_("Dieses Blatt ist für eine andere Person bestimmt."))
    private = current_keyring().private(holder.pk)
    share = unwrap(bytes(setup.wrapped), private, subject=setup.pair_id, holder=holder.pk)
    KeyPair.objects.filter(kind=Holder.RECOVERY, organisation=setup.organisation_id, ended_at=None).update(ended_at=now)
    pair = KeyPair(
        pk=setup.pair_id, network_id=setup.network_id, kind=Holder.RECOVERY, organisation_id=setup.organisation_id,
        public_key=setup.public_key, made_at=now,
    )  # fmt: skip
    pair.save(force_insert=True)
    setup.delete()
    return pair, write_sheet(share, LETTERS[1])


@transaction.atomic
def type_sheet(*, pair: KeyPair, user: User, typed: str, reason: str, now: datetime) -> bytes | None:
    """Take a sheet. The first is kept for an hour; with the other one, typed by another person, the key is returned.

    Raises WrongSecretError on a slip of the pen and on a sheet of another recovery, VaultError on one and the same
    person or sheet.
    """
    try:
        letter, share = read_sheet(typed)
    except WrongSecretError as error:
        raise WrongSecretError(_("Das Blatt ist nicht richtig abgetippt. Bitte prüfen Sie jede Gruppe.")) from error
    RecoveryUse.objects.filter(pair=pair, made_at__lte=now - USE_LASTS).delete()
    begun = RecoveryUse.objects.select_for_update().filter(pair=pair).first()
    if begun is None:
        RecoveryUse(
            network_id=pair.network_id, pair=pair, user=user, letter=letter, share=share.hex(), reason=reason,
            made_at=now,
        ).save()  # fmt: skip
        return None
    if begun.user_id == user.pk:
        raise VaultError(_("Das zweite Blatt gibt eine andere Person ein."))
    if begun.letter == letter:
        raise VaultError(_("Dieses Blatt liegt schon vor. Es fehlt das andere."))
    private = join(bytes.fromhex(begun.share), share)
    if len(private) != KEY_BYTES or public_of(private) != bytes(pair.public_key):
        raise WrongSecretError(
            _("Die beiden Blätter gehören nicht zusammen, oder nicht zur geltenden Wiederherstellung.")
        )
    begun.delete()
    return private

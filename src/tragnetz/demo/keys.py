"""Keys of the demo's staff, and of the cases in its history."""

import os
import uuid
from collections.abc import Sequence

from tragnetz.casework.keys import settle_roles
from tragnetz.casework.models import Case, Compartment
from tragnetz.network.actors import of_membership
from tragnetz.network.models import Membership, Network
from tragnetz.vault.enums import Holder
from tragnetz.vault.keyring import Keyring, using
from tragnetz.vault.models import DataKey, KeyPair, WrappedKey
from tragnetz.vault.pairs import make_pair, open_pair, pair_of_user
from tragnetz.vault.sealing import KEY_BYTES
from tragnetz.vault.wrapping import wrap

LIGHT_KIB = 1024  # the demo's password is printed at every start: nothing to slow down


def load_keys(network: Network, staff: Sequence[Membership], password: str) -> None:
    """Do what the first log-in of each counsellor would: a pair for each, and one for each of their roles."""
    with using(Keyring()) as ring:
        for membership in staff:
            if pair_of_user(membership.user_id) is None:
                pair, private = make_pair(network=network, user=membership.user, secret=password, memory_kib=LIGHT_KIB)
                ring.add_private(pair.pk, private)
        for membership in staff:
            settle_roles(of_membership(membership, network))


def staff_ring(staff: Sequence[Membership], password: str) -> Keyring:
    """Return a ring with the keys of all counsellors, as if all were logged in at once."""
    pairs = [pair for row in staff if (pair := pair_of_user(row.user_id)) is not None]
    return Keyring({pair.pk: open_pair(pair, password) for pair in pairs})


class CaseKeys:
    """Makes the parts of invented cases, with their keys: unsaved rows, for saving by the thousand."""

    def __init__(self, ring: Keyring) -> None:
        self.ring = ring
        pairs = list(KeyPair.objects.filter(ended_at=None, kind__in=[Holder.USER, Holder.ROLE]))
        self._users = {pair.user_id: pair for pair in pairs if pair.user_id}
        self._roles: dict[uuid.UUID, list[KeyPair]] = {}
        for pair in pairs:
            if pair.organisation_id:
                self._roles.setdefault(pair.organisation_id, []).append(pair)

    def part(self, case: Case) -> tuple[DataKey, list[WrappedKey], Compartment]:
        """Return the key of a case's household part, its copies, and the part."""
        key, plain = DataKey(network_id=case.network_id), os.urandom(KEY_BYTES)
        self.ring.add(key.pk, plain)
        holders = [self._users[case.counsellor.user_id], *self._roles.get(case.organisation_id, [])]
        copies = [
            WrappedKey(
                network_id=case.network_id, data_key=key, holder=pair,
                wrapped=wrap(plain, bytes(pair.public_key), subject=key.pk, holder=pair.pk),
            )
            for pair in holders
        ]  # fmt: skip
        return key, copies, Compartment(network_id=case.network_id, case=case, key=key)

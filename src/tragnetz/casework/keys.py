"""Who holds the keys of a case: they follow from who works on it, and are handed out and taken back with that.

A copy can be handed out only by somebody who has one. What is owed to a colleague who has no key pair yet, or to a
role whose pair was just made, is marked on the case (`keys_due`) and settled by the next one who can.
"""

import os
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tragnetz.casework.access import visible_cases
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case, Compartment
from tragnetz.clients.models import Person
from tragnetz.consent.models import Release
from tragnetz.consent.queries import in_force
from tragnetz.core.clock import now
from tragnetz.core.models import pointing
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network
from tragnetz.vault.enums import Holder
from tragnetz.vault.envelopes import EnvelopeTextField, Locked
from tragnetz.vault.keyring import current_keyring
from tragnetz.vault.models import DataKey, KeyPair, WrappedKey
from tragnetz.vault.pairs import hand_out, role_pair, withdraw, wrapped_for
from tragnetz.vault.rotation import go_on_moving
from tragnetz.vault.sealing import KEY_BYTES

READERS = frozenset({Holder.USER, Holder.ROLE})
KEY_ROLES = (Role.LEAD, Role.COUNSELLOR)  # the lead reads all; counsellors in an emergency (access decides)
AT_ONCE = 200


def holders_of(case: Case, part: Compartment) -> QuerySet[KeyPair]:
    """Return the live pairs that shall open a part of a case."""
    staff = [key for key in (case.counsellor_id, case.deputy_id) if key]
    users = Membership.objects.filter(pk__in=staff, ended_on=None).values("user")
    household = Person.objects.filter(household=case.household_id)
    people = household.filter(pk=part.person_id) if part.person_id else household
    released = Release.objects.filter(in_force(), person__in=people, person__left_on=None)
    partners = released.exclude(to_organisation=None).values("to_organisation")
    return KeyPair.objects.filter(ended_at=None).filter(
        Q(kind=Holder.USER, user__in=users)
        | Q(kind=Holder.ROLE, organisation=case.organisation_id)
        | Q(kind=Holder.ROLE, organisation__in=partners)
        | Q(kind=Holder.RECOVERY, organisation=case.organisation_id)
        | Q(kind=Holder.PERSON, owner_id__in=people.values("pk"))
    )


@transaction.atomic
def new_part(case: Case, person: Person | None) -> Compartment:
    """Make a part of a case with a key of its own. Raises CaseworkError."""
    part = Compartment(network_id=case.network_id, case=case, person=person)
    part.save()
    _seal_anew(part, [])  # what was made just now is empty: some thirty tables need not be asked
    return part


@transaction.atomic
def give_key(part: Compartment) -> None:
    """Give a part of a case a new key, sealed to all who shall read it, and seal anew what is in it.

    Raises CaseworkError when nobody could open it, or when what is in it cannot be read now.
    """
    _seal_anew(part, _rows_of(part))


def _seal_anew(part: Compartment, inside: Iterable[tuple[Any, list[str]]]) -> None:
    key, plain, former = DataKey(network_id=part.network_id), os.urandom(KEY_BYTES), part.key
    holders = list(holders_of(part.case, part))
    if not any(pair.kind in READERS for pair in holders):
        raise CaseworkError(_("Niemand könnte diesen Fall lesen: Es sind noch keine Schlüssel angelegt."))
    rows = list(inside)
    if any(isinstance(getattr(row, name), Locked) for row, names in rows for name in names):
        raise CaseworkError(_("Dieser Fall ist für Sie verschlossen."))
    key.save()
    WrappedKey.objects.bulk_create(wrapped_for(key, plain, pair) for pair in holders)
    current_keyring().add(key.pk, plain)
    part.key = key
    part.save(update_fields=["key"])
    for row, names in rows:
        row.compartment = part
        row.save(update_fields=names)
    if former is not None:
        former.delete()


def _rows_of(part: Compartment) -> Iterator[tuple[Any, list[str]]]:
    """Yield all rows that are sealed with a part's key, with the names of their sealed fields."""
    for model, path in pointing(Compartment):
        # What has a key of its own, as a referral, stays as it is: its texts name another path.
        names = [
            field.name
            for field in model._meta.concrete_fields  # noqa: SLF001 -- Django's public way
            if isinstance(field, EnvelopeTextField) and field.key_of == path
        ]
        if names:
            for row in model._default_manager.filter(**{path: part}).select_for_update():  # noqa: SLF001 -- as above
                yield row, names


@transaction.atomic
def sync_case(case: Case) -> bool:
    """Take back the copies of those who no longer work on a case, hand out what is missing; tells whether all have it.

    Taking back needs no key. Handing out needs one on the ring; else the case is marked as due. The last copy that
    somebody can read with stays until another one can.
    """
    ring, complete = current_keyring(), True
    for part in case.compartments.select_related("key"):
        if part.key is None:
            continue
        holders = list(holders_of(case, part))
        held = set(part.key.copies.values_list("holder", flat=True))
        missing = [pair for pair in holders if pair.pk not in held]
        if missing and ring.has(part.key.pk):
            hand_out(ring, part.key, missing)
            held |= {pair.pk for pair in missing}
        elif missing:
            complete = False
        if any(pair.pk in held for pair in holders if pair.kind in READERS):
            withdraw(part.key, [pair.pk for pair in holders])
        else:
            complete = False
    if case.keys_due == complete:
        case.keys_due = not complete
        case.save(update_fields=["keys_due"])
    return complete


def settle_roles(actor: Actor) -> None:
    """Make the pairs of the actor's roles if there are none, and hand them to colleagues who have the role.

    To be called when somebody has opened their keys.
    """
    ring = current_keyring()
    for role in KEY_ROLES:
        if not actor.has(role) or actor.organisation_id is None:
            continue
        pair, private = role_pair(actor.network, actor.organisation_id, role)
        if private is None and pair.pk not in ring.holders() and not held_by_staff(pair):
            # All who had it have left: a new pair, to which those who work on the cases hand their keys.
            pair.ended_at = now()
            pair.save(update_fields=["ended_at"])
            pair, private = role_pair(actor.network, actor.organisation_id, role)
        if private is not None:
            ring.add_private(pair.pk, private)
            Case.objects.filter(organisation=actor.organisation_id).update(keys_due=True)
        if pair.pk in ring.holders():
            hand_out(ring, pair, with_role(actor.organisation_id, role))
            go_on_moving(ring, pair)


def held_by_staff(pair: KeyPair) -> bool:
    """Whether anybody of the staff can open a role's pair."""
    return pair.copies.filter(holder__kind=Holder.USER, holder__ended_at=None).exists()


def open_for_all(network: Network, organisation_id: uuid.UUID) -> None:
    """Hand the keys of an organisation's roles to all who have the role; for a ring that holds its recovery."""
    for role in KEY_ROLES:
        pair, private = role_pair(network, organisation_id, role)
        if private is not None:
            current_keyring().add_private(pair.pk, private)
        hand_out(current_keyring(), pair, with_role(organisation_id, role))


def with_role(organisation_id: uuid.UUID, role: Role) -> QuerySet[KeyPair]:
    """Return the pairs that shall hold a role's key: of all who have the role, and of recovery."""
    users = Membership.objects.filter(organisation=organisation_id, roles__contains=[role], ended_on=None)
    return KeyPair.objects.filter(ended_at=None).filter(
        Q(kind=Holder.USER, user__in=users.values("user")) | Q(kind=Holder.RECOVERY, organisation=organisation_id)
    )


def owed_to(actor: Actor) -> None:
    """Mark the cases that somebody works on and cannot open yet; for whoever has a new key pair."""
    mine = Q(counsellor=actor.membership_id) | Q(deputy=actor.membership_id)
    closed = Compartment.objects.exclude(key__copies__holder__user=actor.user_id, key__copies__holder__ended_at=None)
    Case.objects.filter(mine, compartments__in=closed).update(keys_due=True)


def settle(actor: Actor, most: int = AT_ONCE) -> int:
    """Hand out what is owed on cases that the actor sees; returns on how many it is settled."""
    if not current_keyring():
        return 0
    due = visible_cases(actor).filter(keys_due=True).order_by("pk")[:most]
    return sum(sync_case(case) for case in due)


def settle_all(organisation_id: uuid.UUID) -> int:
    """Hand out what is owed on all cases of an organisation, with whatever is on the ring; returns on how many."""
    cases = Case.objects.filter(organisation=organisation_id).order_by("pk")
    return sum(sync_case(case) for case in cases.iterator(chunk_size=AT_ONCE))


def take_back(membership: Membership) -> None:
    """Take the keys of their roles and cases from somebody who leaves an organisation, or changes roles."""
    roles = KeyPair.objects.filter(kind=Holder.ROLE, organisation=membership.organisation_id)
    left = [] if membership.ended_on else membership.roles
    own = KeyPair.objects.filter(kind=Holder.USER, user=membership.user_id)
    WrappedKey.objects.filter(pair__in=roles.exclude(role__in=left), holder__in=own).delete()
    for case in Case.objects.filter(Q(counsellor=membership) | Q(deputy=membership)):
        sync_case(case)


def take_back_roles(network: Network) -> int:
    """Delete the copies of roles' keys that somebody has without having the role, for the worker; returns how many.

    Access ended with the membership itself; this is the second lock.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM vault_wrappedkey held USING vault_keypair pair, vault_keypair holder
               WHERE held.network_id = %s AND held.pair_id = pair.id AND held.holder_id = holder.id
                 AND holder.kind = 'user' AND NOT EXISTS (
                   SELECT FROM network_membership member WHERE member.user_id = holder.user_id
                   AND member.organisation_id = pair.organisation_id AND member.ended_on IS NULL
                   AND pair.role = ANY(member.roles))""",
            [network.pk],
        )
        return int(cursor.rowcount)


def take_back_left(network: Network) -> int:
    """Sync the cases of which somebody still holds keys who has left, for the worker; returns how many were settled.

    What nobody else can open stays with them until somebody can: nothing is lost.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT part.case_id FROM network_membership gone
               JOIN vault_keypair holder ON holder.user_id = gone.user_id AND holder.kind = 'user'
               JOIN vault_wrappedkey held ON held.holder_id = holder.id
               JOIN casework_compartment part ON part.key_id = held.data_key_id
               JOIN casework_case file ON file.id = part.case_id AND file.organisation_id = gone.organisation_id
               WHERE gone.network_id = %s AND gone.ended_on IS NOT NULL LIMIT %s""",
            [network.pk, AT_ONCE],
        )
        cases = [row[0] for row in cursor.fetchall()]
    return sum(sync_case(case) for case in Case.objects.filter(pk__in=cases))


def take_back_released() -> int:
    """Delete the copies of partners whose releases have ended, for the worker; returns how many.

    Access ended with the release itself; this is the second lock.
    """
    partners = WrappedKey.objects.filter(holder__kind=Holder.ROLE).exclude(data_key__part=None)
    partners = partners.exclude(holder__organisation=F("data_key__part__case__organisation"))
    of_household = Release.objects.filter(
        in_force(), person__household=OuterRef("data_key__part__case__household"), person__left_on=None,
        to_organisation=OuterRef("holder__organisation"),
    )  # fmt: skip
    theirs = of_household.filter(person=OuterRef("data_key__part__person"))
    allowed = Q(Exists(of_household), data_key__part__person=None) | Q(Exists(theirs))
    return WrappedKey.objects.filter(pk__in=partners.exclude(allowed).values("pk")).delete()[0]


def load_keys(cases: Iterable[uuid.UUID] | QuerySet[Case]) -> None:
    """Open the keys of many cases with two queries, before their texts are read."""
    keys = Compartment.objects.filter(case__in=cases).exclude(key=None).values_list("key_id", flat=True)
    current_keyring().load(key for key in keys if key)

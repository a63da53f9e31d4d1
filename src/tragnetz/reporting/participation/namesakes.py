"""Find who entered twice, without a name standing in the tables: keyed hashes of how a name sounds."""

import hashlib
import hmac
import uuid
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from tragnetz.clients.names.phonetics import cologne
from tragnetz.network.models import Network, Programme
from tragnetz.reporting.models import Participation
from tragnetz.vault.sealing import keys_for


def twin_of(network: Network, programme: Programme, name: str, born: date) -> str:
    """Return the keyed hash by which two entries of one person are found: the sounds of the name, and the birthday.

    It is made anew for each project: hashes of two projects cannot be compared.
    """
    return _hash(f"participation-twin:{network.pk}:{programme.pk}", f"{_sounds(name)}:{born.isoformat()}")


def sound_of(network: Network, programme: Programme, organisation_id: uuid.UUID, name: str) -> str:
    """Return the keyed hash of how a name sounds, for one organisation in one project; nothing without a name."""
    sounds = _sounds(name)
    return _hash(f"participation-sound:{network.pk}:{programme.pk}:{organisation_id}", sounds) if sounds else ""


def same_people() -> Q:
    """Return the condition that somebody else of the project is presumably the same person (P12)."""
    others = Participation.objects.filter(programme=OuterRef("programme"), apart_on=None).exclude(pk=OuterRef("pk"))
    by_birthday = others.filter(twin=OuterRef("twin")).exclude(twin="")
    by_name = others.filter(organisation=OuterRef("organisation"), sound=OuterRef("sound")).exclude(sound="")
    found = Exists(by_birthday) | Exists(by_name.filter(twin="")) | (Q(twin="") & Exists(by_name))
    return Q(apart_on=None) & Q(found)


def others_like(row: Participation) -> QuerySet[Participation]:
    """Return who is presumably the same person as this one."""
    rows = Participation.objects.filter(programme=row.programme_id, apart_on=None).exclude(pk=row.pk)
    by_name = Q(organisation=row.organisation_id, sound=row.sound) & ~Q(sound="")
    condition = by_name & Q(twin="") if row.twin else by_name
    return rows.filter(condition | (Q(twin=row.twin) & ~Q(twin="")))


def _sounds(name: str) -> str:
    return "-".join(sorted(filter(None, map(cologne, name.split())))) or name.casefold()


def _hash(purpose: str, text: str) -> str:
    return hmac.new(keys_for(purpose)[-1], text.encode(), hashlib.sha256).hexdigest()

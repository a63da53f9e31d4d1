"""A key goes with what it seals: no row of the vault tells that there was a case, a referral, a code."""

from importlib import import_module

import pytest
from django.db import connection

from tests.owning import code_for
from tests.referrals.conftest import sent
from tragnetz.casework.keys import new_part
from tragnetz.casework.models import Compartment
from tragnetz.core.clock import now
from tragnetz.network.actors import system
from tragnetz.privacy.erasing import erase
from tragnetz.privacy.subjects import subject_of_case
from tragnetz.referrals.models import Referral
from tragnetz.vault.enums import Holder
from tragnetz.vault.models import DataKey, KeyPair, WrappedKey


def kept() -> tuple[int, int, int]:
    """Count data keys, their copies, pairs of accompanied people."""
    copies = WrappedKey.objects.exclude(data_key=None).count()
    return DataKey.objects.count(), copies, KeyPair.objects.filter(kind=Holder.PERSON).count()


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path


def test_an_erased_case_leaves_no_key(network, ada, case, rosa):
    sent(ada, case, basis="anonymous")
    code_for(ada, case, rosa)
    keys, copies, pairs = kept()
    assert (keys, copies > keys, pairs) == (Compartment.objects.count() + 1, True, 1)

    erase(actor=system(network), subject=subject_of_case(case, everything=True), now=now())

    assert kept() == (0, 0, 0)


def test_a_referral_takes_its_key_and_no_other(ada, case):
    before = kept()
    row = sent(ada, case, basis="anonymous")
    assert kept()[0] == before[0] + 1

    Referral.objects.filter(pk=row.pk).delete()

    assert kept() == before


def test_a_part_takes_its_key_however_it_is_deleted(case, rosa):
    part = new_part(case, rosa)
    assert DataKey.objects.filter(pk=part.key_id).exists()

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM casework_compartment WHERE id = %s", [part.pk])

    assert not DataKey.objects.filter(pk=part.key_id).exists()
    assert not WrappedKey.objects.filter(data_key=part.key_id).exists()


def test_the_migration_sweeps_what_earlier_deletions_left(network, ada, case):
    sent(ada, case, basis="anonymous")
    before = kept()
    holder = KeyPair.objects.filter(kind=Holder.USER).first()
    orphan = DataKey.objects.create(network=network)
    WrappedKey.objects.create(network=network, data_key=orphan, holder=holder, wrapped=b"x")
    assert kept()[:2] == (before[0] + 1, before[1] + 1)

    with connection.cursor() as cursor:
        cursor.execute(import_module("tragnetz.referrals.migrations.0002_keys_go_along").SWEEP)

    assert kept() == before

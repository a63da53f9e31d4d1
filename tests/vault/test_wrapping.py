"""A wrapped key opens for its holder, as what it is, and for nobody else; a secret makes the same key each time."""

import os
import uuid

import pytest
from django.test import override_settings

from tragnetz.vault.sealing import CannotOpenError, new_key
from tragnetz.vault.wrapping import (
    SALT_BYTES,
    new_private,
    new_salt,
    open_private,
    public_of,
    seal_private,
    stretch,
    stretch_alone,
    unwrap,
    wrap,
)

KEY, SUBJECT, HOLDER, OTHER = os.urandom(32), uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
LITTLE = 64  # KiB: enough to tell keys apart


@pytest.fixture
def private():
    return new_private()


def test_a_key_opens_for_its_holder(private):
    wrapped = wrap(KEY, public_of(private), subject=SUBJECT, holder=HOLDER)

    assert unwrap(wrapped, private, subject=SUBJECT, holder=HOLDER) == KEY
    assert KEY not in wrapped
    assert wrap(KEY, public_of(private), subject=SUBJECT, holder=HOLDER) != wrapped


@pytest.mark.parametrize(
    ("subject", "holder"), [(OTHER, HOLDER), (SUBJECT, OTHER), (HOLDER, SUBJECT)], ids=["subject", "holder", "swapped"]
)
def test_a_copy_is_bound_to_what_it_is_and_whose(private, subject, holder):
    wrapped = wrap(KEY, public_of(private), subject=SUBJECT, holder=HOLDER)

    with pytest.raises(CannotOpenError):
        unwrap(wrapped, private, subject=subject, holder=holder)


def test_another_pair_and_a_changed_copy_open_nothing(private):
    wrapped = bytearray(wrap(KEY, public_of(private), subject=SUBJECT, holder=HOLDER))
    with pytest.raises(CannotOpenError):
        unwrap(bytes(wrapped), new_private(), subject=SUBJECT, holder=HOLDER)

    wrapped[-1] ^= 1

    with pytest.raises(CannotOpenError):
        unwrap(bytes(wrapped), private, subject=SUBJECT, holder=HOLDER)


def test_pairs_and_salts_are_new_each_time(private):
    assert len(private) == len(public_of(private)) == 32
    assert private != new_private()
    assert public_of(private) == public_of(private) != private
    assert len(new_salt()) == SALT_BYTES == 16
    assert new_salt() != new_salt()


def test_a_secret_makes_the_same_key_with_the_same_salt_and_memory_alone():
    salt = new_salt()
    made = stretch_alone("secret", salt, memory_kib=LITTLE)

    assert len(made) == 32
    assert stretch_alone("secret", salt, memory_kib=LITTLE) == made
    assert stretch_alone("Secret", salt, memory_kib=LITTLE) != made
    assert stretch_alone("secret", new_salt(), memory_kib=LITTLE) != made
    assert stretch_alone("secret", salt, memory_kib=2 * LITTLE) != made


def test_stretching_is_what_it_always_was():
    """Argon2id, two passes, two lanes: another figure would lock everybody out."""
    made = stretch_alone("secret", bytes(16), memory_kib=LITTLE)

    assert made.hex() == "abe10952cb99381d6dc34fd9d4cf5ce16a81340943548eafcfabdcf7b33a5d47"


def test_the_ring_is_mixed_in_newest_first():
    salt, old, new = new_salt(), new_key(), new_key()
    with override_settings(TRAGNETZ_VAULT_KEYS=old):
        before = stretch("secret", salt, memory_kib=LITTLE)

    with override_settings(TRAGNETZ_VAULT_KEYS=f"{new},{old}"):
        after = stretch("secret", salt, memory_kib=LITTLE)

    assert len(before) == 1
    assert len(after) == 2
    assert after[1:] == before
    assert after[0] != after[1]
    assert stretch_alone("secret", salt, memory_kib=LITTLE) not in after


def test_a_private_key_is_sealed_with_the_newest_and_opens_with_any(private):
    first, second = os.urandom(32), os.urandom(32)
    sealed = seal_private(private, [first, second], SUBJECT)

    assert open_private(sealed, [first], SUBJECT) == private
    assert open_private(sealed, [second, first], SUBJECT) == private
    for keys, pair in (([second], SUBJECT), ([], SUBJECT), ([first], OTHER)):
        with pytest.raises(CannotOpenError):
            open_private(sealed, keys, pair)

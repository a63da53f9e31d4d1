"""Who opens a back-up: the holder of the secret half, or who knows the passphrase; nobody else."""

import pytest

from tragnetz.config.backup.errors import DamagedError, WrongKeyError
from tragnetz.config.backup.keys import (
    Passphrase,
    lock,
    new_secret,
    read_key,
    read_passphrase,
    sealed_for,
    unlock,
    write_key,
)

DATA_KEY = bytes(range(32))
PHRASE = Passphrase("sechs Wörter durch Zufall", memory_kib=64)


def test_the_secret_half_opens_what_the_public_half_locked():
    secret = new_secret()

    locked = lock(DATA_KEY, secret.public)

    assert unlock(locked, secret) == DATA_KEY
    assert sealed_for(locked) == secret.public


def test_another_key_is_told_whose_it_needs():
    secret = new_secret()

    with pytest.raises(WrongKeyError, match=secret.public.fingerprint):
        unlock(lock(DATA_KEY, secret.public), new_secret())


def test_a_passphrase_opens_what_it_locked_without_a_key_ring(settings):
    del settings.TRAGNETZ_VAULT_KEYS

    locked = lock(DATA_KEY, PHRASE)

    assert unlock(locked, PHRASE) == DATA_KEY
    assert sealed_for(locked) is None


@pytest.mark.parametrize("wrong", [Passphrase("sechs Wörter durch Zufal", 64), new_secret()])
def test_a_wrong_passphrase_or_a_key_does_not(wrong):
    with pytest.raises(WrongKeyError, match="passphrase"):
        unlock(lock(DATA_KEY, PHRASE), wrong)


def test_a_passphrase_does_not_open_what_is_sealed_for_a_key():
    with pytest.raises(WrongKeyError, match="secret half is needed"):
        unlock(lock(DATA_KEY, new_secret().public), PHRASE)


@pytest.mark.parametrize("make", [new_secret, lambda: new_secret().public])
def test_a_key_is_read_as_it_was_printed_however_it_is_typed(make):
    key = make()
    printed = write_key(key)

    assert read_key(printed) == key
    assert read_key(f"  {printed.lower().replace('o', '0')} \n") == key


def test_every_slip_of_the_pen_is_noticed():
    printed = write_key(new_secret())
    start = len("backup-secret-")
    slips = [
        printed[:place] + ("A" if printed[place] != "A" else "C") + printed[place + 1 :]
        for place in range(start, len(printed) - 1)
        if printed[place] != "-"
    ]

    for slip in [*slips, printed[:-1], printed + "A", printed.replace("secret", "public")]:
        with pytest.raises(WrongKeyError, match="check sum"):
            read_key(slip)


@pytest.mark.parametrize("text", ["", "geheim", "backup-", "backup-other-ABCD"])
def test_what_is_no_key_is_told_so(text):
    with pytest.raises(WrongKeyError, match="no key for back-ups"):
        read_key(text)


def test_a_short_passphrase_is_refused():
    with pytest.raises(WrongKeyError, match="too short"):
        read_passphrase("  Sommer2026!  ")


@pytest.mark.parametrize(
    "change", [lambda made: b"X" + made[1:], lambda made: made[:33] + b"\xff\xff\xff\xff" + made[37:]]
)
def test_a_lock_that_was_changed_is_no_lock(change):
    with pytest.raises(DamagedError):
        unlock(change(lock(DATA_KEY, PHRASE)), PHRASE)

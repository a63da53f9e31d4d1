"""What is sealed opens with the right key and context only."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from tests.quick import REAL_CODE_COST
from tragnetz.core.ids import CODE_LENGTH, clean_code
from tragnetz.vault import sealing
from tragnetz.vault.sealing import (
    CannotOpenError,
    code_for,
    key_from_code,
    keys_for,
    lookup_hash,
    new_key,
    open_sealed,
    seal,
)


@given(st.binary(max_size=500), st.binary(max_size=20))
def test_seal_then_open_gives_the_same(data, context):
    key = keys_for("test")[0]

    assert open_sealed(seal(data, key, context), key, context) == data


def test_what_is_sealed_is_a_sign_of_the_format_a_nonce_of_96_bits_and_a_tag():
    key = keys_for("test")[0]
    sealed = seal(b"secret", key)

    assert len(sealed) == 1 + 12 + len(b"secret") + 16
    assert AESGCM(key).decrypt(sealed[1:13], sealed[13:], b"") == b"secret"
    assert seal(b"secret", key)[1:13] != sealed[1:13]


@given(st.integers(min_value=0))
def test_any_flipped_bit_is_noticed(position):
    key = keys_for("test")[0]
    sealed = bytearray(seal(b"secret", key))
    sealed[position % len(sealed)] ^= 1

    with pytest.raises(CannotOpenError):
        open_sealed(bytes(sealed), key)


def test_purposes_and_contexts_are_apart():
    sealed = seal(b"secret", keys_for("a")[0], b"row 1")

    with pytest.raises(CannotOpenError):
        open_sealed(sealed, keys_for("b")[0], b"row 1")
    with pytest.raises(CannotOpenError):
        open_sealed(sealed, keys_for("a")[0], b"row 2")


def test_old_key_still_opens_after_rotation():
    old, new = new_key(), new_key()
    with override_settings(TRAGNETZ_VAULT_KEYS=old):
        sealed = seal(b"secret", keys_for("p")[0])

    with override_settings(TRAGNETZ_VAULT_KEYS=f"{new},{old}"):
        newest, older = keys_for("p")
        with pytest.raises(CannotOpenError):
            open_sealed(sealed, newest)
        assert open_sealed(sealed, older) == b"secret"


def test_a_code_is_stretched_as_it_always_was(monkeypatch):
    """Scrypt with 32 MB: another figure would close every code that is out there."""
    monkeypatch.setattr(sealing, "CODE_COST", REAL_CODE_COST)
    ring = new_key()
    salt = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"code-salt").derive(base64.b64decode(ring))
    expected = hashlib.scrypt(b"K7M49XQ2PD3A", salt=salt, n=2**15, r=8, p=1, maxmem=64_000_000, dklen=32)

    with override_settings(TRAGNETZ_VAULT_KEYS=ring):
        assert key_from_code("K7M49XQ2PD3A") == expected


def test_code_gives_key_and_lookup_apart():
    assert key_from_code("K7M49XQ2PD3A") != key_from_code("K7M49XQ2PD3B")
    assert lookup_hash("K7M49XQ2PD3A") not in key_from_code("K7M49XQ2PD3A").hex()


def test_a_request_has_one_code_that_only_the_ring_can_make():
    old, new = new_key(), new_key()
    with override_settings(TRAGNETZ_VAULT_KEYS=old):
        code = code_for("one form")
        assert code_for("one form") == code
        assert code_for("another form") != code
        assert clean_code(code) == code.replace("-", "")
        assert len(clean_code(code)) == CODE_LENGTH

    with override_settings(TRAGNETZ_VAULT_KEYS=f"{new},{old}"):  # a form that is sent again after a rotation
        assert code_for("one form") == code
    with override_settings(TRAGNETZ_VAULT_KEYS=new):
        assert code_for("one form") != code


def test_wrong_key_length_is_a_clear_error():
    with override_settings(TRAGNETZ_VAULT_KEYS="c2hvcnQ="), pytest.raises(ValueError, match="32 bytes"):
        keys_for("p")

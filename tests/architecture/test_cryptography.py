"""The inventory of docs/cryptography.md is whole, and nothing weak is used anywhere."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "cryptography.md").read_text(encoding="utf-8")
USES = re.compile(
    r"import hashlib|from hashlib|import hmac|import secrets|from cryptography|import argon2|from argon2"
    r"|core\.signing|core import signing|os\.urandom"
)
WEAK = re.compile(
    r"\bmd5\b|\bsha1\b|\bSHA1\b|\bECB\b|\bCBC\b|\bRC4\b|ARC4|ChaCha|\bDES\b|TripleDES|PKCS1v15|Blowfish|uuid1\("
)
PREDICTABLE = re.compile(r"^\s*(?:import random|from random import)", re.MULTILINE)


def modules() -> dict[str, str]:
    """Return all modules but the demo's, with their source."""
    found = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in (ROOT / "src").rglob("*.py")}
    return {name: text for name, text in found.items() if "/migrations/" not in name and "/demo/" not in name}


def test_every_module_that_uses_cryptography_is_in_the_inventory():
    using = {name for name, text in modules().items() if USES.search(text)}
    listed = set(re.findall(r"`(src/tragnetz/[\w/]+\.py)`", PAGE))

    assert len(using) > 30
    assert using == listed


def test_nothing_weak_is_used():
    assert [name for name, text in modules().items() if WEAK.search(text)] == []


def test_what_must_not_be_guessed_never_comes_from_a_predictable_source():
    """The pure law and its samples may roll dice; nothing else does."""
    rolling = {name for name, text in modules().items() if PREDICTABLE.search(text)}

    assert rolling <= {"src/tragnetz/benefits/engine/sample.py"}

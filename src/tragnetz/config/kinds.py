"""Kinds of values that a variable of the environment may have: how each is read, and what is expected of it. Pure."""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit

KEY_BYTES = 32
_HOST = re.compile(r"\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\]|\*")
_LONGEST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Kind:
    """How a text is read, in words what it must be, and the function that raises ValueError for anything else."""

    expected: str
    read: Callable[[str], object]


def _refuse() -> NoReturn:
    raise ValueError


def _text(value: str) -> str:
    return value


def _switch(value: str) -> bool:
    if value not in {"0", "1"}:
        _refuse()
    return value == "1"


def number(least: int, most: int) -> Kind:
    """Return the kind of a whole number from `least` to `most`."""

    def read(value: str) -> int:
        found = int(value)
        if not least <= found <= most:
            _refuse()
        return found

    return Kind(f"a whole number from {least} to {most}", read)


def seconds(most: int) -> Kind:
    """Return the kind of a time in seconds, more than 0, up to `most`."""

    def read(value: str) -> float:
        found = float(value)
        if not 0 < found <= most:
            _refuse()
        return found

    return Kind(f"a number of seconds, more than 0, at most {most}", read)


def choice(*known: str) -> Kind:
    """Return the kind of a word out of some."""

    def read(value: str) -> str:
        if value not in known:
            _refuse()
        return value

    return Kind(f"one of {', '.join(known)}", read)


def address(*schemes: str) -> Kind:
    """Return the kind of an address with one of these schemes and a host."""

    def read(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in schemes or not parts.hostname or parts.port == 0:
            _refuse()
        return value

    return Kind(f"an address with a host, like {schemes[0]}://host.example", read)


def matching(pattern: str, expected: str) -> Kind:
    """Return the kind of a text that matches a pattern as a whole."""

    def read(value: str) -> str:
        if re.fullmatch(pattern, value) is None:
            _refuse()
        return value

    return Kind(expected, read)


def at_least(length: int) -> Kind:
    """Return the kind of a text with so many signs."""

    def read(value: str) -> str:
        if len(value) < length:
            _refuse()
        return value

    return Kind(f"a text of at least {length} signs", read)


def _keys(value: str) -> str:
    if any(len(base64.b64decode(key, validate=True)) != KEY_BYTES for key in value.split(",")):
        _refuse()
    return value


def _hosts(value: str) -> list[str]:
    found = [host.strip() for host in value.split(",")]
    if not all(_HOST.fullmatch(host) for host in found):
        _refuse()
    return found


def _slugs(value: str) -> list[str]:
    return [str(SLUG.read(one.strip())) for one in value.split(",")]


def _texts_in_json(value: str) -> str:
    found = json.loads(value)
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        _refuse()
    return value


def _database(value: str) -> str:
    parts = urlsplit(value)
    host = dict(parse_qsl(parts.query)).get("host") or unquote(parts.hostname or "")
    if parts.scheme not in {"postgres", "postgresql"} or not host or not parts.path.strip("/") or parts.port == 0:
        _refuse()
    return value


def _databases(value: str) -> list[str]:
    return [_database(one) for one in value.split()]


def _scanner(value: str) -> str:
    from tragnetz.casework.files.scanner import is_address  # noqa: PLC0415 -- only where one is set up

    if not is_address(value):
        _refuse()
    return value


def _contact(value: str) -> str:
    parts = urlsplit(value)
    if not (parts.scheme == "mailto" and "@" in parts.path) and not (parts.scheme == "https" and parts.hostname):
        _refuse()
    return value


TEXT = Kind("a text", _text)
SWITCH = Kind("0 or 1", _switch)
FOLDER = Kind("a folder", Path)
PORT = number(1, _LONGEST_PORT)
KEYS = Kind(f"keys of {KEY_BYTES} bytes in base64, separated by commas; `tragnetz key` makes one", _keys)
HOSTS = Kind("host names without scheme and port, separated by commas", _hosts)
HEADERS = Kind('a JSON object of texts, like {"Authorization": "Bearer …"}', _texts_in_json)
DATABASE = Kind(
    "postgresql://user:password@host:5432/name with host and name; for a socket postgresql://user@/name?host=/folder",
    _database,
)
DATABASES = Kind(f"one or more addresses with blanks between, each {DATABASE.expected}", _databases)
SCANNER = Kind("tcp://host:3310 or unix:/run/clamav/clamd.ctl", _scanner)
CONTACT = Kind("mailto:name@host.example or https://host.example/…", _contact)
MAIL = matching(r"[^@\r\n]*[^@\s<>]+@[^@\s<>]+>?", "an address of e-mail, like Beratung <beratung@stadt.example>")
SLUG = matching(r"[a-z0-9]+(-[a-z0-9]+)*", "a key of small letters, digits and hyphens")
SLUGS = Kind("keys of small letters, digits and hyphens, separated by commas", _slugs)
NAME = matching(r"[A-Za-z_][A-Za-z0-9_-]*", "a name of letters, digits, _ and -")
METHOD = matching(r"(?i:POST|GET|PUT)", "POST, GET or PUT")
CODES = matching(r"2\d\d(-2\d\d)?(,2\d\d(-2\d\d)?)*", "codes from 200 to 299, like 200,202 or 200-299")

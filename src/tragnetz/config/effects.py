"""Variables that are set and have no effect as the others stand: told at the start and by the doctor. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tragnetz.config.variables import Given

MINUTES = 60


@dataclass(frozen=True, slots=True)
class Idle:
    """Some variables (without the prefix) have no effect when `idle` says so; `why` ends the sentence."""

    names: tuple[str, ...]
    idle: Callable[["Given"], bool]
    why: str


def _without(name: str) -> Callable[["Given"], bool]:
    return lambda given: not given.text(name)


TABLE: tuple[Idle, ...] = (
    # The most dangerous slip of all: real people's data under a key that everybody can read.
    Idle(
        ("SECRET_KEY", "VAULT_KEYS", "HOSTS"), lambda given: not given.flag("PRODUCTION"),
        "without TRAGNETZ_PRODUCTION=1: the demo's public keys and names are in use",
    ),
    Idle(("OWNER_URL", "READER_SECONDS"), _without("DATABASE_URL"), "without DATABASE_URL"),
    Idle(("DATABASE",), lambda given: bool(given.text("DATABASE_URL")), "beside DATABASE_URL, which names one"),
    Idle(("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_ORGANISATIONS", "OIDC_NAME"), _without("OIDC_ISSUER"),
         "without TRAGNETZ_OIDC_ISSUER"),
    Idle(("SCANNER_SECONDS", "SCANNER_AWAY"), _without("SCANNER"), "without TRAGNETZ_SCANNER: no file is searched"),
    Idle(
        ("SMS_METHOD", "SMS_HEADERS", "SMS_BODY", "SMS_SUCCESS", "SMS_TIMEOUT", "SMS_IDEMPOTENT"), _without("SMS_URL"),
        "without TRAGNETZ_SMS_URL",
    ),
    Idle(
        ("SMS_URL",), lambda given: given.text("SMS_BACKEND") in {"console", "file"},
        "while TRAGNETZ_SMS_BACKEND is not 'http'",
    ),
    Idle(
        ("IDLE_MINUTES",), lambda given: given.number("IDLE_MINUTES") >= given.number("SESSION_HOURS") * MINUTES,
        "because a log-in ends sooner by TRAGNETZ_SESSION_HOURS",
    ),
)  # fmt: skip


def without_effect(given: "Given", prefix: str) -> Iterator[str]:
    """Yield a sentence for each variable that was set and does nothing; it begins with the name and tells no value."""
    for one in TABLE:
        for name in one.names:
            if f"{prefix}{name}" in given.named and one.idle(given):
                yield f"{prefix}{name} has no effect {one.why}."

"""Settings of all tests: what only costs time where it is not the subject costs none."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from tragnetz.staff.hashing import PatientArgon2
from tragnetz.vault import sealing

PASSWORD = "a long enough password"  # of staff made by hand
REAL_CODE_COST = sealing.CODE_COST  # as it was before `light_codes`


def quick_settings() -> dict[str, Any]:
    """Serve static files as they lie in the source, without collectstatic; hash and stretch new passwords in no time."""
    return {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS],
        "STORAGES": settings.STORAGES
        | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
        "TRAGNETZ_KEY_MEMORY_KIB": 64,
    }


@contextmanager
def light_codes() -> Iterator[None]:
    """Stretch the codes of links and of answers taken along in no time: 0.1 s of a core each time, some hundred times.

    In this process alone: what another one shall open is sealed at the real cost (`REAL_CODE_COST`).
    """
    sealing.CODE_COST = 16
    try:
        yield
    finally:
        sealing.CODE_COST = REAL_CODE_COST


class LightArgon2(PatientArgon2):
    """Hashes passwords of a demo that is only copied: the real one reads what it wrote, and takes no time for it."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1

"""Settings of all tests: what only costs time where it is not the subject costs none."""

from typing import Any

from django.conf import settings

from tragnetz.staff.hashing import PatientArgon2

PASSWORD = "a long enough password"  # of staff made by hand


def quick_settings() -> dict[str, Any]:
    """Serve static files as they lie in the source, without collectstatic; hash and stretch new passwords in no time."""
    return {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS],
        "STORAGES": settings.STORAGES
        | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
        "TRAGNETZ_KEY_MEMORY_KIB": 64,
    }


class LightArgon2(PatientArgon2):
    """Hashes passwords of a demo that is only copied: the real one reads what it wrote, and takes no time for it."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1

"""Names of cookies: with the prefixes that let a browser refuse what another host or an unencrypted page has set.

RFC 6265bis, 4.1.3. Without encryption (demo, tests) browsers refuse such names, so they are plain there.
"""

from django.conf import settings


def host_cookie(name: str) -> str:
    """Return the name of a cookie for the whole site: `__Host-`, for this host alone, path `/`, encrypted."""
    return f"__Host-{name}" if settings.PRODUCTION else name


def path_cookie(name: str) -> str:
    """Return the name of a cookie for a part of the site: `__Secure-`, for a path rules out the stronger prefix."""
    return f"__Secure-{name}" if settings.PRODUCTION else name

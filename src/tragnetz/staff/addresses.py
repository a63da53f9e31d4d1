"""Addresses of this site for mail about accounts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def absolute(request: HttpRequest, name: str, *args: Any) -> str:  # noqa: ANN401 -- as of `reverse`
    """Return a page's full address: at the public address of the site if it is set, else where the request came to."""
    path = reverse(name, args=args)
    return f"{settings.TRAGNETZ_PUBLIC_URL}{path}" if settings.TRAGNETZ_PUBLIC_URL else request.build_absolute_uri(path)

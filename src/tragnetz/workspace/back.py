"""Back to where one came from: the page of the staff site, or of the own account, that the browser names."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve


def came_from(request: HttpRequest, *names: str) -> str:
    """Return path and query of the page before, if it is one of these by name; without names, any page of the work.

    Empty when the browser does not say, or names something else. Of a form that is sent back with errors, and when it
    is saved, what it was opened from: it stands in its field `zurueck`.
    """
    if request.method == "POST" and "zurueck" in request.POST:
        return page_of(request.POST["zurueck"], *names)
    found = page_of(request.headers.get("Referer", ""), *names)
    return "" if found.partition("?")[0] == request.path else found


def page_of(address: str, *names: str) -> str:
    """Return path and query of an address that is a page of the work, else nothing. It never leads to another site."""
    try:
        parts = urlsplit(address)
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        return ""
    if found.view_name not in names if names else found.namespace not in {"workspace", ""}:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path

"""Where a request comes from, by what browsers say of it: for what no token against forgery protects."""

from urllib.parse import urlsplit

from django.http import HttpRequest

_OWN = frozenset({"same-origin", "none"})  # a page of this site; a bookmark, or an address that somebody typed


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site, or the person by hand, sent a request, and no page of another site.

    By Sec-Fetch-Site (W3C Fetch Metadata), else Origin or Referer; a browser that says nothing is believed.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in _OWN:
        return False
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        return not origin or urlsplit(origin).netloc == request.get_host()
    except ValueError:  # no address at all, as `http://[`
        return False

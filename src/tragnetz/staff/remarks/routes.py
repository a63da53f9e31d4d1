"""About which page somebody writes: kept is the name of its address, never an id or what stood there."""

import re

from django.urls import URLResolver, get_resolver

_ROUTE = re.compile(r"(?:[a-z]{1,20}:)?[a-z_]{1,60}")


def route_of(given: str) -> str:
    """Return the name of an address of ours (`workspace:case`, `sessions`); nothing for anything else."""
    return given if _ROUTE.fullmatch(given) and address_of(given) else ""


def address_of(route: str) -> str:
    """Return the address of a page as one sees it in a browser, with „…“ for ids; nothing for a name of no page."""
    namespace, _colon, name = route.rpartition(":")
    everything = get_resolver()
    place: tuple[str, URLResolver | None] = ("", everything)
    if namespace:
        place = everything.namespace_dict.get(namespace, ("", None))
    prefix, resolver = place
    found = resolver.reverse_dict.getlist(name) if resolver is not None else []
    if not found:
        return ""
    pattern, _parameters = found[0][0][0]
    return f"/{prefix}{re.sub(r'%\(\w+\)s', '…', pattern)}"

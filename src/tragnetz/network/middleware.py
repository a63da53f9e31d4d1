"""Puts the request into its network's scope and says who acts."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tragnetz.network.actors import Actor, resident, staff
from tragnetz.network.models import Network, User
from tragnetz.network.queries import current_network
from tragnetz.network.scope import scope

NETWORK_CACHE_SECONDS = 10  # so long may a process not know that a network stands still


class NetworkRequest(HttpRequest):
    """A request inside a network's scope; what our views take."""

    network: Network
    actor: Actor
    takes_files: bool


def network_of_installation() -> Network | None:
    """Return the network served here, read from the database at most every ten seconds."""
    key = f"network:{settings.TRAGNETZ_NETWORK}"
    network = cast("Network | None", cache.get(key))
    if network is None:
        network = current_network(settings.TRAGNETZ_NETWORK)
        if network is not None:
            cache.set(key, network, NETWORK_CACHE_SECONDS)
    return network


class ScopeMiddleware:
    """All of a request happens in the scope of its network, what belongs to the log-in too.

    So a connection that serves one city is told so once, not twice a request (`network.database`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        network = network_of_installation()
        request.network = network  # type: ignore[attr-defined]  # NetworkRequest is what views see
        if network is None:
            return self.get_response(request)
        with scope(network):
            return self.get_response(request)


class NetworkMiddleware:
    """Every page is of one network and has somebody who acts; without a loaded city a page says how to load one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        network: Network | None = request.network  # type: ignore[attr-defined]  # set by ScopeMiddleware
        if network is None:
            return render(request, "components/no_network.html", status=503)
        actor = staff(request.user, network) if isinstance(request.user, User) else None
        request.actor = actor or resident(network)  # type: ignore[attr-defined]  # as above
        return self.get_response(request)

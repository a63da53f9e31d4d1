"""What pages show of the tour: a link to its start, and the panel with the tasks."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from tragnetz.demo.tour.guard import is_open
from tragnetz.demo.tour.progress import progress_of, state_of


def tour(request: HttpRequest) -> dict[str, Any]:
    """Return where the tour begins, and how far this browser is; nothing where there is no tour."""
    network = getattr(request, "network", None)
    if network is None or not network.is_demo:
        return {}
    state = state_of(request)
    if state is None or not is_open(network):
        return {"tour_start": reverse("demo:start")}
    return {"tour_start": reverse("demo:start"), "tour": progress_of(state)}

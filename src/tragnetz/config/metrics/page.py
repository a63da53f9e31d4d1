"""What `/metrics` answers: to whoever has the token, nothing to everybody else."""

import os
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from tragnetz.config.metrics.folder import NAME
from tragnetz.config.metrics.requests import REGISTRY
from tragnetz.config.metrics.state import StateCollector


def metrics(request: HttpRequest) -> HttpResponse:
    """Return all figures as text; 404 without a token in the settings, or with another one in the request."""
    given = request.headers.get("Authorization", "").encode()
    wanted = f"Bearer {settings.TRAGNETZ_METRICS_TOKEN}".encode()
    if not settings.TRAGNETZ_METRICS_TOKEN or not secrets.compare_digest(given, wanted):
        return HttpResponse("not found\n", status=404, content_type="text/plain; charset=utf-8")
    return HttpResponse(written(), content_type=CONTENT_TYPE_LATEST)


def written() -> bytes:
    """Return what all processes of this server counted, and what the database knows."""
    state = CollectorRegistry()
    state.register(StateCollector())
    counted = REGISTRY
    if NAME in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]  # it registers itself
    return generate_latest(counted) + generate_latest(state)

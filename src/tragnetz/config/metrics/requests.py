"""Counts requests in this process. Without TRAGNETZ_METRICS_TOKEN nothing is counted."""

from functools import cache

from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
# Around what the pages are to reach (p95 below 50, 150 and 250 ms), up to what nobody waits for.
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@cache
def _counters() -> tuple[Counter, Histogram]:
    """Make them at the first request: prometheus-client reads the folder's name when it is imported."""
    return (
        Counter("tragnetz_requests", "Requests by route.", ["route", "method", "status"], registry=REGISTRY),
        Histogram(
            "tragnetz_request_seconds", "Time until the answer began.", ["route"], buckets=SECONDS, registry=REGISTRY
        ),
    )


def observe(route: str, method: str, status: int, seconds: float) -> None:
    """Count one request."""
    if settings.TRAGNETZ_METRICS_TOKEN:
        requests, times = _counters()
        requests.labels(route, method, str(status)).inc()
        times.labels(route).observe(seconds)

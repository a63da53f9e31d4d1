"""Figures of 100,000 cases with a participation each and 600,000 contacts: dashboard, gaps and council paper."""

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.many import MANY, many
from tests.benchmarks.measure import milliseconds, show
from tests.personas import client_of
from tragnetz.core.clock import now
from tragnetz.network.models import Network
from tragnetz.reporting.nightly import renew_figures

GOAL = "p95 < 150 ms"
PAGES = {
    "the whole time": "/de/arbeit/zahlen/",
    "one project, a district": "/de/arbeit/zahlen/?projekt=gut&bezirk=wanne",
    "a topic, a year": "/de/arbeit/zahlen/?thema=debt&zeit=12",
    "gaps": "/de/arbeit/zahlen/luecken/",
    "gaps of a topic and a district": "/de/arbeit/zahlen/luecken/?thema=debt&bezirk=wanne",
    "paper for the council": "/de/arbeit/zahlen/vorlage.pdf",
}  # fmt: skip


def figures(network: Network) -> None:
    """Measure the night of the worker, then each page, with how many queries it takes."""
    with transaction.atomic():
        many(network)
        at = now()
        show("figures of the night (worker)", milliseconds(lambda _: renew_figures(network, at), 1), "p95 < 60000 ms")
        measured({f"figures of {MANY}: {name}": path for name, path in PAGES.items()})
        transaction.set_rollback(True)


def measured(pages: dict[str, str]) -> None:
    """Show how long pages take for the management of projects, and how many queries."""
    staff = client_of("programme")
    for name, path in pages.items():
        assert staff.get(path).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            staff.get(path)
        show(f"{name} ({len(queries)} queries)", milliseconds(lambda _, p=path: staff.get(p), 40), GOAL)

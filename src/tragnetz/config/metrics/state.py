"""Reads at each scrape what the database and the machine know."""

import platform
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.metadata import version

import django
from django.db import connection
from django.db.models import Count
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from tragnetz.appointments.models import Booking
from tragnetz.config.operation import readings
from tragnetz.core.clock import now, today
from tragnetz.network.models import Network
from tragnetz.network.queries import in_each_network

MAJOR = 10_000


class StateCollector(Collector):
    """All gauges, as they are at the moment of a scrape."""

    def collect(self) -> Iterable[Metric]:
        """Yield them."""
        yield _gauge(
            "tragnetz_build_info", "What runs here.", ["version", "python", "django", "postgresql"], [_build()]
        )
        connections = readings.connections()
        yield _gauge("tragnetz_database_connections", "Connections in use, all programs.", [], [((), connections.used)])
        yield _gauge("tragnetz_database_connections_most", "How many it takes.", [], [((), connections.most)])
        up, lag = readings.readers()
        yield _gauge("tragnetz_reader_up", "Whether a standby is asked.", ["reader"], up)
        yield _gauge("tragnetz_reader_lag_seconds", "How old the state of a standby is at most.", ["reader"], lag)
        families = {one.name: one for one in _families()}
        for rows in in_each_network(_labelled):
            for name, labels, value in rows:
                families[name].add_metric(labels, value)
        yield from families.values()


def _gauge(name: str, told: str, labels: list[str], rows: Iterable[tuple[tuple[str, ...], float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, told, labels=labels)
    for values, number in rows:
        family.add_metric(list(values), number)
    return family


def _build() -> tuple[tuple[str, ...], float]:
    connection.ensure_connection()
    server = str(getattr(connection, "pg_version", 0) // MAJOR)
    return (version("tragnetz"), platform.python_version(), django.__version__, server), 1


def _families() -> Iterator[GaugeMetricFamily]:
    for name, told, *labels in (
        (
            "tragnetz_outbox_messages",
            "Messages that did not leave or arrive, by channel and state.",
            "channel",
            "state",
        ),
        ("tragnetz_outbox_oldest_due_seconds", "For how long the oldest message is due; 0 without one."),
        ("tragnetz_worker_beat_age_seconds", "Since the worker ended a round."),
        ("tragnetz_task_age_seconds", "Since a task of the worker ran.", "task"),
        ("tragnetz_task_seconds", "How long it took.", "task"),
        ("tragnetz_task_failures", "How often in a row it failed.", "task"),
        ("tragnetz_bookings", "Appointments by state.", "state"),
        ("tragnetz_backup_age_seconds", "Since a back-up was written."),
        ("tragnetz_backup_verified_age_seconds", "Since one was verified or restored."),
        ("tragnetz_audit_signed_age_seconds", "Since the audit chain was signed."),
        ("tragnetz_audit_verified_age_seconds", "Since it was verified."),
        ("tragnetz_audit_faults", "What the last verification found."),
        ("tragnetz_law_age_days", "Since the date of the law in use."),
        (
            "tragnetz_law_level",
            "How the doctor judges it: 0 well, 1 outrun by a half-year, 2 a year old or none.",
        ),
    ):
        yield GaugeMetricFamily(name, told, labels=["network", *labels])


def _labelled(network: Network) -> list[tuple[str, list[str], float]]:
    return [(name, [network.key, *labels], value) for name, labels, value in _of_network(network, now())]


def _of_network(network: Network, at: datetime) -> Iterator[tuple[str, list[str], float]]:
    box = readings.outbox(at)
    for (channel, state), number in sorted(box.counts.items()):
        yield "tragnetz_outbox_messages", [channel or "none", state], number
    yield "tragnetz_outbox_oldest_due_seconds", [], _age(box.oldest_due, at) if box.oldest_due else 0
    for run in readings.task_runs():
        yield "tragnetz_task_age_seconds", [run.name], _age(run.ran_at, at)
        yield "tragnetz_task_seconds", [run.name], run.seconds
        yield "tragnetz_task_failures", [run.name], run.failures
    for state, number in Booking.objects.order_by().values_list("state").annotate(number=Count("id")):
        yield "tragnetz_bookings", [state], number
    verified = readings.last_verification()
    for name, then in (
        ("tragnetz_worker_beat_age_seconds", readings.beat()),
        ("tragnetz_backup_age_seconds", readings.last_event("backup:written")),
        ("tragnetz_backup_verified_age_seconds", readings.last_event("backup:verified", "backup:restored")),
        ("tragnetz_audit_signed_age_seconds", readings.last_head()),
        ("tragnetz_audit_verified_age_seconds", verified.at if verified else None),
    ):
        if then is not None:  # what never was has no age: the alert rules ask for what is absent
            yield name, [], _age(then, at)
    if verified is not None:
        yield "tragnetz_audit_faults", [], verified.faults
    day = today(network.zone)
    law = readings.newest_law(day)
    yield "tragnetz_law_level", [], readings.law_level(law, day)
    if law is not None:
        yield "tragnetz_law_age_days", [], (day - law).days


def _age(then: datetime, at: datetime) -> float:
    return max((at - then).total_seconds(), 0.0)

"""What machines ask: alive without anything, ready only with database and tables, whatever host they name."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from tests.owner import as_owner
from tragnetz.config.operation import probes
from tragnetz.config.operation.probes import ProbeMiddleware


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch):
    monkeypatch.setattr(probes, "_migrated", False)


def ask(path: str):
    answer = Client().get(path, headers={"host": "10.1.2.3"})
    return answer.status_code, answer.content.decode()


def test_alive_needs_no_database(settings):
    settings.SECURE_SSL_REDIRECT = True  # a probe comes without HTTPS

    assert ask("/-/health") == (200, "alive\n")


def test_ready_with_database_and_tables(network, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert ask("/-/ready") == (200, "ready\n")


def test_ready_asks_little(network, django_assert_num_queries: DjangoAssertNumQueries):
    ask("/-/ready")

    with django_assert_num_queries(1):
        ask("/-/ready")


def test_not_ready_while_a_migration_waits(network):
    with as_owner():
        MigrationRecorder(connection).record_unapplied("config", "0001_task_runs")

    assert ask("/-/ready") == (503, "migrations\n")


def test_not_ready_without_database(monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", away)
    monkeypatch.setattr(connection, "close", lambda: None)

    assert ask("/-/ready") == (503, "database\n")


def test_every_other_address_goes_on():
    reached = []
    ProbeMiddleware(reached.append)(RequestFactory().get("/-/health/"))

    assert len(reached) == 1


@pytest.mark.parametrize("path", ["/-/health", "/-/ready", "/metrics"])
def test_what_machines_ask_is_text_and_stands_in_no_frame(network, settings, path):
    settings.TRAGNETZ_METRICS_TOKEN = ""

    headers = Client().get(path, headers={"host": "10.1.2.3"}).headers

    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]

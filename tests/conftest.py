"""Fixtures for all tests: a fresh cache, a small network in scope, a second one beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("tragnetz", deadline=None)  # a benchmark is no timed test; a busy machine may be slow
settings.load_profile("tragnetz")
CITIES = Path(__file__).resolve().parent.parent / "cities"


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """No test sees the pages that another one left in the cache, nor reads in its language."""
    from django.conf import settings as django_settings
    from django.core.cache import cache
    from django.utils import translation

    cache.clear()
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _static_without_manifest(settings):
    """Serve static files as they lie in the source: no collectstatic before a test."""
    storages = dict(settings.STORAGES)
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """Load Herne once into the worker's database: tests that want it find it there, others see none of it."""
    if any("herne" in getattr(item, "fixturenames", ()) for item in request.session.items):
        from tragnetz.demo.load import load_demo

        with django_db_blocker.unblock():
            load_demo(CITIES / "herne")


@pytest.fixture(autouse=True)
def _nothing_but_what_a_test_asks_for(request):
    """Empty the tables inside the test's own transaction, unless it wants Herne."""
    names = set(request.fixturenames)
    asks = names & {"db", "transactional_db", "live_server"} or request.node.get_closest_marker("django_db")
    if "herne" in names or not asks:
        return
    request.getfixturevalue("transactional_db" if names & {"transactional_db", "live_server"} else "db")
    from django.db import connection

    from tragnetz.network.models import Network, User

    if Network.objects.exists():
        with connection.cursor() as cursor:
            tables = ", ".join(model._meta.db_table for model in (Network, User))
            cursor.execute(f"TRUNCATE {tables} CASCADE")


@pytest.fixture(autouse=True)
def _editions_without_commit(request, _nothing_but_what_a_test_asks_for):
    """Let a change of the directory give it a new edition at the end of its statement: a test never commits."""
    if {"db", "herne", "network"} & set(request.fixturenames) and "transactional_db" not in request.fixturenames:
        request.getfixturevalue("db")
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS directory_edition IMMEDIATE")


@pytest.fixture
def herne(db):
    """Herne as it stands in cities/, loaded as a demo and in scope."""
    from tragnetz.demo.load import load_demo
    from tragnetz.network.models import Network
    from tragnetz.network.scope import scope

    # A test with a transaction of its own, or with real processes, may have emptied the tables for good.
    loaded = Network.objects.filter(key="herne").first() or load_demo(CITIES / "herne")
    with scope(loaded):
        yield loaded


@pytest.fixture
def network(db):
    """A small network made by hand, in scope."""
    from tests.factories import make_network
    from tragnetz.network.scope import scope

    made = make_network()
    with scope(made):
        yield made


@pytest.fixture
def other_network(db):
    """A second network, not in scope."""
    from tests.factories import make_network

    return make_network(key="elsewhere")


@pytest.fixture(scope="session", autouse=True)
def _no_session_outlives_the_tests(django_db_setup, django_db_blocker):
    """End what threads of the live server and other processes still hold: the database is dropped next."""
    yield
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

"""The demo is told anew on request, and never at the cost of real people."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.conftest import CITIES
from tragnetz.city.load import load_city
from tragnetz.demo.load import DemoRefusedError, forget_demo, load_demo
from tragnetz.network.models import Network


def test_fresh_demo_forgets_the_old_one(transactional_db):
    load_demo(CITIES / "auental")
    forget_demo()
    with connection.cursor() as cursor:
        emptied = connection.introspection.table_names(cursor)
    call_command("migrate", verbosity=0)

    assert emptied == []
    assert not Network.objects.exists()


def test_fresh_demo_is_refused_beside_a_real_network(db):
    load_city(CITIES / "auental")

    with pytest.raises(DemoRefusedError, match="real network"):
        forget_demo()
    assert Network.objects.count() == 1


def test_fresh_demo_is_refused_in_production(db, settings):
    load_demo(CITIES / "auental")
    settings.PRODUCTION = True

    with pytest.raises(DemoRefusedError, match="production"):
        forget_demo()
    assert Network.objects.count() == 1


def test_an_old_server_is_warned_of(db, monkeypatch):
    from tragnetz.config import checks

    assert checks.server_is_new_enough(databases=["default"]) == []
    monkeypatch.setattr(checks, "OLDEST", 990000)
    assert [warning.id for warning in checks.server_is_new_enough(databases=["default"])] == ["tragnetz.W001"]

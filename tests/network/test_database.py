"""A connection knows the network in scope, whatever happened to it: raw SQL sees what the scope says."""

import re
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, connections, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

import tragnetz
from tests.factories import make_network
from tests.owner import as_owner as owner_in_test
from tests.processes import PATIENCE
from tragnetz.network.database.base import DatabaseWrapper
from tragnetz.network.database.owner import as_owner
from tragnetz.network.models import District, Hotline, Network
from tragnetz.network.scope import scope

NAMES = "SELECT DISTINCT network_id FROM network_district ORDER BY 1"


def seen() -> list:
    """Whose districts raw SQL sees, on a cursor made for it."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES)
        return [network for (network,) in cursor.fetchall()]


@pytest.fixture
def both(db):
    """Two networks, none in scope."""
    return make_network("here"), make_network("there")


@pytest.fixture
def committed(transactional_db):
    return make_network("here"), make_network("there")


def test_raw_sql_sees_what_is_in_scope(both):
    here, there = both

    with scope(here):
        assert seen() == [here.pk]
        with scope(there):
            assert seen() == [there.pk]
        assert seen() == [here.pk]
    assert seen() == []


def test_the_owner_sees_both(both):
    """The control: the rows are there."""
    with owner_in_test() as cursor:
        cursor.execute(NAMES)
        assert [network for (network,) in cursor.fetchall()] == sorted(one.pk for one in both)


def test_a_forgotten_filter_leaks_nothing(both):
    here, there = both

    with scope(here):
        assert {row.network_id for row in District._base_manager.all()} == {here.pk}
        assert District._base_manager.filter(network=there).update(name="Meins") == 0
        assert District._base_manager.filter(network=there).delete()[0] == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            District(network=there, key="new", name="Neu", position=9).save()
    with scope(there):
        assert not District.objects.filter(name="Meins").exists()


def test_a_relation_of_many_to_many_gets_the_network_in_scope(both):
    here, _there = both

    with scope(here):
        line, district = Hotline.objects.first(), District.objects.last()
        line.districts.add(district)
        rows = Hotline.districts.through.objects.filter(hotline=line)
        assert {row.network_id for row in rows} == {here.pk}
    assert not Hotline.districts.through.objects.exists()


def test_it_is_told_before_the_statement_and_counted_by_nobody(both):
    here, there = both

    with CaptureQueriesContext(connection) as queries:
        for network in (here, there, here):
            with scope(network):
                seen()

    assert len(queries) == 3


def test_it_is_told_only_when_it_is_another_one(both, monkeypatch):
    told = []
    real = connection.connection.execute
    here, there = both
    with scope(here):
        seen()
        monkeypatch.setattr(connection.connection, "execute", lambda sent: (told.append(sent), real(sent)))
        seen()
        with scope(here.pk):
            seen()
        assert told == []
        with scope(there):
            pass
        seen()
        assert told == []  # nobody asked meanwhile
    seen()

    assert told == ["SET tragnetz.network = ''"]


def test_after_a_rollback_to_a_savepoint(both):
    here, there = both

    with scope(here):
        seen()
    with transaction.atomic():
        with scope(there):
            assert seen() == [there.pk]
        transaction.set_rollback(True)

    with scope(there):  # the server is back at `here`
        assert seen() == [there.pk]
    assert seen() == []


def test_after_a_statement_that_failed_while_the_scope_ended(both):
    here, there = both

    with pytest.raises(DatabaseError), transaction.atomic(), scope(there), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")

    with scope(here):
        assert seen() == [here.pk]


def test_after_a_rollback(committed):
    here, there = committed

    with scope(here):
        seen()
    with transaction.atomic():
        with scope(there):
            assert seen() == [there.pk]
        transaction.set_rollback(True)

    with scope(there):
        assert seen() == [there.pk]
    assert seen() == []


def test_after_a_commit_that_failed(committed):
    here, there = committed

    with scope(here):
        seen()
    with pytest.raises(DatabaseError), transaction.atomic(), scope(there), connection.cursor() as cursor:
        # Found at commit, for the constraint is deferred.
        cursor.execute("UPDATE network_locality SET district_id = gen_random_uuid()")

    with scope(there):
        assert seen() == [there.pk]


def test_after_a_commit_it_stays(committed):
    here, _there = committed

    with scope(here):
        with transaction.atomic():
            seen()
        assert seen() == [here.pk]


def test_after_connecting_anew(committed):
    here, _there = committed

    with scope(here):
        seen()
        connection.close()
        assert seen() == [here.pk]


def test_each_thread_has_its_own(committed):
    here, there = committed
    found = {}
    both_told = threading.Barrier(2)

    def look(network: Network) -> None:
        try:
            with scope(network):
                seen()
                both_told.wait(PATIENCE)
                found[network.pk] = seen()
            found[None] = seen()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=look, args=[network]) for network in (here, there)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)

    assert found == {here.pk: [here.pk], there.pk: [there.pk], None: []}


def test_a_cursor_made_in_another_scope_follows(both):
    here, there = both

    with connection.cursor() as cursor:
        for network in (here, there):
            with scope(network):
                cursor.execute(NAMES)
                assert cursor.fetchall() == [(network.pk,)]


def test_rows_in_pieces_are_of_the_scope_in_which_they_were_asked_for(both):
    here, _there = both

    with scope(here):
        assert {row.network_id for row in District._base_manager.iterator(chunk_size=1)} == {here.pk}


def test_one_transaction_may_write_into_two_networks(committed):
    """What is written at commit says itself for which network it is."""
    with transaction.atomic():
        for network in committed:
            with scope(network):
                District.objects.update(name="Anders")

    for network in committed:
        with scope(network):
            assert set(District.objects.values_list("name", flat=True)) == {"Anders"}


def test_the_owner_has_a_connection_of_its_own_and_only_for_a_named_deed(committed):
    here, there = committed

    with as_owner("migrate"):
        assert seen() == sorted([here.pk, there.pk])
    assert seen() == []
    with pytest.raises(KeyError), as_owner("to have a look"):
        pass


def test_only_these_go_past_the_lock():
    """The whole list of code that looks over all networks at once: whoever adds to it has thought of decision 28."""
    source = Path(tragnetz.__file__).parent
    past = re.compile(r"""as_owner\("|owner_settings\("|EVERY_NETWORK|tragnetz\.every_network""")
    found = {str(file.relative_to(source)) for file in source.rglob("*.py") if past.search(file.read_text("utf-8"))}

    assert found == {
        "config/backup/database.py",
        "config/backup/deeds.py",
        "config/management/commands/migrate.py",
        "config/moving/leave.py",
        "config/serving.py",
        "demo/load.py",
        "network/database/base.py",
        "network/database/rows.py",
    }


def test_production_refuses_a_superuser(settings, db):
    settings.PRODUCTION = True
    at = {**connection.settings_dict, "OPTIONS": {**connection.settings_dict["OPTIONS"]}}
    at["OPTIONS"].pop("assume_role")

    refused = DatabaseWrapper(at, "default")

    for _time in range(2):  # nor at the second try
        with pytest.raises(ImproperlyConfigured, match="DATABASE_URL names a superuser"):
            refused.ensure_connection()

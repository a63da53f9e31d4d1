"""The database gives a directory a new edition whenever something that is shown has changed, whoever changed it."""

import psycopg
import pytest
from django.db import connection, transaction

from tests.factories import make_network, make_service
from tests.owner import as_owner, owner_conninfo
from tragnetz.directory.edition import SHOWN, edition
from tragnetz.directory.kept import Shelf, kept_now
from tragnetz.directory.models import Office, Service
from tragnetz.network.models import District
from tragnetz.network.scope import scope

ROWS = [
    "directory_service", "directory_serviceatlocation", "directory_topic", "directory_paper", "directory_situation",
    "directory_authority", "directory_office", "directory_service_topics", "directory_service_papers",
    "directory_situation_topics",
    "network_organisation", "network_site", "network_locality", "network_district",
]  # fmt: skip
THINGS: Shelf[str, list[int]] = Shelf(2)


def run(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.rowcount


@pytest.mark.parametrize("table", ROWS)
def test_raw_sql_on_any_table_gives_a_new_edition(herne, table):
    before = edition()

    changed = run(f"UPDATE {table} SET id = id WHERE id = (SELECT id FROM {table} LIMIT 1)")

    assert changed == 1
    assert edition().number != before.number


@pytest.mark.parametrize("model", [Service, Office])
def test_districts_given_and_taken_give_new_editions(herne, model):
    row, district = model.objects.first(), District.objects.first()
    seen = [edition().number]
    row.districts.add(district)
    seen.append(edition().number)
    row.districts.clear()
    seen.append(edition().number)

    assert len(set(seen)) == 3


def test_adding_and_removing_give_new_editions(network):
    seen = [edition().number]
    row = make_service(network, "tee", "Tee")
    seen.append(edition().number)
    row.delete()
    seen.append(edition().number)

    assert len(set(seen)) == 3


def test_what_is_not_shown_leaves_the_edition(herne):
    before = edition()

    run("UPDATE directory_revision SET comment = 'gesehen'")

    assert edition().number == before.number


def test_the_edition_of_another_network_is_another(network, other_network):
    with scope(other_network):
        before = edition()

    make_service(network, "tee", "Tee")

    with scope(other_network):
        assert edition().number == before.number


@pytest.mark.django_db(transaction=True)
def test_many_rows_of_a_transaction_give_one_number_at_commit():
    network = make_network()
    with scope(network):
        before, drawn = edition(), numbers_drawn()
        with transaction.atomic():
            for number in range(5):
                make_service(network, f"tee-{number}", "Tee", locality="mitte-kern")
            Service.objects.update(search_text="Tee und Kekse")
            assert edition().number == before.number

        assert edition().number != before.number
        assert numbers_drawn() == drawn + 1


def numbers_drawn() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM directory_edition_number")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_what_another_process_commits_is_seen_at_once():
    network = make_network()
    with scope(network):
        make_service(network, "tee", "Tee")
        before = kept_now()
        with psycopg.connect(owner_conninfo()) as other:
            other.execute('UPDATE directory_service SET name = \'{"de": "Kaffee"}\'')
            assert kept_now() is before

        assert kept_now() is not before


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_is_never_kept_for_others():
    network = make_network()
    with scope(network):
        make_service(network, "tee", "Tee")
        committed = edition()

        with transaction.atomic():
            Service.objects.update(search_name="Kaffee")
            assert edition() != committed
            transaction.set_rollback(True)

        assert edition() == committed


@pytest.mark.django_db(transaction=True)
def test_a_network_can_go_with_its_directory():
    network = make_network()
    with scope(network):
        make_service(network, "tee", "Tee", locality="mitte-kern")
        assert edition().number is not None

        with as_owner() as cursor:
            cursor.execute("TRUNCATE network_network CASCADE")

        assert edition().number is None


def test_things_are_read_once_and_the_oldest_go_first(network):
    kept, reads = kept_now(), []

    def read(key: str) -> list[int]:
        return kept.get(THINGS, key, lambda: reads.append(key) or [len(reads)])

    assert [read(key) for key in "aabaca"] == [[1], [1], [2], [1], [3], [1]]
    assert read("b") == [4]
    assert reads == ["a", "b", "c", "b"]


def test_of_many_only_the_missing_are_read_and_the_order_stays(network):
    kept, asked = kept_now(), []

    def read(keys: list[str]) -> dict[str, list[int]]:
        asked.append(keys)
        return {key: [ord(key)] for key in keys if key != "x"}

    assert list(kept.many(THINGS, "bxa", read)) == ["b", "a"]
    assert list(kept.many(THINGS, "ab", read)) == ["a", "b"]
    assert asked == [["b", "x", "a"]]


def test_nothing_is_kept_for_another_network(network, other_network):
    kept_now().get(THINGS, "a", lambda: [1])

    with scope(other_network):
        assert kept_now().get(THINGS, "a", lambda: [2]) == [2]


def test_all_tables_that_are_shown_are_known(herne):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'directory_edition' ORDER BY 1")

        assert tuple(table for (table,) in cursor.fetchall()) == SHOWN


@pytest.mark.django_db(transaction=True)
def test_who_writes_elsewhere_shares_what_is_kept_and_who_edits_does_not(herne):
    with scope(herne):
        shared = kept_now()
        with transaction.atomic():
            run("UPDATE network_network SET name = name")
            assert kept_now() is shared
            run("UPDATE directory_topic SET position = position")
            assert kept_now() is not shared
            assert kept_now().edition.unfinished is not None
        assert kept_now() is not shared
        assert kept_now().edition.unfinished is None


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_a_moment_ago_is_finished(herne):
    """PostgreSQL hands in what a transaction changed once a second: the next one of the connection still counts it."""
    with scope(herne):
        for _again in range(3):
            run("UPDATE directory_topic SET position = position")
            with transaction.atomic():
                run("UPDATE network_network SET name = name")
                assert edition().unfinished is None


def test_a_change_that_was_taken_back_leaves_nothing_unfinished(herne):
    with transaction.atomic():
        run("UPDATE directory_topic SET position = position")
        assert edition().unfinished is not None
        transaction.set_rollback(True)

    run("UPDATE network_network SET name = name")
    assert edition().unfinished is None

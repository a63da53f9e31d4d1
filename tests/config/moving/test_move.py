"""A network goes from one server to another while its neighbour is in use, and nothing of it is lost or left behind."""

import re
import threading
from pathlib import Path

import psycopg
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.allowed import SECRETS, make_case
from tests.clusters import django_on
from tests.personas import EMAILS, actor_of, booked_enquiry, worked_on
from tests.processes import PATIENCE
from tragnetz.audit.commands import chain_events, record
from tragnetz.audit.heads import sign_head
from tragnetz.audit.verify import verify_chain
from tragnetz.casework.models import Case
from tragnetz.config.backup.errors import WrongKeyError
from tragnetz.config.backup.inspect import prove
from tragnetz.config.backup.keys import Passphrase
from tragnetz.config.moving.arrive import faults_of, take_in
from tragnetz.config.moving.export import sums_now
from tragnetz.config.moving.tables import in_order, links_to_accounts, unsaid
from tragnetz.config.work import Rounds
from tragnetz.core.clock import now, today
from tragnetz.demo.staff import PASSWORD
from tragnetz.network.actors import system
from tragnetz.network.database.rows import scoped_tables
from tragnetz.network.models import Network, Programme, User
from tragnetz.network.scope import scope
from tragnetz.reporting.snapshots.commands import fix
from tragnetz.vault.sealing import new_key


class Neighbour:
    """Somebody who goes on writing in the other network of a server."""

    def __init__(self, cell) -> None:
        self._stop, self.written = threading.Event(), 0
        self._thread = threading.Thread(target=self._write, args=[cell.cluster.url])

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join(PATIENCE)

    def _write(self, url: str) -> None:
        with psycopg.connect(url, autocommit=True) as own:
            (network,) = own.execute("SELECT id FROM network_network WHERE key = 'elsewhere'").fetchone()
            own.execute(f"SET tragnetz.network = '{network}'")
            while not self._stop.wait(0.02):
                done = own.execute("UPDATE network_district SET position = position + 1 WHERE key = 'mitte'")
                self.written += done.rowcount


@pytest.fixture
def here(cells, settings, django_db_blocker):
    """The first server is Django's, and serves Herne."""
    settings.TRAGNETZ_NETWORK = "herne"
    settings.TRAGNETZ_VAR = cells[0].var
    with django_db_blocker.unblock(), django_on(cells[0].cluster):
        yield cells[0]


@pytest.fixture
def there(cells):
    return cells[1]


def signed_in() -> Client:
    client = Client()
    client.get("/de/konto/anmelden/")
    answer = client.post("/de/konto/anmelden/", {"login": EMAILS["counsellor"], "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return client


def lived(network) -> None:
    """Let there be something of each sort: a sealed note, a message on its way, fixed figures, an old password."""
    counsellor = actor_of(network, "counsellor")
    worked_on(counsellor, make_case(network, counsellor))
    booked_enquiry(network)
    day, lead = today(network.zone), actor_of(network, "programme")
    programme = Programme.objects.filter(organisations=lead.organisation_id).order_by("key").first()
    fix(actor=lead, programme=programme, first=programme.starts, last=day, request_key="f" * 32)
    record(system(network), "backup:written", network)
    chain_events(network)
    sign_head(network=network, now=now())


def words_of_a_case() -> str:
    """Return what stands on the page of a case, opened with the keys of a counsellor who has just signed in.

    Without times of the clock: that until which the session lasts is another a minute later.
    """
    answer = signed_in().get(reverse("workspace:case", args=[Case.objects.get().pk]))
    assert answer.status_code == 200
    page = re.sub(r"<(script|form).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"\d\d:\d\d Uhr", "", page))


def test_every_table_is_said_to_go_along_or_to_stay():
    assert not unsaid()
    assert sorted(in_order()) == scoped_tables()
    assert ("network_membership", "user_id") in links_to_accounts()


def test_rows_arrive_after_those_that_they_point_to():
    order = in_order()

    for first, second in (
        ("network_organisation", "network_site"), ("clients_household", "casework_case"),
        ("directory_word", "directory_service"), ("audit_event", "audit_event"),
    ):  # fmt: skip
        assert order.index(first) <= order.index(second)


def test_a_network_in_use_is_neither_written_out_nor_deleted(here, tmp_path):
    for words in (("export", "herne", str(tmp_path / "file")), ("remove", "herne", "--confirm", "herne")):
        done = here.run("network", *words, TRAGNETZ_BACKUP_PASSPHRASE="a long enough phrase for a test")
        assert done.returncode == 1, done.stdout
        assert "network freeze herne" in done.stderr
    assert not (tmp_path / "file").exists()


def test_the_move(here, there, settings):
    """The whole way; one test, for each step stands on the one before."""
    network = Network.objects.get(key="herne")
    with scope(network):
        lived(network)
        before, people = words_of_a_case(), User.objects.filter(memberships__network=network).distinct().count()
        chain_events(network)
    rows = {one.label: one.rows for one in sums_now(network.pk)}

    with Neighbour(here) as neighbour:
        moved = here.run("network", "move", "herne", "--to", str(there.file()), "--wait", "0")

    assert moved.returncode == 0, moved.stdout + moved.stderr
    assert "the same to the last byte" in moved.stdout
    assert neighbour.written > 10

    # Here it stands still: one page, no work of the worker; the neighbour goes on.
    cache.clear()  # a process does not know for some seconds; the command waits for that
    answer = Client().get("/de/")
    assert answer.status_code == 503
    assert "02323" in answer.content.decode()
    with scope(network):
        count = Case.objects.count()
    Rounds().one()
    assert {one.label: one.rows for one in sums_now(network.pk)} == rows | {
        "public.audit_event": rows["public.audit_event"] + 1  # that it was frozen
    }

    # There everything is, opens, and goes on.
    settings.TRAGNETZ_VAR = there.var
    cache.clear()
    with django_on(there.cluster):
        arrived = Network.objects.get(key="herne")
        assert arrived.frozen_at is None
        assert faults_of(arrived) == []
        with scope(arrived):
            assert Case.objects.count() == count == 1
            assert words_of_a_case() == before
            assert SECRETS["notes"] in before
            chain_events(arrived)
            assert list(verify_chain(arrived)) == []
            assert User.objects.filter(memberships__network=arrived).distinct().count() == people
        assert Client().get("/de/").status_code == 200
    assert (there.var / "audit" / "heads-herne.jsonl").exists()

    # Emptied here: nothing of it is left or answers, and the neighbour has all that it had.
    settings.TRAGNETZ_VAR = here.var
    own = {table: here.count(table, f"network_id <> '{network.pk}'") for table in scoped_tables()}
    refused = here.run("network", "remove", "herne", "--confirm", "elsewhere")
    assert refused.returncode == 1
    gone = here.run("network", "remove", "herne", "--confirm", "herne")
    assert gone.returncode == 0, gone.stdout + gone.stderr
    assert {table: here.count(table) for table in scoped_tables()} == own
    assert here.count("network_user") == 0
    assert not (here.var / "audit" / "heads-herne.jsonl").exists()
    connection.close()
    cache.clear()
    assert Client().get("/de/").status_code == 503
    assert "herne" not in here.run("network", "list").stdout
    assert "elsewhere" in here.run("network", "list").stdout
    refused_while_the_key_is_taken(here, there)


def refused_while_the_key_is_taken(here, there) -> None:
    """Another network there has the neighbour's key: the neighbour is not taken along, and goes on here."""
    there.cluster.run("UPDATE network_network SET key = 'elsewhere'", database="tragnetz")
    done = here.run("network", "move", "elsewhere", "--to", str(there.file()), "--wait", "0")
    there.cluster.run("UPDATE network_network SET key = 'herne'", database="tragnetz")
    assert done.returncode == 1
    assert "There is a network elsewhere here already" in done.stderr
    assert here.count("network_network", "frozen_at IS NOT NULL") == 0


def test_other_tables_and_other_keys_are_refused(cells, tmp_path, settings, django_db_blocker):
    here, there = cells
    there.cluster.run("DELETE FROM django_migrations WHERE name = '0013_frozen'", database="tragnetz")

    done = here.run("network", "move", "elsewhere", "--to", str(there.file()), "--wait", "0")

    there.cluster.run(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('network', '0013_frozen', now())",
        database="tragnetz",
    )
    assert "The tables there are newer than here (network.0013_frozen)" in done.stderr
    phrase = {"TRAGNETZ_BACKUP_PASSPHRASE": "a long enough phrase for a test"}
    file = str(tmp_path / "elsewhere.network")
    assert here.run("network", "freeze", "elsewhere", "--wait", "0").returncode == 0
    assert here.run("network", "export", "elsewhere", file, **phrase).returncode == 0
    proven = prove(Path(file), Passphrase(phrase["TRAGNETZ_BACKUP_PASSPHRASE"]))
    settings.TRAGNETZ_VAULT_KEYS = new_key()
    with django_db_blocker.unblock(), django_on(there.cluster), pytest.raises(WrongKeyError):
        take_in(Path(file), proven)
    assert there.count("network_network", "key = 'elsewhere'") == 0
    restore = there.run("restore", file, **phrase)
    assert "tragnetz network import" in restore.stderr
    taken = there.run("network", "import", file, **phrase)
    assert taken.returncode == 0, taken.stdout + taken.stderr
    assert there.count("network_network", "key = 'elsewhere' AND frozen_at IS NOT NULL") == 1
    assert there.count("network_district", "network_id = (SELECT id FROM network_network WHERE key = 'elsewhere')") == 2

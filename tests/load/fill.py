"""A city in its third year: 100,000 cases with their talks, 10,000 services. Kept, and copied for each run.

Or a small one: the demo without a history, and a case of five years for each counsellor who takes part.

`python -m tests.load.fill` fills the database named by DATABASE_URL; `original` is what other modules call.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from tests.load.cluster import Cluster
from tragnetz.config.database import READER, make_reader

ROOT = Path(__file__).resolve().parent.parent.parent
SERVICES, COUNSELLORS = 10_000, 4


def copied(cluster: Cluster, kind: str, name: str) -> str:
    """Make a database that is a fresh copy of the original of a kind (`city`, `small`); returns its owner's address."""
    from tests import templates  # its hash says of what an original is made

    original = f"original_{kind}_{templates._hash(templates.HERNE)}"
    with cluster.connect() as server:
        if not _is_there(server, original):
            _make(cluster, server, kind, original)
        server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
        server.execute(
            SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(Identifier(name), Identifier(original))
        )
    return cluster.url(name)


def work_as_owner(owner: str) -> None:
    """Let this process and its children fill and verify: by the owner's log-in, in the application's role."""
    os.environ["TRAGNETZ_OWNER_URL"] = owner
    os.environ["DATABASE_URL"] = f"{owner}{'&' if '?' in owner else '?'}assume_role={READER}"


def _is_there(server: psycopg.Connection, name: str) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _make(cluster: Cluster, server: psycopg.Connection, kind: str, original: str) -> None:
    for (older,) in server.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"original\\_{kind}\\_%"]
    ).fetchall():
        server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(older)))
    half = f"half_made_{kind}"
    server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(half)))
    server.execute(SQL("CREATE DATABASE {}").format(Identifier(half)))
    begun = time.monotonic()
    print(f"Making the city ({kind}); it is kept for the next run of today …", flush=True)
    owner = cluster.url(half)
    make_reader(owner)
    work_as_owner(owner)
    subprocess.run([sys.executable, "-m", "tests.load.fill", kind], cwd=ROOT, check=True)
    server.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(half), Identifier(original)))
    print(f"… made in {time.monotonic() - begun:.0f} s", flush=True)


def fill(kind: str) -> None:
    """Load the demo with its history, and for a `city` everything else."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from tests.benchmarks import casework, directory
    from tests.benchmarks.many import many
    from tests.factories import with_keys
    from tests.owner import as_owner
    from tragnetz.clients.names.commands import rebuild_names
    from tragnetz.core.clock import now
    from tragnetz.demo.load import load_demo
    from tragnetz.demo.staff import PASSWORD
    from tragnetz.network.actors import of_membership
    from tragnetz.network.models import Membership
    from tragnetz.network.scope import scope
    from tragnetz.reporting.nightly import renew_figures
    from tragnetz.vault.keyring import Keyring, using

    call_command("migrate", verbosity=0)
    history = (lambda _done, _total: None) if kind == "city" else None
    network = load_demo(ROOT / "cities" / "herne", progress=history)
    with scope(network), using(Keyring()):
        counsellors = Membership.objects.filter(roles__contains=["counsellor"]).select_related("user")
        with transaction.atomic():
            if kind == "city":
                many(network)
            for member in counsellors.order_by("user__email")[:COUNSELLORS]:
                casework.long_case(network, with_keys(of_membership(member, network), member.user, PASSWORD))
        if kind == "city":
            with as_owner() as cursor:  # switched off while the rows were made, and this city is lived in
                cursor.execute("ALTER TABLE clients_person ENABLE TRIGGER ALL")
            directory.fill_services(network, SERVICES)
        rebuild_names(network)
        renew_figures(network, now())
    with as_owner() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
    fill(sys.argv[1])

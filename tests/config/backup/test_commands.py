"""The commands as an administrator or cron calls them."""

import os
import re
import stat
import subprocess
import sys
import threading
from datetime import timedelta

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from tests.config.backup.conftest import scalar
from tests.server import database_url
from tragnetz.audit.models import Event
from tragnetz.config.backup.cli import spelled_out
from tragnetz.config.backup.database import refused
from tragnetz.config.backup.files import name_of
from tragnetz.config.backup.inspect import prove
from tragnetz.config.backup.keys import new_secret, write_key
from tragnetz.config.backup.restore import restore_into
from tragnetz.config.cli import main
from tragnetz.core.clock import now
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.vault.sealing import new_key


@pytest.fixture
def cron(place, settings, monkeypatch):
    """The environment of a server that seals and cannot open."""
    settings.TRAGNETZ_VAR = place.var
    monkeypatch.setenv("TRAGNETZ_BACKUP_KEY", write_key(place.secret.public))
    monkeypatch.delenv("TRAGNETZ_BACKUP_PASSPHRASE", raising=False)
    paper = place.folder.parent / "paper"
    paper.write_text(write_key(place.secret) + "\n", encoding="utf-8")
    return paper


@pytest.fixture
def restored(empty_database, monkeypatch):
    """Point Django at the empty database, as on a new machine."""
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", conninfo_to_dict(empty_database)["dbname"])
    yield empty_database
    connection.close()


def _answer(capsys, *words, status=0):
    found = main([str(word) for word in words])
    told = capsys.readouterr()
    assert found == status, told.err
    return told.err if status else told.out


def _plant(place):
    """Put a text into the database that only the key ring reads, and a file beside it."""
    (place.var / "papers").mkdir()
    (place.var / "papers" / "one.pdf").write_bytes(b"%PDF")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["backup", "a.backup"], ["backup", "write", "a.backup"]),
        (["backup", "--keep", "7", "folder"], ["backup", "write", "--keep", "7", "folder"]),
        (["backup", "verify", "a"], ["backup", "verify", "a"]),
        (["backup"], ["backup"]),
        (["city", "load", "backup"], ["city", "load", "backup"]),
    ],
)
def test_a_backup_needs_no_third_word(typed, meant):
    assert spelled_out(typed) == meant


def test_a_new_pair_fits_together(capsys):
    told = _answer(capsys, "backup", "key")

    secret, public = re.findall(r"backup-\S+", told)
    assert secret.startswith("backup-secret-")
    assert public.startswith("backup-public-")


@pytest.mark.django_db(transaction=True)
def test_the_drill(committed_herne, place, cron, restored, monkeypatch, capsys):
    """Written on one machine, proven, restored on an empty one; refused where it does not belong."""
    _plant(place)
    monkeypatch.setitem(connection.settings_dict, "NAME", conninfo_to_dict(place.conninfo)["dbname"])
    connection.close()
    told = _answer(capsys, "backup", place.folder)
    (path,) = place.folder.iterdir()
    assert f"Written: {path}" in told
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with scope(committed_herne):
        assert Event.objects.get(verb="backup:written").details["files"] == 1

    proven = _answer(capsys, "backup", "verify", path, "--key-file", cron, "--max-age", "1")
    assert "networks  herne" in proven
    refused = _answer(capsys, "restore", path, "--key-file", cron, status=1)
    assert "is not empty: it holds herne" in refused

    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", conninfo_to_dict(restored)["dbname"])
    (place.var / "papers" / "one.pdf").unlink()
    told = _answer(capsys, "restore", path, "--key-file", cron)
    assert "the same to the last byte, 1 files" in told
    assert "The audit trail holds." in told
    assert (place.var / "papers" / "one.pdf").read_bytes() == b"%PDF"
    assert scalar(restored, "SELECT count(*) FROM audit_event WHERE verb = 'backup:restored'") == 1
    network = Network.objects.get()
    assert network.key == "herne"

    Network.objects.update(name={"de": "Später"})
    connection.close()
    wrong = ("restore", path, "--key-file", cron, "--replace", "--confirm", "bochum")
    assert "not the key of the network" in _answer(capsys, *wrong, status=1)
    assert Network.objects.get().name == {"de": "Später"}
    connection.close()
    _answer(capsys, "restore", path, "--key-file", cron, "--replace", "--confirm", "herne")
    assert Network.objects.get().name == network.name


def test_a_database_of_another_program_is_never_taken_for_an_empty_one(standing_herne, place, cron, restored, capsys):
    written = place.back_up()
    with psycopg.connect(restored) as other:
        other.execute("CREATE TABLE wages (id int)")

    told = _answer(capsys, "restore", written.path, "--key-file", cron, status=1)

    assert "tables of another program" in told
    assert scalar(restored, "SELECT count(*) FROM wages") == 0


def test_fresh_tables_without_a_network_are_no_obstacle(standing_herne, place, cron, restored, capsys):
    written = place.back_up()
    restore_into(written.path, prove(written.path, place.secret), conninfo=restored, var=place.folder, replace=False)
    with psycopg.connect(restored) as fresh:
        fresh.execute("TRUNCATE network_network, network_user CASCADE")

    assert "Restored" in _answer(capsys, "restore", written.path, "--key-file", cron)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_an_older_backup_gets_the_tables_that_came_since(
    committed_herne, place, cron, empty_database, monkeypatch, capsys
):
    call_command("migrate", "screening", "0001_initial", verbosity=0)  # among the last that run: few to take back
    written = place.back_up()
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", conninfo_to_dict(empty_database)["dbname"])

    _answer(capsys, "restore", written.path, "--key-file", cron)
    connection.close()

    assert "public.screening_outlook" not in {table.label for table in written.about.tables}
    assert scalar(empty_database, "SELECT count(*) FROM screening_outlook") == 0


def test_an_error_of_the_database_quotes_no_row(empty_database):
    with psycopg.connect(empty_database) as asked:
        asked.execute("CREATE TABLE people (name text UNIQUE)")
        with pytest.raises(psycopg.Error) as caught:
            asked.execute("INSERT INTO people VALUES ('Erika'), ('Erika')")

    assert "Erika" in str(caught.value)
    assert str(refused(caught.value)) == (
        'The database refused: duplicate key value violates unique constraint "people_name_key".'
    )


def test_another_key_ring_is_refused_by_name(standing_herne, place, cron, restored, settings, capsys):
    written = place.back_up()
    settings.TRAGNETZ_VAULT_KEYS = new_key()

    told = _answer(capsys, "restore", written.path, "--key-file", cron, status=3)

    assert f"needs the key ring with {written.about.ring[0].fingerprint}" in told
    assert scalar(restored, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == 0


def test_a_ring_with_a_newer_key_in_front_restores(standing_herne, place, cron, restored, settings, capsys):
    written = place.back_up()
    settings.TRAGNETZ_VAULT_KEYS = f"{new_key()},{settings.TRAGNETZ_VAULT_KEYS}"

    assert "Restored" in _answer(capsys, "restore", written.path, "--key-file", cron)


def test_who_knows_only_the_public_half_forges_nothing(standing_herne, place, cron, restored, settings, capsys):
    ours = settings.TRAGNETZ_VAULT_KEYS
    genuine = place.back_up()
    settings.TRAGNETZ_VAULT_KEYS = new_key()
    from tragnetz.config.backup import write

    with pytest.MonkeyPatch.context() as patch:  # names our ring, with a sample that was copied from a genuine one
        patch.setattr(write, "ring_of", lambda _key: genuine.about.ring)
        forged = place.back_up("forged.backup")
    settings.TRAGNETZ_VAULT_KEYS = ours

    assert "forged" in _answer(capsys, "restore", forged.path, "--key-file", cron, status=1)
    assert scalar(restored, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == 0


def test_a_restore_waits_for_nobody_and_touches_nothing_while_others_work(
    standing_herne, place, cron, restored, capsys
):
    written = place.back_up()

    with psycopg.connect(restored):
        told = _answer(capsys, "restore", written.path, "--key-file", cron, status=1)

    assert "1 other connections are open" in told


def test_what_fails_on_the_way_leaves_no_trace(standing_herne, place, cron, restored, capsys, monkeypatch):
    """The last comparison fails: neither a table nor a file is there."""
    _plant(place)
    written = place.back_up()
    (place.var / "papers" / "one.pdf").unlink()
    from tragnetz.config.backup import restore

    with monkeypatch.context() as patch:
        patch.setattr(restore, "differences", lambda _made, _found: ["public.x has other content"])
        told = _answer(capsys, "restore", written.path, "--key-file", cron, status=1)

    assert "Nothing was kept" in told
    assert scalar(restored, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == 0
    assert [path for path in place.var.rglob("*") if path.is_file()] == []


def test_two_hundred_changes_of_a_real_backup_are_refused_and_the_database_stays_empty(
    standing_herne, place, cron, restored, capsys
):
    written = place.back_up()
    content, size = written.path.read_bytes(), written.size
    bad = place.folder / "bad.backup"
    number = int(os.environ.get("TRAGNETZ_BACKUP_MUTATIONS", "40"))
    places = [0, 20, 60, size - 1, *range(100, size, size // number)]

    for at in places:
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :] if at % 2 else content[:at]
        bad.write_bytes(changed)
        assert main(["restore", str(bad), "--key-file", str(cron)]) == 4

    assert "damaged" in capsys.readouterr().err
    assert scalar(restored, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == 0


@pytest.mark.django_db(transaction=True)
def test_a_passphrase_seals_and_opens(committed_herne, place, cron, monkeypatch, capsys):
    monkeypatch.delenv("TRAGNETZ_BACKUP_KEY")
    monkeypatch.setenv("TRAGNETZ_KEY_MEMORY_KIB", "64")
    monkeypatch.setenv("TRAGNETZ_BACKUP_PASSPHRASE", "sechs Wörter durch Zufall")
    path = place.folder / "one.backup"

    _answer(capsys, "backup", path)

    assert "Every byte" in _answer(capsys, "backup", "verify", path)
    monkeypatch.setenv("TRAGNETZ_BACKUP_PASSPHRASE", "sieben Wörter durch Zufall")
    assert "does not open" in _answer(capsys, "backup", "verify", path, status=3)


@pytest.mark.django_db(transaction=True)
def test_old_backups_go_and_young_enough_is_a_question_of_hours(committed_herne, place, cron, capsys):
    for day in range(1, 4):
        place.back_up(name_of(["herne"], now() - timedelta(days=day)), now=now() - timedelta(days=day))

    told = _answer(capsys, "backup", place.folder, "--keep", "2")

    newest, kept = sorted(place.folder.iterdir(), reverse=True)
    assert told.count("Deleted: ") == 2
    assert "Every byte" in _answer(capsys, "backup", "verify", newest, "--key-file", cron, "--max-age", "2")
    assert "older than 2 hours" in _answer(
        capsys, "backup", "verify", kept, "--key-file", cron, "--max-age", "2", status=5
    )


@pytest.mark.parametrize(
    ("key", "words", "status", "told"),
    [
        ("", ["backup", "{folder}"], 3, "Who may open the back-up?"),
        ("secret", ["backup", "{folder}"], 3, "does not belong on the server"),
        ("public", ["backup", "{folder}/a", "--keep", "2"], 1, "--keep needs a folder"),
        ("public", ["backup", "verify", "{folder}/none"], 1, "No such file"),
        ("public", ["backup", "{folder}", "--key-file", "{folder}/none"], 3, "cannot be read"),
    ],
)
def test_what_cannot_work_is_told_before_anything_happens(place, cron, monkeypatch, capsys, key, words, status, told):
    monkeypatch.setenv(
        "TRAGNETZ_BACKUP_KEY", {"": "", "secret": write_key(new_secret())}.get(key, write_key(place.secret.public))
    )

    assert told in _answer(capsys, *(word.format(folder=place.folder) for word in words), status=status)

    assert list(place.folder.iterdir()) == []


def test_a_proof_needs_neither_database_nor_settings(standing_herne, place, cron):
    path = place.back_up().path
    environment = os.environ | {"DATABASE_URL": "nowhere://", "TRAGNETZ_PRODUCTION": "1"}

    proven = subprocess.run(
        [sys.executable, "-m", "tragnetz.config.cli", "backup", "verify", str(path), "--key-file", str(cron)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert proven.returncode == 0, proven.stderr
    assert "Every byte" in proven.stdout


def test_a_killed_backup_leaves_nothing_under_its_name(standing_herne, place):
    with (place.var / "endless").open("wb") as endless:
        endless.truncate(1 << 40)  # takes no room on the disk, and longer than this test to read
    path = place.folder / "one.backup"
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "TRAGNETZ_VAR": str(place.var),
        "TRAGNETZ_BACKUP_KEY": write_key(place.secret.public),
    }
    command = [sys.executable, "-m", "tragnetz.config.cli", "backup", str(path)]

    with subprocess.Popen(command, env=environment) as backup:
        while backup.poll() is None and not any(part.stat().st_size for part in place.folder.iterdir()):
            threading.Event().wait(0.05)  # for the first bytes of another process there is no signal to wait on
        assert backup.poll() is None
        backup.kill()

    assert not path.exists()
    (part,) = place.folder.iterdir()
    assert part.name.startswith(".one.backup.")
    assert stat.S_IMODE(part.stat().st_mode) == 0o600
    (place.var / "endless").unlink()
    assert place.back_up().path == path  # the next one is not in its way

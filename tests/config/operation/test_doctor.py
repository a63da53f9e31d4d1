"""The doctor names what is wrong, with what to do, and tells no organisation of another."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from tests.certificates import tls_server, write_certificate
from tests.factories import make_actor, make_network
from tests.messaging.servers import MailServer, mail_server
from tests.owner import as_owner
from tragnetz.audit.commands import chain_events, record
from tragnetz.audit.heads import sign_head
from tragnetz.audit.models import Event, Verification
from tragnetz.audit.verify import verify_and_keep
from tragnetz.clients.commands import add_contact
from tragnetz.clients.models import Contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.config.backup.keys import new_secret, write_key
from tragnetz.config.cli import main
from tragnetz.config.models import TaskRun
from tragnetz.config.operation import database, doctor, machine, outward
from tragnetz.config.operation import network as checks
from tragnetz.config.operation.findings import Finding, Level, words
from tragnetz.core.clock import now
from tragnetz.messaging.enums import State
from tragnetz.messaging.models import Message
from tragnetz.network.actors import system
from tragnetz.network.database.rows import Role
from tragnetz.network.models import Organisation
from tragnetz.vault.sealing import new_key

OK, WARN, ERROR = Level.OK, Level.WARN, Level.ERROR


def levels(found) -> dict[str, Level]:
    worst: dict[str, Level] = {}
    for one in found:
        worst[one.check] = max(one.level, worst.get(one.check, OK))
    return worst


def texts(found) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for one in found:
        told.setdefault(one.check, []).append(one.text)
    return told


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path
    settings.TRAGNETZ_LAW = tmp_path / "law"


def test_the_database_of_the_tests_is_well(network):
    found = levels(doctor.in_database())

    assert set(found) >= {"postgresql", "rows", "extensions", "migrations", "clock", "database-zone", "connections"}
    faults = {name for name, level in found.items() if level == ERROR}
    assert faults - {"durable"} == {"rows"}  # see the next test; the tests' own server is quick instead of safe


def test_a_role_that_could_lift_the_lock_and_a_table_without_it_are_named(network, monkeypatch):
    told = {"rows": ["Für die Rolle der Anwendung gilt der Schutz der Zeilen nicht."]}
    assert texts(database.rows()) == told  # a test may become the superuser again
    monkeypatch.setattr(
        database, "role_of", lambda _cursor: Role("app", is_superuser=False, bypasses=False, owns=False)
    )
    assert levels(database.rows()) == {"rows": OK}
    with as_owner() as cursor:
        cursor.execute("DROP POLICY tragnetz_network ON clients_contact")

    assert texts(database.rows()) == {
        "rows": ["1 Tabellen sind nicht nach Netzwerken geschützt, die erste: clients_contact."]
    }


def test_a_missing_migration_and_extension_are_named(network, monkeypatch):
    with as_owner():
        MigrationRecorder(connection).record_unapplied("config", "0001_task_runs")
    monkeypatch.setattr(database, "EXTENSIONS", ("pg_trgm", "citext"))

    found = list(database.server())

    assert levels(found) == {"postgresql": OK, "extensions": ERROR, "migrations": ERROR}
    assert "config.0001_task_runs" in found[2].text
    assert found[1].advice == "Als Superuser: CREATE EXTENSION citext;"


def test_an_old_server_is_named(network, monkeypatch):
    monkeypatch.setattr(type(connection), "pg_version", 150004, raising=False)

    assert levels(database.server())["postgresql"] == ERROR


@pytest.mark.parametrize(("seconds", "level"), [(0, OK), (10, WARN), (90, ERROR)])
def test_a_clock_that_goes_wrong_is_named(network, monkeypatch, seconds, level):
    class Late(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(seconds=seconds)

    monkeypatch.setattr(database, "datetime", Late)

    assert levels(database.clock())["clock"] == level


@pytest.mark.parametrize(("ahead", "level"), [(0, OK), (30, OK), (3600, ERROR)])
def test_an_event_of_the_future_is_named_even_when_later_ones_are_right(network, ahead, level):
    Event(network=network, at=now() + timedelta(seconds=ahead), actor_kind="system", verb="test:deed").save()
    record(system(network), "test:deed")

    (found,) = checks.future(network, now())

    assert (found.check, found.level) == ("future", level)
    assert ("in 59 Minuten geschieht" in found.text) == (level == ERROR)


@pytest.mark.parametrize(("state", "told"), [(0, {"time-service": OK}), (5, {"time-service": WARN}), (None, {})])
def test_a_clock_that_nobody_sets_is_named(monkeypatch, state, told):
    monkeypatch.setattr(machine, "_kernel_clock", lambda: state)

    assert levels(machine.time_service()) == told


def test_the_kernel_is_asked_about_its_clock_and_nothing_is_changed():
    assert machine._kernel_clock() in {None, 0, 1, 2, 3, 4, 5}  # what adjtimex(2) says


def test_zones_that_are_missing_or_old_are_named(monkeypatch):
    monkeypatch.setattr(machine, "ZoneInfo", lambda _name: UTC)
    without_summer = levels(machine.zones())

    def missing(_name):
        raise ZoneInfoNotFoundError

    monkeypatch.setattr(machine, "ZoneInfo", missing)

    assert (without_summer, levels(machine.zones())) == ({"zones": ERROR}, {"zones": ERROR})


@pytest.mark.parametrize("keys", ["", "S2xhbW1lcmFmZmU="])
def test_a_ring_of_keys_that_cannot_be_read_is_named(settings, keys):
    settings.TRAGNETZ_VAULT_KEYS = keys

    (found,) = machine.keys()

    assert (found.check, found.level) == ("keys", ERROR)
    assert found.advice == "Prüfen Sie TRAGNETZ_VAULT_KEYS."


@pytest.fixture
def certified(settings, monkeypatch, tmp_path):
    """Serve TLS at the site's address with a certificate that ends in so many days; by whom it was made is a choice."""

    @contextmanager
    def serve(days: int, *, trusted: bool = True) -> Iterator[None]:
        file = tmp_path / "certificate.pem"
        write_certificate(file, now() + timedelta(days=days, hours=1))
        monkeypatch.setenv("SSL_CERT_FILE", str(file) if trusted else str(tmp_path / "nobody.pem"))
        with tls_server(file) as port:
            settings.TRAGNETZ_PUBLIC_URL = f"https://localhost:{port}"
            yield

    return serve


@pytest.mark.parametrize(("days", "level"), [(80, OK), (15, WARN), (3, ERROR), (-2, ERROR)])
def test_a_certificate_that_ends_soon_or_has_ended_is_named(certified, days, level):
    with certified(days):
        (found,) = outward.certificate()

    assert (found.check, found.level) == ("certificate", level)
    assert f"{days} Tage" in found.text or "has expired" in found.text
    assert bool(found.advice) == (level > OK)


def test_a_certificate_of_nobody_known_is_named(certified):
    with certified(80, trusted=False):
        (found,) = outward.certificate()

    assert (found.level, found.advice) == (ERROR, "Erneuern Sie das Zertifikat am Proxy.")


def test_a_database_in_another_zone_is_named(network):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'Europe/Berlin'")

    assert levels(database.clock())["database-zone"] == ERROR


QUIET = {
    "log_statement": "none", "log_min_duration_statement": "-1", "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "loud"),
    [
        ({}, []),
        ({"log_statement": "ddl", "log_min_error_statement": "fatal"}, []),
        ({"log_statement": "all"}, ["log_statement"]),
        ({"log_min_duration_statement": "250"}, ["log_min_duration_statement"]),
        ({"log_min_error_statement": "error"}, ["log_min_error_statement"]),
        ({"log_error_verbosity": "default"}, ["log_error_verbosity"]),
    ],
)
def test_a_log_of_the_database_that_would_quote_people_is_named(changed, loud):
    assert database.loud_settings(QUIET | changed) == loud


@pytest.mark.parametrize(
    ("changed", "unsafe"),
    [
        ({}, []),
        ({"fsync": "off"}, ["fsync"]),
        ({"full_page_writes": "off"}, ["full_page_writes"]),
        ({"synchronous_commit": "off"}, ["synchronous_commit"]),
        ({"synchronous_commit": "local"}, []),  # waits for its own disk, not for a standby's
    ],
)
def test_a_database_that_confirms_before_it_keeps_is_named(changed, unsafe):
    settings = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}

    assert database.unsafe_settings(settings | changed) == unsafe


@pytest.mark.parametrize("given", ["on", "off"])
def test_what_the_role_of_the_pages_was_given_counts_and_not_what_others_have(network, given):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL synchronous_commit = {given}")

    (found,) = database.durable()

    assert ("synchronous_commit = on" in found.advice) == (given == "off")
    assert (found.level == ERROR) == bool(found.advice)


def test_the_log_of_the_database_is_looked_at(network):
    (found,) = database.logging()

    assert found.level == WARN  # a server as it comes quotes statements that fail
    assert "log_min_error_statement" in found.text


def test_a_database_that_is_away_is_one_line_and_the_rest_is_still_told(network, monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(doctor, "outside", list)
    with monkeypatch.context() as patch:
        patch.setattr(connection, "ensure_connection", away)
        found = levels(doctor.examine())

    assert found["database"] == ERROR
    assert found["keys"] == OK
    assert "worker" not in found


@pytest.mark.parametrize(("age", "level"), [(None, ERROR), (10, OK), (400, WARN), (3600, ERROR)])
def test_a_worker_that_stands_still_is_named(network, age, level):
    if age is not None:
        TaskRun(network=network, name="round", ran_at=now() - timedelta(seconds=age), seconds=1).save()

    assert levels(checks.worker(network, now()))["worker"] == level


@pytest.mark.parametrize(("failures", "level"), [(0, OK), (1, WARN), (3, ERROR)])
def test_a_task_that_fails_is_named(network, failures, level):
    for name in ("round", "deliver"):
        TaskRun(
            network=network, name=name, ran_at=now(), seconds=1, failures=failures if name == "deliver" else 0,
            error="builtins.OSError",
        ).save()  # fmt: skip

    (_beat, found) = checks.worker(network, now())

    assert found.level == level
    assert ("verschickt fällige Nachrichten" in found.text) == bool(failures)


def message(network, state: State, minutes: int) -> None:
    Message(
        network=network, key=f"{state}{minutes}", channel="sms", address="+491701234567", template="booked", params={},
        due_at=now() - timedelta(minutes=minutes), state=state,
    ).save()  # fmt: skip


@pytest.mark.parametrize(("minutes", "level"), [(-60, OK), (1, OK), (30, WARN), (300, ERROR)])
def test_a_message_that_waits_is_named(network, minutes, level):
    message(network, State.QUEUED, minutes)

    assert levels(checks.messages(network, now()))["outbox"] == level


@pytest.mark.parametrize("state", [State.FAILED, State.UNCERTAIN])
def test_a_message_that_did_not_arrive_is_named_until_somebody_dealt_with_it(network, state):
    message(network, state, 5)
    before = levels(checks.messages(network, now()))["messages"]
    Message.objects.update(settled_by=make_actor(network).membership_id)

    assert (before, levels(checks.messages(network, now()))["messages"]) == (WARN, OK)


@pytest.mark.parametrize(("hours", "level"), [(None, ERROR), (20, OK), (30, WARN), (60, ERROR)])
def test_an_old_backup_is_named(network, hours, level):
    if hours is not None:
        record(system(network), "backup:written", network)

    assert levels(checks.backups(network, now() + timedelta(hours=hours or 0)))["backup"] == level


def test_a_demo_is_only_warned_of_its_backup(network):
    network.is_demo = True

    assert levels(checks.backups(network, now()))["backup"] == WARN


@pytest.mark.parametrize("verb", ["backup:verified", "backup:restored"])
def test_a_backup_that_nobody_proved_is_named(network, verb):
    record(system(network), "backup:written", network)
    before = levels(checks.backups(network, now()))["backup-verified"]
    record(system(network), verb, network)

    later = now() + timedelta(days=120)
    assert before == WARN
    assert levels(checks.backups(network, now()))["backup-verified"] == OK
    assert levels(checks.backups(network, later))["backup-verified"] == WARN


def test_a_trail_that_is_not_signed_or_does_not_hold_is_named(network):
    assert levels(checks.trail(network, now())) == {"audit-signed": WARN, "audit-verified": WARN}
    record(system(network), "test:deed")
    chain_events(network)
    sign_head(network=network, now=now())
    verify_and_keep(network, now=now())
    assert levels(checks.trail(network, now())) == {"audit-signed": OK, "audit-verified": OK}
    assert levels(checks.trail(network, now() + timedelta(hours=60))) == {
        "audit-signed": ERROR,
        "audit-verified": ERROR,
    }

    Verification(network=network, at=now(), events=1, faults=2).save()

    assert levels(checks.trail(network, now()))["audit-verified"] == ERROR


def test_a_ring_that_does_not_fit_the_database_is_named(network, settings):
    message(network, State.QUEUED, 0)
    fits = levels(checks.sealed(network, now()))["ring"]
    settings.TRAGNETZ_VAULT_KEYS = new_key()

    assert (fits, levels(checks.sealed(network, now()))["ring"]) == (OK, ERROR)


def test_what_an_organisation_lacks_is_told_to_it_alone(network):
    ada = make_actor(network, "alpha", "lead", "admin")
    make_actor(network, "beta", "counsellor", name="Ben")
    organisation = Organisation.objects.get(key="alpha")
    organisation.privacy = {"email": "datenschutz@alpha.example"}
    organisation.save()

    found = list(checks.organisations(network, now()))

    of = {key: {one.check: one.level for one in found if str(one.text).startswith(key)} for key in ("Alpha", "Beta")}
    assert of["Alpha"] == {"recovery": ERROR, "officer": OK, "key-holders": WARN}
    assert of["Beta"] == {"administration": WARN, "recovery": ERROR, "officer": WARN}
    shown = doctor.for_page(ada, beyond=False)
    assert any("Alpha" in one.text for one in shown)
    assert not any("Beta" in one.text for one in shown)


def test_what_is_due_for_deletion_is_named(network):
    ada = make_actor(network, "alpha", "intake")
    for name in ("Rosa", "Max"):
        add_contact(actor=ada, organisation_id=ada.organisation_id, details=ContactDetails(name=name))
    assert list(checks.deletions(network, now())) == []
    Contact.objects.update(created_at=now() - timedelta(days=900))

    (found,) = checks.deletions(network, now())

    assert found.level == WARN
    assert found.text == "Alpha: 2 Datensätze sind zum Löschen fällig."


def test_a_folder_that_cannot_be_written_to_is_named(settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path / "nowhere"

    assert levels(machine.folders()) == {"var": ERROR}


@pytest.mark.parametrize(("free", "level"), [(50e9, OK), (3e9, WARN), (0.5e9, ERROR)])
def test_a_disk_that_fills_is_named(monkeypatch, tmp_path, free, level):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _folder: type("Usage", (), {"total": 100e9, "free": free}))

    assert machine.room("x", "von x", tmp_path).level == level


@pytest.mark.parametrize(
    ("day", "level"),
    [
        ("", ERROR), ("2026-11-29", OK), ("2026-07-01", OK), ("2026-06-30", WARN), ("2026-03-25", WARN),
        ("2025-11-25", ERROR),
    ],
)  # fmt: skip
def test_an_old_law_is_named(settings, monkeypatch, tmp_path, day, level):
    monkeypatch.setattr(machine, "today", lambda _zone: date(2026, 12, 9))
    if day:
        folder = tmp_path / "law" / day
        folder.mkdir(parents=True)
        (folder / "law.json").write_text("{}")

    found = levels(machine.law())

    assert found["law"] == level
    if day:
        assert found["law-sources"] == WARN


@pytest.mark.parametrize(
    ("key", "phrase", "level"),
    [
        ("", "", WARN),
        ("public", "", OK),
        ("secret", "", ERROR),
        ("backup-public-AAAA", "", ERROR),
        ("", "x" * 20, WARN),
    ],
)
def test_a_key_of_backups_at_the_wrong_place_is_named(monkeypatch, key, phrase, level):
    secret = new_secret()
    given = {"public": write_key(secret.public), "secret": write_key(secret)}.get(key, key)
    monkeypatch.setenv("TRAGNETZ_BACKUP_KEY", given)
    monkeypatch.setenv("TRAGNETZ_BACKUP_PASSPHRASE", phrase)

    assert levels(machine.backup_key()) == {"backup-key": level}


def test_settings_that_work_but_are_not_meant_so_are_named(settings, monkeypatch):
    monkeypatch.setenv("TRAGNETZ_FARBE", "rot")
    settings.PRODUCTION, settings.TRAGNETZ_PUBLIC_URL = True, "https://andere.example"
    settings.ALLOWED_HOSTS, settings.DEFAULT_FROM_EMAIL = ["hilfe.example"], "beratung@localhost"

    found = levels(machine.environment())

    assert found == {"settings": WARN, "production": OK, "public-url": ERROR, "mail-from": ERROR}


def test_letters_and_zones_and_keys_are_tried_for_real():
    assert levels([*machine.printing(), *machine.zones(), *machine.keys()]) == {"printing": OK, "zones": OK, "keys": OK}


@pytest.mark.parametrize(
    ("base", "found"),
    [
        (None, {}),
        ("python:3.13-slim-trixie\n", {"image": WARN}),
        (f"python:3.13-slim-trixie@sha256:{'0' * 64}\n", {"image": OK}),
    ],
)
def test_an_image_on_a_base_that_may_be_another_one_tomorrow_is_named(tmp_path, base, found):
    if base:
        (tmp_path / "share").mkdir()
        (tmp_path / "share" / "base").write_text(base)

    assert levels(machine.image(tmp_path)) == found


def test_static_files_that_were_not_collected_are_named(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }

    assert levels(machine.static_files()) == {"static": ERROR}


def test_a_mail_server_is_greeted_and_gets_no_mail(settings):
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "file", "email": "smtp"}
    with mail_server(MailServer()) as server:
        settings.TRAGNETZ_SMTP = {
            "host": "127.0.0.1", "port": server.port, "username": "", "password": "", "use_tls": False,
        }  # fmt: skip
        (found,) = outward.mail()

    assert found.level == OK
    assert server.took == []


def test_what_does_not_answer_outside_is_named(settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    settings.TRAGNETZ_MESSAGE_BACKENDS = {"sms": "http", "email": "smtp"}
    settings.TRAGNETZ_SMTP = {"host": "127.0.0.1", "port": port, "username": "", "password": "", "use_tls": False}
    settings.TRAGNETZ_SMS = {"url": f"https://127.0.0.1:{port}/send"}
    settings.TRAGNETZ_SCANNER = f"tcp://127.0.0.1:{port}"
    settings.TRAGNETZ_PUBLIC_URL = f"https://127.0.0.1:{port}"
    settings.TRAGNETZ_OIDC = {"issuer": f"http://127.0.0.1:{port}"}

    found = doctor.outside()

    assert levels(found) == {
        "certificate": WARN,
        "mail": ERROR,
        "sms": ERROR,
        "scanner": ERROR,
        "single-sign-on": ERROR,
    }
    assert not any("127.0.0.1" in one.text + one.advice for one in found)  # hosts stand in `place` alone
    assert all(one.place for one in found)


def test_a_check_that_breaks_is_a_finding_and_keeps_no_other_from_running(network, monkeypatch):
    def broken():
        with connection.cursor() as cursor:
            cursor.execute("SELECT nonsense")

    found = list(doctor._all([broken, database.clock], asking=True))

    assert [one.check for one in found] == ["doctor", "clock", "database-zone"]
    assert "broken (ProgrammingError)" in found[0].text


def test_the_command_prints_all_and_ends_with_the_highest_level(network, monkeypatch, capsys):
    monkeypatch.setattr(
        doctor, "examine", lambda: [Finding("a", OK, "Gut."), Finding("b", WARN, "Naja.", "Tun Sie etwas.", "host:1")]
    )

    assert main(["doctor"]) == 1
    assert capsys.readouterr().out == (
        "ok    Gut.\nwarn  Naja. [host:1]\n      → Tun Sie etwas.\n\n1 in Ordnung, 1 Warnungen, 0 Fehler\n"
    )
    assert main(["doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["level"] == "warn"
    assert told["findings"][1] == {
        "check": "b", "level": "warn", "text": "Naja.", "advice": "Tun Sie etwas.", "place": "host:1",
    }  # fmt: skip


def test_of_several_networks_each_finding_says_of_which(network, capsys):
    make_network("anderswo")

    main(["doctor", "--json"])

    found = [one for one in json.loads(capsys.readouterr().out)["findings"] if one["check"] == "backup"]
    assert [one["place"] for one in found] == ["anderswo", "testtal"]


def test_the_command_tells_wrong_settings_and_stops_there(monkeypatch, capsys):
    monkeypatch.setenv("TRAGNETZ_IDLE_MINUTES", "x")

    assert main(["doctor", "--json"]) == 2

    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["check"], found["level"]) == ("settings", "error")
    assert "TRAGNETZ_IDLE_MINUTES" in found["text"]


def test_the_whole_of_it_runs(network, capsys):
    assert main(["doctor"]) == 2

    told = capsys.readouterr().out
    assert "brach ab" not in told
    assert told.count("\n") > 25


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(seconds=12), "12 Sekunden"),
        (timedelta(minutes=1), "1 Minute"),
        (timedelta(minutes=61), "1 Stunde"),
        (timedelta(hours=36), "36 Stunden"),
        (timedelta(days=3), "3 Tagen"),
        (timedelta(seconds=-5), "0 Sekunden"),
    ],
)
def test_a_time_is_said_as_people_do(time, said):
    assert words(time) == said

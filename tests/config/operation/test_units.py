"""The services for systemd start what there is, as somebody who may do little."""

import base64
import configparser
import re
import shutil
import subprocess

import pytest

from tests.templates import ROOT
from tragnetz.config import variables
from tragnetz.config.cli import parser
from tragnetz.config.serving import server

FOLDER = ROOT / "deploy" / "systemd"
SERVICES = sorted(FOLDER.glob("*.service"))
LOCKED = {
    "User": "tragnetz", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
    "CapabilityBoundingSet": "", "UMask": "0077",
}  # fmt: skip


def read(name: str) -> configparser.ConfigParser:
    # systemd lets an option stand twice: two files of variables (the second is the owner's, docs/operations.md).
    found = configparser.ConfigParser(interpolation=None, delimiters=["="], strict=False)
    found.optionxform = str
    found.read(FOLDER / name, encoding="utf-8")
    return found


@pytest.mark.parametrize("name", [file.name for file in SERVICES])
def test_a_service_may_do_little(name):
    service = read(name)["Service"]

    assert {option: service.get(option) for option in LOCKED} == LOCKED
    assert "/srv/tragnetz/var" in service["ReadWritePaths"]
    written = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    files = [line for line in written if line.startswith("EnvironmentFile=")]
    owners = ["EnvironmentFile=/etc/tragnetz/owner"] if name == "tragnetz-backup.service" else []
    assert files == ["EnvironmentFile=/etc/tragnetz/environment", *owners]
    assert "PASSWORD" not in (FOLDER / name).read_text(encoding="utf-8").upper()


@pytest.mark.parametrize("name", [file.name for file in SERVICES])
def test_a_service_starts_a_command_that_there_is(name):
    program, *words = read(name)["Service"]["ExecStart"].split()

    assert program.endswith("/tragnetz")
    parser().parse_args(["backup", "write", *words[1:]] if words[0] == "backup" else words)


def test_the_web_server_writes_no_addresses_starts_what_died_and_ends_within_the_time_of_its_service():
    command = server("127.0.0.1", 8000)
    patience = int(read("tragnetz-web.service")["Service"]["TimeoutStopSec"])

    assert "--access-log" not in command  # it would write addresses, which may hold a code
    assert "--respawn-failed-workers" in command
    assert int(command[command.index("--workers-kill-timeout") + 1]) < patience


@pytest.mark.parametrize("name", ["tragnetz-web.service", "tragnetz-work.service"])
def test_what_must_run_is_started_again(name):
    assert read(name)["Service"]["Restart"] == "always"
    assert read(name)["Install"]["WantedBy"] == "multi-user.target"


@pytest.mark.parametrize("name", [file.name for file in FOLDER.glob("*.timer")])
def test_a_timer_has_its_service(name):
    assert (FOLDER / name.replace(".timer", ".service")).exists()
    assert read(name)["Timer"]["Persistent"] == "yes"


@pytest.fixture
def machine(tmp_path):
    """A machine's root with the units and a program in its place; systemd itself reads them there."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("There is no systemd here: it does not read its units.")
    units, program = (
        tmp_path / "etc" / "systemd" / "system",
        tmp_path / "srv" / "tragnetz" / ".venv" / "bin" / "tragnetz",
    )
    shutil.copytree(FOLDER, units)
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    its_own = tmp_path / "usr" / "lib" / "systemd" / "system"
    its_own.mkdir(parents=True)
    for target in ("sysinit", "basic", "shutdown", "multi-user", "timers", "network-online", "time-set", "time-sync"):
        (its_own / f"{target}.target").write_text(f"[Unit]\nDescription={target}\n", encoding="utf-8")
    return tmp_path


def analyzed(machine, *words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["systemd-analyze", f"--root={machine}", *words], capture_output=True, text=True, check=False
    )  # fmt: skip


def test_systemd_understands_each_line(machine):
    names = sorted(file.name for file in FOLDER.iterdir())
    done = analyzed(machine, "verify", "--man=no", *names)
    assert (done.returncode, done.stderr) == (0, "")

    unit = machine / "etc" / "systemd" / "system" / names[0]
    unit.write_text(unit.read_text().replace("ProtectClock=", "ProtectTheClock="), encoding="utf-8")
    assert "ProtectTheClock" in analyzed(machine, "verify", "--man=no", *names).stderr


@pytest.mark.parametrize("name", [file.name for file in SERVICES])
def test_systemd_finds_little_that_a_service_may_do(machine, name):
    """From 0, nothing, to 10, all; a plain service has 9.6."""
    done = analyzed(machine, "security", "--offline=true", name)

    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert float(exposure[1]) <= 1.8, done.stdout


def test_the_settings_that_come_along_are_whole_once_they_are_filled_in(tmp_path):
    """A shell reads them as systemd does; each name is known, and nothing is missing but what only a city knows."""
    given = {}
    for name in ("environment", "owner"):
        read_there = subprocess.run(
            ["/bin/sh", "-ec", 'set -a; . "$1"; env -0', "sh", ROOT / "deploy" / "server" / f"{name}.example"],
            env={}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        given |= dict(one.split("=", 1) for one in read_there.stdout.split("\0") if one)
    key = base64.b64encode(bytes(32)).decode()
    own = {"TRAGNETZ_SECRET_KEY": "x" * 50, "TRAGNETZ_VAULT_KEYS": key, "TRAGNETZ_AUDIT_KEYS": key}

    assert variables.read(given).faults == [one for one in variables.read(given).faults if " is missing: " in one]
    found = variables.read(given | own)
    assert (found.faults, found.warnings) == ([], [])
    assert found.text("MAIL_FROM") == "Beratung <beratung@beratung.example>"


def test_the_command_of_a_server_is_the_program_of_its_services_with_their_settings_and_user():
    script = (ROOT / "deploy" / "server" / "tragnetz").read_text(encoding="utf-8")
    service = read("tragnetz-backup.service")["Service"]

    assert f'exec runuser --user {service["User"]} -- {service["ExecStart"].split()[0]} "$@"' in script
    files = re.findall(r"^EnvironmentFile=(.*)$", (FOLDER / "tragnetz-backup.service").read_text(), flags=re.MULTILINE)
    assert re.findall(r"^\. (.*)$", script, flags=re.MULTILINE) == files


def test_the_way_to_a_server_puts_things_where_its_services_look_for_them():
    told = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```\n(useradd .*?)```", told, flags=re.DOTALL)
    for file in SERVICES:
        service = read(file.name)["Service"]
        assert f"useradd --system --home-dir {service['WorkingDirectory']}" in block
        assert f"python3 -m venv {service['ExecStart'].partition('/bin/')[0]}\n" in block
        assert all(folder in block.split() for folder in service["ReadWritePaths"].split())
    assert {"/etc/tragnetz/environment", "/etc/tragnetz/owner", "/usr/local/bin/tragnetz"} <= set(block.split())

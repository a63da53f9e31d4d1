"""An environment that cannot work is refused at once, with all its faults and none of its secrets."""

import base64
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.templates import ROOT
from tragnetz.config.variables import BY_NAME, DEMO_SECRET, DEMO_VAULT_KEY, OF_DEVELOPMENT, VARIABLES, raw, read
from tragnetz.vault.sealing import new_key

SOURCE = Path(__file__).resolve().parents[2] / "src" / "tragnetz"
WHOLE = {
    "TRAGNETZ_PRODUCTION": "1",
    "TRAGNETZ_SECRET_KEY": "s" * 50,
    "TRAGNETZ_VAULT_KEYS": new_key(),
    "TRAGNETZ_HOSTS": "hilfe.stadt.example,www.hilfe.stadt.example",
    "TRAGNETZ_BEHIND_PROXY": "1",
    "TRAGNETZ_PUBLIC_URL": "https://hilfe.stadt.example/",
    "DATABASE_URL": "postgresql://tragnetz:Klammeraffe@db.example:5432/tragnetz",
}


def faults(**changed: str) -> list[str]:
    environment = WHOLE | {name if name == "DATABASE_URL" else f"TRAGNETZ_{name}": one for name, one in changed.items()}
    return read(environment).faults


def start(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAGNETZ_")}
    return subprocess.run(
        [sys.executable, *words], env=kept | environment, cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_the_demo_needs_nothing():
    given = read({})

    assert (given.faults, given.warnings) == ([], [])
    assert given.flag("PRODUCTION") is False
    assert given.number("SMTP_PORT") == 25


def test_what_is_whole_is_read_by_its_kind():
    given = read(WHOLE | {"TRAGNETZ_IDLE_MINUTES": "45", "TRAGNETZ_SCANNER_SECONDS": "2.5", "TRAGNETZ_VAR": "/srv/var"})

    assert given.faults == []
    assert given.flag("PRODUCTION") is True
    assert given.words("HOSTS") == ["hilfe.stadt.example", "www.hilfe.stadt.example"]
    assert given.number("IDLE_MINUTES") == 45
    assert given.seconds("SCANNER_SECONDS") == 2.5
    assert given.folder("VAR", Path("var")) == Path("/srv/var")
    assert given.text("SECOND_FACTOR", "required") == "required"


KEY = base64.b64encode(bytes(range(32))).decode()  # the same in each process: it names a test


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRODUCTION", "true"),
        ("IDLE_MINUTES", "eine halbe Stunde"),
        ("IDLE_MINUTES", "0"),
        ("SESSION_HOURS", "1.5"),
        ("SCANNER_SECONDS", "nan"),
        ("SECOND_FACTOR", "yes"),
        ("EMAIL_BACKEND", "pigeon"),
        ("SCANNER", "clamav:3310"),
        ("SCANNER_AWAY", "maybe"),
        ("HOSTS", "https://hilfe.stadt.example"),
        ("HOSTS", "hilfe.stadt.example, "),
        ("PUBLIC_URL", "hilfe.stadt.example"),
        ("PUBLIC_URL", "https:///start"),
        ("OIDC_ISSUER", "https://"),
        ("OIDC_ORGANISATIONS", "Caritas e. V."),
        ("SMTP_PORT", "65536"),
        ("MAIL_FROM", "Beratung"),
        ("MAIL_FROM", "a@b.example\nBcc: c@d.example"),
        ("SMS_SUCCESS", "200-404"),
        ("SMS_TIMEOUT", "900"),
        ("NETWORK", "Herne!"),
        ("SECURITY_CONTACT", "sicherheit@stadt.example"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_bad_value_is_named_with_what_is_expected(name, value):
    (fault,) = faults(**{name: value})

    assert fault == f"TRAGNETZ_{name} is {value!r}, but must be {BY_NAME[f'TRAGNETZ_{name}'].kind.expected}."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "Klammeraffe"),
        ("VAULT_KEYS", "S2xhbW1lcmFmZmU="),
        ("VAULT_KEYS", f"{KEY},Klammeraffe"),
        ("AUDIT_KEYS", "Klammeraffe"),
        ("BACKUP_KEY", "Klammeraffe"),
        ("BACKUP_PASSPHRASE", "Klammeraffe"),
        ("METRICS_TOKEN", "Klammeraffe"),
        ("SMS_HEADERS", "Bearer Klammeraffe"),
        ("SMS_HEADERS", '{"Klammeraffe": 1}'),
        ("SMS_URL", "gateway.example/Klammeraffe"),
        ("DATABASE_URL", "mysql://tragnetz:Klammeraffe@db.example/tragnetz"),
        ("DATABASE_URL", "postgresql://tragnetz:Klammeraffe@/tragnetz"),
        ("DATABASE_URL", "postgresql://tragnetz:Klammeraffe@db.example"),
        ("DATABASE_URL", "postgresql://tragnetz:Klammeraffe@db.example:port/tragnetz"),
    ],
)
def test_a_secret_is_never_shown(name, value):
    found = faults(**{name: value})

    assert len(found) == 1
    assert "must be" in found[0]
    assert "Klammeraffe" not in found[0]
    assert value not in found[0]


@pytest.mark.parametrize("address", ["postgresql://u@h/n", "postgres://u:p@h:6432/n", "postgresql://u@/n?host=/run/pg"])
def test_an_address_of_a_database_is_taken(address):
    assert faults(DATABASE_URL=address) == []


@pytest.mark.parametrize("name", [one.name for one in VARIABLES if one.needed])
def test_real_use_asks_for_what_it_needs(name):
    found = read(WHOLE | {name: ""}).faults

    assert [fault.partition(" ")[0] for fault in found] == [name]
    assert "is missing" in found[0]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"SECRET_KEY": DEMO_SECRET}, "SECRET_KEY is the demo's"),
        ({"VAULT_KEYS": f"{new_key()},{DEMO_VAULT_KEY}"}, "holds the demo's key"),
        ({"HOSTS": "*"}, "Name the hosts"),
        ({"PUBLIC_URL": "http://hilfe.stadt.example"}, "must begin with https://"),
        (
            {
                "OIDC_ISSUER": "http://l.example",
                "OIDC_CLIENT_ID": "a",
                "OIDC_CLIENT_SECRET": "b",
                "OIDC_ORGANISATIONS": "a",
            },
            "begin with https://",
        ),
        (
            {"OIDC_ISSUER": "https://l.example", "OIDC_CLIENT_ID": "a", "OIDC_ORGANISATIONS": "a"},
            "missing: TRAGNETZ_OIDC_CLIENT_SECRET",
        ),
        (
            {"OIDC_ISSUER": "https://l.example", "OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b"},
            "missing: TRAGNETZ_OIDC_ORGANISATIONS",
        ),
        ({"EMAIL_BACKEND": "console"}, "would stand in the logs"),
        ({"SMS_BACKEND": "http"}, "TRAGNETZ_SMS_URL is missing"),
        ({"LOGS": "lines"}, "in production only 'json'"),
        ({"SMTP_HOST": "mail.example", "SMTP_USER": "u", "SMTP_PASSWORD": "x"}, "would cross the network in the open"),
        ({"SMTP_USER": "u"}, "TRAGNETZ_SMTP_PASSWORD is missing"),
        ({"SMTP_PASSWORD": "x"}, "TRAGNETZ_SMTP_USER is missing"),
        ({"PUBLIC_URL": "https://andere.example"}, "leads to andere.example, which is not in TRAGNETZ_HOSTS"),
        ({"READER_URL": "postgresql://u@h/n", "DATABASE_URL": ""}, "the embedded server has no standbys"),
    ],
)
def test_what_is_unsafe_together_is_refused(changed, told):
    (fault,) = faults(**changed)

    assert told in fault


@pytest.mark.parametrize("changed", [{"SECRET_KEY": DEMO_SECRET}, {"HOSTS": "*"}, {"EMAIL_BACKEND": "console"}])
def test_a_demo_may_be_what_real_use_may_not(changed):
    assert faults(PRODUCTION="0", **changed) == []


def test_a_slip_in_a_name_is_told_with_the_nearest_one():
    given = read(WHOLE | {"TRAGNETZ_VAULT_KEY": "x", "TRAGNETZ_FARBE": "rot", "TRAGNETZ_RUNS": "9", "OTHER": "1"})

    assert given.faults == []
    assert given.warnings == [
        "TRAGNETZ_FARBE is not known and has no effect; docs/operations.md lists those there are.",
        "TRAGNETZ_VAULT_KEY is not known and has no effect; is TRAGNETZ_VAULT_KEYS meant?",
    ]


@pytest.mark.parametrize(
    ("changed", "names", "why"),
    [
        ({"PRODUCTION": "0"}, ["HOSTS", "SECRET_KEY", "VAULT_KEYS"], "the demo's public keys"),
        ({"DATABASE_URL": "", "OWNER_URL": "postgresql://o@h/n"}, ["OWNER_URL"], "without DATABASE_URL"),
        ({"DATABASE": "andere"}, ["DATABASE"], "beside DATABASE_URL"),
        ({"OIDC_CLIENT_ID": "a", "OIDC_NAME": "Stadt"}, ["OIDC_CLIENT_ID", "OIDC_NAME"], "TRAGNETZ_OIDC_ISSUER"),
        ({"SCANNER_AWAY": "keep"}, ["SCANNER_AWAY"], "no file is searched"),
        ({"SMS_BODY": "{to}"}, ["SMS_BODY"], "without TRAGNETZ_SMS_URL"),
        ({"SMS_BACKEND": "file", "SMS_URL": "https://g.example/?key=Klammeraffe"}, ["SMS_URL"], "is not 'http'"),
        ({"IDLE_MINUTES": "120", "SESSION_HOURS": "2"}, ["IDLE_MINUTES"], "TRAGNETZ_SESSION_HOURS"),
    ],
)
def test_what_is_set_and_does_nothing_is_told_with_the_reason_and_without_its_value(changed, names, why):
    environment = WHOLE | {name if name == "DATABASE_URL" else f"TRAGNETZ_{name}": one for name, one in changed.items()}

    given = read(environment)

    assert given.faults == []
    assert sorted(warning.partition(" ")[0] for warning in given.warnings) == [f"TRAGNETZ_{name}" for name in names]
    assert all(why in warning for warning in given.warnings)
    assert "Klammeraffe" not in " ".join(given.warnings)


@pytest.mark.parametrize("words", [["manage.py", "check"], ["-m", "tragnetz.config.cli", "work", "--once"]])
def test_a_wrong_environment_ends_with_status_2_and_all_faults_at_once(words):
    ended = start(WHOLE | {"TRAGNETZ_HOSTS": "", "TRAGNETZ_IDLE_MINUTES": "x", "DATABASE_URL": "x"}, *words)

    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert re.findall(r"^- (\S+)", ended.stderr, flags=re.MULTILINE) == [
        "DATABASE_URL",
        "TRAGNETZ_IDLE_MINUTES",
        "TRAGNETZ_HOSTS",
    ]


def test_a_right_environment_warns_of_a_slip_and_goes_on():
    ended = start(WHOLE | {"TRAGNETZ_HOST": "x"}, "-c", "import tragnetz.config.settings as s; print(s.ALLOWED_HOSTS)")

    assert ended.returncode == 0
    assert ended.stderr == "Warning: TRAGNETZ_HOST is not known and has no effect; is TRAGNETZ_HOSTS meant?\n"
    assert "hilfe.stadt.example" in ended.stdout


def test_nothing_of_ours_reads_a_variable_that_is_not_in_the_table():
    read_names = set()
    for file in SOURCE.rglob("*.py"):
        code = file.read_text(encoding="utf-8")
        read_names |= set(re.findall(r"(?:environ|getenv)\W+(?:get\W+)?[\"'](TRAGNETZ_\w+)", code))
        read_names |= {f"TRAGNETZ_{name}" for name in re.findall(r"\b(?:raw|_named)\(\"([A-Z_]+)\"\)", code)}
        asked = set(re.findall(r"(?:GIVEN|given)\.\w+\(\"([A-Z_]+)\"", code))
        read_names |= {name if name in BY_NAME else f"TRAGNETZ_{name}" for name in asked}

    assert read_names - set(BY_NAME) - OF_DEVELOPMENT == set()
    assert len(read_names) > 30
    assert set(BY_NAME) - read_names <= {"DATABASE_URL"}  # a variable that nobody reads would be a promise


def test_a_command_without_settings_reads_by_the_table(monkeypatch):
    monkeypatch.setenv("TRAGNETZ_VAR", "")

    assert raw("VAR") == "var"
    with pytest.raises(KeyError):
        raw("FARBE")

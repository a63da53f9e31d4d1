"""Figures for Prometheus: only for whoever has the token, counted over all processes, and nobody's name among them."""

import os
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import urllib3
import yaml
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from tests.personas import booked_enquiry
from tests.processes import free_port, running
from tests.server import collected, database_url, wait_until_it_answers
from tests.templates import ROOT
from tragnetz.audit.commands import chain_events, record
from tragnetz.audit.heads import sign_head
from tragnetz.audit.verify import verify_and_keep
from tragnetz.config import serving
from tragnetz.config.metrics.folder import prepare
from tragnetz.config.metrics.page import written
from tragnetz.config.operation.readings import law_level, newest_law
from tragnetz.config.work import Rounds
from tragnetz.core.clock import now, today
from tragnetz.messaging.commands import queue
from tragnetz.messaging.models import Message
from tragnetz.network.actors import system

TOKEN = "t" * 32
RULES = ROOT / "deploy" / "prometheus" / "tragnetz.rules.yaml"
SCRAPE = ROOT / "deploy" / "prometheus" / "prometheus.yaml"


@pytest.fixture
def token(settings, tmp_path):
    settings.TRAGNETZ_METRICS_TOKEN = TOKEN
    settings.TRAGNETZ_VAR = tmp_path
    (tmp_path / "law" / "2026-01-01").mkdir(parents=True)
    (tmp_path / "law" / "2026-01-01" / "law.json").write_text("{}")
    return {"authorization": f"Bearer {TOKEN}"}


def samples(text: str) -> dict[str, dict[tuple[str, ...], float]]:
    """Return the values of each figure by those of its labels, in the order of the labels' names."""
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = tuple(value for _name, value in sorted(sample.labels.items()))
            found.setdefault(sample.name, {})[labels] = sample.value
    return found


def lived(network) -> None:
    """Let everything happen once that is shown."""
    actor = system(network)
    for verb in ("backup:written", "backup:verified"):
        record(actor, verb, network)
    chain_events(network)
    sign_head(network=network, now=now())
    verify_and_keep(network, now=now())
    queue(
        actor=actor, key="k",
        channel="sms", address="+491705550123", template="booked", code="", language="de", name="Rosa Geheimrat",
        params={}, due_at=now() - timedelta(minutes=10),
    )  # fmt: skip


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer "}, {"authorization": f"Bearer {TOKEN}x"}])
def test_without_the_token_there_is_no_page(network, token, headers):
    assert Client().get("/metrics", headers=headers).status_code == 404
    assert Client().get("/metrics", headers=token).status_code == 200


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer"])
def test_without_a_setting_there_is_no_page_and_nothing_is_counted(herne, settings, given):
    settings.TRAGNETZ_METRICS_TOKEN = ""
    before = written()

    Client().get("/de/suche/?q=Miete")

    assert Client().get("/metrics", headers={"authorization": given}).status_code == 404
    assert b'route="portal:search"' not in written() or written().count(b"portal:search") == before.count(
        b"portal:search"
    )


def test_requests_are_counted_by_route(herne, token):
    def counted() -> tuple[float, float]:
        found = samples(Client().get("/metrics", headers=token).content.decode())
        key = ("GET", "portal:search", "200")
        return (
            found.get("tragnetz_requests_total", {}).get(key, 0),
            found.get("tragnetz_request_seconds_count", {}).get(("portal:search",), 0),
        )

    before = counted()
    for word in ("Miete", "Strom"):
        Client().get(f"/de/suche/?q={word}")

    assert counted() == (before[0] + 2, before[1] + 2)


def test_a_path_that_nobody_knows_makes_no_label_of_its_own(herne, token):
    for word in ("Rosa", "Geheimrat"):
        Client().get(f"/de/{word}/")
        Client().generic("ROSA", "/de/")

    text = written().decode()
    assert 'route="unknown"' in text
    assert 'method="other"' in text
    assert not re.search("Rosa|Geheimrat", text, flags=re.IGNORECASE)


def test_what_the_database_knows_is_shown(network, token):
    lived(network)
    Rounds().one()  # sends, too
    message = Message.objects.get()
    message.state, message.channel = "queued", "sms"
    message.save()

    found = samples(written().decode())

    assert found["tragnetz_outbox_messages"] == {("sms", "testtal", "queued"): 1}
    assert 590 < found["tragnetz_outbox_oldest_due_seconds"]["testtal",] < 900
    assert found["tragnetz_worker_beat_age_seconds"]["testtal",] < 60
    assert found["tragnetz_task_failures"]["testtal", "deliver"] == 0
    assert found["tragnetz_audit_faults"]["testtal",] == 0
    assert found["tragnetz_law_age_days"]["testtal",] >= 0  # the law of today is there on a new machine
    day = today(network.zone)
    assert found["tragnetz_law_level"]["testtal",] == law_level(newest_law(day), day)
    assert found["tragnetz_backup_age_seconds"]["testtal",] < 60
    assert found["tragnetz_database_connections_most"][()] > found["tragnetz_database_connections"][()] > 0
    ((_django, server, _python, version),) = found["tragnetz_build_info"]
    assert version == "0.1.0"
    assert int(server) >= 16


def test_what_never_was_has_no_age(network, token):
    found = samples(written().decode())

    assert "tragnetz_backup_age_seconds" not in found
    assert "tragnetz_worker_beat_age_seconds" not in found
    assert found["tragnetz_outbox_oldest_due_seconds"] == {("testtal",): 0}


def test_nobody_stands_in_a_label(herne, token):
    booked_enquiry(herne)
    lived(herne)
    Client().get("/de/mein-termin/?code=KANA-RIEN-VOGL")

    text = written().decode()

    assert 'state="booked"' in text
    labels = " ".join(re.findall(r'"([^"]*)"', text))  # a value may hold any digits
    assert "booked" in labels
    assert not re.search("Rosa|Geheimrat|0170|KANA|@|Zitronenfalter", labels)


def test_alerts_ask_for_figures_that_there_are(herne, token):
    Client().get("/de/")
    names = [family.name for family in text_string_to_metric_families(written().decode())]
    known = {f"{name}{end}" for name in names for end in ("", "_total", "_bucket")}
    rules = [rule for group in yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"] for rule in group["rules"]]

    asked = {name for rule in rules for name in re.findall(r"\btragnetz_\w+", rule["expr"])}

    assert len(rules) > 10
    assert asked - known == set()
    for rule in rules:
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert set(rule["annotations"]) == {"summary", "runbook"}
        assert f"#{rule['annotations']['runbook'].partition('#')[2]}" in headings()
    (job,) = yaml.safe_load(SCRAPE.read_text(encoding="utf-8"))["scrape_configs"]
    assert job["metrics_path"] == "/metrics"
    assert job["authorization"]["type"] == "Bearer"


def headings() -> set[str]:
    """Return the anchors of docs/operations.md, as they are made of its headings."""
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    words = re.findall(r"^#+ (.+)$", page, flags=re.MULTILINE)
    return {"#" + re.sub(r"[^\w -]", "", word.lower()).replace(" ", "-") for word in words}


def test_a_folder_is_of_one_server_and_old_ones_go(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    old = tmp_path / "metrics" / "999999999-1"
    old.mkdir(parents=True)
    other = tmp_path / "metrics" / "kept"
    other.mkdir()

    first, again = prepare(tmp_path), prepare(tmp_path)

    assert first == again == Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    assert first.name.startswith(f"{os.getppid()}-")
    assert not old.exists()
    assert other.exists()


def asked(site: str) -> float:
    """Return how often a server was asked for /health/, as it tells itself."""
    answer = urllib3.request(
        "GET", f"{site}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60, retries=False
    )
    return samples(answer.data.decode()).get("tragnetz_requests_total", {}).get(("GET", "health", "200"), 0)


def visit(site: str) -> None:
    """Look at a page on a connection of its own: the system deals these out to the processes."""
    answer = urllib3.request("GET", f"{site}/health/", headers={"Connection": "close"}, timeout=60, retries=False)
    assert answer.status == 200


def who_counted(var: Path) -> set[str]:
    """Return the processes that have counted a request."""
    return {file.stem.rpartition("_")[2] for file in (var / "metrics").rglob("*.db")}


def test_all_workers_of_a_server_count_together(committed_herne, tmp_path):
    """Two processes of granian answer; whichever is asked, it tells of the requests of both."""
    environment = os.environ | {
        "DATABASE_URL": database_url(), "TRAGNETZ_NETWORK": "herne", "TRAGNETZ_VAR": str(tmp_path),
        "TRAGNETZ_METRICS_TOKEN": TOKEN, "TRAGNETZ_STATIC": collected(),
    }  # fmt: skip
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    with running(serving.server("127.0.0.1", port, log_level="critical"), env=environment) as server:
        wait_until_it_answers(f"{site}/-/ready", server)
        while len(who_counted(tmp_path)) < 2:  # on a busy machine one may serve long before the other
            visit(site)
        before = asked(site)
        for _ in range(30):
            visit(site)
        after = asked(site)
        assert urllib3.request("GET", f"{site}/metrics", timeout=60, retries=False).status == 404

    assert after - before == 30
    assert len(who_counted(tmp_path)) == 2


@pytest.mark.parametrize("words", [("check", "rules", RULES), ("check", "config", "--syntax-only", SCRAPE)])
def test_prometheus_reads_alerts_and_scrape(words):
    program = shutil.which("promtool")
    if program is None:
        pytest.skip("There is no promtool here: Prometheus' own check of alerts and scrape is not made.")
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "SUCCESS" in done.stdout

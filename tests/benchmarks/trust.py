"""Keys, log-ins and the log: what is safe must also be quick, and go on after a crash."""

import http.client
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from tests.benchmarks.measure import show
from tests.personas import EMAILS, actor_of, client_of
from tests.server import database_url, serve
from tragnetz.audit.commands import chain_events
from tragnetz.audit.models import Event
from tragnetz.audit.verify import verify_chain
from tragnetz.casework.models import Case
from tragnetz.core.clock import now
from tragnetz.core.ids import new_id
from tragnetz.demo.staff import PASSWORD
from tragnetz.network.models import Network
from tragnetz.vault.keyring import Keyring, current_keyring
from tragnetz.vault.models import DataKey, WrappedKey
from tragnetz.vault.pairs import pair_of_user, role_pair, wrapped_for
from tragnetz.vault.rotation import move_keys, renew_role

KEYS, KILLS, ROLE = 10_000, 5, "lead"
EVENTS = 100_000
STORM, SECONDS, PAGES_A_SECOND = 20, 12, 20
ASKED, WARM = 300, 20

MOVE = """
import json, sys, uuid, django
django.setup()
from tragnetz.network.models import Network
from tragnetz.network.scope import scope
from tragnetz.vault.keyring import Keyring
from tragnetz.vault.models import KeyPair
from tragnetz.vault.rotation import move_keys
told = json.load(sys.stdin)
with scope(Network.objects.get(pk=told["network"])):
    ring = Keyring({uuid.UUID(key): bytes.fromhex(private) for key, private in told["privates"].items()})
    print("begin", flush=True)
    move_keys(ring, KeyPair.objects.get(pk=told["pair"]))
"""


def rotation(network: Network) -> None:
    """Give a role with ten thousand keys a new pair, killed with SIGKILL on the way: no key is lost, none stays."""
    lead, ring = actor_of(network, "counsellor"), current_keyring()
    former, _private = role_pair(network, lead.organisation_id, ROLE)
    plain = {}
    for _ in range(KEYS // 1000):
        keys = DataKey.objects.bulk_create(DataKey(network=network) for _ in range(1000))
        plain |= {key.pk: os.urandom(32) for key in keys}
        WrappedKey.objects.bulk_create(wrapped_for(key, plain[key.pk], former) for key in keys)
    begun = time.perf_counter()
    pair = renew_role(
        ring, network=network, organisation_id=lead.organisation_id, role=ROLE,
        holders=[pair_of_user(lead.user_id)], now=now(),
    )  # fmt: skip
    told = json.dumps({
        "network": str(network.pk), "pair": str(pair.pk),
        "privates": {str(one.pk): ring.private(one.pk).hex() for one in (former, pair)},
    })  # fmt: skip
    killed = sum(_killed(told, 0.05 + 0.15 * number) for number in range(KILLS))
    before = WrappedKey.objects.filter(holder=pair).exclude(data_key=None).count()
    move_keys(ring, pair)
    seconds = time.perf_counter() - begun
    fresh = Keyring({pair.pk: ring.private(pair.pk)})
    fresh.load(plain)
    lost = sum(1 for key, value in plain.items() if not fresh.has(key) or fresh.key(key) != value)
    left = WrappedKey.objects.filter(holder=former).count()
    print(f"{f'{KEYS} keys of a role to a new pair, killed {killed} times':<52} {seconds:.1f} s   goal < 60 s")
    print(f"{'':<52} moved before the last try {before}, lost {lost}, left with the former {left}   goal 0, 0")
    DataKey.objects.filter(pk__in=list(plain)).delete()


def _killed(told: str, after: float) -> bool:
    """Move the keys in a process of its own and kill it so many seconds after it began; whether it was not done yet."""
    environment = os.environ | {"DATABASE_URL": database_url()}
    process = subprocess.Popen(
        [sys.executable, "-c", MOVE], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(told)
    process.stdin.close()
    process.stdout.readline()
    timer = threading.Timer(after, process.send_signal, [signal.SIGKILL])
    timer.start()
    process.wait()
    timer.cancel()
    process.stdout.close()
    return process.returncode == -signal.SIGKILL


def storm(_network: Network) -> None:
    """Twenty people sign in at the same moment, while the public looks at pages."""
    with TemporaryDirectory() as folder, serve(Path(folder)) as site:
        host = site.removeprefix("http://")
        _page(host)
        with ThreadPoolExecutor(STORM + 1) as pool:
            pages = pool.submit(_pages, host)
            begun = time.perf_counter()
            tried = list(pool.map(lambda number: _sign_in(host, number), range(STORM)))
            seconds = time.perf_counter() - begun
            looked = pages.result()
        peak = _peak_mib("8793")
    statuses = Counter(status for one in tried for status in one[0])
    show(f"public pages while {STORM} sign in at once", [1000 * one for one in looked], "p95 < 500 ms")
    show("  from the first try to being in", [1000 * one[1] for one in tried], "reference")
    told = ", ".join(f"{number} x {status}" for status, number in sorted(statuses.items()))
    print(f"{'':<52} all in after {seconds:.1f} s ({told}); memory of both processes at most {peak:.0f} MiB")


def _page(host: str) -> None:
    line = http.client.HTTPConnection(host, timeout=30)
    line.request("GET", "/de/")
    line.getresponse().read()


def _pages(host: str) -> list[float]:
    line, found, begun = http.client.HTTPConnection(host, timeout=60), [], time.perf_counter()
    for number in range(SECONDS * PAGES_A_SECOND):
        due = begun + number / PAGES_A_SECOND
        time.sleep(max(due - time.perf_counter(), 0))
        line.request("GET", ("/de/", "/de/angebote/", "/de/termin/")[number % 3])
        answer = line.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        found.append(time.perf_counter() - due)
    return found


def _sign_in(host: str, number: int) -> tuple[list[int], float]:
    """Sign in as one of the staff; who is told to come again does so. Returns the statuses and seconds."""
    emails = list(dict.fromkeys(EMAILS.values()))
    line, statuses, begun = http.client.HTTPConnection(host, timeout=60), [], time.perf_counter()
    line.request("GET", "/de/konto/anmelden/")
    answer = line.getresponse()
    page = answer.read().decode()
    cookies = "; ".join(value.split(";")[0] for value in answer.headers.get_all("Set-Cookie", []))
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    typed = {"csrfmiddlewaretoken": token[1], "login": emails[number % len(emails)], "password": PASSWORD}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    while True:
        line.request("POST", "/de/konto/anmelden/", urllib.parse.urlencode(typed), headers)
        answer = line.getresponse()
        answer.read()
        statuses.append(answer.status)
        if answer.status == http.HTTPStatus.FOUND or len(statuses) > 100:
            return statuses, time.perf_counter() - begun
        time.sleep(3)  # "in a few seconds", the page says


def _peak_mib(port: str) -> float:
    """Return the most memory that the server's processes had, in MiB."""
    peak = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            asked, status = (process / "cmdline").read_text(), (process / "status").read_text()
        except OSError:  # it has just ended
            continue
        if "granian" in asked and port in asked and (found := re.search(r"VmHWM:\s+(\d+)", status)):
            peak += int(found[1])
    return peak / 1024


def log(network: Network) -> None:
    """Verify a log of a hundred thousand events; what is wrong with one in it, the tests of the log find."""
    with transaction.atomic():
        for _ in range(EVENTS // 10_000):
            Event.objects.bulk_create(
                Event(network=network, actor_kind="staff", verb="case:read", object_id=new_id(), details={"rows": 1})
                for _ in range(10_000)
            )
        chain_events(network)
        begun = time.perf_counter()
        faults = len(list(verify_chain(network)))
        seconds = time.perf_counter() - begun
        print(f"{f'log of {EVENTS} events verified':<52} {seconds:.1f} s, faults {faults}   goal < 5 s, 0")
        transaction.set_rollback(True)


def nowhere(network: Network) -> None:
    """Ask in turn for a foreign case and for one that does not exist: the time tells nobody which is which."""
    case = Case.objects.exclude(organisation=actor_of(network, "foreign").organisation_id).first()
    assert case is not None
    client = client_of("foreign")
    taken: dict[str, list[float]] = {"foreign": [], "missing": []}
    for number in range(ASKED + WARM):
        # In turn and in both orders, so that whatever else the machine does falls on both alike.
        for kind in ("foreign", "missing") if number % 2 else ("missing", "foreign"):
            path = f"/de/arbeit/faelle/{case.pk if kind == 'foreign' else uuid.uuid4()}/"
            begun = time.perf_counter()
            assert client.get(path).status_code == 404
            if number >= WARM:
                taken[kind].append((time.perf_counter() - begun) * 1000)
    middle = {kind: statistics.median(found) for kind, found in taken.items()}
    apart = abs(middle["foreign"] - middle["missing"])
    print(
        f"{'a foreign case and one that does not exist':<52} medians {middle['foreign']:.2f} and {middle['missing']:.2f} ms"
        f"   apart {apart:.2f} ms   goal < 5 ms",
        flush=True,
    )

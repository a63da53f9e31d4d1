"""Take the time of a piece of work, in this process or over HTTP, and print it beside what it stands against."""

import gzip
import http.client
import itertools
import statistics
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import brotli

from tests.server import from_elsewhere

_VISITORS = itertools.count(1 << 20)  # each page is looked at from another internet address: limits count by it


def milliseconds(run: Callable[[int], object], times: int) -> list[float]:
    """Return how long each of several runs took, warm."""
    run(0)
    found = []
    for number in range(times):
        begun = time.perf_counter()
        run(number)
        found.append((time.perf_counter() - begun) * 1000)
    return found


def show(name: str, found: list[float], goal: str) -> None:
    p95 = statistics.quantiles(found, n=20)[-1]
    print(f"{name:<52} p50 {statistics.median(found):7.1f} ms   p95 {p95:7.1f} ms   goal {goal}", flush=True)


def fetched(url: str) -> tuple[bytes, int]:
    """Return a file and how many bytes it took over the wire."""
    sent = {"Accept-Encoding": "br, gzip"} | from_elsewhere(next(_VISITORS))
    request = urllib.request.Request(url, headers=sent)  # noqa: S310 -- our own server
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        sent = answer.read()
        encoding = answer.headers.get("Content-Encoding", "")
    content = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)(sent)
    return content, len(sent)


def at_rate(
    site: str, name: str, paths: list[str], rate: int, goal: str, *, seconds: int = 5, once: bool = False,
    warm: list[str] | None = None,
) -> None:  # fmt: skip
    """Ask for pages at a rate (0: as fast as they come) over eight kept connections; waiting counts as answer time.

    Both processes have answered `warm` before (without it the same pages). `once`: no page is asked for twice.
    """
    host = site.removeprefix("http://")
    clients, taken = 8, []

    def run(client: int) -> list[float]:
        line, found = http.client.HTTPConnection(host, timeout=20), []
        begun = time.perf_counter()
        for number in itertools.count(client, clients):
            due = begun + number / rate if rate else time.perf_counter()
            if due - begun > seconds or time.perf_counter() - begun > seconds or (once and number >= len(paths)):
                return found
            time.sleep(max(due - time.perf_counter(), 0))
            line.request("GET", paths[number % len(paths)], headers=from_elsewhere(number))
            answer = line.getresponse()
            answer.read()
            assert answer.status == 200
            found.append((time.perf_counter() - due) * 1000)
        return found

    for path in (warm or paths) * 8:
        fetched(site + path)
    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for found in pool.map(run, range(clients)):
            taken += found
    show(f"{name} ({len(taken) / (time.perf_counter() - begun):.0f}/s)", taken, goal)

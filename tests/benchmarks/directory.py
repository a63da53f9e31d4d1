"""Search and the HSDS interface of the city's directory, and of directories ten and a hundred times its size."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import numpy as np
from django.db import connection
from django.test import Client

from tests.benchmarks.measure import at_rate, milliseconds, show
from tests.benchmarks.search_quality import queries, show_quality
from tests.benchmarks.words import WORDS
from tests.owner import as_owner
from tests.server import serve
from tragnetz.core.clock import today
from tragnetz.directory.models import Service, ServiceAtLocation, Topic
from tragnetz.directory.queries import match_services
from tragnetz.directory.search import search
from tragnetz.network.models import Network

MANY_SERVICES = 10_000
PLACES = [first + last for first in ("Alten", "Buchen", "Eichen", "Felden", "Hohen", "Linden", "Mühlen", "Neuen",
          "Ober", "Reichen", "Stein", "Unter", "Weiden", "Winter") for last in ("au", "bach", "berg", "brück", "dorf",
          "feld", "hagen", "hausen", "heim", "kirchen", "rode", "stadt", "tal", "wald")]  # fmt: skip


def copy_of(row: Service, number: int) -> Service:
    """Return the like of a service somewhere else: named after its place, told in German only, meaning nearly the same."""
    names = {field.attname for field in Service._meta.concrete_fields} - {"id", "key"}
    place = PLACES[(number * 31 + row.pk.int) % len(PLACES)]
    copy = Service(**{name: getattr(row, name) for name in names} | {"key": f"copy-{row.key}-{number}"})
    copy.name, copy.summary = ({"de": f"{texts['de']} {place}"} for texts in (row.name, row.summary))
    copy.search_name, copy.search_words = f"{row.search_name} {place}", f"{row.search_words} {place.lower()}"
    vectors = np.frombuffer(row.vectors, np.float32).reshape(-1, 512)[:2]
    noise = np.random.default_rng(number).standard_normal(vectors.shape)
    moved = vectors + 0.6 * noise / np.linalg.norm(noise, axis=1, keepdims=True)
    copy.vectors = (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32).tobytes()
    return copy


def page_of(words: str) -> str:
    return f"/de/suche/?q={quote(words)}"


def new_words(count: int) -> list[str]:
    """Return searches of two fixed queries at a time: no two are the same, and each asks for words in a new company."""
    asked = [query.q for query in queries()]
    size = len(asked)
    return [f"{asked[number % size]} {asked[(number * 7 + 3 + number // size) % size]}" for number in range(count)]


WORDS_PAGES = [page_of(word) for word in WORDS]


@contextmanager
def many_services(network: Network, count: int) -> Iterator[None]:
    """Fill the directory up with the likes of the city's services, and empty it again."""
    fill_services(network, count)
    try:
        yield
    finally:
        with as_owner() as cursor:
            for table in ("service_topics", "serviceatlocation"):
                copies_of = "SELECT id FROM directory_service WHERE key LIKE 'copy-%'"
                cursor.execute(f"DELETE FROM directory_{table} WHERE service_id IN ({copies_of})")
            cursor.execute("DELETE FROM directory_service WHERE key LIKE 'copy-%'")
            cursor.execute("VACUUM ANALYZE directory_service")


def fill_services(network: Network, count: int) -> None:
    """Make the likes of the city's services, with their topics and places."""
    rows = list(Service.objects.prefetch_related("topics", "places"))
    sorted_by = Service.topics.through
    for numbers in itertools.batched(range(count // len(rows)), 20):
        copies = [(row, copy_of(row, number)) for number in numbers for row in rows]
        Service.objects.bulk_create((copy for _row, copy in copies), batch_size=500)
        sorted_by.objects.bulk_create(
            sorted_by(service_id=copy.pk, topic_id=topic.pk) for row, copy in copies for topic in row.topics.all()
        )
        ServiceAtLocation.objects.bulk_create(
            ServiceAtLocation(network=network, service=copy, site_id=place.site_id, hours=place.hours)
            for row, copy in copies
            for place in row.places.all()
        )
    with as_owner() as cursor:
        cursor.execute(
            "UPDATE directory_service SET search_vector = search_vector || to_tsvector('german', search_name)"
            " WHERE key LIKE 'copy-%'"
        )
        cursor.execute("VACUUM FULL ANALYZE directory_service")  # as a directory stands that was filled some time ago
        cursor.execute("VACUUM ANALYZE")


def directory(network: Network) -> None:
    day = today(network.zone)
    show_quality(day)
    show("search, the city's own services", milliseconds(lambda n: search(WORDS[n % 6], day), 60), "p95 < 40 ms")
    for count, goal in ((MANY_SERVICES, "p95 < 40 ms"), (10 * MANY_SERVICES, "p95 < 80 ms")):
        with many_services(network, count):
            directory_of(count, goal, day, network)


def directory_of(count: int, goal: str, day: date, network: Network) -> None:
    """Search and HSDS of a large directory, beside the plain full text of PostgreSQL."""
    there = f"{count:,} services"
    show(f"search, {there}", milliseconds(lambda n: search(WORDS[n % 6], day), 30), goal)
    naive = """SELECT id FROM directory_service WHERE search_vector @@ plainto_tsquery('german', %s)
               ORDER BY ts_rank(search_vector, plainto_tsquery('german', %s)) DESC LIMIT 20"""

    def plain(number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(naive, [WORDS[number % 6]] * 2)
            cursor.fetchall()

    show("  beside it: plain ts_rank over all matches", milliseconds(plain, 30), "reference")
    # What goes through a whole topic to find the few that fit.
    household = {"age": 34, "children": 2, "housing": "rent", "rent_arrears": True}
    debts = milliseconds(lambda _: match_services(household, day, topic_keys={"housing", "debt"}, first=[]), 30)
    show(f"what may fit a household, {there}", debts, "p95 < 40 ms")
    visitor = Client()
    show(
        f"list of all offers, {there}",
        milliseconds(lambda n: visitor.get(f"/de/angebote/?seite={n + 1}"), 20),
        "p95 < 150 ms",
    )
    term = Topic.objects.get(key="housing").pk
    with TemporaryDirectory() as folder, serve(Path(folder)) as site:
        at_rate(site, f"words never asked before, {there}", [page_of(words) for words in new_words(400)], 20, goal,
                warm=WORDS_PAGES, once=True)  # fmt: skip
        at_rate(site, f"words asked again, {there}", WORDS_PAGES, 0, f"{goal}, >= 150/s on 2 cores")
        asked = [f"/hsds/services?search={quote(word)}&per_page=20" for word in WORDS]
        at_rate(site, f"HSDS search over HTTP, {there}", asked, 20, "reference")
        for name, query in (("page of 50", "per_page=50"), ("page of 50, full", "per_page=50&full=true"),
                            ("one topic", f"taxonomy_term_id={term}&per_page=20"), ("last page", f"page={count // 50}")):  # fmt: skip
            at_rate(site, f"HSDS {name}, {there}", [f"/hsds/services?{query}"], 8, "reference")

"""Run all measures on a database of their own and print each figure beside what it stands against."""

import gzip
import http.client
import itertools
import os
import re
import resource
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urljoin

ROOT = Path(__file__).resolve().parent.parent.parent
os.environ.setdefault("TRAGNETZ_DATABASE", "bench")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
import brotli  # noqa: E402
import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from tests.benchmarks.search_quality import show_quality  # noqa: E402
from tests.benefits.engine import engine  # noqa: E402
from tests.benefits.households import copies, family  # noqa: E402
from tests.personas import EMAILS, client_of  # noqa: E402
from tests.server import serve  # noqa: E402
from tragnetz.appointments.commands import book  # noqa: E402
from tragnetz.appointments.errors import SlotTakenError  # noqa: E402
from tragnetz.appointments.models import Booking, Roster  # noqa: E402
from tragnetz.appointments.queries import free  # noqa: E402
from tragnetz.appointments.rules import Wanted  # noqa: E402
from tragnetz.benefits.check import check  # noqa: E402
from tragnetz.benefits.curve import curve  # noqa: E402
from tragnetz.benefits.household import read_household  # noqa: E402
from tragnetz.benefits.library import laws  # noqa: E402
from tragnetz.benefits.rules.book import read_book  # noqa: E402
from tragnetz.benefits.whatif import SEARCHED, compare, thresholds  # noqa: E402
from tragnetz.casework.models import Case  # noqa: E402
from tragnetz.core.clock import now, today  # noqa: E402
from tragnetz.demo.load import load_demo  # noqa: E402
from tragnetz.directory.models import Service, Topic  # noqa: E402
from tragnetz.directory.search import search  # noqa: E402
from tragnetz.network.actors import resident  # noqa: E402
from tragnetz.network.models import Membership, Network, Organisation, User  # noqa: E402
from tragnetz.network.scope import scope  # noqa: E402
from tragnetz.screening.completion import ASKED, complete, judge, next_question  # noqa: E402

MANY_SERVICES = 10_000
MANY_COUNSELLORS = 300
ASKING = int(os.environ.get("TRAGNETZ_ASKING", "100"))  # 1000 takes eight minutes
WORDS = [
    "Miete nicht zahlen",
    "Stromsperre",
    "Job verloren",
    "Pflege Mutter",
    "kiramı ödeyemiyorum",
    "Antrag Geld Hilfe",
]


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


def pages(network: Network) -> None:
    client = Client()
    show("portal start page, cached", milliseconds(lambda _: client.get("/de/"), 200), "p95 < 50 ms")
    answers = {"situations": ["cannot-pay-rent"], "age": "34", "children": "2", "housing": "rent"}
    show("sheet as PDF/UA", milliseconds(lambda _: client.post("/de/merkzettel.pdf", answers), 30), "a letter: 14 ms")
    staff = client_of("counsellor")
    case = Case.objects.filter(counsellor__user__email=EMAILS["counsellor"]).first()
    show("counsellor's day", milliseconds(lambda _: staff.get("/de/arbeit/"), 40), "p95 < 150 ms")
    show("case page", milliseconds(lambda _: staff.get(f"/de/arbeit/faelle/{case.pk}/"), 40), "p95 < 150 ms")
    checked = milliseconds(lambda _: staff.get(f"/de/arbeit/faelle/{case.pk}/rechnen/"), 10)
    show("case check: what if, thresholds, curve, a year", checked, "p95 < 500 ms")
    visitor, answers = Client(), {"age": "38", "children": "2", "employment": "employed", "gross_wage": "1900"}
    asked = milliseconds(lambda _: visitor.post("/de/rechnen/", answers), 20)
    show("resident's check, one more answer", asked, "p95 < 300 ms")
    intake = client_of("intake")
    sent = {"address": "Hauptstr. 241", "language": "tr", "topic": "work", "show": "1"}
    show("call sheet with three best slots", milliseconds(lambda _: intake.post("/de/arbeit/telefon/", sent), 30), "-")


def over_http(_network: Network) -> None:
    """Public pages and the search by two server processes; what a first visit weighs."""
    with TemporaryDirectory() as folder, serve(8790, Path(folder)) as site:
        at_rate(site, "start page over HTTP, cached", ["/de/"], 200, "p95 < 50 ms at 200/s")
        paths = [f"/de/angebote/{key}/" for key in ("wohngeld", "p-konto", "kindergeld", "bafoeg")]
        at_rate(site, "offer pages over HTTP, cached", paths, 200, "p95 < 50 ms at 200/s")
        words = [f"/de/suche/?q={quote(word)}" for word in WORDS]
        at_rate(site, "search over HTTP, page and all", words, 60, "p95 < 40 ms")
        at_rate(site, "search over HTTP, as fast as they come", words, 0, ">= 150/s, callers on the same cores")
        page, weight = fetched(site + "/de/"), 0
        files = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page[0].decode()))
        for path in files:
            content, size = fetched(site + path)
            weight += size
            if path.endswith(".css"):
                # The browser takes the Latin font files alone: unicode-range.
                fonts = re.findall(r'url\("?([^")]+latin[^")]*)', content.decode())
                weight += sum(fetched(urljoin(site + path, font))[1] for font in fonts)
        print(f"{'first visit over the wire, all files':<52} {(weight + page[1]) / 1000:.0f} kB   goal < 150 kB")


def fetched(url: str) -> tuple[bytes, int]:
    """Return a file and how many bytes it took over the wire."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "br, gzip"})  # noqa: S310 -- our own server
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        sent = answer.read()
        encoding = answer.headers.get("Content-Encoding", "")
    content = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)(sent)
    return content, len(sent)


def at_rate(site: str, name: str, paths: list[str], rate: int, goal: str, seconds: int = 5) -> None:
    """Ask for pages at a rate (0: as fast as they come) over eight kept connections; waiting counts as answer time."""
    host = site.removeprefix("http://")
    clients, taken = 8, []

    def run(client: int) -> list[float]:
        line, found = http.client.HTTPConnection(host, timeout=20), []
        begun = time.perf_counter()
        for number in itertools.count(client, clients):
            due = begun + number / rate if rate else time.perf_counter()
            if due - begun > seconds or time.perf_counter() - begun > seconds:
                return found
            time.sleep(max(due - time.perf_counter(), 0))
            line.request("GET", paths[number % len(paths)])
            answer = line.getresponse()
            answer.read()
            assert answer.status == 200
            found.append((time.perf_counter() - due) * 1000)
        return found

    for path in paths * 8:  # warm: both processes have answered before
        fetched(site + path)
    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for found in pool.map(run, range(clients)):
            taken += found
    show(f"{name} ({len(taken) / (time.perf_counter() - begun):.0f}/s)", taken, goal)


def benefits() -> None:
    """The benefit engine beside gettsim, measured in the same run."""
    folder = ROOT / "var" / "law"
    program = (
        "import time; begun = time.perf_counter(); from pathlib import Path; from tests.benefits.households import family;"
        "from tragnetz.benefits.library import laws; law = laws(Path('var/law'))[-1]; law.evaluate(family(law, 2800.0));"
        "print(time.perf_counter() - begun)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    law = laws(folder)[-1]
    beside = engine("compare", law.date.isoformat(), "--households", "200")
    one = family(law, 2800.0)
    show(
        f"one household, {len(law.targets)} targets; gettsim {beside['gettsim_one_s']:.1f} s",
        milliseconds(lambda _: law.evaluate(one), 200),
        "p50 <= 5 ms, identical",
    )
    print(f"{'  difference to gettsim on 200 households':<52} {beside['worst']:.0f}   goal 0")
    curve = copies(one, 200)
    curve["einnahmen__bruttolohn_m"][::4] = range(0, 6000, 30)
    show("what-if curve, 200 wages", milliseconds(lambda _: law.evaluate(curve), 30), "<= 25 ms")
    print(f"{'new process until its first check is answered':<52} {float(done.stdout):.2f} s   goal <= 2 s, no gettsim")
    checks()
    many = copies(one, 100_000)
    begun = time.perf_counter()
    law.evaluate(many)
    print(f"{'100,000 households':<52} {time.perf_counter() - begun:.1f} s   goal <= 2 s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{'  most memory of the whole measuring process':<52} {peak:.1f} GB   goal <= 2 GB")


def checks() -> None:
    """The check with all rules and reasons, and what stands on it."""
    law = laws(ROOT / "var" / "law")[-1]
    book = read_book(ROOT / "cities" / "catalogue" / "nrw" / "rules")
    household = read_household({
        "persons": [
            {"id": "anna", "role": "self", "age": 38, "wage_m": 2800, "hours_w": 30, "assets": 3000},
            {"id": "ben", "role": "partner", "age": 36, "wage_m": 0, "assets": 1000},
            {"id": "cem", "role": "child", "age": 9}, {"id": "dilan", "role": "child", "age": 4},
        ],
        "married": True, "housing": {"cold_rent_m": 780, "heating_m": 140, "size_m2": 85, "rent_level": 2},
    })  # fmt: skip
    on = law.date
    rules = len(book.rules)
    run = milliseconds(lambda _: check(household, law, on, book), 100)
    show(f"one household with {rules} rules and all reasons", run, "p50 <= 5 ms")
    show(
        "curve of 200 wages with rules", milliseconds(lambda _: curve(household, "anna", law, on, book), 20), "<= 25 ms"
    )
    show("ten scenarios", milliseconds(lambda _: compare(household, law, on, book), 20), "none")
    show(
        "thresholds over wage and rent",
        milliseconds(lambda _: thresholds(household, law, on, book, SEARCHED), 5),
        "none",
    )

    def step(number: int) -> None:
        facts = {"age": 30 + number, "children": 2}
        next_question(judge(complete(facts), 2, law, on, book), facts)

    show("next question from 160 drawn households", milliseconds(step, 10), "none")
    drawn = complete({}, samples=ASKING, seed=99)
    final = judge(drawn, 2, law, on, book)
    found = {name: [] for name in ("adaptive", "fixed")}
    for row, answers in enumerate(drawn):
        for name, asked in found.items():
            asked.append(questions_until_settled(answers, final.has[row], row, law, book, adaptive=name == "adaptive"))
    means = {name: statistics.mean(asked) for name, asked in found.items()}
    print(
        f"{f'questions until 90 % of verdicts are settled, {ASKING}':<52} "
        f"{means['adaptive']:.1f}   beside {means['fixed']:.1f} in a fixed order"
    )


def questions_until_settled(answers, final, seed, law, book, *, adaptive: bool) -> int:
    """Return how many answers it takes until nine of ten verdicts are sure and right."""
    facts: dict = {}
    for asked in range(len(ASKED)):
        judged = judge(complete(facts, samples=96, seed=seed), 2, law, law.date, book)
        share = judged.has.mean(axis=0)
        sure = ((share >= 0.9) | (share <= 0.1)) & ((share > 0.5) == final)
        if sure.mean() >= 0.9:
            return asked
        name = next_question(judged, facts) if adaptive else None
        name = name or next(one for one in ASKED if one not in facts)
        facts[name] = answers[name]
    return len(ASKED)


def slots(network: Network) -> None:
    first = today(network.zone)

    def run(_number: int) -> int:
        return sum(1 for _ in free(network=network, first=first, last=first + timedelta(days=27), not_before=now()))

    show(f"free slots, 12 counsellors x 28 days ({run(0)})", milliseconds(run, 20), "p95 < 30 ms")
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT many")
    organisation = Organisation.objects.filter(is_member=True).first()
    users = User.objects.bulk_create(
        User(email=f"b{number}@bench.example", first_name="B", last_name=str(number), password="!")
        for number in range(MANY_COUNSELLORS - 12)
    )
    members = Membership.objects.bulk_create(
        Membership(network=network, user=user, organisation=organisation, roles=["counsellor"]) for user in users
    )
    model = list(Roster.objects.filter(membership__user__email=EMAILS["colleague"]))
    Roster.objects.bulk_create(
        Roster(
            network=network,
            membership=member,
            weekday=row.weekday,
            starts=row.starts,
            ends=row.ends,
            kinds=row.kinds,
            valid_from=row.valid_from,
        )
        for member in members
        for row in model
    )
    show(f"free slots, {MANY_COUNSELLORS} x 28 days ({run(0)})", milliseconds(run, 10), "p95 < 150 ms")
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK TO many")


def rush(network: Network) -> None:
    """Sixty people want the same three times at once."""
    first = today(network.zone) + timedelta(days=1)
    found = list(free(network=network, first=first, last=first + timedelta(days=6), not_before=now(), kinds=["phone"]))
    wanted = [Wanted(slot.membership_id, slot.start, slot.end - slot.start, slot.kind) for slot in found[:1]]
    wanted += [Wanted(s.membership_id, s.start, s.end - s.start, s.kind) for s in found if s.start >= found[0].end][:2]
    before = Booking.objects.count()

    def claim(number: int) -> tuple[str, float]:
        begun = time.perf_counter()
        try:
            with scope(network):
                book(
                    actor=resident(network), wanted=wanted[number % 3], contact=None, topic="", language="de",
                    interpreter=False, idempotency_key=f"{datetime.now(UTC).timestamp()}-{number}", now=now(),
                )  # fmt: skip
        except SlotTakenError:
            return "taken", (time.perf_counter() - begun) * 1000
        return "booked", (time.perf_counter() - begun) * 1000

    begun = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(claim, range(120)))
    seconds = time.perf_counter() - begun
    booked = sum(1 for answer, _ in answers if answer == "booked")
    show(f"booking rush, 120 for 3 times, 8 at once: {booked} booked", [ms for _, ms in answers], "p95 < 250 ms")
    print(
        f"{'':<52} {len(answers) / seconds:.0f} answers/s   goal >= 50/s; double: {Booking.objects.count() - before - booked}"
    )


@contextmanager
def many_services(network: Network, count: int) -> Iterator[None]:
    """Fill the directory up with copies of the city's services (their topics too), and take them out again."""
    rows = list(Service.objects.all())
    topics = {row.pk: [topic.pk for topic in row.topics.all()] for row in rows}
    fields = [
        field.attname
        for field in Service._meta.concrete_fields
        if field.attname not in {"id", "key", "vectors", "embedded_at"}
    ]
    sorted_by = Service.topics.through
    for numbers in itertools.batched(range(count // len(rows)), 20):
        copies = [
            (row, Service(**{name: getattr(row, name) for name in fields} | {"key": f"copy-{row.key}-{number}"}))
            for number in numbers
            for row in rows
        ]
        Service.objects.bulk_create((copy for _row, copy in copies), batch_size=500)
        sorted_by.objects.bulk_create(
            sorted_by(service_id=copy.pk, topic_id=topic) for row, copy in copies for topic in topics[row.pk]
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as a directory stands that was filled some time ago
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            copies_of = "SELECT id FROM directory_service WHERE key LIKE 'copy-%'"
            cursor.execute(f"DELETE FROM directory_service_topics WHERE service_id IN ({copies_of})")
            cursor.execute("DELETE FROM directory_service WHERE key LIKE 'copy-%'")
            cursor.execute("VACUUM ANALYZE directory_service")


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
    term = Topic.objects.get(key="housing").pk
    with TemporaryDirectory() as folder, serve(8791, Path(folder)) as site:
        words = [f"/de/suche/?q={quote(word)}" for word in WORDS]
        at_rate(site, f"search page over HTTP, {there}", words, 40, goal)
        asked = [f"/hsds/services?search={quote(word)}&per_page=20" for word in WORDS]
        at_rate(site, f"HSDS search over HTTP, {there}", asked, 20, "reference")
        for name, query in (("page of 50", "per_page=50"), ("page of 50, full", "per_page=50&full=true"),
                            ("one topic", f"taxonomy_term_id={term}&per_page=20"), ("last page", f"page={count // 50}")):  # fmt: skip
            at_rate(site, f"HSDS {name}, {there}", [f"/hsds/services?{query}"], 8, "reference")


def main() -> int:
    """Load the demo with its history, then measure."""
    benefits()
    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    network = load_demo(ROOT / "cities" / "herne", progress=lambda _done, _total: None)
    print(
        f"{'demo city with three years of history':<52} {time.perf_counter() - begun:.1f} s   goal < 60 s (0 if there)"
    )
    with scope(network):
        from django.db import transaction

        pages(network)
        over_http(network)
        rush(network)
        with transaction.atomic():
            slots(network)
            transaction.set_rollback(True)
        directory(network)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

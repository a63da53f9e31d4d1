"""Public pages and staff pages, in this process and by two server processes."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urljoin

from django.test import Client

from tests.benchmarks.measure import at_rate, fetched, milliseconds, show
from tests.benchmarks.words import WORDS
from tests.personas import EMAILS, client_of
from tests.server import serve
from tragnetz.casework.models import Case
from tragnetz.network.models import Network


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
    with TemporaryDirectory() as folder, serve(Path(folder)) as site:
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
                # The browser takes the fonts of German letters alone: unicode-range. Other languages: test_weight.py.
                fonts = re.findall(r'url\("?([^")]+-latin(?:\.[0-9a-f]+)?\.woff2)', content.decode())
                weight += sum(fetched(urljoin(site + path, font))[1] for font in fonts)
        print(f"{'first visit over the wire, all files':<52} {(weight + page[1]) / 1000:.0f} kB   goal < 150 kB")

"""Measure on a database of its own and print each figure beside what it stands against.

`python -m tests.benchmarks [PART]...`, one of law, rescreening, pages, calendar, waits, casework, directory, outbox, names,
trust, figures, outcomes, reporting, backup:
without a name all.
"""

import logging
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.setdefault("TRAGNETZ_VAR", str(ROOT / "var")))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
# As in the tests: the owner logs in and takes the application's role, so that rows can be planted in great number.
from tragnetz.config.database import embedded_url, make_reader  # noqa: E402

os.environ.setdefault("TRAGNETZ_OWNER_URL", os.environ.get("DATABASE_URL") or embedded_url(VAR / "postgres", "bench"))
make_reader(os.environ["TRAGNETZ_OWNER_URL"])
from tests.database import as_test_reader  # noqa: E402

os.environ["DATABASE_URL"] = as_test_reader(os.environ["TRAGNETZ_OWNER_URL"])
import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.benchmarks import (  # noqa: E402
    backup,
    calendar,
    casework,
    directory,
    figures,
    law,
    names,
    outbox,
    outcomes,
    pages,
    reporting,
    rescreening,
    trust,
    waits,
)
from tragnetz.config.collector import spare_what_stays  # noqa: E402
from tragnetz.demo.load import load_demo  # noqa: E402
from tragnetz.network.models import Network  # noqa: E402
from tragnetz.network.scope import scope  # noqa: E402
from tragnetz.vault.keyring import Keyring, using  # noqa: E402

PARTS = {
    "pages": [pages.pages, pages.over_http],
    "calendar": [calendar.slots, calendar.rush, calendar.mixed],
    "waits": [waits.waits, waits.whatif, waits.feed],
    "casework": [casework.casework],
    "directory": [directory.directory],
    "outbox": [outbox.reminders],
    "names": [names.names],
    "trust": [trust.rotation, trust.storm, trust.log, trust.nowhere],
    "figures": [figures.figures],
    "outcomes": [outcomes.outcomes],
    "backup": [backup.backup],
    "reporting": [reporting.reporting],
}


def demo() -> Network:
    """Load the demo with its history."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)  # pages that are asked for in this process need them
    begun = time.perf_counter()
    network = load_demo(ROOT / "cities" / "herne", progress=lambda _done, _total: None)
    print(
        f"{'demo city with three years of history':<52} {time.perf_counter() - begun:.1f} s   goal < 60 s (0 if there)"
    )
    return network


def main(asked: list[str]) -> int:
    """Measure the parts that were asked for."""
    unknown = sorted(set(asked) - {"law", "rescreening", *PARTS})
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are: law, rescreening, {', '.join(PARTS)}")
        return 2
    if not asked or "law" in asked:
        law.benefits()
    if not asked or "rescreening" in asked:
        rescreening.rescreening()
    parts = [part for name, parts in PARTS.items() if not asked or name in asked for part in parts]
    if parts:
        network = demo()
        spare_what_stays()  # as a web process does: else each hundredth measure is a collection of a quarter second
        logging.getLogger("tragnetz.security").setLevel(logging.WARNING)  # some thousand refusals are wanted here
        with scope(network), using(Keyring()):  # as in the tests: the keys of all whose actor is made
            for part in parts:
                part(network)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""`tragnetz demo`: load the demo city and serve it."""

import argparse
import os
import sys
from datetime import UTC, datetime, timedelta

from tragnetz.config import serving
from tragnetz.config.places import city_folder
from tragnetz.config.starting import start
from tragnetz.config.together import Program, run_together


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command for the demo."""
    demo = commands.add_parser("demo", help="load the demo city and serve it")
    demo.add_argument("--host", default="127.0.0.1", help="0.0.0.0: on all addresses, as in a container")
    demo.add_argument("--port", type=int, default=serving.PORT)
    demo.add_argument("--city", type=city_folder, default="cities/herne")
    demo.add_argument("--fresh", action="store_true", help="forget an older demo and invent its history up to today")
    demo.set_defaults(run=_demo)


def _demo(options: argparse.Namespace) -> int:
    try:
        free = serving.is_free(options.host, options.port)
    except OSError as error:
        print(f"No demo on {options.host}, port {options.port}: {error}", file=sys.stderr)
        return 1
    if not free:
        print(
            f"Port {options.port} is taken, perhaps by a demo that runs already: look at http://127.0.0.1:{options.port}"
            f"\nTo take another port: make run PORT={options.port + 1}",
            file=sys.stderr,
        )
        return 1
    start()
    from django.conf import settings  # noqa: PLC0415 -- after set-up
    from django.core.management import call_command  # noqa: PLC0415 -- as above

    from tragnetz.config.database import tidy  # noqa: PLC0415 -- as above
    from tragnetz.demo.load import DemoRefusedError, forget_demo, load_demo  # noqa: PLC0415 -- as above
    from tragnetz.demo.own import CODE  # noqa: PLC0415 -- as above
    from tragnetz.demo.staff import PASSWORD  # noqa: PLC0415 -- as above

    if not os.environ.get("TRAGNETZ_STATIC"):  # whoever names the folder has filled it, as an image has
        call_command("collectstatic", interactive=False, verbosity=0)
    try:
        if options.fresh:
            forget_demo()
        call_command("migrate", verbosity=0)
        load_demo(options.city, progress=_progress)
        if settings.TRAGNETZ_EMBEDDED:
            tidy(settings.OWNER_URL)
    except DemoRefusedError as error:
        print(error, file=sys.stderr)
        return 1
    address = f"http://127.0.0.1:{options.port}"
    print(f"\n  Tragnetz runs on {address}  (stop with Ctrl+C)")
    print(f"  Guided tour, one click a role: {address}/de/demo/")
    print(f"  Staff log in on {address}/de/arbeit/ with the password {PASSWORD}:")
    for name, email in _demo_accounts():
        print(f"    {email:<45} {name}")
    print(f"  One accompanied person's own page: {address}/de/meine-begleitung/ with the code {CODE}")
    if _demo_is_old():
        print("\n  This demo was invented some time ago: nobody has an appointment today. Renew it: make fresh")
    print(flush=True)
    # The worker asks for the embedded server itself: if this process is killed, it is the last to end, and stops it.
    web = Program(serving.server(options.host, options.port), os.environ | {"DATABASE_URL": settings.DATABASE_URL})
    return run_together(web, Program([sys.executable, "-m", "tragnetz.config.cli", "work"], os.environ))


def _progress(done: int, total: int) -> None:
    """Draw a bar; the last call ends the line."""
    width = 30
    filled = width * done // total
    end = "\n" if done >= total else ""
    print(f"\r  Inventing three years of history  [{'#' * filled}{'.' * (width - filled)}]", end=end, flush=True)


def _demo_accounts() -> list[tuple[str, str]]:
    from tragnetz.network.models import Membership, Network  # noqa: PLC0415 -- needs Django
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above

    with scope(Network.objects.filter(is_demo=True).latest("id")):
        rows = Membership.objects.select_related("user", "organisation")
        return [(f"{row.user} ({row.organisation}: {', '.join(row.roles)})", row.user.email) for row in rows]


def _demo_is_old() -> bool:
    from tragnetz.appointments.queries import bookings_between  # noqa: PLC0415 -- needs Django
    from tragnetz.core.clock import now  # noqa: PLC0415 -- as above
    from tragnetz.network.models import Network  # noqa: PLC0415 -- as above
    from tragnetz.network.scope import scope  # noqa: PLC0415 -- as above

    with scope(Network.objects.filter(is_demo=True).latest("id")):
        past, soon = (
            bookings_between(datetime.min.replace(tzinfo=UTC), now()),
            bookings_between(now(), now() + timedelta(days=7)),
        )
        return past.exists() and not soon.exists()  # a city without invented people never had an appointment

"""Load a city as a demo, with its staff and history."""

from pathlib import Path

from django.conf import settings
from django.db import connection

from tragnetz.city.format import Demo
from tragnetz.city.load import load_city
from tragnetz.city.read import read_folder
from tragnetz.clients.names.commands import rebuild_names
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.demo.asking import load_asking
from tragnetz.demo.career import load_career
from tragnetz.demo.claims import load_claims
from tragnetz.demo.coaching import load_coaching
from tragnetz.demo.deadlines import load_deadlines
from tragnetz.demo.directory import load_reports
from tragnetz.demo.endings import load_endings
from tragnetz.demo.figures import load_figures
from tragnetz.demo.files import load_files
from tragnetz.demo.groups import load_groups
from tragnetz.demo.history import Progress, load_history
from tragnetz.demo.interpreters import load_interpreters
from tragnetz.demo.keys import load_keys, staff_ring
from tragnetz.demo.letters import load_letters
from tragnetz.demo.messages import load_messages
from tragnetz.demo.outlook import load_outlooks
from tragnetz.demo.own import load_own_page
from tragnetz.demo.participations import load_participations
from tragnetz.demo.planning import load_planning, shape_rosters
from tragnetz.demo.plans import load_plans
from tragnetz.demo.projects import move_programmes
from tragnetz.demo.referrals import load_referrals
from tragnetz.demo.refusals import load_refusals
from tragnetz.demo.results import load_results
from tragnetz.demo.staff import PASSWORD, load_staff
from tragnetz.demo.timesheets import load_timesheets
from tragnetz.demo.truth import load_truth
from tragnetz.demo.waiting import load_waiting
from tragnetz.network.database.owner import as_owner
from tragnetz.network.models import Membership, Network
from tragnetz.network.scope import scope
from tragnetz.vault.keyring import using


class DemoRefusedError(TragnetzError):
    """A demo must not be mixed with real people."""


def load_demo(folder: Path, *, progress: Progress | None = None) -> Network:
    """Load a city marked as a demo; with `progress` its three years of history too.

    Raises DemoRefusedError in production, and beside a real network.
    """
    _refuse_beside_real_people()
    network = load_city(folder, demo=True)
    demo = read_folder(folder).demo
    if demo is not None:
        with scope(network):
            counsellors = load_staff(network, demo)
            load_keys(network, counsellors, PASSWORD)
            move_programmes(network, demo, today(network.zone))
            if progress is not None:
                tell(network, demo, counsellors, progress)
    return network


def tell(network: Network, demo: Demo, counsellors: list[Membership], progress: Progress) -> None:
    """Invent the people of a city that stands already, and three years of work with them; inside its scope."""
    shape_rosters(counsellors)
    load_history(network, demo, counsellors, today(network.zone), progress)
    load_groups(network, counsellors, today(network.zone), demo.seed)
    load_reports(network, today(network.zone))
    load_truth(network, today(network.zone))
    load_messages(network, now())
    load_planning(network, counsellors, today(network.zone))
    load_waiting(network, now())
    load_interpreters(network, counsellors)
    with using(staff_ring(counsellors, PASSWORD)):
        load_coaching(network, counsellors, today(network.zone), demo.seed)
        load_deadlines(network, counsellors)
        load_letters(network, counsellors)
        load_outlooks(network, counsellors)
        load_plans(network, counsellors)
        load_own_page(network, counsellors, PASSWORD)
        load_files(network, counsellors)
        load_claims(network, counsellors)
        load_referrals(network, counsellors)
        load_refusals(network, counsellors)
        load_results(network, today(network.zone), demo.seed)
        load_career(network, counsellors)
    load_participations(network, demo, today(network.zone))
    load_asking(network, today(network.zone))
    load_timesheets(network, counsellors, today(network.zone), now())
    with using(staff_ring(counsellors, PASSWORD)):
        load_endings(network, counsellors, today(network.zone))
    load_figures(network, today(network.zone))
    rebuild_names(network)  # what is made in bulk passes by the commands that keep the index


def forget_demo() -> None:
    """Empty the database of a demo, so that its history is told anew up to today.

    Raises DemoRefusedError in production, and beside a real network: then nothing is touched.
    """
    with as_owner("forget demo"), connection.cursor() as cursor:
        if settings.PRODUCTION or Network._meta.db_table in connection.introspection.table_names(cursor):  # noqa: SLF001 -- Django's own word
            _refuse_beside_real_people()
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _refuse_beside_real_people() -> None:
    if settings.PRODUCTION:
        message = "This is a production installation (TRAGNETZ_PRODUCTION=1): it does not take the demo."
        raise DemoRefusedError(message)
    if Network.objects.filter(is_demo=False).exists():
        message = "A real network is loaded here: the demo needs a database of its own."
        raise DemoRefusedError(message)

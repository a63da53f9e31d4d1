"""What came of 100,000 cases with 600,000 contacts: the pages as they are kept, and what is counted when first asked for."""

from django.db import transaction

from tests.benchmarks.figures import measured
from tests.benchmarks.many import many
from tests.benchmarks.measure import milliseconds, show
from tragnetz.core.clock import now
from tragnetz.network.models import Network
from tragnetz.reporting.nightly import renew_figures
from tragnetz.reporting.outcomes.filters import Filters
from tragnetz.reporting.outcomes.tally import gather

PAGE = "/de/arbeit/zahlen/wirkung/"


def outcomes(network: Network) -> None:
    """Measure the pages after the worker's night, and a quarter that nobody asked for before."""
    with transaction.atomic():
        many(network)
        renew_figures(network, now())
        year = now().year - 1
        measured(
            {
                "what came of 100,000 cases: overview": PAGE,
                "domains of life and goals": f"{PAGE}lebenslagen/",
                "claims, one district": f"{PAGE}antraege/?bezirk=wanne",
                "compared by topic, one district, a year": f"{PAGE}vergleich/?bezirk=wanne&jahr={year}&nach=thema",
            }
        )
        quarter = Filters(year=year, quarter=2)
        show(
            "counting one quarter anew",
            milliseconds(lambda _: gather(network, quarter, now()), 2),
            "when first asked for",
        )
        transaction.set_rollback(True)

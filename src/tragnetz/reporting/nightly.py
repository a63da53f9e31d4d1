"""The worker's night: figures of a large network are counted before somebody looks at them."""

from datetime import datetime

from tragnetz.network.database.readers import reading
from tragnetz.network.models import Network
from tragnetz.reporting.models import Sheet
from tragnetz.reporting.outcomes import summary
from tragnetz.reporting.reach import figures
from tragnetz.reporting.sheets import forget_unasked, is_large, keep


def renew_figures(network: Network, at: datetime) -> int:
    """Count anew what is usual and what somebody looked at in the last two weeks; returns how many sheets there are.

    A small network keeps none overnight.
    """
    forget_unasked(at.astimezone(network.zone).date())
    if not is_large():
        Sheet.objects.all().delete()
        return 0
    makers = figures.makers(network, at)
    makers |= summary.makers(network, at, Sheet.objects.values_list("subject", flat=True))
    Sheet.objects.exclude(subject__in=makers).delete()
    for subject, make in makers.items():
        keep(network, subject, reading(make), at)
    return len(makers)

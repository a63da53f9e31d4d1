"""Few people lead back to somebody: which counts may stand on a page for staff. The rule is `reporting.statistics`."""

from collections.abc import Iterable

from tragnetz.reporting.statistics import INSIDE, suppressed

LEAST = INSIDE


def shown(counts: Iterable[int], least: int = LEAST) -> list[bool]:
    """Return which of some counts may be shown beside their sum."""
    sizes = {str(number): size for number, size in enumerate(counts)}
    if not sizes:
        return []
    table = suppressed(sizes, least=least)
    return [table.of(key) is not None for key in sizes]

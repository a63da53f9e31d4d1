"""Read fixed figures row by row."""

from django.db.models import QuerySet

from tragnetz.reporting.models import Snapshot, SnapshotRow
from tragnetz.reporting.participation.programmes import line_of

ALL = "alle"


def rows_behind(snapshot: Snapshot, code: str) -> QuerySet[SnapshotRow]:
    """Return the participations that a number counts: an indicator's code, or ALL of the period."""
    rows = SnapshotRow.objects.filter(snapshot=snapshot).order_by("pseudonym")
    if code == ALL:
        return rows.filter(is_countable=True, entered_on__gte=snapshot.first)
    kinds = {one.code: one.kind for one in line_of(snapshot.programme).indicators}
    if code not in kinds:
        return rows.none()
    day = "entered_on" if kinds[code] == "output" else "left_on"
    return rows.filter(is_countable=True, codes__contains=[code], **{f"{day}__gte": snapshot.first})

"""Hours of the demo: told once, so that a demo that was told yesterday starts again today."""

from tragnetz.core.clock import now, today
from tragnetz.demo.timesheets import SHARES, WITH_SHEET, load_timesheets
from tragnetz.network.models import Membership
from tragnetz.reporting.timesheets.models import ProjectShare, TimeSheet


def test_hours_are_told_once_however_often_the_demo_starts(herne):
    counsellors = list(Membership.objects.filter(roles__contains=["counsellor"]).select_related("user"))

    for _start in range(2):
        load_timesheets(herne, counsellors, today(herne.zone), now())

    assert ProjectShare.objects.count() == len(SHARES)
    assert TimeSheet.objects.count() == 2 * len(WITH_SHEET)

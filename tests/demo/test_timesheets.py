"""The demo's hours: shares and sheets of three people, once however often it starts."""

from tests.factories import make_actor
from tests.reporting.conftest import make_programme
from tragnetz.core.clock import now, today
from tragnetz.demo.timesheets import load_timesheets
from tragnetz.network.models import Membership
from tragnetz.reporting.timesheets.models import ProjectShare, TimeSheet


def test_hours_are_kept_and_a_second_start_adds_none(network):
    make_actor(network, "alpha", "counsellor", name="samira.haddad")
    make_actor(network, "alpha", "counsellor", "lead", name="Lena")
    make_programme(network, "gut")
    staff = list(Membership.objects.select_related("user", "network", "organisation"))

    for _start in range(2):
        load_timesheets(network, staff, today(network.zone), now())

    assert ProjectShare.objects.count() == 1
    assert sorted(TimeSheet.objects.values_list("state", flat=True)) == ["approved", "draft"]

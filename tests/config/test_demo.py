"""The demo is told anew on request, and never at the cost of real people."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.conftest import CITIES
from tragnetz.city.load import load_city
from tragnetz.demo.load import DemoRefusedError, forget_demo
from tragnetz.network.models import Network


def test_fresh_demo_forgets_the_old_one(committed_herne):
    forget_demo()
    with connection.cursor() as cursor:
        emptied = connection.introspection.table_names(cursor)
    call_command("migrate", verbosity=0)

    assert emptied == []
    assert not Network.objects.exists()


def test_fresh_demo_is_refused_beside_a_real_network(transactional_db):
    load_city(CITIES / "auental")

    with pytest.raises(DemoRefusedError, match="real network"):
        forget_demo()
    assert Network.objects.count() == 1


def test_fresh_demo_is_refused_in_production(committed_herne, settings):
    settings.PRODUCTION = True

    with pytest.raises(DemoRefusedError, match="production"):
        forget_demo()
    assert Network.objects.count() == 1


def test_an_old_server_is_warned_of(db, monkeypatch):
    from tragnetz.config import checks

    assert checks.server_is_new_enough(databases=["default"]) == []
    monkeypatch.setattr(checks, "OLDEST", 990000)
    assert [warning.id for warning in checks.server_is_new_enough(databases=["default"])] == ["tragnetz.W001"]


def test_groups_of_a_demo_are_over_full_and_open_and_nobody_leads_two_at_once(network):
    from itertools import pairwise

    from tests.factories import make_actor, make_roster
    from tragnetz.appointments.groups.queries import is_off, views_of
    from tragnetz.appointments.models import Attendance, Booking, Group
    from tragnetz.core.clock import now
    from tragnetz.demo.groups import load_groups
    from tragnetz.network.models import Membership

    for name in ("Ada", "Bo"):
        make_roster(make_actor(network, "alpha", "counsellor", name=name).membership_id)
    today = now().date()
    for _ in range(2):  # the second time nothing is added
        load_groups(network, list(Membership.objects.all()), today, seed=1)

    views = views_of(list(Group.objects.all()), now())
    assert len(views) == len({view.group.key for view in views}) == 11
    assert {(view.is_over, view.free == 0, view.waiting > 0) for view in views} >= {
        (True, False, False), (False, True, True), (False, False, False),
    }  # fmt: skip
    assert Attendance.objects.exists()
    assert not any(is_off(session) for view in views for session in view.sessions)
    assert all(view.registered <= view.group.places for view in views)
    for leader in Membership.objects.all():
        times = list(Booking.objects.filter(membership=leader).values_list("starts_at", "ends_at"))
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(times))


def test_ways_to_work_of_a_demo_come_to_all_stages_and_are_possible(network):
    from datetime import timedelta

    from tests.casework.caseload.test_caseload import old_case
    from tests.factories import make_actor
    from tragnetz.casework.caseload.models import Capacity
    from tragnetz.casework.coaching.models import Application, Coaching, Placement
    from tragnetz.casework.compartments import compartment_of
    from tragnetz.casework.networkmap.models import Tie
    from tragnetz.core.clock import today
    from tragnetz.demo.coaching import load_coaching
    from tragnetz.network.models import Membership

    ada = make_actor(network, "alpha", "counsellor")
    for number in range(25):
        compartment_of(old_case(ada, days=60 + 12 * number, topic="work"))
    day = today(network.zone)
    for _ in range(2):  # the second time nothing is added
        load_coaching(network, list(Membership.objects.all()), day, seed=1)

    assert 5 < Coaching.objects.count() < 25
    assert {"sent", "refused", "placed"} <= set(Application.objects.values_list("state", flat=True))
    assert all(row.sent_on <= row.state_on <= day for row in Application.objects.all())
    assert Placement.objects.filter(starts_on__lte=day).count() == Placement.objects.count() > 2
    assert not Placement.objects.filter(kept_3_on__gt=day + timedelta(days=0)).exists()
    assert Tie.objects.count() > 5
    assert Capacity.objects.count() == 1

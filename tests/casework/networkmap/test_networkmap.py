"""The net around a household: who writes it, where it stands on the map, and that it can be deleted."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.test_finding import case_of
from tests.factories import make_actor
from tragnetz.audit.models import Event
from tragnetz.casework.networkmap.access import visible_ties
from tragnetz.casework.networkmap.commands import TieDetails, add_tie, change_tie, remove_tie
from tragnetz.casework.networkmap.enums import Sphere, Strength
from tragnetz.casework.networkmap.errors import NetworkMapError
from tragnetz.casework.networkmap.models import Tie
from tragnetz.casework.networkmap.queries import net_view
from tragnetz.casework.networkmap.rules import HEIGHT, MOST_TIES, WIDTH, knots
from tragnetz.core.ids import new_id

OMA = TieDetails("Oma Zitrone", Sphere.FAMILY, Strength.SUPPORT, "holt die Kinder ab")


@pytest.fixture
def case(ada):
    return case_of(ada)


def add(actor, case, details=OMA, key=""):
    return add_tie(actor=actor, case=case, details=details, request_key=key or new_id().hex)


@given(st.integers(1, MOST_TIES))
def test_all_ties_stand_on_the_map_each_at_its_own_place(number):
    found = knots(["Oma"] * number)

    assert all(0 < knot.x < WIDTH and 0 < knot.y < HEIGHT for knot in found)
    assert len({(knot.x, knot.y) for knot in found}) == number


def test_words_are_turned_outward_and_cut():
    above, right, below, left = knots(["Oma", "Jobcenter Herne, Team 5", "Opa", "Amt"])

    assert [knot.anchor for knot in (above, right, below, left)] == ["middle", "start", "middle", "end"]
    assert (right.label, above.y < below.y) == ("Jobcenter Herne, …", True)


def test_ties_stand_in_the_order_of_spheres(ada, case):
    add(ada, case, TieDetails("Jobcenter", Sphere.OFFICES, Strength.BURDEN))
    add(ada, case)

    view = net_view(ada, case.pk)

    assert [tie.name for tie, _knot in view.ties] == ["Oma Zitrone", "Jobcenter"]
    assert view.counts == [(Strength.SUPPORT, 1), (Strength.NEUTRAL, 0), (Strength.BURDEN, 1)]


def test_a_tie_is_added_once_changed_and_deleted(ada, case):
    tie = add(ada, case, key="k" * 32)
    assert add(ada, case, key="k" * 32) == tie
    change_tie(actor=ada, tie=tie, details=TieDetails("Oma", Sphere.FAMILY, Strength.BURDEN))
    assert Tie.objects.get().strength == "-"

    remove_tie(actor=ada, tie=tie)

    assert Tie.objects.count() == 0
    assert Event.objects.filter(verb__startswith="net:", object_id=case.pk).count() == 3


def test_who_it_is_stands_sealed(ada, case):
    add(ada, case)

    with connection.cursor() as cursor:
        cursor.execute("SELECT name || relation FROM casework_tie")
        (stored,) = cursor.fetchone()

    assert Tie.objects.get().name == "Oma Zitrone"
    assert not [word for word in (b"Oma", b"Zitrone", b"Kinder") if word in bytes(stored)]


def test_a_full_map_says_so(ada, case):
    for _number in range(MOST_TIES):
        add(ada, case)

    with pytest.raises(NetworkMapError, match="Mehr als 40"):
        add(ada, case)


@pytest.mark.parametrize(("organisation", "role"), [("alpha", "counsellor"), ("alpha", "intake"), ("beta", "lead")])
def test_who_does_not_see_the_case_neither_sees_nor_writes(ada, case, network, organisation, role):
    tie = add(ada, case)
    other = make_actor(network, organisation, role, name="Otto")

    assert (net_view(ada, case.pk) is None, visible_ties(ada).count()) == (False, 1)
    assert (net_view(other, case.pk), visible_ties(other).count()) == (None, 0)
    for run in (
        lambda: add(other, case),
        lambda: change_tie(actor=other, tie=tie, details=OMA),
        lambda: remove_tie(actor=other, tie=tie),
    ):
        with pytest.raises(NetworkMapError):
            run()


def test_a_map_takes_as_many_queries_for_many_as_for_one(ada, case, django_assert_num_queries):
    add(ada, case)
    with django_assert_num_queries(3):
        net_view(ada, case.pk)
    for _number in range(9):
        add(ada, case)

    with django_assert_num_queries(3):
        assert len(net_view(ada, case.pk).ties) == 10

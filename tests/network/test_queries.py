"""Streets decide the district; the scope keeps networks apart."""

import pytest

from tests.factories import make_actor, make_network
from tragnetz.core.clock import now
from tragnetz.network.actors import staff
from tragnetz.network.enums import Role
from tragnetz.network.models import District, Membership, Network, User
from tragnetz.network.queries import find_places, hotline_for, in_each_network, split_address
from tragnetz.network.scope import ScopeRequiredError, network_in_scope, scope


@pytest.mark.parametrize(
    ("typed", "street", "number"),
    [
        ("Hauptstr. 241", "Hauptstraße", 241), ("Hauptstraße 241 a", "Hauptstraße", 241), ("hauptstrasse", "hauptstraße", None),
        ("Bochumer Str 5b", "Bochumer Straße", 5), ("Am Knie, 3", "Am Knie", 3), ("", "", None),
    ],
)  # fmt: skip
def test_split_address(typed, street, number):
    assert split_address(typed) == (street, number)


def test_find_places_knows_street_locality_and_typo(network):
    exact = find_places("Mittestr. 5")
    locality = find_places("Nord-Kern")
    typo = find_places("Mitestrase 5")

    assert [(place.street, place.district.name, place.exact) for place in exact] == [("Mittestraße", "Mitte", True)]
    assert [place.district.name for place in locality] == ["Nord"]
    assert [(place.street, place.exact) for place in typo] == [("Mittestraße", False)]


def test_find_places_is_empty_for_an_unknown_street(network):
    assert find_places("Zzyzx-Boulevard 9") == []
    assert find_places("x" * 10_000) == []


def test_find_places_sees_only_its_network(network, other_network):
    assert len(find_places("Mittestraße")) == 1


def test_hotline_follows_from_the_district(network):
    assert hotline_for(District.objects.get(key="nord")).key == "line-nord"


def test_query_without_scope_raises(db, other_network):
    with scope(other_network):
        assert District.objects.count() == 2

    with pytest.raises(ScopeRequiredError):
        District.objects.count()


def test_each_network_is_in_scope_in_its_turn_and_none_after_it(db, other_network):
    """Also when the second fails: what goes on after it must name a network again."""
    first = make_network("anderswo")
    Network.objects.filter(pk=first.pk).update(frozen_at=now())

    def here(network):
        assert network_in_scope() == network.pk
        return District.objects.filter(network=network).count()

    assert in_each_network(here) == [2, 2]
    assert in_each_network(lambda one: one.key) == ["anderswo", other_network.key]
    assert in_each_network(lambda one: one.key, standing_still=False) == [other_network.key]
    assert in_each_network(lambda one: one.key, key="anderswo") == ["anderswo"]
    assert in_each_network(lambda one: one.key, key="nowhere") == []
    with pytest.raises(ZeroDivisionError):
        in_each_network(lambda _one: 1 // 0)
    assert network_in_scope() is None


def test_staff_who_left_is_nobody_the_same_day(network):
    actor = make_actor(network, "alpha", Role.COUNSELLOR)
    user = User.objects.get(pk=actor.user_id)
    assert staff(user, network) == actor

    Membership.objects.filter(user=user).update(ended_on="2026-01-01")

    assert staff(user, network) is None

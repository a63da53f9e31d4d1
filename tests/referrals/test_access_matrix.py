"""Both sides of a referral: every combination of up to two roles, every relation, every way in which it may end.

What is expected comes from the one table of the policy and two rules: the sender side follows the case, the recipient's
follows the organisation, and nothing is read that no longer stands (facts, tests 14 and 19).
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.allowed import release
from tests.casework.test_access_matrix import ROLES
from tests.factories import make_actor
from tests.referrals.conftest import sent
from tragnetz.casework.models import Case, EmergencyAccess
from tragnetz.consent.commands import withdraw
from tragnetz.consent.models import Release
from tragnetz.core.clock import now
from tragnetz.network.actors import partner, resident
from tragnetz.network.models import Organisation
from tragnetz.network.policy import Deed, Reach, widest
from tragnetz.referrals.access import side_of, stands, visible_received, visible_sent
from tragnetz.referrals.enums import Outcome, Side, State
from tragnetz.referrals.errors import ReferralError
from tragnetz.referrals.models import Referral
from tragnetz.referrals.queries import received_one

RELATIONS = ("own", "deputy", "emergency", "colleague", "partner", "third")
ON_CASE = frozenset({"own", "deputy", "emergency"})
ENDED = now() - timedelta(minutes=1)


def _state(state, **more):
    return lambda _ada, row: Referral.objects.filter(pk=row.pk).update(state=state, **more)


def _withdrawn(ada, row):
    withdraw(actor=ada, given=row.releases.get(), form="written", now=now())


def _expired(_ada, row):
    Release.objects.filter(pk__in=row.releases.values("pk")).update(given_at=ENDED - timedelta(days=1), ends_at=ENDED)


def _restricted(_ada, row):
    Case.objects.filter(pk=row.case_id).update(restricted_on=now().date())


def _nothing(_ada, _row):
    pass


# What happened to it -> whether the partner still sees it.
HAPPENED = {
    "requested": (_nothing, True),
    "accepted": (_state(State.ACCEPTED), True),
    "completed": (_state(State.COMPLETED, outcome=Outcome.HELPED, ended_at=ENDED), True),
    "draft": (_state(State.DRAFT, requested_at=None), False),
    "taken back": (_state(State.CANCELLED, ended_at=ENDED), False),
    "withdrawn": (_withdrawn, False),
    "expired": (_expired, False),
    "restricted": (_restricted, False),
}


@pytest.fixture
def actors(network, ada, fred):
    """Who stands in which relation to Rosa's referral from Ada to Beta."""
    Organisation(
        network=network, key="gamma", name="Gamma e. V.", short_name="Gamma", kind="welfare", regime="dsgvo",
        is_member=True,
    ).save()  # fmt: skip
    return {
        "own": ada,
        "deputy": make_actor(network, "alpha", "counsellor", name="Dora"),
        "emergency": make_actor(network, "alpha", "counsellor", name="Emil"),
        "colleague": make_actor(network, "alpha", "counsellor", name="Cem"),
        "partner": fred,
        "third": make_actor(network, "gamma", "counsellor", name="Gül"),
    }


@pytest.fixture
def row(network, actors, case, rosa):
    ada = actors["own"]
    Case.objects.filter(pk=case.pk).update(deputy=actors["deputy"].membership_id)
    EmergencyAccess(
        network=network, case=case, membership_id=actors["emergency"].membership_id, reason="Stromsperre",
        begun_at=now(), ends_at=now() + timedelta(hours=1),
    ).save()  # fmt: skip
    release(ada, rosa, "contact", "goals")
    return sent(ada, case)


def expected(relation, roles, *, holds, restricted):
    """Return (sender's side, recipient's side)."""
    far = widest(Deed.CASE_READ, roles)
    on_case = relation not in {"partner", "third"} and (
        far >= Reach.ORGANISATION or (far == Reach.OWN and relation in ON_CASE)
    )
    if restricted:
        on_case = on_case and widest(Deed.RESTRICTED_READ, roles) > Reach.NONE
    return on_case, relation == "partner" and holds and widest(Deed.REFERRAL_ANSWER, roles) > Reach.NONE


@pytest.mark.parametrize("happened", HAPPENED)
def test_each_side_sees_what_the_policy_says_and_only_while_it_stands(actors, row, happened):
    change, holds = HAPPENED[happened]
    change(actors["own"], row)
    found, wanted = {}, {}

    for relation in RELATIONS:
        for roles in ROLES:
            actor = replace(actors[relation], roles=frozenset(roles))
            found[relation, roles] = tuple(
                visible(actor).filter(pk=row.pk).exists() for visible in (visible_sent, visible_received)
            )
            wanted[relation, roles] = expected(relation, roles, holds=holds, restricted=happened == "restricted")

    assert found == wanted
    assert any(sees for sees, _received in found.values())  # somebody does: there is something to hide


def test_there_are_cells_enough():
    assert len(HAPPENED) * len(ROLES) * len(RELATIONS) * 2 >= 1500


@pytest.mark.parametrize("happened", [name for name, (_change, holds) in HAPPENED.items() if not holds])
def test_a_page_that_was_open_a_moment_ago_is_gone(actors, row, happened):
    assert received_one(actors["partner"], row.pk).pk == row.pk

    HAPPENED[happened][0](actors["own"], row)

    assert received_one(actors["partner"], row.pk) is None


def side(actor, row) -> Side | None:
    try:
        return side_of(actor, row)
    except ReferralError:
        return None


def test_everybody_acts_for_the_side_on_which_they_are(network, actors, row):
    found = {relation: side(actor, row) for relation, actor in actors.items()}

    assert found == {
        "own": Side.SENDER, "deputy": Side.SENDER, "emergency": Side.SENDER, "colleague": None,
        "partner": Side.RECIPIENT, "third": None,
    }  # fmt: skip
    assert side(partner(network), row) == Side.RECIPIENT  # by a link, which links.py has looked at
    assert side(resident(network), row) is None


def test_a_link_acts_for_nobody_when_nothing_stands_any_more(network, actors, row):
    _withdrawn(actors["own"], row)

    assert stands(row) is False
    assert side(partner(network), row) is None
    assert side(actors["partner"], row) is None
    assert side(actors["own"], row) == Side.SENDER


def test_what_names_nobody_needs_no_release_to_stand(actors, case):
    row = sent(actors["own"], case, basis="anonymous")

    assert stands(row) is True

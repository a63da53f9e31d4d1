"""The one table of who may do what."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.factories import make_actor, make_network
from tragnetz.network.actors import resident, system
from tragnetz.network.enums import Role
from tragnetz.network.policy import POLICY, Deed, Reach, may, reach, who_may, widest
from tragnetz.network.scope import scope

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "tragnetz"


def test_every_deed_has_a_row_and_somebody_who_does_it():
    assert set(POLICY) == set(Deed)
    assert [deed for deed, row in POLICY.items() if not row or Reach.NONE in row.values()] == []


def test_every_deed_is_asked_for_somewhere():
    code = "".join(path.read_text() for path in SOURCES.rglob("*.py") if path.name != "policy.py")
    assert [deed.name for deed in Deed if f"Deed.{deed.name}" not in code] == []


def test_roles_are_asked_about_in_the_policy_alone():
    """A check of a role elsewhere would be a rule that stands in no table; what is left decides on words, not access."""
    found = {
        str(path.relative_to(SOURCES))
        for path in SOURCES.rglob("*.py")
        if re.search(r"\.has\(Role|\.roles\b.*Role\.", path.read_text())
    }
    assert found == {
        "appointments/claims.py", "appointments/commands.py", "casework/caselist.py", "casework/queries.py",
        "workspace/counselling/views.py", "workspace/guide/first_steps.py",
    }  # fmt: skip


def test_the_printed_table_is_the_policy():
    """Mended by `python tools/print_policy.py`."""
    assert subprocess.run([sys.executable, "tools/print_policy.py", "--check"], cwd=ROOT, check=False).returncode == 0


def test_a_deed_without_a_row_is_refused():
    assert widest("case:frame", list(Role)) == Reach.NONE


@pytest.mark.django_db
def test_only_members_of_staff_reach_anything():
    network = make_network()
    with scope(network):
        lead = make_actor(network, "alpha", "lead")

    assert reach(lead, Deed.CASE_READ) == Reach.ORGANISATION
    assert not any(may(actor, deed) for actor in (resident(network), system(network)) for deed in Deed)


def test_several_roles_reach_as_far_as_the_widest():
    assert widest(Deed.CASE_READ, [Role.COUNSELLOR, Role.LEAD, Role.DPO]) == Reach.ORGANISATION
    assert widest(Deed.CASE_READ, [Role.COUNSELLOR]) == Reach.OWN
    assert widest(Deed.CASE_READ, [Role.ADMIN, Role.DPO, Role.PROGRAMME, Role.CATALOGUE]) == Reach.NONE


@pytest.mark.django_db
def test_a_role_counts_for_a_member_of_staff_alone():
    network = make_network()
    with scope(network):
        lead = make_actor(network, "alpha", "lead")
    stranger = replace(resident(network), roles=lead.roles)

    assert may(lead, Deed.CASE_READ) is True
    assert may(stranger, Deed.CASE_READ) is False
    assert reach(stranger, Deed.CASE_READ) == Reach.NONE


def test_those_to_whom_something_may_be_given_are_in_the_table():
    assert who_may(Deed.CASE_READ) == [Role.COUNSELLOR, Role.LEAD]
    assert who_may("case:frame") == []

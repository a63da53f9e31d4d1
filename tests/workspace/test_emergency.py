"""Emergency accesses that the lead has not looked at are work: on the lead's day, and open for the officer."""

from datetime import timedelta

import pytest

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tests.personas import client_for
from tragnetz.casework.emergency.commands import settle_emergency, take_emergency_access
from tragnetz.core.clock import now

WORK = "Notfallzugriffe ansehen"
PAGES = {"lead": "/de/arbeit/", "dpo": "/de/arbeit/datenschutz/", "counsellor": "/de/arbeit/"}


@pytest.fixture
def team(network):
    return {role: make_actor(network, "alpha", role, name=name) for role, name in
            (("lead", "Leo"), ("dpo", "Dora"), ("counsellor", "Emil"))}  # fmt: skip


@pytest.fixture
def access(network, team):
    case = make_case(make_actor(network, "alpha", "counsellor", name="Ada"), ("Rosa Linde", "self", 1985))
    at = now() - timedelta(hours=2)
    return take_emergency_access(actor=team["counsellor"], case_id=case.pk, reason="Anruf: Stromsperre heute", now=at)


def shown_to(team, role: str) -> str:
    return client_for(team[role]).get(PAGES[role]).content.decode()


def test_an_access_nobody_has_looked_at_is_work_of_the_lead_and_open_for_the_officer(team, access):
    pages = {role: shown_to(team, role) for role in PAGES}

    assert {role for role, page in pages.items() if WORK in page} == {"lead", "dpo"}
    assert "Emil Test" in pages["lead"]
    assert f"#access-{access.pk}" in pages["dpo"]
    assert not any("Stromsperre" in page for page in pages.values())


def test_an_access_that_was_looked_at_is_no_work_any_more(team, access):
    assert WORK in shown_to(team, "lead")

    settle_emergency(actor=team["lead"], access=access, now=now())

    assert WORK not in shown_to(team, "lead")
    assert WORK not in shown_to(team, "dpo")


def test_an_access_at_another_organisation_is_no_work_here(network, access):
    beta = make_actor(network, "beta", "lead", name="Berta")

    assert WORK not in client_for(beta).get(PAGES["lead"]).content.decode()

"""What the person reads of their claims: what belongs to them, how it stands, what is missing; never our notes."""

import pytest
from django.utils.translation import override

from tests.casework.papers_of import make_benefits, make_office
from tests.factories import make_actor
from tests.owning import code_for, couple, opened_with, otto_of, rosa_of
from tragnetz.casework.claims.commands import ClaimDetails, Step, move_claim, plan_claim
from tragnetz.casework.ownpage.queries import own_page
from tragnetz.core.clock import now, today
from tragnetz.directory.models import Office, Paper
from tragnetz.network.models import Organisation
from tragnetz.vault.keyring import using


@pytest.fixture
def ada(network):
    make_benefits(network)
    return make_actor(network, "alpha", "counsellor", name="Ada")


@pytest.fixture
def case(network, ada):
    return couple(network, ada)


def plan(ada, case, benefit, person=None, **given):
    return plan_claim(
        actor=ada, case=case, details=ClaimDetails(benefit, **given), idempotency_key=f"{benefit}{person}", now=now(),
        person=person,
    )  # fmt: skip


def told(ada, case, person):
    opened = opened_with(code_for(ada, case, person))
    with using(opened.ring):
        return own_page(opened, now()).claims


def test_the_person_reads_how_claims_stand_and_what_is_missing(ada, case):
    plan(ada, case, "wohngeld", office_words="Wohngeldstelle")
    sent = plan(ada, case, "kindergeld")
    move_claim(
        actor=ada, claim=sent, step=Step("sent", today(ada.network.zone), note="x"), idempotency_key="s", now=now()
    )

    found = told(ada, case, rosa_of(case))

    assert [(one.name, one.state, one.office) for one in found] == [
        ("Wohngeld", "planned", "Wohngeldstelle"), ("Kindergeld", "sent", ""),
    ]  # fmt: skip
    assert {paper.name for paper in found[0].papers} == {
        "Personalausweis oder Pass",
        "Mietvertrag",
        "Einkommensnachweise",
    }
    assert found[1].papers == ()


def test_each_missing_paper_says_where_it_comes_from_in_the_person_s_language(ada, case, network):
    beta = Organisation.objects.get(key="beta")
    office = make_office(network, beta.pk)
    Office.objects.filter(pk=office.pk).update(phone="0221 4710-7")
    Paper.objects.filter(key="mietvertrag").update(authority=office.authority)
    Paper.objects.filter(key="personalausweis").update(where={"de": "Bürgeramt", "tr": "Vatandaş Bürosu"})
    plan(ada, case, "wohngeld")

    with override("tr"):
        found = {paper.key: paper.where for paper in told(ada, case, rosa_of(case))[0].papers}

    assert found == {
        "mietvertrag": ("Wohngeldstelle der Stadt", "0221 4710-7"), "personalausweis": ("Vatandaş Bürosu",),
        "einkommensnachweise": (),
    }  # fmt: skip


def test_what_one_adult_alone_asks_for_stays_untold_to_the_other(ada, case):
    plan(ada, case, "wohngeld", person=otto_of(case))

    assert [one.name for one in told(ada, case, otto_of(case))] == ["Wohngeld"]
    assert told(ada, case, rosa_of(case)) == []


def test_what_was_withdrawn_is_told_no_more(ada, case):
    claim = plan(ada, case, "wohngeld")
    assert len(told(ada, case, rosa_of(case))) == 1

    step = Step("withdrawn", today(ada.network.zone))
    move_claim(actor=ada, claim=claim, step=step, idempotency_key="w", now=now())

    assert told(ada, case, rosa_of(case)) == []

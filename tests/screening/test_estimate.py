"""The estimate on a case: from what is known of a household, with every assumption told."""

from datetime import date

import pytest

from tests.personas import actor_of, booked_enquiry, client_of
from tragnetz.benefits.library import laws
from tragnetz.benefits.rules.book import read_book
from tragnetz.casework.commands import change_household, open_case
from tragnetz.clients.commands import PersonDetails
from tragnetz.clients.models import Relation
from tragnetz.core.clock import today
from tragnetz.eligibility.facts import clean_facts
from tragnetz.screening.households import Member, describe
from tragnetz.screening.queries import NEEDED, OURS, estimate

BOOK = read_book()
FAMILY = [Member("self", 1988), Member("partner", 1990), Member("child", 2017), Member("child", None)]


@pytest.fixture
def day():
    return laws_of_here()[-1].date


def laws_of_here():

    from django.conf import settings

    return laws(settings.TRAGNETZ_LAW)


def test_household_of_a_case_becomes_one_for_the_law():
    facts = clean_facts({"gross_wage": "2800", "rent": "920", "assets": "4000", "children": "3"})
    found = describe(FAMILY, facts, 2, date(2026, 11, 24))

    roles = [(person.role, person.age) for person in found.household.persons]
    assert roles == [("self", 38), ("partner", 36), ("child", 9), ("child", 8), ("child", 8)]
    assert found.household.housing.cold_rent_m[0].value == 782.0
    assert found.household.housing.heating_m[0].value == 138.0
    assert set(found.assumptions) == {
        "child_age", "wage_is_mine", "married", "heating_share", "statutory_insurance",
        "residence",
    }  # fmt: skip


def test_nobody_known_is_still_one_person():
    found = describe([], clean_facts({"rent": "500"}), None, date(2026, 11, 24))

    assert [(person.role, person.age) for person in found.household.persons] == [("self", 40)]
    assert "grown_up_age" in found.assumptions


@pytest.mark.parametrize(("employment", "told"), [("self_employed", True), ("employed", False)])
def test_profit_counted_like_a_wage_is_told(employment, told):
    facts = clean_facts({"employment": employment, "gross_wage": "900"})
    found = describe([], facts, None, date(2026, 11, 24))

    assert ("profit_is_wage" in found.assumptions) is told


@pytest.mark.parametrize("facts", [{}, {"age": "40", "children": "2"}])
def test_without_wage_and_rent_nothing_is_said(facts, day):
    assert not set(facts) & set(NEEDED)
    assert estimate(FAMILY, clean_facts(facts), rent_level=2, book=BOOK, on=day) is None


def test_estimate_says_claim_payment_and_assumptions(day):
    found = estimate(FAMILY, clean_facts({"gross_wage": "2600", "rent": "900"}), rent_level=2, book=BOOK, on=day)

    paid = {line.key: line.paid_m for line in found.lines}
    assert paid["kindergeld"] > 500
    assert paid["wohngeld"] > 0
    assert found.total_m == round(sum(line.paid_m for line in found.lines if line.adds), 2)
    assert {line.key for line in found.lines if not line.adds} >= {"bildung-und-teilhabe"}
    assert OURS["heating_share"] in found.assumptions
    assert found.law_of <= day
    assert found.problem == ""


def test_what_cannot_be_is_told_and_no_error(day):
    impossible = [Member("self", 2000), Member("child", 1970)]

    assert (
        "ages do not fit" in estimate(impossible, clean_facts({"rent": "5"}), rent_level=2, book=BOOK, on=day).problem
    )
    assert (
        "no compiled law"
        in estimate(FAMILY[:1], clean_facts({"rent": "5"}), rent_level=2, book=BOOK, on=date(1999, 1, 1)).problem
    )


def test_counsellor_sees_the_estimate_on_the_case(herne):
    owner = actor_of(herne, "counsellor")
    case = open_case(actor=owner, enquiry=booked_enquiry(herne).enquiry, today=today(herne.zone))
    client = client_of("counsellor")
    before = client.get(f"/de/arbeit/faelle/{case.pk}/").content.decode()
    people = [PersonDetails("Rosa", Relation.SELF, 1988), PersonDetails("Emil", Relation.CHILD, 2018)]
    change_household(
        actor=owner, case=case, people=people, facts=clean_facts({"gross_wage": "900", "rent": "700", "assets": "500"})
    )
    after = client.get(f"/de/arbeit/faelle/{case.pk}/").content.decode()

    assert "zusammen im Monat" not in before or "Für eine Schätzung fehlen" not in before
    assert "zusammen im Monat, in Euro" in after
    assert "Rechtsstand" in after
    assert "Mietstufe 2" in after
    assert "Unterhaltsvorschuss" in after

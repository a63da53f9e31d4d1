"""Plan templates: they name only what there is, follow the answers, and are taken over whole and once."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.allowed import make_case
from tests.conftest import CITIES
from tests.factories import make_actor
from tests.personas import client_for
from tragnetz.benefits.rules.book import FEDERAL, read_book
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Claim, Deadline, Goal, PlanTaking, Step
from tragnetz.casework.plans.book import Plan, StepTemplate, plans
from tragnetz.casework.plans.commands import take_over
from tragnetz.casework.plans.proposal import proposal
from tragnetz.casework.timeline.queries import Span, timeline
from tragnetz.core.clock import now, today

BOOK = read_book(CITIES / "catalogue" / "nrw" / "rules")


@pytest.fixture
def case(network, ada):
    return make_case(network, ada)


def proposed(network, key="job_loss", *answers):
    day = today(network.zone)
    return proposal(plans()[key], network=network, book=BOOK, start_on=day, answers=frozenset(answers), today=day)


def take(ada, case, found, chosen, *, key="job_loss", request_key="r" * 32):
    return take_over(
        actor=ada,
        case=case,
        plan=plans()[key],
        proposed=found,
        chosen=chosen,
        facts={},
        request_key=request_key,
        now=now(),
    )


def test_every_benefit_of_a_template_is_known():
    known = {*FEDERAL, *(rule.key for rule in BOOK.rules)}

    assert len(plans()) == 7
    assert {claim.key for plan in plans().values() for claim in plan.claims} - known == set()


def test_a_template_that_names_what_there_is_not_is_refused():
    good = plans()["care"].model_dump()

    for change in ({"deadlines": [{"rule": "nothing"}]}, {"deadlines": [{"rule": "job_seeking"}]},
                   {"claims": [{"key": "a", "when": "nobody"}]}):  # fmt: skip
        with pytest.raises(ValueError, match=r"nobody asks|no rule"):
            Plan.model_validate(good | change)


def test_every_statute_of_a_plan_has_its_day_and_its_mark():
    marked = [
        one
        for plan in plans().values()
        for one in (*plan.hints, *(step for goal in plan.goals for step in goal.steps))
        if one.statute
    ]

    assert len([one for one in marked if one.as_of]) == len(marked) >= 8
    told = [words for plan in plans().values() for words in _words(plan.model_dump(exclude={"hints"}))]
    assert [words for words in told if "§" in words and words not in {one.statute for one in marked}] == []


def _words(value):
    """Yield all texts of a template."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _words(one)


def test_a_step_with_a_statute_says_that_nobody_has_read_it(network, ada, case):
    found = proposed(network, "care")
    take(ada, case, found, {"goal-relief", *found.keys}, key="care")

    texts = [step.text for step in Step.objects.filter(case=case) if "§" in step.text]

    assert "Kostenlose Pflegeberatung der Pflegekasse vereinbaren (§ 7a SGB XI, zu prüfen)." in texts
    assert all(text.endswith(", zu prüfen).") for text in texts)


def test_a_step_with_a_statute_in_its_words_is_refused():
    with pytest.raises(ValueError, match="in its own field"):
        StepTemplate(text="Etwas tun (§ 1 SGB I).", owner="person", days=1)


@given(data=st.data())
def test_what_is_proposed_fits_the_answers(data):
    plan = data.draw(st.sampled_from(sorted(plans().values(), key=lambda one: one.key)))
    answers = frozenset(data.draw(st.sets(st.sampled_from([one.key for one in plan.questions]))))

    for item in (*plan.goals, *(step for goal in plan.goals for step in goal.steps), *plan.deadlines, *plan.claims):
        expected = (item.when in answers or not item.when) and not (item.unless and item.unless in answers)
        assert item.fits(answers) == expected


def test_deadlines_are_counted_from_the_event_and_never_in_the_past(network):
    day = today(network.zone)
    soon = proposed(network, "job_loss", "dismissed").deadlines
    over = proposal(
        plans()["job_loss"], network=network, book=BOOK, start_on=day - timedelta(days=60),
        answers=frozenset({"dismissed"}), today=day,
    )  # fmt: skip

    assert [one.asked.rule for one in soon] == ["dismissal"]
    assert soon[0].due_on >= day + timedelta(days=21)
    assert over.deadlines == ()


def test_what_was_ticked_is_taken_over_once(network, ada, case):
    found = proposed(network, "job_loss", "dismissed")
    before = Step.objects.filter(case=case).count()
    chosen = found.keys - {"goal-work", "claim-wohngeld"}

    first = take(ada, case, found, chosen)
    again = take(ada, case, found, chosen)

    assert first == again == PlanTaking.objects.get()
    assert (Goal.objects.count(), Deadline.objects.count()) == (first.goals, first.deadlines) == (2, 1)
    assert Step.objects.filter(case=case).count() - before == first.steps
    texts = {step.text: step.goal for step in Step.objects.filter(case=case)}
    assert texts["Lebenslauf auf den neuen Stand bringen."] is None
    assert first.claims == Claim.objects.count() > 0
    assert Claim.objects.get(benefit="arbeitslosengeld").state == "planned"
    assert not Claim.objects.filter(benefit="wohngeld").exists()


def test_a_plan_that_was_taken_over_stands_in_the_line(network, ada, case):
    found = proposed(network)
    take(ada, case, found, {"claim-wohngeld"})
    day = today(network.zone)

    line = timeline(case, Span(day, day), "ziele")

    assert [(entry.title, entry.by) for entry in line if entry.kind == "plan"] == [
        (f"Plan übernommen: {plans()['job_loss'].name}", "Ada Test")
    ]


def test_what_is_asked_for_already_is_not_planned_again(network, ada, case):
    found = proposed(network, "job_loss")

    first = take(ada, case, found, {"claim-arbeitslosengeld"})
    other = take(ada, case, found, {"claim-arbeitslosengeld", "claim-wohngeld"}, request_key="s" * 32)

    assert (first.claims, other.claims, Claim.objects.count()) == (1, 1, 2)


def test_nothing_ticked_is_told(network, ada, case):
    with pytest.raises(CaseworkError, match="kreuzen"):
        take(ada, case, proposed(network), {"goal-unknown"})


def test_nobody_else_takes_a_plan_over(network, case):
    bo = make_actor(network, "alpha", "counsellor", name="Bo")
    found = proposed(network)

    with pytest.raises(CaseworkError, match="gibt es nicht"):
        take(bo, case, found, found.keys)

    assert Goal.objects.count() == 0


def test_the_pages_lead_from_the_choice_to_the_goals(network, ada, case):
    client, address = client_for(ada), f"/de/arbeit/faelle/{case.pk}/ziele/vorlagen/"
    day = today(network.zone).isoformat()
    assert "Angehörige pflegen" in client.get(address).content.decode()
    asked = {"start_on": day, "yes_works": "on"}

    preview = client.post(f"{address}care/", asked).content.decode()
    refused = client.post(f"{address}care/", asked | {"take": "1", "key": "k" * 32})
    taken = client.post(
        f"{address}care/",
        asked | {"take": "1", "key": "k" * 32, "item": ["goal-level", "step-level-1", "deadline-care_claim"]},
    )

    assert "PflegeZG" in preview
    assert "zu prüfen" in preview
    assert 'name="yes_works" value="True"' in preview
    assert refused.status_code == 422
    assert taken.status_code == 302
    assert Goal.objects.get().what == "Der Pflegegrad ist festgestellt"
    assert Step.objects.filter(goal=Goal.objects.get()).count() == Deadline.objects.count() == 1
    assert client.post(f"{address}care/", {"start_on": "1900-01-01"}).status_code == 422
    assert client.get(f"{address}nichts/").status_code == 404

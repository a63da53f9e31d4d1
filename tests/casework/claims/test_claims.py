"""Claims of a case: planned, moved by the table, taken back, renewed, seen by whom it concerns."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests.casework.conftest import make_case
from tests.casework.papers_of import make_benefits, make_office
from tragnetz.audit.models import Event
from tragnetz.casework.claims.commands import (
    ClaimDetails,
    Step,
    change_claim,
    move_claim,
    plan_claim,
    plan_claims,
    renew_claim,
    undo_move,
)
from tragnetz.casework.claims.enums import ClaimState
from tragnetz.casework.claims.models import Claim, ClaimMove
from tragnetz.casework.claims.queries import claim_of, claims_of, likely_of, pressing_claims, won_by, won_of
from tragnetz.casework.claims.rules import MOVES, Grant
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case
from tragnetz.casework.overview.queries import overview
from tragnetz.casework.timeline.queries import Span, timeline
from tragnetz.screening.models import Record

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = NOW.date()
GRANT = Grant("month", Decimal(240), date(2026, 10, 1), date(2027, 9, 30))


@pytest.fixture(autouse=True)
def benefits(network):
    return make_benefits(network)


def plan(owner, case, benefit="wohngeld", person=None, **given):
    details = ClaimDetails(benefit=benefit, **given)
    key = f"k{Claim.objects.count()}"
    return plan_claim(actor=owner, case=case, details=details, idempotency_key=key, now=NOW, person=person)


def move(owner, claim, state, days=0, **given):
    at = NOW + timedelta(minutes=ClaimMove.objects.count())
    step = Step(state, TODAY - timedelta(days=days), **({"grant": GRANT} if state == "granted" else {}) | given)
    key = f"m{ClaimMove.objects.count()}"
    return move_claim(actor=owner, claim=claim, step=step, idempotency_key=key, now=at)


@pytest.fixture
def granted(owner, case):
    return move(owner, move(owner, plan(owner, case), "sent"), "granted")


def test_a_claim_is_planned_once_however_often_it_is_sent(owner, case):
    asked = {"actor": owner, "case": case, "details": ClaimDetails("wohngeld"), "idempotency_key": "x", "now": NOW}

    assert plan_claim(**asked).pk == plan_claim(**asked).pk
    assert Claim.objects.count() == ClaimMove.objects.count() == 1


def test_a_claim_without_a_benefit_needs_words_and_an_unknown_benefit_is_refused(owner, case):
    with pytest.raises(CaseworkError, match="schreiben Sie etwas"):
        plan(owner, case, benefit="")
    with pytest.raises(CaseworkError, match="Verzeichnis"):
        plan(owner, case, benefit="goldregen")

    plan(owner, case, benefit="", title="Härtefonds der Stadt")

    assert [one.name for one in claims_of(case, TODAY)] == ["Härtefonds der Stadt"]


def test_what_a_check_found_is_planned_together_and_not_twice(owner, case):
    plan(owner, case)
    office = make_office(owner.network, owner.organisation_id)
    asked = {"actor": owner, "case": case, "facts": {}, "now": NOW}

    made = plan_claims(**asked, benefits=["wohngeld", "kinderzuschlag", "kindergeld"], idempotency_key="a")
    again = plan_claims(**asked, benefits=["kinderzuschlag"], idempotency_key="a")

    assert [row.benefit for row in made] == ["kinderzuschlag", "kindergeld"]
    assert {row.office for row in made} == {office}
    assert {row.pk for row in again} == {row.pk for row in made}
    with pytest.raises(CaseworkError, match="mindestens eine"):
        plan_claims(**asked, benefits=[], idempotency_key="b")


def test_the_words_of_a_claim_are_sealed_for_its_part(owner, case, people):
    row = plan(owner, case, person=people["Rosa"], reference="BG 4711", office_words="Amt für Geheimes")
    move(owner, row, "sent", note="Ins Frauenhaus gezogen")
    kept = []
    with connection.cursor() as cursor:
        for column, table in (("reference", "claim"), ("office_words", "claim"), ("note", "claimmove")):
            cursor.execute(f"SELECT {column} FROM casework_{table}")
            kept += [bytes(value) for (value,) in cursor.fetchall()]

    assert Claim.objects.get().reference == "BG 4711"
    assert not any(word in value for value in kept for word in (b"4711", b"Geheimes", b"Frauenhaus"))
    assert row.compartment == compartment_of(case, people["Rosa"])


def test_all_moves_of_the_table_and_no_other(owner, case):
    claim = plan(owner, case)
    for state in ClaimState:
        for target in ClaimState:
            Claim.objects.filter(pk=claim.pk).update(state=state, renew_on=None)
            if target in MOVES[state]:
                assert move(owner, claim, target).state == target
            else:
                with pytest.raises(CaseworkError, match="nicht mehr"):
                    move(owner, claim, target)


def test_the_same_step_sent_twice_counts_once(owner, case):
    claim = plan(owner, case)
    asked = {"actor": owner, "claim": claim, "step": Step("sent", TODAY), "idempotency_key": "s", "now": NOW}

    move_claim(**asked)
    move_claim(**asked)

    assert ClaimMove.objects.filter(state="sent").count() == 1


@pytest.mark.parametrize(
    ("days", "grant", "words"),
    [(-1, GRANT, "Zukunft"), (3000, GRANT, "fünf Jahre"), (0, None, "ab wann"), (0, Grant("month", None, TODAY), "Betrag")],
)  # fmt: skip
def test_a_decision_that_makes_no_sense_is_refused(owner, case, days, grant, words):
    claim = move(owner, plan(owner, case), "sent")

    with pytest.raises(CaseworkError, match=words):
        move(owner, claim, "granted", days, grant=grant)

    assert Claim.objects.get().state == "sent"


def test_a_grant_says_when_to_ask_again_and_what_it_brings(owner, case, granted):
    assert granted.renew_on == date(2027, 8, 5)  # eight weeks before its end
    assert won_of(case, TODAY) == 480
    assert won_of(case, date(2030, 1, 1)) == 12 * 240

    move(owner, granted, "lapsed", days=20)

    assert won_of(case, date(2030, 1, 1)) == 480
    assert Claim.objects.get().renew_on is None


def test_nothing_is_won_by_what_is_only_planned_or_was_taken_back(owner, case, granted):
    plan(owner, case, "kinderzuschlag")
    assert won_of(case, TODAY) == 480

    back = undo_move(actor=owner, claim=granted, now=NOW)

    assert (back.state, back.renew_on) == ("sent", None)
    assert won_of(case, TODAY) == 0
    assert [row.undone_at is None for row in back.moves.all()] == [True, True, False]
    undo_move(actor=owner, claim=granted, now=NOW)
    with pytest.raises(CaseworkError, match="nichts zurückzunehmen"):
        undo_move(actor=owner, claim=granted, now=NOW)


def test_money_of_many_cases_is_read_in_one_query(owner, case, granted, django_assert_num_queries):
    other = make_case(owner)
    move(owner, move(owner, plan(owner, other, "kindergeld"), "sent"), "granted")

    with django_assert_num_queries(1):
        found = won_by(Case.objects.all(), TODAY)

    assert {key: sum(one.amount for one in rows) for key, rows in found.items()} == {case.pk: 480, other.pk: 480}


def test_a_claim_is_renewed_once_with_the_same_office_and_sign(owner, case, granted):
    change_claim(actor=owner, claim=granted, details=ClaimDetails(office_words="Wohngeldstelle", reference="W 1"))

    made = renew_claim(actor=owner, claim=granted, now=NOW + timedelta(hours=1))

    assert renew_claim(actor=owner, claim=granted, now=NOW).pk == made.pk
    assert (made.benefit, made.office_words, made.reference, made.state) == (
        "wohngeld",
        "Wohngeldstelle",
        "W 1",
        "planned",
    )
    assert Claim.objects.get(pk=granted.pk).state == "renewed"
    with pytest.raises(CaseworkError, match="nichts zurückzunehmen"):
        undo_move(actor=owner, claim=granted, now=NOW)
    with pytest.raises(CaseworkError, match="bewilligt war"):
        renew_claim(actor=owner, claim=made, now=NOW)
    assert won_of(case, TODAY) == 480  # what was granted before stays


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": Decimal(5)}, {"state": "granted"}, {"state": "granted", "from_on": TODAY, "rhythm": "month"},
        {"state": "granted", "from_on": TODAY, "until_on": TODAY - timedelta(days=1)},
    ],
)  # fmt: skip
def test_the_database_refuses_money_that_no_decision_gave(owner, case, wrong):
    plan(owner, case)

    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimMove.objects.update(**wrong)


def test_others_neither_plan_nor_move_nor_see(owner, case, colleague, foreign, granted):
    assert claim_of(case, granted.pk, TODAY).row == granted
    for actor in (colleague, foreign):
        with pytest.raises(CaseworkError, match="gibt es nicht"):
            plan(actor, case)
        for deed in (lambda actor: move(actor, granted, "lapsed"), lambda actor: undo_move(actor=actor, claim=granted, now=NOW),
                     lambda actor: renew_claim(actor=actor, claim=granted, now=NOW),
                     lambda actor: change_claim(actor=actor, claim=granted, details=ClaimDetails())):  # fmt: skip
            with pytest.raises(CaseworkError, match="gibt es nicht"):
                deed(actor)
    assert move(owner, granted, "lapsed").state == "lapsed"


def test_each_deed_leaves_one_event_without_words(owner, case):
    claim = plan(owner, case, reference="BG 4711")
    move(owner, claim, "sent", note="persönlich abgegeben")
    events = Event.objects.filter(verb__startswith="claim:").order_by("pk")

    assert [event.verb for event in events] == ["claim:plan", "claim:move"]
    assert not any(word in str(event.details) for event in events for word in ("4711", "persönlich"))


def pressing(actor, day=TODAY, *, own=True):
    return [(one.name, one.to_renew) for one in pressing_claims(actor, day, own=own)]


def test_the_day_shows_questions_of_offices_and_what_ends_soon(owner, colleague, foreign, case, granted):
    asked = move(owner, move(owner, plan(owner, case, "", title="Härtefonds"), "sent"), "asked_back")
    assert pressing(owner) == [("Härtefonds", False)]

    assert pressing(owner, granted.renew_on) == [("Härtefonds", False), ("Wohngeld", True)]
    assert pressing(colleague) == pressing(foreign, own=False) == []
    Case.objects.filter(pk=case.pk).update(deputy=colleague.membership_id)
    assert pressing(colleague) == [("Härtefonds", False)]
    move(owner, asked, "sent")
    assert pressing(owner) == []


def test_the_day_costs_the_same_for_many_claims(owner, case, django_assert_num_queries):
    for _number in range(2):
        move(owner, move(owner, plan(owner, case), "sent"), "asked_back")
    with django_assert_num_queries(3):
        assert len(pressing(owner)) == 2
    for _number in range(6):
        move(owner, move(owner, plan(owner, case), "sent"), "asked_back")

    with django_assert_num_queries(3):
        assert len(pressing(owner)) == 8


def test_the_list_begins_with_what_needs_something_done(owner, case, granted, django_assert_num_queries):
    plan(owner, case, "kindergeld")
    move(owner, move(owner, plan(owner, case, "kinderzuschlag"), "sent"), "asked_back")

    with django_assert_num_queries(3):
        found = claims_of(case, TODAY)

    assert [one.name for one in found] == ["Kinderzuschlag", "Kindergeld", "Wohngeld"]
    assert [one.is_open for one in found] == [True, True, False]


def test_moves_stand_in_the_line_and_questions_on_the_first_page(owner, case):
    claim = move(owner, plan(owner, case), "sent")
    move(owner, claim, "asked_back", note="Mietvertrag fehlt")

    entries = timeline(case, Span(TODAY, TODAY), "antraege")

    assert [entry.title for entry in entries] == [
        "Antrag Rückfrage der Stelle: Wohngeld", "Antrag abgegeben: Wohngeld", "Antrag geplant: Wohngeld",
    ]  # fmt: skip
    assert "1 Rückfrage zu einem Antrag" in [one.text for one in overview(case, NOW).urgent]


def test_what_the_kept_check_found_can_be_planned(owner, case):
    assert likely_of(case) == (None, [])
    content = '{"household": {}, "disposable_m": 1900, "paid": {"kindergeld": 259.0, "wohngeld": 312.5}}'
    Record(
        network=owner.network, household=case.household, kept_by_id=owner.membership_id, on=TODAY, law_of=TODAY,
        content=content,
    ).save()  # fmt: skip
    plan(owner, case)

    day, found = likely_of(case)

    assert day == TODAY
    assert [(one.name, one.amount, one.has_claim) for one in found] == [
        ("Wohngeld", 312.5, True), ("Kindergeld", 259.0, False),
    ]  # fmt: skip

"""The nightly look: only who allows it, twice is once, nothing in clear, gone with the consent."""

from datetime import date, timedelta

import pytest
from django.db import connection

from tests.allowed import make_case, person_of
from tests.factories import make_actor
from tests.outlooks import allow, checked, foreseen, grown_up, outlook, turning
from tragnetz.benefits.household import read_household
from tragnetz.casework.closing.joining import split_case
from tragnetz.casework.outlook.commands import keep_outlook
from tragnetz.casework.outlook.queries import case_entries
from tragnetz.clients.commands import PersonDetails
from tragnetz.config.cli import main
from tragnetz.consent.commands import end_with_case, withdraw, withdraw_own
from tragnetz.consent.models import Consent
from tragnetz.core.clock import now, today
from tragnetz.network.actors import accompanied
from tragnetz.screening.errors import ScreeningError
from tragnetz.screening.outlook.commands import settle_foreseen
from tragnetz.screening.outlook.contents import copy_of
from tragnetz.screening.outlook.looking import look_through, mark_of
from tragnetz.screening.outlook.models import Foreseen, Outlook
from tragnetz.screening.outlook.queries import foreseen_of, outlook_of
from tragnetz.screening.outlook.rules import Dates, first_of, reduced
from tragnetz.screening.rulebook import current_book


@pytest.fixture
def case(network, ada):
    return make_case(network, ada)


@pytest.fixture
def day(network):
    return today(network.zone)


def look(network, **given):
    return look_through(network=network, now=now(), **given)


def kept():
    return sorted(Foreseen.objects.values_list("kind", "benefit", "month"))


def test_a_birthday_to_come_is_found_once(network, ada, case, day):
    outlook(ada, case, months=2)

    first, rows = look(network), kept()
    again = look(network)
    Outlook.objects.update(looked_through="")
    anew = look(network)

    assert ("lost", "unterhaltsvorschuss", first_of(day, 2)) in rows
    assert (first.households, first.new) == (1, len(rows))
    assert (again, (anew.households, anew.new), kept()) == ((0, 0), (1, 0), rows)


def test_the_sentence_says_what_when_and_why(network, ada, case, day):
    outlook(ada, case, months=2)
    look(network)

    text = next(one.text for one in case_entries(case, day) if one.row.benefit == "unterhaltsvorschuss")

    assert "fällt voraussichtlich weg: Unterhaltsvorschuss, bisher etwa" in text
    assert text.endswith("weil ein Kind 18 wird.")


def test_an_end_that_was_entered_is_told_without_computing(network, ada, case, day):
    checked(ada, case)
    allow(ada, case)
    ends = first_of(day, 3)
    keep_outlook(actor=ada, case=case, dates=Dates(granted_until={"wohngeld": ends}), now=now())

    look(network)

    assert kept() == [("renew", "wohngeld", ends)]
    assert "Bitte rechtzeitig neu beantragen" in case_entries(case, day)[0].text


def test_without_the_consent_of_everybody_who_decides_nothing_is_kept(network, ada, case):
    checked(ada, case)
    with pytest.raises(ScreeningError, match="Einwilligung"):
        keep_outlook(actor=ada, case=case, dates=Dates(), now=now())
    allow(ada, case)
    grown_up(case)

    with pytest.raises(ScreeningError, match="Einwilligung"):
        keep_outlook(actor=ada, case=case, dates=Dates(), now=now())

    assert not Outlook.objects.exists()


def test_without_a_kept_check_there_is_nothing_to_look_through(ada, case):
    allow(ada, case)

    with pytest.raises(ScreeningError, match="Prüfung"):
        keep_outlook(actor=ada, case=case, dates=Dates(), now=now())


def test_ends_far_away_or_over_are_refused(ada, case, day):
    checked(ada, case)
    allow(ada, case)

    for end in (first_of(day, -1), first_of(day, 37)):
        with pytest.raises(ScreeningError, match="Monate"):
            keep_outlook(actor=ada, case=case, dates=Dates(granted_until={"wohngeld": end}), now=now())


@pytest.mark.parametrize("how", ["staff", "person", "case"])
def test_a_withdrawal_deletes_at_once(network, ada, case, day, how):
    foreseen(ada, case)
    assert len(case_entries(case, day)) == 1
    given = Consent.objects.get(purpose="outlook")

    if how == "staff":
        withdraw(actor=ada, given=given, form="oral", now=now())
    elif how == "person":
        withdraw_own(
            actor=accompanied(network), person=person_of(case), given_id=given.pk, now=now() + timedelta(seconds=1)
        )
    else:
        end_with_case(actor=ada, household=case.household, now=now())

    assert (Outlook.objects.count(), Foreseen.objects.count()) == (0, 0)


def test_another_consent_does_not_matter(ada, case):
    foreseen(ada, case)
    other = Consent.objects.get(purpose="outlook")
    other.pk, other.purpose, other.idempotency_key = None, "counselling", "other"
    other._state.adding = True
    other.save()

    withdraw(actor=ada, given=other, form="oral", now=now())

    assert Foreseen.objects.count() == 1


def test_whoever_moves_in_without_consent_hides_it_at_once_and_it_is_deleted_at_night(network, ada, case, day):
    foreseen(ada, case)
    assert foreseen_of(case.household, day).exists()
    grown_up(case)

    assert not foreseen_of(case.household, day).exists()
    assert outlook_of(case.household, day) is None
    look(network)
    assert not Outlook.objects.exists()


def test_a_consent_that_is_over_hides_it_without_a_deed(network, ada, case, day):
    row = foreseen(ada, case)
    assert foreseen_of(case.household, day).exists()
    given = Consent.objects.get(purpose="outlook")
    Consent.objects.all().delete()
    given.given_at, given.ends_at = given.given_at - timedelta(days=500), given.ends_at - timedelta(days=500)
    given._state.adding = True
    given.save()  # as if time had passed: nothing that a trigger sees

    assert Foreseen.objects.filter(pk=row.pk).exists()
    assert not foreseen_of(case.household, day).exists()


def test_nothing_about_anybody_stands_in_clear(network, ada, case):
    outlook(ada, case, months=2)
    look(network)
    assert copy_of(Outlook.objects.get()).household.person("p1").wage_m[0].value == 1900

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM screening_outlook UNION ALL SELECT content FROM screening_foreseen")
        sealed = [bytes(row[0]) for row in cursor.fetchall()]

    assert len(sealed) > 1
    assert not any(word in one for one in sealed for word in (b"1900", b"birth", b"before", b"persons"))


def test_health_stays_out_unless_it_is_allowed(network, ada, case):
    checked(ada, case, sick_weeks=7, care_level=2)
    given = allow(ada, case)
    keep_outlook(actor=ada, case=case, dates=Dates(), now=now())
    assert copy_of(Outlook.objects.get()).household.asking.care_level == ()
    withdraw(actor=ada, given=given[0], form="oral", now=now())
    allow(ada, case, "household", "health")

    keep_outlook(actor=ada, case=case, dates=Dates(), now=now())

    assert copy_of(Outlook.objects.get()).household.asking.care_level[0].value == 2


def test_who_was_looked_through_is_left_and_the_rest_goes_on_after_a_crash(network, ada, day):
    cases = [make_case(network, ada) for _number in range(3)]
    rows = [outlook(ada, one, months=2) for one in cases]
    Outlook.objects.filter(pk=rows[0].pk).update(looked_through=mark_of(day, current_book()))

    looked = look(network, batch=1)

    assert looked.households == 2
    assert set(Foreseen.objects.values_list("outlook", flat=True)) == {rows[1].pk, rows[2].pk}


def test_what_cannot_be_read_holds_up_nobody(network, ada):
    broken, fine = (outlook(ada, make_case(network, ada), months=2) for _number in range(2))
    broken.content = '{"household": {"persons": []}, "granted": {}}'
    broken.save()

    looked = look(network)

    assert looked.households == 2
    assert set(Outlook.objects.values_list("pk", "is_readable")) == {(broken.pk, False), (fine.pk, True)}
    assert set(Foreseen.objects.values_list("outlook", flat=True)) == {fine.pk}


def test_what_does_not_come_any_more_goes_and_what_was_settled_stays(network, ada, case, day):
    outlook(ada, case, months=2)
    look(network)
    done = Foreseen.objects.get(kind="lost", benefit="unterhaltsvorschuss")
    settle_foreseen(actor=ada, row=done, state="done", now=now())
    years, month = turning(day, 18, 5)
    checked(ada, case, child=years)
    keep_outlook(actor=ada, case=case, dates=Dates(births={"p2": month}), now=now())

    look(network)

    months = set(Foreseen.objects.exclude(pk=done.pk).values_list("month", flat=True))
    assert first_of(day, 2) not in months
    assert first_of(day, 5) in months
    assert Foreseen.objects.get(pk=done.pk).state == "done"


def test_what_came_long_ago_is_forgotten(network, ada, case, day):
    row = foreseen(ada, case)
    Foreseen.objects.filter(pk=row.pk).update(month=first_of(day, -4))

    look(network)

    assert not Foreseen.objects.filter(pk=row.pk).exists()


def test_a_new_check_takes_the_months_along(network, ada, case, day):
    outlook(ada, case, months=2)
    month = copy_of(Outlook.objects.get()).household.person("p2").birth.month
    years, _month = turning(day, 18, 2)

    checked(ada, case, child=years, wage_m=2500)

    copy = copy_of(Outlook.objects.get()).household
    assert copy.asking.wage_m[0].value == 2500
    assert copy.person("p2").birth.month == month


def test_a_household_that_splits_is_set_up_anew(network, ada):
    case = make_case(
        network, ada, PersonDetails("Rosa Geheimrat", "self", 1985), PersonDetails("Otto Geheimrat", "partner", 1983)
    )
    outlook(ada, case)
    otto = person_of(case, "Otto Geheimrat")
    lead = make_actor(network, "alpha", "lead", "counsellor", name="Lea")

    split_case(actor=lead, case=case, leaving={otto.pk}, shared=[], today=today(network.zone))

    assert not Outlook.objects.exists()


@pytest.mark.parametrize(
    ("steps", "allowed"),
    [(["done", "seen", "dismissed", "seen"], True), (["done", "dismissed"], False), (["new"], False), (["x"], False)],
)
def test_what_is_foreseen_goes_only_where_the_table_leads(ada, case, steps, allowed):
    row = foreseen(ada, case)
    reason = {"dismissed": "known"}

    def walk():
        for state in steps:
            settle_foreseen(actor=ada, row=row, state=state, reason=reason.get(state, ""), now=now())

    if allowed:
        walk()
        assert Foreseen.objects.get().state == steps[-1]
    else:
        with pytest.raises(ScreeningError, match="nicht mehr"):
            walk()


def test_nothing_is_dismissed_without_a_reason(ada, case):
    row = foreseen(ada, case)

    with pytest.raises(ScreeningError, match="warum"):
        settle_foreseen(actor=ada, row=row, state="dismissed", now=now())


def test_the_command_line_tells_how_many_were_looked_through(network, ada, case, capsys):
    outlook(ada, case, months=2)

    assert main(["screening", "run"]) == 0
    assert f"{network.key}: 1 Haushalte durchgesehen" in capsys.readouterr().out
    assert main(["screening", "run", "--network", "nowhere"]) == 1


def test_a_reduced_household_is_born_in_the_year_of_its_check():
    data = {"persons": [{"id": "p1", "role": "self", "age": 38, "pregnant": True}]}
    dates = Dates(births={"p1": 12}, alg_until={"p1": date(2027, 12, 1)})

    person = reduced(read_household(data), date(2026, 11, 29), dates, with_health=False).asking

    assert (person.birth, person.age, person.age_on(date(2026, 11, 29))) == (date(1988, 12, 1), None, 37)
    assert [(one.value, one.since) for one in person.alg1_m] == [(0.0, date(2028, 1, 1))]
    assert person.pregnant == ()

"""One person twice, cases that become one or two: who takes part stays true."""

from datetime import date

import pytest

from tests.factories import make_actor
from tests.reporting.conftest import make_case, make_programme, take_in
from tragnetz.audit.models import Event
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.models import Answers, Participation, Withdrawal
from tragnetz.reporting.participation.commands import answer, leave
from tragnetz.reporting.participation.joining import keep_apart, merge_with_records, split_with_records, withdraw
from tragnetz.reporting.participation.namesakes import others_like, same_people

pytestmark = pytest.mark.django_db
BORN, TODAY = date(1988, 5, 4), date(2026, 9, 1)


@pytest.fixture
def twins(owner, programme):
    first = take_in(owner, make_case(owner, name="Anna Meier"), programme, age=None, born=BORN, school=None)
    again = take_in(
        owner, make_case(owner, name="Maier Anna"), programme, age=None, born=BORN, entered_on=date(2026, 4, 1)
    )
    return first, again


def found_twice():
    return set(Participation.objects.filter(same_people()))


def test_one_person_is_found_by_sound_and_birthday(twins, owner, programme):
    take_in(owner, make_case(owner, name="Anna Meier"), programme, age=None, born=date(1970, 1, 1))
    assert found_twice() == set(twins)
    assert list(others_like(twins[0])) == [twins[1]]


def test_without_a_birthday_the_sound_is_enough_within_one_organisation(network, owner, programme):
    here = take_in(owner, make_case(owner, name="Anna Meier"), programme)
    also = take_in(owner, make_case(owner, name="Anna Maier"), programme, born=BORN)
    fred = make_actor(network, "beta", "counsellor", name="Fred")
    take_in(fred, make_case(fred, name="Anna Meier"), programme)

    assert found_twice() == {here, also}


def test_the_withdrawn_record_gives_what_it_knows_to_the_other(twins, owner):
    first, again = twins
    assert not first.is_countable

    withdraw(actor=owner, participation=again, instead=first.pseudonym, today=TODAY)
    kept = Participation.objects.get()
    assert (kept, kept.is_countable, kept.entered_on) == (first, True, date(2026, 2, 1))
    assert Answers.objects.get().answers["school"] == "haupt"
    gone = Withdrawal.objects.get()
    assert (gone.pseudonym, gone.instead, gone.withdrawn_on) == (again.pseudonym, first.pseudonym, TODAY)
    assert Event.objects.filter(verb="participation:withdraw").count() == 1


def test_two_people_of_one_name_are_asked_about_once(twins, owner):
    keep_apart(actor=owner, participation=twins[1], today=TODAY)
    assert found_twice() == set()


def test_nobody_is_withdrawn_into_a_stranger(twins, owner, programme):
    stranger = take_in(owner, make_case(owner, name="Kim Ulm"), programme)
    with pytest.raises(ReportingError, match="gehören nicht zusammen"):
        withdraw(actor=owner, participation=twins[0], instead=stranger.pseudonym, today=TODAY)
    assert Participation.objects.count() == 3


def test_the_other_organisation_keeps_its_record_as_it_is(network, owner, programme):
    mine = take_in(owner, make_case(owner, name="Anna Meier"), programme, age=None, born=BORN)
    fred = make_actor(network, "beta", "counsellor", name="Fred")
    theirs = take_in(fred, make_case(fred, name="Anna Meier"), programme, age=None, born=BORN, school=None)

    withdraw(actor=owner, participation=mine, instead=theirs.pseudonym, today=TODAY)
    assert Participation.objects.get().is_countable is False
    with pytest.raises(ReportingError, match="gibt es nicht"):
        withdraw(actor=owner, participation=theirs, today=TODAY)


def test_merged_cases_keep_one_record_of_one_person_and_one_family(owner, programme):
    case, other = (
        make_case(owner, name="Anna Meier"),
        make_case(owner, ("Anna Meier", "self", 1988), ("Otto", "partner", 1980)),
    )
    mine = take_in(owner, case, programme, entered_on=date(2026, 5, 1))
    theirs = take_in(owner, other, programme)
    otto = take_in(owner, other, programme, person=other.household.people.get(relation="partner"), gender="m")
    leave(actor=owner, participation=theirs, left_on=date(2026, 3, 1), leaving="early_wish")
    answer(actor=owner, participation=theirs, moment="exit", told={"exit_training": "no"}, told_on=date(2026, 3, 2))
    same = {theirs.person_id: mine.person_id}

    merge_with_records(actor=owner, case=case, other=other, same=same, today=TODAY)
    rows = {row.pk: row for row in Participation.objects.all()}
    assert rows.keys() == {mine.pk, otto.pk}
    kept = rows[mine.pk]
    assert (kept.entered_on, kept.left_on, kept.case_id) == (date(2026, 2, 1), None, case.pk)
    assert {row.family for row in rows.values()} == {rows[otto.pk].family}
    assert {row.case_id for row in rows.values()} == {case.pk}
    assert {one.moment for one in kept.moments.all()} == {"entry"}  # who came back has not left


def test_who_leaves_a_household_takes_their_record_along(owner, programme):
    case = make_case(owner, ("Rosa Linde", "self", 1988), ("Otto Linde", "partner", 1985))
    rosa = take_in(owner, case, programme)
    otto = take_in(owner, case, programme, person=case.household.people.get(relation="partner"), gender="m")

    new = split_with_records(actor=owner, case=case, leaving=[otto.person_id], shared=[], today=TODAY)
    rosa.refresh_from_db()
    otto.refresh_from_db()
    assert (rosa.case_id, otto.case_id, otto.household_id) == (case.pk, new.pk, new.household_id)
    assert rosa.family == otto.family  # as it was reported


def test_projects_apart_are_not_compared(network, owner, case, programme):
    take_in(owner, case, programme, born=BORN)
    take_in(owner, case, make_programme(network, "gut", line="esf-2014"), born=BORN)
    assert found_twice() == set()

"""Take somebody into a project, answer, leave."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import make_actor
from tests.reporting.conftest import TOLD, make_case, make_programme, take_in
from tragnetz.casework.errors import CaseworkError
from tragnetz.network.models import Organisation
from tragnetz.reporting.access import named, visible_participations
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.models import Answers, Participation
from tragnetz.reporting.participation.commands import answer, leave

pytestmark = pytest.mark.django_db
BORN = date(1988, 5, 4)


def test_who_enters_is_counted_by_codes(owner, case, programme):
    row = take_in(owner, case, programme, age=None, born=BORN)

    assert row.is_countable
    assert row.codes == ["EECO01", "EECO02", "EECO03", "EECO09"]
    assert (row.gender, row.moments.get().answers["age"]) == ("w", 37)


def test_an_entry_that_is_not_complete_stands_and_does_not_count(owner, case, programme):
    row = take_in(owner, case, programme, school=None)
    assert (row.is_countable, row.codes) == (False, [])

    answer(actor=owner, participation=row, moment="entry", told=TOLD, told_on=row.entered_on)
    row.refresh_from_db()
    assert row.is_countable


def test_a_person_counts_once_in_a_project_and_again_in_another(network, owner, case, programme):
    first = take_in(owner, case, programme)
    assert take_in(owner, case, programme, entered_on=date(2026, 3, 1)) == first
    other = take_in(owner, case, make_programme(network, "gut", line="esf-2014"))

    assert Participation.objects.count() == 2
    assert other.codes == ["CO01", "CO02", "CO09"]
    with pytest.raises(IntegrityError, match="person_takes_part_once"), transaction.atomic():
        Participation.objects.filter(pk=other.pk).update(programme=programme)


def test_a_family_is_one_family_in_a_project(owner, programme):
    case = make_case(owner, ("Rosa Linde", "self", 1988), ("Otto Linde", "partner", 1985))
    rosa = take_in(owner, case, programme)
    otto = take_in(owner, case, programme, person=case.household.people.get(relation="partner"), gender="m")
    stranger = take_in(owner, make_case(owner, name="Kim Ulm"), programme)

    assert rosa.family == otto.family != stranger.family


def test_neither_name_nor_birthday_stands_in_the_tables(owner, case, programme):
    row = take_in(owner, case, programme, born=BORN)
    person = row.person.name
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(p)::text FROM reporting_participation p")
        rows = [text for (text,) in cursor.fetchall()]
        cursor.execute("SELECT row_to_json(a)::text FROM reporting_answers a")
        rows += [text for (text,) in cursor.fetchall()]

    assert row.pseudonym in " ".join(rows)  # the search finds what is there
    words = (*person.split(), "1988-05-04", "1988")  # as words of their own: a pseudonym may hold the same digits
    assert not [word for word in words if re.search(rf"(?<![0-9a-zA-Z]){word}(?![0-9a-zA-Z])", " ".join(rows))]


def test_who_enters_twice_by_another_spelling_is_found_without_a_name(owner, programme):
    first = take_in(owner, make_case(owner, name="Meier Anna"), programme, born=BORN)
    again = take_in(owner, make_case(owner, name="Anna Maier"), programme, born=BORN)
    other = take_in(owner, make_case(owner, name="Anna Maier"), programme, born=date(1990, 1, 1))

    assert first.twin == again.twin != other.twin


def test_results_come_after_the_exit(owner, case, programme):
    row = take_in(owner, case, programme)
    with pytest.raises(ReportingError, match="wann die Teilnahme endete"):
        answer(actor=owner, participation=row, moment="exit", told={}, told_on=date(2026, 6, 1))

    leave(actor=owner, participation=row, left_on=date(2026, 6, 1), leaving="early_job")
    row = answer(
        actor=owner, participation=row, moment="exit", told={"exit_employment": "yes"}, told_on=date(2026, 6, 9)
    )
    assert "EECR04" in row.codes


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2029, 1, 1)])
def test_an_entry_outside_of_the_project_is_refused(owner, case, programme, day):
    with pytest.raises(ReportingError, match=r"vom 01\.01\.2026 bis zum 31\.12\.2028"):
        take_in(owner, case, programme, entered_on=day)


def test_an_exit_before_the_entry_is_refused(owner, case, programme):
    row = take_in(owner, case, programme)
    with pytest.raises(ReportingError, match="vor dem Eintritt"):
        leave(actor=owner, participation=row, left_on=date(2026, 1, 31), leaving="regular")


@pytest.mark.parametrize(
    ("told", "message"),
    [({"age": "alt"}, "ganze Zahl"), ({"age": 121}, "passt nicht"), ({"gender": "no_answer"}, "passt nicht"),
     ({"employment": "rich"}, "passt nicht")],
)  # fmt: skip
def test_an_answer_that_does_not_fit_is_refused(owner, case, programme, told, message):
    with pytest.raises(ReportingError, match=message):
        take_in(owner, case, programme, **told)


def test_an_answer_nobody_asked_for_is_not_kept(owner, case, programme):
    row = take_in(owner, case, programme, faith="yes", employment="inactive")
    assert {"faith", "unemployed_months"}.isdisjoint(Answers.objects.get(participation=row).answers)


def test_a_project_without_a_funding_line_takes_nobody(network, owner, case):
    with pytest.raises(ReportingError, match="keine Teilnahmen"):
        take_in(owner, case, make_programme(network, "anlauf", line=""))


def test_an_organisation_that_is_not_part_takes_nobody(network, owner, case, programme):
    programme.organisations.set(Organisation.objects.filter(key="beta"))
    with pytest.raises(ReportingError, match="nicht beteiligt"):
        take_in(owner, case, programme)


def test_a_stranger_takes_nobody_in(network, case, programme):
    with pytest.raises(CaseworkError):
        take_in(make_actor(network, "beta", "counsellor", name="Fred"), case, programme)


def test_management_sees_pseudonyms_of_its_projects_and_no_name(network, owner, case, programme):
    row = take_in(owner, case, programme)
    manager = make_actor(network, "beta", "programme", name="Silke")

    assert list(visible_participations(owner)) == list(named(owner)) == [row]
    assert list(visible_participations(manager)) == [row]
    assert list(named(manager)) == []
    programme.organisations.set(Organisation.objects.filter(key="alpha"))
    assert list(visible_participations(manager)) == []


@pytest.mark.parametrize("roles", [["intake"], ["catalogue"], ["dpo"], ["admin"]])
def test_other_roles_see_no_participation(network, owner, case, programme, roles):
    take_in(owner, case, programme)
    assert list(visible_participations(make_actor(network, "alpha", *roles, name="Otto"))) == []

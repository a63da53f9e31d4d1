"""Who took part in a project: the proof stays as long as the funder asks, and no longer."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests.privacy.people import NOW, make_family, make_programme
from tragnetz.portal.own.projects import shown_projects
from tragnetz.privacy.erasing import erase, funder_until
from tragnetz.privacy.kinds import BY_KEY
from tragnetz.privacy.subjects import subject_of_case
from tragnetz.privacy.words import readable
from tragnetz.reporting.models import Answers, Participation
from tragnetz.reporting.participation.commands import Entry, enter, leave
from tragnetz.reporting.participation.queries import project_names


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path


@pytest.fixture
def family(network):
    return make_family(network, own_part=False)


@pytest.fixture
def row(network, family):
    programme = make_programme(network)
    programme.line, programme.terms = "esf-plus", {"last_payment_on": "2028-03-01"}
    programme.save()
    programme.organisations.add(family.case.organisation_id)
    person = family.case.household.people.get(relation="self")
    return enter(
        actor=family.counsellor, case=family.case, entry=Entry(programme, person, programme.starts),
        told={"gender": "w", "employment": "unemployed"}, request_key="k",
    )  # fmt: skip


def test_the_proof_of_a_participation_is_kept_from_the_last_payment_on(family, row):
    subject = subject_of_case(family.case)
    assert funder_until(subject) == date(2033, 12, 31)

    erase(actor=family.lead, subject=subject, now=NOW)
    kept = Participation.objects.get()
    assert (kept.pseudonym, kept.person_id, kept.moments.count()) == (row.pseudonym, row.person_id, 1)
    assert kept.case.restricted_on is not None


def test_a_participation_whose_time_is_over_goes_with_its_answers(family, row):
    row.programme.terms = {"last_payment_on": "2016-03-01"}
    row.programme.save()

    erase(actor=family.lead, subject=subject_of_case(family.case), now=NOW)
    assert (Participation.objects.count(), Answers.objects.count()) == (0, 0)


def test_the_copy_holds_what_was_told_in_words(network, family, row):
    subject = subject_of_case(family.case)
    (answers,) = BY_KEY["answers"].rows(subject)
    words = readable(answers, "answers", network)

    assert "Geschlecht: weiblich" in words
    assert [one.pk for one in BY_KEY["participation"].rows(subject)] == [row.pk]


def test_the_own_page_says_that_and_since_when_somebody_takes_part(family, row):
    page = SimpleNamespace(access=SimpleNamespace(person_id=row.person_id))
    assert "Projekt Plus teil, seit dem" in shown_projects(page)[0].words

    leave(actor=family.counsellor, participation=row, left_on=row.entered_on, leaving="regular")
    assert "teilgenommen, vom" in shown_projects(page)[0].words
    assert shown_projects(SimpleNamespace(access=SimpleNamespace(person_id=family.partner.pk))) == []


def test_the_list_of_cases_names_a_project_while_somebody_takes_part(family, row):
    assert project_names([family.case.pk]) == {family.case.pk: ["Plus"]}

    leave(actor=family.counsellor, participation=row, left_on=row.entered_on, leaving="regular")
    assert project_names([family.case.pk]) == {}

"""Pages of the way to work: what is typed is kept or given back, what was sent twice stands once."""

from datetime import timedelta

import pytest

from tests.personas import client_of
from tragnetz.casework.coaching.models import Application, Coaching, Placement


@pytest.fixture
def browser():
    return client_of("counsellor")


@pytest.fixture
def coaching(case, browser):
    person = case.household.people.first()
    browser.post(f"/de/arbeit/faelle/{case.pk}/coaching/", {"person": person.pk})
    return Coaching.objects.get()


def sent(day, **given):
    return {"employer": "Bäckerei Korn", "job": "Verkauf", "field": "6", "sent_on": str(day), "key": "a" * 32, **given}


def began(day, **given):
    typed = {"employer": "Bäckerei Korn", "kind": "regular", "hours": "19,5", "starts_on": str(day), "key": "b" * 32}
    return typed | given


def test_the_case_leads_to_the_path(case, browser):
    assert f"/de/arbeit/faelle/{case.pk}/coaching/" in browser.get(f"/de/arbeit/faelle/{case.pk}/").content.decode()
    assert "Begleitung beginnen" in browser.get(f"/de/arbeit/faelle/{case.pk}/coaching/").content.decode()


def test_a_path_from_profile_to_six_months(coaching, browser, day):
    base = f"/de/arbeit/coaching/{coaching.pk}/"
    browser.post(f"{base}profil/", {"goal": "Verkäuferin werden", "goal_field": "6", "hours_wanted": "19,5"})
    browser.post(f"{base}bewerbung/", sent(day - timedelta(days=250)))
    application = Application.objects.get()
    page = f"/de/arbeit/coaching/bewerbung/{application.pk}/"
    browser.post(page, {"do_talk": "1", "day": str(day - timedelta(days=240)), "time": "10:30", "note": "Frau Korn"})
    browser.post(page, {"do_state": "1", "state": "offer", "on": str(day - timedelta(days=230))})
    browser.post(f"{base}beginn/", began(day - timedelta(days=200), bewerbung=str(application.pk)))
    placement = Placement.objects.get()
    asked = browser.get(f"/de/arbeit/coaching/arbeit/{placement.pk}/").content.decode()
    browser.post(f"/de/arbeit/coaching/arbeit/{placement.pk}/", {"do_kept": "6", "kept": "yes"})

    assert "Sechs Monate sind um" in asked
    shown = browser.get(base).content.decode()
    assert shown.count("path__step--reached") == 7
    assert "Verkäuferin werden" in shown
    application.refresh_from_db()
    assert (application.state, application.interviews.get().note) == ("placed", "Frau Korn")


def test_a_form_sent_twice_stands_once(coaching, browser, day):
    for _time in range(2):
        browser.post(f"/de/arbeit/coaching/{coaching.pk}/bewerbung/", sent(day))
        browser.post(f"/de/arbeit/coaching/{coaching.pk}/beginn/", began(day))

    assert (Application.objects.count(), Placement.objects.count()) == (1, 1)


def test_a_wrong_application_is_given_back_with_what_was_typed(coaching, browser, day):
    typed = sent(day + timedelta(days=3), job="Käsetheke")
    page = browser.post(f"/de/arbeit/coaching/{coaching.pk}/bewerbung/", typed)

    assert page.status_code == 422
    text = page.content.decode()
    assert "Dieser Tag kommt erst noch" in text
    assert 'value="Käsetheke"' in text
    assert '<option value="6" selected>' in text


@pytest.mark.parametrize("hours", ["0", "61", "viel", "19,55"])
def test_wrong_hours_are_said(coaching, browser, day, hours):
    page = browser.post(f"/de/arbeit/coaching/{coaching.pk}/beginn/", began(day, hours=hours, job="Käsetheke"))

    assert page.status_code == 422
    assert "Bitte eine Zahl über 0 bis 60" in page.content.decode()
    assert 'value="Käsetheke"' in page.content.decode()


def test_hours_are_shown_again_as_they_were_typed(coaching, browser, day):
    browser.post(f"/de/arbeit/coaching/{coaching.pk}/beginn/", began(day))
    page = browser.get(f"/de/arbeit/coaching/arbeit/{Placement.objects.get().pk}/").content.decode()

    assert 'value="19,5"' in page


def test_an_end_before_the_beginning_is_said(coaching, browser, day):
    browser.post(f"/de/arbeit/coaching/{coaching.pk}/beginn/", began(day - timedelta(days=9)))
    row = Placement.objects.get()
    page = f"/de/arbeit/coaching/arbeit/{row.pk}/"

    wrong = browser.post(page, {"do_end": "1", "ended_on": str(day - timedelta(days=10)), "reason": "own"})
    right = browser.post(page, {"do_end": "1", "ended_on": str(day), "reason": "own"})
    back = browser.post(page, {"do_resume": "1"})

    assert (wrong.status_code, right.status_code, back.status_code) == (422, 302, 302)
    assert "zwischen dem ersten Tag und heute" in wrong.content.decode()
    row.refresh_from_db()
    assert row.ended_on is None


def test_a_talk_before_the_application_is_said(coaching, browser, day):
    browser.post(f"/de/arbeit/coaching/{coaching.pk}/bewerbung/", sent(day))
    page = f"/de/arbeit/coaching/bewerbung/{Application.objects.get().pk}/"

    wrong = browser.post(page, {"do_talk": "1", "day": str(day - timedelta(days=1)), "time": "10:00", "note": "Tor 3"})

    assert wrong.status_code == 422
    assert "vor dem Abschicken" in wrong.content.decode()
    assert "Tor 3" in wrong.content.decode()


def test_a_note_of_a_talk_is_kept(coaching, browser, day):
    browser.post(f"/de/arbeit/coaching/{coaching.pk}/bewerbung/", sent(day))
    row = Application.objects.get()
    page = f"/de/arbeit/coaching/bewerbung/{row.pk}/"
    browser.post(page, {"do_talk": "1", "day": str(day), "time": "10:00"})

    answer = browser.post(page, {"do_note": str(row.interviews.get().pk), "note": "lief gut"})

    assert (answer.status_code, row.interviews.get().note) == (302, "lief gut")

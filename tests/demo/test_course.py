"""The demo's cases look lived in."""

from datetime import timedelta

import pytest

from tests.personas import CITIES_FOLDER
from tragnetz.casework.models import (
    Case,
    CaseContact,
    Closing,
    Feedback,
    Goal,
    LifeEvent,
    Note,
    Rating,
    RatingLine,
    Task,
    TextTemplate,
)
from tragnetz.city.read import read_folder
from tragnetz.core.clock import today
from tragnetz.demo.history import load_history
from tragnetz.network.models import Membership


@pytest.fixture
def history(herne):
    demo = read_folder(CITIES_FOLDER / "herne").demo.model_copy(update={"households": 40})
    counsellors = list(Membership.objects.filter(roles__contains=["counsellor"]).select_related("organisation"))
    load_history(herne, demo, counsellors, today(herne.zone), lambda _done, _total: None)
    return herne


def test_every_case_has_talks_an_event_a_goal_and_a_rating(history):
    cases = Case.objects.filter(opened_on__lt=today(history.zone) - timedelta(days=1))
    assert cases.count() > 10
    for model in (CaseContact, LifeEvent, Goal, Rating):
        assert set(model.objects.values_list("case", flat=True)) >= {case.pk for case in cases}
    assert not Note.objects.filter(contact=None).exists()


def test_whatever_ended_says_how_and_the_level_fits_the_talks(history):
    closed = Case.objects.filter(state="closed")
    assert closed.exists()
    assert {row.case_id: row.closed_on for row in Closing.objects.all()} == {case.pk: case.closed_on for case in closed}
    assert not Goal.objects.filter(case__in=closed, state="open").exists()
    for case in Case.objects.filter(level="short"):
        assert case.contacts.count() <= 3


def test_levels_stay_on_their_scale_and_texts_are_there(history):
    assert set(RatingLine.objects.values_list("level", flat=True)) <= {1, 2, 3, 4, 5}
    assert RatingLine.objects.exclude(own_level=None).exists()
    assert Task.objects.exists()
    assert Feedback.objects.exists()
    assert TextTemplate.objects.filter(title="Erstgespräch").exists()

"""What people say, without a way back to them."""

import uuid
from datetime import date

import pytest

from tests.casework.conftest import TODAY
from tests.factories import make_actor
from tragnetz.audit.models import Event
from tragnetz.casework.closing.feedback import LEAST, feedback_of_year, give_feedback
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Feedback


def give(actor, **answers):
    give_feedback(actor=actor, answers=answers, today=TODAY)


def test_answers_keep_the_month_and_nothing_else(owner):
    give(owner, understood=4, better=2)

    row = Feedback.objects.get()
    assert (row.month, row.understood, row.better, row.again) == (date(2026, 11, 1), 4, 2, None)
    fields = {field.name for field in Feedback._meta.fields}
    assert fields == {"id", "network", "organisation", "month", "understood", "better", "again"}


def test_neither_the_id_nor_the_protocol_lead_to_the_answers(owner):
    give(owner, understood=1)

    event = Event.objects.get(verb="feedback:give")
    assert (event.object_id, event.object_type, event.details) == (None, "", {})
    assert Feedback.objects.get().pk.version == 4  # random: a time-ordered one would tell when
    assert isinstance(Feedback().pk, uuid.UUID)


@pytest.mark.parametrize("answers", [{}, {"understood": 5}, {"better": 0}, {"quatsch": 3}])
def test_no_answer_or_a_wrong_one_is_refused(owner, answers):
    with pytest.raises(CaseworkError):
        give(owner, **answers)
    assert Feedback.objects.count() == 0


def test_figures_are_shown_from_five_answers_on(owner):
    for _ in range(LEAST - 1):
        give(owner, understood=4)
    assert [row.hidden for row in feedback_of_year(owner, 2026)] == [True, True, True]
    give(owner, understood=1)

    first = feedback_of_year(owner, 2026)[0]
    assert [number for _word, number in first.counts] == [4, 0, 0, 1]
    assert feedback_of_year(owner, 2025)[0].hidden


def test_each_organisation_sees_its_own_answers(network, owner, foreign):
    for _ in range(LEAST):
        give(owner, again=4)

    assert feedback_of_year(owner, 2026)[2].people == LEAST
    assert feedback_of_year(foreign, 2026)[2].people == 0
    with pytest.raises(CaseworkError):
        give(make_actor(network, "alpha", "dpo", name="Dora"), again=4)

"""Answers as people read them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tragnetz.reporting.lines.line import NO_ANSWER, Answer, Question
from tragnetz.reporting.models import Answers
from tragnetz.reporting.participation.programmes import line_of


def answers_in_words(row: Answers) -> Iterator[tuple[str, str]]:
    """Yield each question that has an answer, with the answer."""
    for question in line_of(row.participation.programme).questions:
        if question.key in row.answers:
            yield question.text, in_words(question, row.answers[question.key])


def in_words(question: Question, answer: Answer) -> str:
    """Return one answer in words."""
    if answer == NO_ANSWER:
        return _("keine Angabe")
    return question.choices.get(str(answer), str(answer))

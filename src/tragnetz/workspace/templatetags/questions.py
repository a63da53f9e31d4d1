"""Template filters of questions that a person was asked by message."""

from django import template

from tragnetz.reporting.asking.models import OwnQuestion
from tragnetz.reporting.asking.words import status

register = template.Library()


@register.filter
def question_status(question: OwnQuestion) -> str:
    """Return where a question stands, for lists by pseudonym."""
    return status(question)


@register.filter
def question_status_why(question: OwnQuestion) -> str:
    """Return where a question stands and why it is not asked, for who works on the case."""
    return status(question, why=True)

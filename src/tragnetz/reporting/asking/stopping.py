"""Ask somebody no more: in the transaction of whoever changes a participation, which holds its row locked."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from tragnetz.casework.teamwork.aftercare import settle_by_itself
from tragnetz.messaging.commands import cancel
from tragnetz.network.actors import Actor
from tragnetz.reporting.asking.enums import OPEN, State, Stop
from tragnetz.reporting.asking.models import OwnQuestion
from tragnetz.reporting.ending.models import PlannedQuestion
from tragnetz.reporting.models import Answers, Participation


def messages_key(question: OwnQuestion) -> str:
    """Return with what the keys of a question's messages begin."""
    return f"own-question:{question.pk}:"


def settle_by_staff(actor: Actor, row: Participation, moment: str, on: date) -> int:
    """End the open question of a moment because the counselling has the answers; returns how many ended."""
    found = _open(row).filter(moment=moment)
    return _end(actor, found, State.SETTLED, on)


def take_back(actor: Actor, row: Participation) -> int:
    """Take back all that was asked about an exit that did not happen; returns how many questions are gone."""
    found = list(OwnQuestion.objects.filter(participation=row))
    for question in found:
        cancel(actor=actor, key_prefix=messages_key(question))
        drop_task(question, question.asked_on)
    return OwnQuestion.objects.filter(pk__in=[one.pk for one in found]).delete()[0]


def stop(actor: Actor, question: OwnQuestion, why: Stop, on: date) -> None:
    """End a question that must not be asked any more; its link opens nothing from now on."""
    _end(actor, [question], State.STOPPED, on, why)


def drop_task(question: OwnQuestion, on: date) -> None:
    """Let the task to call fall away. One that the end of a project planned ends when all of it is answered."""
    task = question.task
    if task is None or task.done_on is not None:
        return
    planned = PlannedQuestion.objects.filter(task=task)
    if not planned.exists():
        task.delete()
        question.task = None
        return
    people = planned.values("participation")
    answered = Answers.objects.filter(participation__in=people, moment=question.moment).values("participation")
    over = OwnQuestion.objects.filter(participation__in=people, moment=question.moment).exclude(state__in=OPEN)
    left = planned.exclude(participation__in=answered).exclude(participation__in=over.values("participation"))
    if not left.exclude(participation=question.participation_id).exists():
        settle_by_itself(task, on)


def _open(row: Participation) -> QuerySet[OwnQuestion]:
    return OwnQuestion.objects.filter(participation=row, state__in=OPEN).select_related("task")


def _end(actor: Actor, questions: Iterable[OwnQuestion], state: State, on: date, why: str = "") -> int:
    ended = 0
    for question in questions:
        cancel(actor=actor, key_prefix=messages_key(question))
        question.state, question.stop, question.ended_on, question.secret_hash = state, why, on, ""
        drop_task(question, on)
        question.save(update_fields=["state", "stop", "ended_on", "secret_hash", "task"])
        ended += 1
    return ended

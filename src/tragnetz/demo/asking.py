"""Who of the demo was asked after a project: a few answered themselves, one is to be called; the worker asks on."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from tragnetz.casework.teamwork.aftercare import give_by_itself
from tragnetz.clients.models import Relation
from tragnetz.core.months import months_later
from tragnetz.network.models import Network
from tragnetz.reporting.asking.enums import State, Way
from tragnetz.reporting.asking.models import OwnQuestion
from tragnetz.reporting.asking.rules import PATIENCE, SIX_MONTHS, VALID
from tragnetz.reporting.enums import Moment, Source
from tragnetz.reporting.models import Answers, Participation

ANSWERED = (Way.SMS, Way.EMAIL, Way.PAGE, Way.SMS, Way.SMS)  # the last ones of those who told how it went


@transaction.atomic
def load_asking(network: Network, today: date) -> int:
    """Let some of the answers of the demo come from the people themselves, once; returns how many were asked."""
    if OwnQuestion.objects.exists():
        return 0
    return _answered(network, today) + _to_call(network, today)


def _answered(network: Network, today: date) -> int:
    rows = Answers.objects.filter(
        moment=Moment.SIX_MONTHS, participation__person__relation=Relation.SELF, participation__case__isnull=False,
        answered_on__lte=today,
    )  # fmt: skip
    found = list(rows.select_related("participation").order_by("-answered_on", "pk")[: len(ANSWERED)])
    for way, row in zip(ANSWERED, found, strict=False):
        row.told_by, row.author = Source.PAGE if way == Way.PAGE else Source.LINK, None
        row.save(update_fields=["told_by", "author"])
        asked_on = max(months_later(_left(row.participation), SIX_MONTHS), row.answered_on - timedelta(days=2))
        question = _question(network, row.participation, way, min(asked_on, row.answered_on))
        question.state, question.told, question.ended_on = State.ANSWERED, row.answers, row.answered_on
        question.save()
    return len(found)


def _to_call(network: Network, today: date) -> int:
    """Return 1: somebody got a message and a reminder and said nothing."""
    answered = Answers.objects.filter(moment=Moment.SIX_MONTHS).values("participation")
    rows = Participation.objects.filter(
        case__isnull=False, case__restricted_on=None, person__relation=Relation.SELF,
        left_on__lte=months_later(today - 3 * PATIENCE, -SIX_MONTHS),
    )  # fmt: skip
    row = rows.exclude(pk__in=answered).select_related("programme", "case__network").order_by("-left_on", "pk").first()
    if row is None or row.case is None:
        return 0
    question = _question(network, row, Way.SMS, months_later(_left(row), SIX_MONTHS))
    question.state, question.reminded_on = State.TO_CALL, question.asked_on + PATIENCE
    words = f"Für {row.programme.short_name} anrufen: Wie geht es nach sechs Monaten?"
    question.task = give_by_itself(row.case, words, today + PATIENCE)
    question.save()
    return 1


def _question(network: Network, row: Participation, way: Way, asked_on: date) -> OwnQuestion:
    end = datetime.combine(asked_on + VALID, time(), network.zone)
    return OwnQuestion(
        network=network, participation=row, moment=Moment.SIX_MONTHS, way=way, asked_on=asked_on, expires_at=end
    )


def _left(row: Participation) -> date:
    assert row.left_on is not None  # noqa: S101 -- who answered six months later has left
    return row.left_on

"""The worker asks, reminds once, and hands over to a call; nothing of it happens twice or against somebody's will."""

import secrets
import uuid
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.models import Task
from tragnetz.casework.teamwork.aftercare import give_by_itself, let_wait
from tragnetz.clients.recipients import recipient_of
from tragnetz.core.links import outward_address, secret_hash
from tragnetz.core.transactions import in_transaction
from tragnetz.messaging.commands import notify
from tragnetz.messaging.enums import BY_ITSELF, Channel, Reason, Template
from tragnetz.messaging.enums import State as Sending
from tragnetz.messaging.models import Message
from tragnetz.network.actors import Actor, system
from tragnetz.network.models import Network
from tragnetz.network.queries import told_phone
from tragnetz.reporting.asking.enums import BY_MESSAGE, OPEN, State, Stop, Way
from tragnetz.reporting.asking.models import OwnQuestion
from tragnetz.reporting.asking.queries import (
    contact_of,
    due,
    known_of,
    questions_for,
    unwanted,
    waiting,
    window_for,
)
from tragnetz.reporting.asking.rules import (
    CALLED_BY,
    PATIENCE,
    ends_at,
    is_to_call,
    is_to_remind,
    sent_at,
    stopped_by,
    way_of,
)
from tragnetz.reporting.asking.stopping import messages_key, stop
from tragnetz.reporting.ending.models import PlannedQuestion
from tragnetz.reporting.enums import Moment
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.commands import must_take

SECRET_BYTES = 18  # 144 bits: the key to the questions and nothing else
AT_ONCE = 500  # people in one turn of the worker
# When the person changes their ways before it is sent, the outbox takes the other one of these.
_CHANNELS = {Way.SMS: BY_ITSELF, Way.EMAIL: BY_ITSELF, Way.LETTER: (Channel.LETTER,)}
_LOST = (Reason.NO_WAY, Reason.REFUSED, Reason.GAVE_UP, Reason.WRONG_NUMBER, Reason.TOO_LATE)


def ask_due(*, network: Network, now: datetime) -> int:
    """Ask whoever is to be asked now, each once; returns how many. What goes out, the outbox sends by its own rules."""
    day = now.astimezone(network.zone).date()
    asked = 0
    for row, moment in due(day)[:AT_ONCE]:
        asked += in_transaction(partial(_ask, system(network), row, moment, now))
    return asked


def chase(*, network: Network, now: datetime) -> int:
    """Remind once of what waits, then let the counselling call; returns for how many something happened."""
    found = list(waiting().values_list("pk", "participation")[:AT_ONCE])
    return sum(
        in_transaction(partial(_chase, system(network), key, row, now)) for key, row in found
    )  # fmt: skip


@transaction.atomic
def ask_no_more(*, actor: Actor, participation: Participation, today: date) -> int:
    """Take back what is open with somebody who does not want to be asked: the link opens nothing from now on.

    Returns how many questions ended. Raises ReportingError and CaseworkError.
    """
    row = must_take(actor, participation)
    found = list(OwnQuestion.objects.select_for_update(of=("self",)).filter(participation=row, state__in=OPEN))
    for question in found:
        stop(actor, question, Stop.SAID_NO, today)
    if found and row.case is not None:
        record(actor, "own_question:stop", row.case, stop=Stop.SAID_NO)
    return len(found)


def stop_unwanted(*, network: Network, now: datetime) -> int:
    """End what must not be asked any more, for the worker, before it sends; returns how many ended."""
    day, ended = now.astimezone(network.zone).date(), 0
    for key, row in unwanted().values_list("pk", "participation"):
        ended += in_transaction(partial(_stop, system(network), key, row, now, day))
    return ended


def _lock(participation_id: uuid.UUID) -> Participation | None:
    """Lock what a person has in all projects, in one order, and return the row meant."""
    mine = Participation.objects.filter(pk=participation_id).values("person")
    rows = Participation.objects.filter(person__in=mine) | Participation.objects.filter(pk=participation_id)
    list(Participation.objects.filter(pk__in=rows.values("pk")).select_for_update().order_by("pk").values_list("pk"))
    wanted = Participation.objects.filter(pk=participation_id)
    return wanted.select_related("programme", "person", "case__contact", "case__network", "network").first()


def _ask(actor: Actor, due_row: Participation, moment: Moment, now: datetime) -> bool:
    row = _lock(due_row.pk)
    day = now.astimezone(actor.network.zone).date()
    if row is None or row.left_on is None or OwnQuestion.objects.filter(participation=row, moment=moment).exists():
        return False
    if not questions_for(row, moment) or row.moments.filter(moment=moment).exists():
        return False
    known, window = known_of(row, now), window_for(row, moment)
    why = stopped_by(known)
    if why in {Stop.RESTRICTED, Stop.GONE} or not window.first <= day <= window.last:
        return False  # that may pass, or there is nobody to tell of it
    question = OwnQuestion(
        network=actor.network, participation=row, moment=moment, asked_on=day,
        expires_at=ends_at(window, day, actor.network.zone),
    )  # fmt: skip
    if why is not None:
        question.state, question.stop, question.ended_on = State.STOPPED, why, day
        question.save()
    else:
        question.way = way_of(known)
        first = _companion(row, moment, question.way)
        question.save()
        if question.way == Way.CALL:
            _let_call(question, row, day)
        else:
            _hold_plan(question, day)
            if question.way in BY_MESSAGE and first is None:
                _send(actor, question, row, now, 1)
    if row.case is not None:
        record(actor, "own_question:ask", row.case, moment=moment, way=question.way, stop=question.stop)
    return True


def _companion(row: Participation, moment: str, way: str) -> OwnQuestion | None:
    """Return a question by message that the same person waits with already: one link asks for all their projects."""
    rows = OwnQuestion.objects.filter(participation__person=row.person_id, moment=moment, state=State.ASKED, way=way)
    return rows.exclude(secret_hash="").first()


def _send(actor: Actor, question: OwnQuestion, row: Participation, now: datetime, number: int) -> None:
    contact = contact_of(row)
    assert contact is not None  # noqa: S101 -- a way by message has one
    recipient = recipient_of(contact)
    link = _link_again(question)
    if not link:
        secret = secrets.token_urlsafe(SECRET_BYTES)
        question.secret_hash, link = secret_hash(secret), outward_address("portal:asked", secret, recipient.language)
        question.save(update_fields=["secret_hash"])
    template = Template.AFTER_ASK if number == 1 else Template.AFTER_AGAIN
    notify(
        actor=actor, recipient=recipient, key=f"{messages_key(question)}{number}", template=template,
        params={"phone": told_phone(), "link": link}, code="", due_at=sent_at(now, actor.network.zone),
        expires_at=question.expires_at, ways=_CHANNELS[Way(question.way)],
    )  # fmt: skip


def _link_again(question: OwnQuestion) -> str:
    """Return the link of the first message, so that a reminder leads to the same page; nothing once it was emptied."""
    first = Message.objects.filter(key=f"{messages_key(question)}1").first()
    link: str = first.params.get("link", "") if first is not None and question.secret_hash else ""
    return link


def _chase(actor: Actor, question_id: uuid.UUID, participation_id: uuid.UUID, now: datetime) -> bool:
    row = _lock(participation_id)
    question = OwnQuestion.objects.select_for_update().filter(pk=question_id, state=State.ASKED).first()
    day = now.astimezone(actor.network.zone).date()
    if row is None or question is None:
        return False
    known = known_of(row, now)
    if stopped_by(known) is not None:
        return False  # `stop_unwanted` ends it
    lost = question.way in BY_MESSAGE and _is_lost(question)
    if lost or is_to_call(question.way, question.asked_on, question.reminded_on, day) or now >= question.expires_at:
        _let_call(question, row, day)
        if row.case is not None:
            record(actor, "own_question:hand_over", row.case, moment=question.moment, lost=lost)
        return True
    way = way_of(known)
    if not is_to_remind(question.asked_on, question.reminded_on, day) or way == Way.PAGE == question.way:
        return False
    question.reminded_on, rides_along = day, not question.secret_hash and question.way in BY_MESSAGE
    if way in BY_MESSAGE and not rides_along:
        question.way = way
        _send(actor, question, row, now, 2)
    question.save(update_fields=["reminded_on", "way"])
    if row.case is not None:
        record(actor, "own_question:remind", row.case, moment=question.moment, way=question.way)
    return True


def _is_lost(question: OwnQuestion) -> bool:
    """Whether the last message surely did not arrive."""
    last = Message.objects.filter(key__startswith=messages_key(question)).order_by("-key").first()
    if last is None:
        return False
    gone = last.state == Sending.FAILED and last.error.split(":", maxsplit=1)[0] in _LOST
    return gone or last.state == Sending.CANCELLED


def _let_call(question: OwnQuestion, row: Participation, day: date) -> None:
    """Hand over to the counselling: one task to call, for whoever is to ask this person anyway."""
    question.state = State.TO_CALL
    if question.task is None or question.task.done_on is not None:
        question.task = _task_for(question, row, day)
    question.save(update_fields=["state", "task"])


def _task_for(question: OwnQuestion, row: Participation, day: date) -> Task | None:
    planned = _plan(question)
    if planned is not None and planned.task is not None and planned.task.done_on is None:
        return planned.task
    same = OwnQuestion.objects.filter(
        participation__person=row.person_id, moment=question.moment, task__isnull=False, task__done_on=None
    )
    other = same.exclude(pk=question.pk).select_related("task").first()
    if other is not None:
        return other.task
    assert row.case is not None  # noqa: S101 -- `known_of` has looked
    text = (
        _("Für %s anrufen: Was ist nach dem Austritt geworden? Die Antworten stehen dann unter „Projekt“.")
        if question.moment == Moment.EXIT
        else _("Für %s anrufen: Wie geht es nach sechs Monaten? Die Antworten stehen dann unter „Projekt“.")
    )
    return give_by_itself(row.case, text % row.programme.short_name, min(day + CALLED_BY, _last_day(question, day)))


def _last_day(question: OwnQuestion, day: date) -> date:
    return max(day, question.expires_at.astimezone(question.network.zone).date())


def _plan(question: OwnQuestion) -> PlannedQuestion | None:
    if question.moment != Moment.SIX_MONTHS:
        return None
    return PlannedQuestion.objects.filter(participation=question.participation_id).select_related("task").first()


def _hold_plan(question: OwnQuestion, day: date) -> None:
    """Let whoever is named to ask wait until the person had time to answer by themselves."""
    planned = _plan(question)
    if planned is not None and planned.task is not None:
        let_wait(planned.task, day + 2 * PATIENCE)
        question.task = planned.task
        question.save(update_fields=["task"])


def _stop(actor: Actor, question_id: uuid.UUID, participation_id: uuid.UUID, now: datetime, day: date) -> bool:
    row = _lock(participation_id)
    question = OwnQuestion.objects.select_for_update(of=("self",)).filter(pk=question_id, state__in=OPEN)
    found = question.select_related("task").first()
    if row is None or found is None:
        return False
    why = stopped_by(known_of(row, now))
    if why is None:
        return False
    stop(actor, found, why, day)
    if row.case is not None:
        record(actor, "own_question:stop", row.case, moment=found.moment, stop=why)
    return True

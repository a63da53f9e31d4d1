"""A person answers by the link or on their own page: once, for all their projects, and perhaps asks for help again."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.appointments.calls.commands import promise_callback
from tragnetz.appointments.enums import Urgency
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.models import Callback
from tragnetz.audit.commands import record
from tragnetz.casework.enums import AfterCare
from tragnetz.casework.models import Task
from tragnetz.casework.ownpage.sessions import Opened
from tragnetz.casework.teamwork.aftercare import give_by_itself, open_after_care, tell_after_care
from tragnetz.clients.models import Relation
from tragnetz.messaging.commands import cancel
from tragnetz.network.actors import Actor, resident
from tragnetz.network.models import Network
from tragnetz.reporting.asking.enums import OPEN, State
from tragnetz.reporting.asking.queries import ToAsk, asked_by, contact_of, known_of, questions_for, to_ask
from tragnetz.reporting.asking.rules import stopped_by
from tragnetz.reporting.asking.stopping import drop_task, messages_key
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.lines.line import NO_ANSWER, Question
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.commands import keep_own

FEELS = (AfterCare.BETTER, AfterCare.SAME, AfterCare.WORSE, AfterCare.NO_ANSWER)  # what one can say oneself


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody sent. `refuses`: they do not want to answer; then nothing else of it counts but `wants_help`."""

    told: Mapping[str, str] = field(default_factory=dict)
    feels: str = ""
    refuses: bool = False
    wants_help: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What somebody is asked: the questions, and whether it is asked how they feel. `over`: it was answered."""

    questions: tuple[Question, ...] = ()
    asks_feeling: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken down: until when somebody calls, or that the counselling gets in touch another way."""

    callback: Callback | None = None
    wants_help: bool = False


def page_by_link(secret: str, now: datetime) -> Page | None:
    """Return what a link asks; nothing when it does not hold any more."""
    question = asked_by(secret, now)
    if question is None:
        return None
    if question.state not in OPEN:
        return Page(over=True)
    return _page(question.participation, question.moment, now)


def page_of(person_id: uuid.UUID, moment: str, now: datetime) -> Page:
    """Return what the own page asks about a moment."""
    row = Participation.objects.filter(person=person_id).select_related("case", "person").first()
    return _page(row, moment, now) if row is not None else Page(over=True)


def _page(row: Participation, moment: str, now: datetime) -> Page:
    if row.person_id is None:
        return Page(over=True)
    asked = to_ask(row.person_id, moment, now)
    return Page(tuple(asked.questions), _task(row, now) is not None, over=not asked.rows)


def _task(row: Participation, now: datetime) -> Task | None:
    """Return the question of the counselling after the end that is answered along: for who asked for help alone."""
    if row.case is None or row.person is None or row.person.relation != Relation.SELF:
        return None
    return open_after_care(row.case, now.astimezone(row.network.zone).date())


@transaction.atomic
def answer_by_link(*, network: Network, secret: str, said: Said, now: datetime) -> Taken | None:
    """Keep what somebody says by a link, once; nothing if it holds no more or was answered. Raises ReportingError."""
    question = asked_by(secret, now)
    if question is None or question.state not in OPEN:
        return None
    return _answer(resident(network), question.participation.person_id, question.moment, said, now)


@transaction.atomic
def answer_on_own_page(*, opened: Opened, moment: str, said: Said, now: datetime) -> Taken | None:
    """Keep what somebody says on their own page, once. Raises ReportingError."""
    return _answer(opened.actor, opened.access.person_id, moment, said, now)


def _answer(actor: Actor, person_id: uuid.UUID | None, moment: str, said: Said, now: datetime) -> Taken | None:
    if person_id is None:
        return None
    mine = Participation.objects.filter(person=person_id).order_by("pk")
    rows = {row.pk: row for row in mine.select_for_update(of=("self",)).select_related("programme", "person", "case")}
    asked = to_ask(person_id, moment, now)  # after the lock: whoever was quicker has answered
    asked_rows = [one for one in asked.rows if stopped_by(known_of(rows[one.participation_id], now)) is None]
    if not asked_rows:
        return None
    _check(asked, said)
    day = now.astimezone(actor.network.zone).date()
    first = rows[asked_rows[0].participation_id]
    taken = _help(actor, first, now) if said.wants_help else Taken()
    task = _task(first, now)
    if task is not None and said.feels and not said.refuses:
        tell_after_care(task, AfterCare(said.feels), day)
    for number, question in enumerate(asked_rows):
        row = rows[question.participation_id]
        told = _told(questions_for(row, moment), said)
        if told:
            keep_own(actor, row, moment, told, day)
        spoke = set(told.values()) - {NO_ANSWER}
        question.state = State.ANSWERED if spoke and not said.refuses else State.REFUSED
        question.told, question.ended_on = told, day
        question.wants_help = said.wants_help and not number
        question.callback = taken.callback if not number else None
        cancel(actor=actor, key_prefix=messages_key(question))
        question.save()
        drop_task(question, day)
        question.save(update_fields=["task"])
        if row.case is not None:
            record(actor, "own_question:answer", row.case, moment=moment, state=question.state)
    return taken


def _check(asked: ToAsk, said: Said) -> None:
    if said.refuses:
        return
    for question in asked.questions:
        value = said.told.get(question.key, "")
        if value != NO_ANSWER and value not in question.choices:
            raise ReportingError(
                _("Bitte beantworten Sie jede Frage. „Das möchte ich nicht sagen“ ist auch eine Antwort.")
            )
    if said.feels and said.feels not in FEELS:
        raise ReportingError(_("Bitte wählen Sie eine der Antworten."))


def _told(questions: list[Question], said: Said) -> dict[str, str]:
    """Return the answers as the project keeps them: where it cannot take a refusal, the question stays open."""
    told = {one.key: NO_ANSWER if said.refuses else said.told.get(one.key, "") for one in questions}
    by_key = {one.key: one for one in questions}
    return {key: value for key, value in told.items() if value and by_key[key].takes(value)}


def _help(actor: Actor, row: Participation, now: datetime) -> Taken:
    """Promise a call where the person may be called; else the counsellor gets in touch as it was agreed."""
    contact, case = contact_of(row), row.case
    if case is None:
        return Taken()
    if contact is not None and contact.may_call and contact.phone:
        try:
            callback = promise_callback(
                actor=actor, organisation_id=case.organisation_id, contact=contact, district=row.district, topic="",
                urgency=Urgency.NORMAL, now=now,
            )  # fmt: skip
        except NotPossibleError:
            pass
        else:
            return Taken(callback, wants_help=True)
    text = _("Die Person braucht wieder Hilfe. Bitte melden Sie sich so, wie es abgesprochen ist.")
    give_by_itself(case, text, now.astimezone(row.network.zone).date())
    return Taken(wants_help=True)

"""Give colleagues tasks, name a deputy, hand a case over."""

import uuid
from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must, must_write, visible_tasks
from tragnetz.casework.closing.rules import AFTER_CARE
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.enums import AfterCare, HandoverPoint
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.keys import sync_case
from tragnetz.casework.models import Case, Handover, Task
from tragnetz.casework.resent import sent_before
from tragnetz.casework.teamwork.queries import counsellors_for, helpers_for
from tragnetz.casework.teamwork.rules import missing_points, task_day_fits
from tragnetz.casework.texts import clean_text, within
from tragnetz.clients.models import Person
from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership
from tragnetz.network.policy import Deed


@transaction.atomic
def give_task(
    *,
    actor: Actor,
    case: Case,
    assignee_id: uuid.UUID,
    text: str,
    due_on: date,
    today: date,
    person: Person | None = None,
    request_key: str = "",
) -> Task:
    """Ask a colleague of the organisation, or oneself, to do something for a case, once a key. Raises CaseworkError."""
    must_write(actor, case)
    known = sent_before(Task.objects.filter(case=case), request_key)
    if known is not None:
        return known
    if not task_day_fits(due_on, today):
        raise CaseworkError(_("Die Aufgabe braucht ein Datum in den nächsten zwei Jahren."))
    task = Task(
        network=actor.network, case=case, compartment=compartment_of(case, person), text=clean_text(text),
        assignee=_member(helpers_for(case), assignee_id), given_by_id=member_of(actor), due_on=due_on,
        request_key=request_key,
    )  # fmt: skip
    task.save()
    record(actor, "task:give", case, own=assignee_id == actor.membership_id)
    return task


@transaction.atomic
def settle_task(*, actor: Actor, task: Task, today: date, done: bool = True, answer: str = "") -> Task:
    """Say that a task is done, or is not after all; for whoever it was given to, and whoever sees the case.

    `answer`: a code of `AfterCare`, where the task was to ask how it goes. Raises CaseworkError.
    """
    row = visible_tasks(actor).select_for_update(of=("self",)).filter(pk=task.pk).first()
    if row is None:
        raise CaseworkError(_("Diese Aufgabe gibt es nicht."))
    if answer and (row.kind not in AFTER_CARE or answer not in AfterCare):
        raise CaseworkError(_("Diese Antwort passt nicht zur Aufgabe."))
    row.done_on, row.done_by_id = (today, member_of(actor)) if done else (None, None)
    row.answer = answer if done else ""
    row.save(update_fields=["done_on", "done_by", "answer"])
    record(actor, "task:settle", row, done=done)
    return row


@transaction.atomic
def set_deputy(*, actor: Actor, case: Case, deputy_id: uuid.UUID | None) -> Case:
    """Name who stands in for the counsellor of a case, or nobody. The deputy sees and writes the case from then on."""
    must(actor, Deed.CASE_HAND_OVER, case)
    row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    deputy = _member(counsellors_for(row), deputy_id) if deputy_id is not None else None
    if deputy is not None and deputy.pk == row.counsellor_id:
        raise CaseworkError(_("Die Vertretung muss jemand anderes sein."))
    row.deputy = deputy
    row.save(update_fields=["deputy"])
    Case.objects.filter(merged_into=row).update(deputy=deputy)
    sync_case(row)
    record(actor, "case:deputy", row, named=deputy is not None)
    return row


@transaction.atomic
def hand_over(
    *, actor: Actor, case: Case, taker_id: uuid.UUID, points: Collection[str], text: str, today: date
) -> Handover:
    """Give a case to another counsellor of the organisation, with what was seen to and what they should know.

    Open tasks of the giver for this case go along; the giver sees the case no longer. Raises CaseworkError.
    """
    must(actor, Deed.CASE_HAND_OVER, case)
    row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    taker = _member(counsellors_for(row), taker_id)
    if taker.pk == row.counsellor_id:
        raise CaseworkError(_("Der Fall ist schon bei dieser Person."))
    if missing_points(points):
        raise CaseworkError(_("Klären Sie zuerst, wie die Person sicher zu erreichen ist."))
    handover = Handover(
        network=actor.network, case=row, compartment=compartment_of(row), giver_id=row.counsellor_id, taker=taker,
        handed_on=today, points=[code for code in HandoverPoint.values if code in points], text=within(text),
    )  # fmt: skip
    handover.save()
    Task.objects.filter(case=row, assignee=row.counsellor_id, done_on=None).update(assignee=taker)
    row.counsellor = taker
    if row.deputy_id == taker.pk:
        row.deputy = None
    row.save(update_fields=["counsellor", "deputy"])
    Case.objects.filter(merged_into=row).update(counsellor=taker, deputy=row.deputy)
    sync_case(row)
    record(actor, "case:hand_over", row, points=len(handover.points))
    return handover


def _member(members: Collection[Membership], wanted: uuid.UUID) -> Membership:
    found = next((row for row in members if row.pk == wanted), None)
    if found is None:
        raise CaseworkError(_("Bitte wählen Sie jemanden aus der Liste."))
    return found

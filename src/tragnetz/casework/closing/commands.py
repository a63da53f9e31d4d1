"""End a case, take it up again."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must
from tragnetz.casework.closing.rules import AFTER_CARE, CHOSEN_REASONS, after_care_days
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.enums import CaseState, ClosingResult, DeadlineState
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case, Closing, Task
from tragnetz.consent.commands import end_with_case
from tragnetz.core.clock import now
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed


@transaction.atomic
def close_case(*, actor: Actor, case: Case, reason: str, result: str, after_care: bool, today: date) -> Closing:
    """End a case with why and what came of it; with `after_care` the counsellor asks after 3 and 6 months.

    Raises CaseworkError; a case that is closed already keeps how it ended.
    """
    must(actor, Deed.CASE_END, case)
    row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if row.state == CaseState.CLOSED:
        raise CaseworkError(_("Dieser Fall ist schon beendet."))
    if reason not in CHOSEN_REASONS or result not in ClosingResult.values:
        raise CaseworkError(_("Bitte wählen Sie Grund und Ergebnis."))
    if row.deadlines.filter(state=DeadlineState.OPEN).exists():  # nobody would look at it any more
        raise CaseworkError(_("In diesem Fall ist noch eine Frist offen. Erledigen Sie sie zuerst."))
    closing = finish(actor=actor, case=row, reason=reason, result=result, after_care=after_care, today=today)
    record(actor, "case:close", row, reason=reason, result=result, after_care=closing.after_care)
    return closing


def finish(*, actor: Actor, case: Case, reason: str, result: str, after_care: bool, today: date) -> Closing:
    """Write an end that was decided, in the caller's transaction; the caller writes the audit event."""
    case.state, case.closed_on = CaseState.CLOSED, today
    case.save(update_fields=["state", "closed_on"])
    end_with_case(actor=actor, household=case.household, now=now())
    days = after_care_days(today, reason) if after_care else {}
    closing = Closing(
        network=actor.network, case=case, closed_on=today, closed_by_id=member_of(actor), reason=reason, result=result,
        after_care=bool(days),
    )  # fmt: skip
    closing.save()
    for kind, due_on in days.items():
        Task(
            network=actor.network, case=case, compartment=compartment_of(case), kind=kind,
            assignee_id=case.counsellor_id, given_by_id=member_of(actor), due_on=due_on,
        ).save()  # fmt: skip
    return closing


@transaction.atomic
def reopen_case(*, actor: Actor, case: Case, today: date) -> Case:
    """Take a case up again; how it ended before stays written, open questions after its end fall away."""
    must(actor, Deed.CASE_END, case)
    row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if row.state == CaseState.OPEN:
        raise CaseworkError(_("Dieser Fall ist schon offen."))
    row.state, row.closed_on = CaseState.OPEN, None
    row.save(update_fields=["state", "closed_on"])
    Closing.objects.filter(case=row, reopened_on=None).update(reopened_on=today)
    Task.objects.filter(case=row, done_on=None, kind__in=list(AFTER_CARE)).delete()
    record(actor, "case:reopen", row)
    return row

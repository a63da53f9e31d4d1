"""Set, change and settle deadlines. Whoever sets one has confirmed its day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must_write
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.deadlines.rules import MOVES, day_fits, end_of, needs_reason, reminders
from tragnetz.casework.deadlines.sums import Asked, sum_of
from tragnetz.casework.enums import DeadlineState
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case, Deadline
from tragnetz.casework.texts import clean_text, within
from tragnetz.clients.models import Person, Relation
from tragnetz.clients.recipients import recipient_of
from tragnetz.core.transactions import wait_for
from tragnetz.messaging.commands import cancel, notify
from tragnetz.messaging.enums import BY_ITSELF, Template
from tragnetz.messaging.rules import way_to
from tragnetz.network.actors import Actor
from tragnetz.network.queries import told_phone


@dataclass(frozen=True, slots=True)
class DeadlineDetails:
    """A deadline as a person has confirmed it: its day, and by which sum; without `asked` `matter` says what it is.

    `letter` names office and reference, `reason` says why the day is later than the sum.
    """

    due_on: date
    asked: Asked | None = None
    matter: str = ""
    letter: str = ""
    reason: str = ""
    tells_person: bool = False


@transaction.atomic
def set_deadline(
    *,
    actor: Actor,
    case: Case,
    details: DeadlineDetails,
    now: datetime,
    person: Person | None = None,
    idempotency_key: str = "",
) -> Deadline:
    """Keep a deadline whose day somebody has confirmed, and plan the reminders; the same key is one deadline.

    Without a key it is part of another command, which has its own. Raises CaseworkError.
    """
    must_write(actor, case)
    if idempotency_key:
        wait_for(f"deadline:{idempotency_key}")
        known = Deadline.objects.filter(case=case, idempotency_key=idempotency_key).first()
        if known is not None:
            return known
    deadline = Deadline(
        network=actor.network, case=case, compartment=compartment_of(case, person), author_id=member_of(actor),
        created_at=now, idempotency_key=idempotency_key,
    )  # fmt: skip
    _fill(deadline, actor, details, now)
    deadline.save()
    _remind(actor, deadline, now)
    record(actor, "deadline:set", case, rule=deadline.rule, by_sum=deadline.due_on == deadline.computed_on)
    return deadline


@transaction.atomic
def change_deadline(*, actor: Actor, deadline: Deadline, details: DeadlineDetails, now: datetime) -> Deadline:
    """Set another day, or other dates for the sum. Raises CaseworkError for one that is settled."""
    must_write(actor, deadline.case)
    row = _locked(deadline)
    if row.state != DeadlineState.OPEN:
        raise CaseworkError(_("Diese Frist ist erledigt. Öffnen Sie sie zuerst wieder."))
    _fill(row, actor, details, now)
    row.save()
    _remind(actor, row, now)
    record(actor, "deadline:change", row.case, rule=row.rule, by_sum=row.due_on == row.computed_on)
    return row


@transaction.atomic
def settle_deadline(*, actor: Actor, deadline: Deadline, state: str, now: datetime) -> Deadline:
    """Say that a deadline was met, was missed or is not needed, or open it again. Raises CaseworkError."""
    must_write(actor, deadline.case)
    row = _locked(deadline)
    if state not in DeadlineState.values or state not in MOVES[DeadlineState(row.state)]:
        raise CaseworkError(_("Das geht mit dieser Frist nicht mehr. Bitte laden Sie die Seite neu."))
    row.state = state
    ended = state != DeadlineState.OPEN
    row.ended_on = now.astimezone(actor.network.zone).date() if ended else None
    row.ended_by_id = member_of(actor) if ended else None
    row.save(update_fields=["state", "ended_on", "ended_by"])
    _remind(actor, row, now)
    record(actor, "deadline:settle", row.case, state=state, rule=row.rule)
    return row


def _locked(deadline: Deadline) -> Deadline:
    rows = Deadline.objects.select_for_update(of=("self",)).select_related("case__contact", "compartment__person")
    return rows.get(pk=deadline.pk)


def _fill(deadline: Deadline, actor: Actor, details: DeadlineDetails, now: datetime) -> None:
    asked = details.asked
    if not day_fits(details.due_on, now.astimezone(actor.network.zone).date()):
        raise CaseworkError(_("Bitte prüfen Sie das Jahr der Frist."))
    deadline.computed_on = sum_of(actor.network, asked).due_on if asked is not None else None
    if needs_reason(details.due_on, deadline.computed_on) and not details.reason.strip():
        raise CaseworkError(_("Der Tag liegt nach dem berechneten. Bitte schreiben Sie, warum."))
    deadline.due_on = details.due_on
    deadline.tells_person = details.tells_person and can_tell(deadline.case, deadline.compartment.person)
    deadline.matter = within(details.matter) if asked is not None else clean_text(details.matter)
    deadline.letter, deadline.reason = within(details.letter), within(details.reason)
    deadline.rule = asked.rule if asked is not None else ""
    deadline.start_on = asked.start_on if asked is not None else None
    deadline.arrival = asked.arrival if asked is not None else "post"
    deadline.received_on = asked.received_on if asked is not None else None
    deadline.end_on = asked.end_on if asked is not None else None
    deadline.instructed = asked.instructed if asked is not None else True


def can_tell(case: Case, person: Person | None) -> bool:
    """Whether the person can be reminded: the one who asked for help, by SMS or e-mail, if they allow it.

    The contact of a case is that of the one who asked: what is another adult's alone is not told there.
    """
    if case.contact is None or (person is not None and person.relation != Relation.SELF):
        return False
    return way_to(recipient_of(case.contact), BY_ITSELF) is not None


def _remind(actor: Actor, deadline: Deadline, now: datetime) -> None:
    """Plan the person's reminders anew: those of before are taken back."""
    prefix = f"deadline:{deadline.pk}:"
    cancel(actor=actor, key_prefix=prefix)
    case = deadline.case
    if not deadline.tells_person or deadline.state != DeadlineState.OPEN:
        return
    if case.contact is None or not can_tell(case, deadline.compartment.person):
        return
    zone = actor.network.zone
    for at in reminders(deadline.due_on, zone, now):
        notify(
            actor=actor, recipient=recipient_of(case.contact), key=f"{prefix}{at:%Y%m%d}:{now:%Y%m%d%H%M%S%f}",
            template=Template.DEADLINE, params={"day": deadline.due_on.isoformat(), "phone": told_phone()}, code="",
            due_at=at, expires_at=end_of(deadline.due_on, zone), ways=BY_ITSELF,
        )  # fmt: skip

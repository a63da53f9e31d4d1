"""Keep an outlook for a case, settle what is foreseen, ask the person to call."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import must_write
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case
from tragnetz.clients.recipients import recipient_of
from tragnetz.messaging.commands import notify
from tragnetz.messaging.enums import Template
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import way_to
from tragnetz.network.actors import Actor
from tragnetz.network.queries import told_phone
from tragnetz.screening.errors import ScreeningError
from tragnetz.screening.outlook import commands
from tragnetz.screening.outlook.enums import ForeseenState
from tragnetz.screening.outlook.models import Foreseen, Outlook
from tragnetz.screening.outlook.queries import foreseen_of
from tragnetz.screening.outlook.rules import OPEN, Dates


def keep_outlook(*, actor: Actor, case: Case, dates: Dates, now: datetime) -> Outlook:
    """Keep a case's last check to be looked through at night. Raises CaseworkError, ScreeningError."""
    must_write(actor, case)
    return commands.keep_outlook(actor=actor, household=case.household, dates=dates, now=now)


def drop_outlook(*, actor: Actor, case: Case) -> bool:
    """Delete what is kept for the nightly look, with all that was foreseen. Raises CaseworkError."""
    must_write(actor, case)
    return commands.drop_outlook(actor=actor, household=case.household)


@transaction.atomic
def settle(*, actor: Actor, case: Case, row: Foreseen, state: str, now: datetime, reason: str = "") -> Foreseen:
    """Say what became of something foreseen, or open it again. Raises CaseworkError, ScreeningError."""
    must_write(actor, case)
    today = now.astimezone(actor.network.zone).date()
    if not foreseen_of(case.household, today).filter(pk=row.pk).exists():
        raise ScreeningError(_("Diesen Hinweis gibt es nicht mehr."))
    return commands.settle_foreseen(actor=actor, row=row, state=state, reason=reason, now=now)


def mark_seen(*, case: Case, now: datetime) -> int:
    """Note that the counselling has looked at what is foreseen for a case. The caller has shown it."""
    today = now.astimezone(case.network.zone).date()
    rows = foreseen_of(case.household, today).filter(state=ForeseenState.NEW).values("pk")
    return Foreseen.objects.filter(pk__in=rows).update(state=ForeseenState.SEEN)


@transaction.atomic
def ask_to_call(*, actor: Actor, case: Case, row: Foreseen, now: datetime) -> Message:
    """Ask the person in neutral words to call, by the way that they allow; once a day. Raises CaseworkError.

    What else is open for them in the same month counts as told, too.
    """
    must_write(actor, case)
    recipient = recipient_of(case.contact) if case.contact is not None else None
    if recipient is None or way_to(recipient) is None:
        raise CaseworkError(
            _("Diese Person darf nicht angeschrieben werden. Sprechen Sie beim nächsten Termin darüber.")
        )
    today = now.astimezone(actor.network.zone).date()
    rows = foreseen_of(case.household, today)
    if not rows.filter(pk=row.pk, state__in=OPEN).exists():
        raise ScreeningError(_("Diesen Hinweis gibt es nicht mehr."))
    message = notify(
        actor=actor, recipient=recipient, key=f"outlook:{case.pk}:{today}", template=Template.OUTLOOK,
        params={"phone": told_phone()}, code="", due_at=now,
    )  # fmt: skip
    if message is None:
        raise CaseworkError(_("Die Nachricht ließ sich nicht vorbereiten. Bitte laden Sie die Seite neu."))
    told = rows.filter(month=row.month, state__in=OPEN).values("pk")
    Foreseen.objects.filter(pk__in=list(told.values_list("pk", flat=True))).update(
        state=ForeseenState.SEEN, told_on=today
    )
    record(actor, "outlook:tell", case, benefit=row.benefit)
    return message

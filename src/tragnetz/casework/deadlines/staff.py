"""Tell staff by mail that a deadline is near, in words that say nothing of whom or of what. Each may turn it off."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from tragnetz.appointments.models import Absence
from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of
from tragnetz.casework.deadlines.rules import STAFF_HOUR, staff_told_on
from tragnetz.casework.deadlines.sums import holidays_of
from tragnetz.casework.enums import CaseState, DeadlineState
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Deadline
from tragnetz.messaging.commands import queue
from tragnetz.messaging.enums import Channel, Template
from tragnetz.network.actors import Actor, system
from tragnetz.network.models import Membership, Network


def tell_staff(*, network: Network, now: datetime) -> int:
    """Queue one mail for each member of staff who has a deadline that is near; returns how many.

    It goes to the counsellor, and to the deputy while the counsellor is away. None comes on a free day: what falls on
    it is told on the workday before. Run twice a day it is one mail.
    """
    day = now.astimezone(network.zone).date()
    at = datetime.combine(day, STAFF_HOUR, network.zone)
    wanted = Membership.objects.filter(
        pk__in=set(_concerned(network, day)), ended_on=None, user__is_active=True, deadline_mails=True
    )
    actor, told = system(network), 0
    for member in wanted.select_related("user"):
        queue(
            actor=actor, key=f"staff-deadline:{member.pk}:{day}", channel=Channel.EMAIL, address=member.user.email,
            template=Template.STAFF_DEADLINE, params={"until": (at + timedelta(days=1)).isoformat()}, code="",
            language="de", due_at=at,
        )  # fmt: skip
        told += 1
    return told


def _concerned(network: Network, day: date) -> Iterator[uuid.UUID]:
    """Yield whose deadlines are near: one query."""
    start = datetime.combine(day, time(), network.zone)
    away = Absence.objects.filter(
        membership=OuterRef("case__counsellor"), starts_at__lt=start + timedelta(days=1), ends_at__gt=start
    )
    rows = Deadline.objects.filter(
        due_on__in=staff_told_on(day, holidays_of(network)), state=DeadlineState.OPEN, case__state=CaseState.OPEN,
        case__restricted_on=None,
    ).annotate(away=Exists(away))  # fmt: skip
    for counsellor, deputy, is_away in rows.values_list("case__counsellor", "case__deputy", "away").distinct():
        yield deputy if is_away and deputy is not None else counsellor


@transaction.atomic
def set_deadline_mails(*, actor: Actor, wanted: bool) -> Membership:
    """Say whether one wants these mails oneself. Raises CaseworkError for whoever is no member of staff."""
    row = Membership.objects.select_for_update().filter(pk=member_of(actor)).first()
    if row is None:
        raise CaseworkError(_("Bitte melden Sie sich an."))
    if row.deadline_mails != wanted:
        row.deadline_mails = wanted
        row.save(update_fields=["deadline_mails"])
        record(actor, "notices:set", None, deadline_mails=wanted)
    return row

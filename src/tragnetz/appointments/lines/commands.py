"""Plan who picks up a line; sign on and off."""

import uuid
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.lines.access import can_pick_up, can_plan_lines
from tragnetz.appointments.lines.queries import RECENT, open_spans
from tragnetz.appointments.lines.rules import closing_after, may_sign_on
from tragnetz.appointments.models import LineDuty, LinePresence
from tragnetz.audit.commands import record
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor
from tragnetz.network.models import Hotline, Membership, Network

DAY = timedelta(days=1)
FORGOTTEN_AFTER = 2 * RECENT  # who picked up when says how somebody works: no longer than a page needs it


@transaction.atomic
def plan_duty(
    *,
    actor: Actor,
    hotline: Hotline,
    membership: Membership,
    weekdays: Collection[int],
    starts: time,
    ends: time,
    valid_from: date,
    valid_until: date | None,
) -> list[LineDuty]:
    """Plan somebody of the own organisation at a line, on weekdays (0 is Monday). Raises NotPossibleError."""
    if not can_plan_lines(actor) or membership.organisation_id != actor.organisation_id:
        raise NotPossibleError(_("Sie planen nur für Menschen Ihrer eigenen Organisation."))
    if ends <= starts:
        raise NotPossibleError(_("Das Ende liegt vor dem Anfang."))
    if valid_until is not None and valid_until < valid_from:
        raise NotPossibleError(_("Der letzte Tag liegt vor dem ersten."))
    wait_for(f"duty:{membership.pk}")
    same = LineDuty.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=valid_from), hotline=hotline, membership=membership,
        weekday__in=weekdays, starts__lt=ends, ends__gt=starts,
    )  # fmt: skip
    if (same if valid_until is None else same.filter(valid_from__lte=valid_until)).exists():
        raise NotPossibleError(_("Diese Person ist in dieser Zeit schon eingeteilt."))
    rows = [
        LineDuty(
            network=actor.network, hotline=hotline, membership=membership, weekday=weekday, starts=starts, ends=ends,
            valid_from=valid_from, valid_until=valid_until,
        )
        for weekday in sorted(weekdays)
    ]  # fmt: skip
    for row in rows:
        row.save()
    record(actor, "duty:plan", hotline, days=len(rows))
    return rows


@transaction.atomic
def end_duty(*, actor: Actor, duty: LineDuty, first_day_off: date) -> None:
    """Plan somebody no more from a day on; what had not begun by then is gone."""
    if not can_plan_lines(actor) or duty.membership.organisation_id != actor.organisation_id:
        raise NotPossibleError(_("Sie planen nur für Menschen Ihrer eigenen Organisation."))
    record(actor, "duty:end", duty)
    if duty.valid_from >= first_day_off:
        duty.delete()
    else:
        duty.valid_until = first_day_off - DAY
        duty.save(update_fields=["valid_until"])


@transaction.atomic
def sign_on(*, actor: Actor, hotline: Hotline, now: datetime) -> LinePresence:
    """Say that one picks up a line from now on; twice is once. Raises NotPossibleError out of hours."""
    if not can_pick_up(actor):
        raise NotPossibleError(_("Das ist nur für Menschen am Telefon."))
    day = now.astimezone(actor.network.zone).date()
    if not may_sign_on(open_spans(actor.network, hotline, day, day), now):
        raise NotPossibleError(_("Diese Leitung ist jetzt geschlossen."))
    end_presences(network=actor.network, now=now)
    try:
        with transaction.atomic():
            row = LinePresence(network=actor.network, hotline=hotline, membership_id=_member(actor), since=now)
            row.save()
    except IntegrityError:
        return LinePresence.objects.get(hotline=hotline, membership=_member(actor), until=None)
    record(actor, "line:sign_on", hotline)
    return row


@transaction.atomic
def sign_off(*, actor: Actor, hotline: Hotline, now: datetime) -> bool:
    """Say that one picks up no more; tells whether one did."""
    rows = LinePresence.objects.filter(hotline=hotline, membership=_member(actor), until=None)
    if not rows.update(until=now):
        return False
    record(actor, "line:sign_off", hotline)
    return True


def end_presences(*, network: Network, now: datetime) -> int:
    """Sign off everybody whose line has closed since they signed on, at its closing time; returns how many."""
    ended = 0
    today = now.astimezone(network.zone).date()
    for row in LinePresence.objects.filter(until=None).select_related("hotline"):
        first = row.since.astimezone(network.zone).date()
        closes = closing_after(open_spans(network, row.hotline, first, today), row.since)
        if closes is not None and closes <= now:
            ended += LinePresence.objects.filter(pk=row.pk, until=None).update(until=closes)
    return ended


def forget_presences(now: datetime) -> int:
    """Delete who picked up when, once nobody needs it to tell who is there; returns how many."""
    return LinePresence.objects.filter(until__lt=now - FORGOTTEN_AFTER).delete()[0]


def _member(actor: Actor) -> uuid.UUID:
    if actor.membership_id is None:
        raise NotPossibleError(_("Bitte melden Sie sich an."))
    return actor.membership_id

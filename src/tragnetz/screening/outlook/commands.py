"""Keep and drop the reduced copy of a household; settle what is foreseen.

Who may do so is decided by whoever shows the household.
"""

import json
import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.benefits.household import Household as LawHousehold
from tragnetz.benefits.household import HouseholdError, read_household
from tragnetz.clients.models import Household
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor
from tragnetz.screening.errors import ScreeningError
from tragnetz.screening.models import Record
from tragnetz.screening.outlook.contents import Copy, copy_of
from tragnetz.screening.outlook.enums import DismissReason, ForeseenState
from tragnetz.screening.outlook.models import Foreseen, Outlook
from tragnetz.screening.outlook.queries import allows_health, outlook_of, who_must_consent
from tragnetz.screening.outlook.rules import MOVES, OPEN, Dates, first_of, reduced

LONGEST_MONTHS = 36  # so far ahead an end may be


@transaction.atomic
def keep_outlook(*, actor: Actor, household: Household, dates: Dates, now: datetime) -> Outlook:
    """Keep the reduced copy of a household's last kept check, to be looked through at night. Raises ScreeningError."""
    wait_for(f"outlook:{household.pk}")
    today = now.astimezone(actor.network.zone).date()
    if who_must_consent(household, today):
        raise ScreeningError(_("Dafür fehlt noch die Einwilligung. Ohne sie behalten wir nichts."))
    checked = last_record(household)
    if checked is None:
        raise ScreeningError(_("Bitte rechnen Sie zuerst und behalten Sie die Prüfung."))
    ends = [*dates.alg_until.values(), *dates.granted_until.values()]
    if any(not first_of(today) <= end <= first_of(today, LONGEST_MONTHS) for end in ends):
        raise ScreeningError(_("Bitte prüfen Sie die Monate: Sie liegen vor heute oder zu weit voraus."))
    return _keep(actor, household, checked, dates, now)


def _keep(actor: Actor, household: Household, checked: Record, dates: Dates, now: datetime) -> Outlook:
    today = now.astimezone(actor.network.zone).date()
    try:
        found = reduced(household_of(checked), checked.on, dates, with_health=allows_health(household, today))
        copy = Copy(read_household(found.model_dump(mode="json", exclude_defaults=True)), dates.granted_until)
    except HouseholdError as error:
        raise ScreeningError(_("Diese Geburtsmonate passen nicht zusammen. Bitte prüfen Sie sie.")) from error
    outlook, _made = Outlook.objects.update_or_create(
        household=household,
        defaults={
            "network": actor.network, "content": copy.packed(), "based_on": checked.on, "made_at": now,
            "made_by_id": _member(actor), "looked_through": "", "is_readable": True,
        },
    )  # fmt: skip
    record(actor, "outlook:keep", household, births=len(dates.births), ends=len(dates.granted_until))
    return outlook


@transaction.atomic
def renew_outlook(*, actor: Actor, household: Household, now: datetime) -> Outlook | None:
    """Let an outlook follow a check that was kept just now; what was asked for it stays. Nothing without one."""
    today = now.astimezone(actor.network.zone).date()
    outlook, checked = outlook_of(household, today), last_record(household)
    if outlook is None or checked is None:
        return None
    try:
        dates = dates_in(outlook, household_of(checked))
    except HouseholdError as error:
        raise ScreeningError(_("Diese Vorausschau ist zu alt. Bitte richten Sie sie neu ein.")) from error
    return _keep(actor, household, checked, dates, now)


@transaction.atomic
def drop_outlook(*, actor: Actor, household: Household) -> bool:
    """Delete the reduced copy of a household with all that was foreseen; returns whether there was one."""
    gone, _rows = Outlook.objects.filter(household=household).delete()
    if gone:
        record(actor, "outlook:drop", household)
    return bool(gone)


@transaction.atomic
def settle_foreseen(*, actor: Actor, row: Foreseen, state: str, now: datetime, reason: str = "") -> Foreseen:
    """Say that something foreseen is done or needs nothing, or open it again. Raises ScreeningError."""
    found = Foreseen.objects.select_for_update(of=("self",)).select_related("outlook__household").get(pk=row.pk)
    if state not in ForeseenState.values or state not in MOVES[ForeseenState(found.state)]:
        raise ScreeningError(_("Das geht hier nicht mehr. Bitte laden Sie die Seite neu."))
    if state == ForeseenState.DISMISSED and reason not in DismissReason.values:
        raise ScreeningError(_("Bitte wählen Sie, warum nichts zu tun ist."))
    found.state, found.reason = state, reason if state == ForeseenState.DISMISSED else ""
    is_open = state in OPEN
    found.settled_on = None if is_open else now.astimezone(actor.network.zone).date()
    found.settled_by_id = None if is_open else _member(actor)
    found.save(update_fields=["state", "reason", "settled_on", "settled_by"])
    record(actor, "outlook:settle", found.outlook.household, state=state, benefit=found.benefit)
    return found


def last_record(household: Household) -> Record | None:
    """Return the last check that was kept of a household."""
    return household.records.order_by("-kept_at", "-pk").first()


def household_of(checked: Record) -> LawHousehold:
    """Return the household of a kept check. Raises HouseholdError when it is of an older version."""
    return read_household(json.loads(checked.content)["household"])


def dates_in(outlook: Outlook, household: LawHousehold) -> Dates:
    """Return what was asked for an outlook, as far as it fits the people of a check."""
    copy = copy_of(outlook)
    roles = {person.id: person.role for person in household.persons}
    kept = [person for person in copy.household.persons if roles.get(person.id) == person.role]
    ends = {person.id: one.since for person in kept for one in person.alg1_m if one.since is not None}
    return Dates(
        births={person.id: person.birth.month for person in kept if person.birth is not None},
        alg_until={name: first_of(since, -1) for name, since in ends.items()},
        granted_until=copy.granted_until,
    )


def _member(actor: Actor) -> uuid.UUID:
    if actor.membership_id is None:
        raise ScreeningError(_("Bitte melden Sie sich an."))
    return actor.membership_id

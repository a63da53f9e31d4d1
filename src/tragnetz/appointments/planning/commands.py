"""Carry out changes of a plan: whole, with a new time held for everybody whom they affect."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.appointments.calls.commands import promise_callback, wait_for_promises
from tragnetz.appointments.calls.queries import promised_calls, promised_until
from tragnetz.appointments.calls.rules import is_soon_enough
from tragnetz.appointments.claims import queue_up
from tragnetz.appointments.commands import hold, release_hold
from tragnetz.appointments.enums import BookingState, Urgency, Via
from tragnetz.appointments.links import link_of
from tragnetz.appointments.models import Absence, Booking, BookingPolicy, Closure, Roster, TalkLength, Travel, Workload
from tragnetz.appointments.planning.access import can_enter_absence, can_plan, must_plan
from tragnetz.appointments.planning.changes import AddAbsence, AddClosure, Change, EndAbsence, EndClosure
from tragnetz.appointments.planning.errors import NotAllowedError, OutdatedPreviewError, PlanError
from tragnetz.appointments.planning.proposals import Offer, offers, proposal_lasts_until
from tragnetz.appointments.planning.queries import Impact, absences_in, impact, members_of, open_matter, trial
from tragnetz.appointments.planning.rules import Plan
from tragnetz.appointments.policy import policy_of
from tragnetz.appointments.rules import Wanted, wanted_from
from tragnetz.audit.commands import record
from tragnetz.clients.recipients import recipient_of
from tragnetz.core.clock import today
from tragnetz.core.ids import new_id
from tragnetz.core.transactions import in_transaction
from tragnetz.messaging import commands as outbox
from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership, Network, Site
from tragnetz.network.queries import told_phone

PRESSING = timedelta(days=2)  # a talk that soon is called about the same day


class Preview(NamedTuple):
    """What a change would do. `offers` are for the own organisation's people; others see to theirs themselves."""

    impact: Impact
    offers: list[Offer]
    elsewhere: list[Booking]
    groups: list[Booking]


class Done(NamedTuple):
    """What was done: times held for people, and calls promised to those who get none."""

    proposed: list[Booking]
    to_call: list[Booking]


def preview(*, actor: Actor, change: Change, now: datetime) -> Preview:
    """Show what a change would break, and other times for those affected; nothing of it is kept.

    Raises NotAllowedError, PlanError.
    """
    must_change(actor, change)
    found, before, after = impact(actor.network, change, now)
    rows = {row.pk: row for row in _rows(found)}
    affected = [rows[one.talk.id] for one in found.broken if rows[one.talk.id].state == BookingState.BOOKED]
    own = [row for row in affected if row.contact_id and row.membership.organisation_id == actor.organisation_id]
    record(actor, "plan:preview", None, people=len(own))
    with trial():
        _write(actor.network, before, after)
        proposed = offers(actor.network, own, now, away=[change.away] if isinstance(change, AddAbsence) else [])
    return Preview(
        found, proposed,
        [row for row in affected if row.membership.organisation_id != actor.organisation_id],
        [row for row in affected if row.session_id is not None],
    )  # fmt: skip


def carry_out(*, actor: Actor, change: Change, answers: Mapping[uuid.UUID, Wanted | None], now: datetime) -> Done:
    """Change the plan, and hold the chosen time for each affected person; without one they are promised a call.

    All or nothing. Raises NotAllowedError, PlanError, OutdatedPreviewError if others are affected than `answers` says,
    SlotTakenError if a time went meanwhile.
    """

    def run() -> Done:
        must_change(actor, change)
        wanted = {row.membership_id for row in answers.values() if row is not None}
        if any(_organisation_of(member) != actor.organisation_id for member in wanted):
            raise NotAllowedError(_("Das gehört nicht zu Ihrer Organisation."))
        queue_up({*members_of(change), *wanted})
        found, before, after = impact(actor.network, change, now)
        rows = [row for row in _rows(found) if row.membership.organisation_id == actor.organisation_id]
        people = [row for row in rows if row.state == BookingState.BOOKED and row.contact_id]
        if {row.pk for row in people} != set(answers):
            raise OutdatedPreviewError(
                _("In der Zwischenzeit hat sich etwas geändert. Nichts ist gespeichert. Bitte sehen Sie noch einmal.")
            )
        _write(actor.network, before, after)
        record(actor, f"plan:{change.verb}", None, broken=len(people))
        for row in rows:
            if row.state == BookingState.HELD:
                release_hold(actor=actor, booking=row, now=now)
        done = Done([], [])
        for row in people:
            _offer(actor, row, answers[row.pk], now, done)
        return done

    return in_transaction(run)


def propose_anew(*, actor: Actor, booking: Booking, now: datetime) -> Done:
    """Hold the best other time for somebody whose talk does not fit the plan as it stands, and write to them.

    For talks that no change made impossible while somebody looked, and for proposals that nobody answered. Raises
    NotAllowedError; PlanError when there is nothing to propose, or a proposal is on its way; SlotTakenError if the time
    went meanwhile.
    """

    def run() -> Done:
        must_plan(actor)
        queue_up({booking.membership_id})
        matter = open_matter(actor, booking, now)
        if matter is None or matter.booking.contact is None or not matter.reasons:
            raise PlanError(_("Für diesen Termin ist nichts mehr zu klären. Bitte laden Sie die Woche neu."))
        if matter.waits:
            raise PlanError(_("Ein Vorschlag ist schon unterwegs."))
        row = matter.booking
        offer = offers(actor.network, [row], now, away=absences_in(row))[0]
        if offer.chosen is None:
            raise PlanError(_("In der nächsten Zeit ist nichts frei. Bitte rufen Sie die Person an."))
        done = Done([], [])
        record(actor, "plan:propose", row)
        _offer(actor, row, wanted_from(offer.chosen), now, done)
        return done

    return in_transaction(run)


@transaction.atomic
def ask_to_call(*, actor: Actor, booking: Booking, now: datetime) -> None:
    """Promise somebody a call about a talk that cannot take place, unless one is promised that is soon enough."""
    if booking.contact is None:
        return
    wait_for_promises(booking.membership.organisation_id)
    call = promised_calls([booking]).get(booking.pk)
    if call is not None and is_soon_enough(call.promised_until, call.urgency, booking.starts_at):
        return
    organisation_id = booking.membership.organisation_id
    presses = (
        call is not None  # one that comes too late is no help
        or booking.starts_at < now + PRESSING
        or not _comes_before(actor.network, organisation_id, booking, now)
    )
    promise_callback(
        actor=actor, organisation_id=organisation_id, contact=booking.contact, district=None, topic=booking.topic,
        urgency=Urgency.TODAY if presses else Urgency.WEEK, now=now, about=booking,
    )  # fmt: skip


def _comes_before(network: Network, organisation_id: uuid.UUID, booking: Booking, now: datetime) -> bool:
    """Whether a call without hurry would be made before a talk: Monday's is near on a Friday evening, days or not."""
    found = promised_until(network, organisation_id, Urgency.WEEK, now)
    return found is not None and found.window.ends <= booking.starts_at


def must_change(actor: Actor, change: Change) -> None:
    """Let those through who may make a change. Raises NotAllowedError; PlanError for one that rewrites the past."""
    if isinstance(change, AddAbsence | EndAbsence):
        owner = _organisation_of(change.membership_id)
        allowed = owner is not None and can_enter_absence(actor, change.membership_id, owner)
    elif isinstance(change, AddClosure | EndClosure):
        owner = change.closed.organisation_id
        if change.closed.site_id is not None:
            owner = Site.objects.filter(pk=change.closed.site_id).values_list("organisation_id", flat=True).first()
        allowed = can_plan(actor) and owner == actor.organisation_id
    else:
        allowed = can_plan(actor) and _organisation_of(change.membership_id) == actor.organisation_id
        if allowed and change.first_day(actor.network.zone) < today(actor.network.zone):
            raise PlanError(_("Was schon war, lässt sich nicht mehr ändern. Bitte wählen Sie einen Tag ab heute."))
    if not allowed:
        raise NotAllowedError(_("Das gehört nicht zu Ihrer Organisation."))


def _organisation_of(membership_id: uuid.UUID) -> uuid.UUID | None:
    rows = Membership.objects.filter(pk=membership_id, ended_on=None)
    return rows.values_list("organisation_id", flat=True).first()


@transaction.atomic
def set_talk_length(*, actor: Actor, kind: str, first: int, follow: int, rest: int) -> None:
    """Say how long a talk of one kind takes. Raises NotAllowedError."""
    must_plan(actor)
    row, _made = TalkLength.objects.update_or_create(
        network=actor.network, kind=kind,
        defaults={"first_minutes": first, "follow_minutes": follow, "buffer_minutes": rest},
    )  # fmt: skip
    record(actor, "plan:length", row, kind=kind)


@transaction.atomic
def set_policy(*, actor: Actor, values: Mapping[str, int]) -> BookingPolicy:
    """Say what holds for all bookings of the network. Raises NotAllowedError."""
    must_plan(actor)
    row = policy_of(actor.network)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record(actor, "plan:policy", row)
    return row


@transaction.atomic
def set_way(*, actor: Actor, one: Site, other: Site, minutes: int | None) -> None:
    """Say how long the way between two sites takes; nothing: not known. Raises NotAllowedError, PlanError."""
    must_plan(actor)
    if one.pk == other.pk:
        raise PlanError(_("Bitte wählen Sie zwei verschiedene Orte."))
    first, second = sorted((one, other), key=lambda row: row.pk)
    if minutes is None:
        Travel.objects.filter(site=first, other=second).delete()
    else:
        Travel.objects.update_or_create(network=actor.network, site=first, other=second, defaults={"minutes": minutes})
    record(actor, "plan:way", one, minutes=minutes)


@transaction.atomic
def set_workload(*, actor: Actor, membership: Membership, values: Mapping[str, Any]) -> Workload:
    """Say how much a counsellor takes, and who stands in for them. Raises NotAllowedError."""
    must_plan(actor)
    if membership.organisation_id != actor.organisation_id:
        raise NotAllowedError(_("Das gehört nicht zu Ihrer Organisation."))
    row, _made = Workload.objects.update_or_create(network=actor.network, membership=membership, defaults=dict(values))
    record(actor, "plan:workload", row)
    return row


def _offer(actor: Actor, row: Booking, wanted: Wanted | None, now: datetime, done: Done) -> None:
    """Hold a time for the person and write to them; whoever may not be written to is called."""
    outbox.cancel(actor=actor, key_prefix=f"booking:{row.pk}:")  # nobody is reminded of what cannot take place
    if wanted is None or row.contact is None:
        ask_to_call(actor=actor, booking=row, now=now)
        done.to_call.append(row)
        return
    until = proposal_lasts_until(actor.network, wanted.start, now)
    held = hold(
        actor=actor, wanted=wanted, until=until, idempotency_key=new_id().hex, now=now, via=Via.PROPOSAL,
        purpose=row.purpose, interpreter=row.interpreter, contact=row.contact, topic=row.topic, language=row.language,
        replaces=row,
    )  # fmt: skip
    sent = outbox.notify(
        actor=actor, recipient=recipient_of(row.contact), key=f"booking:{held.booking.pk}:proposal",
        template="proposal",
        params={
            "starts_at": held.booking.starts_at.isoformat(), "phone": told_phone(),
            "until": until.isoformat(), "link": link_of(held.booking, row.contact.language),
        },
        code=held.code, due_at=now, expires_at=until,
    )  # fmt: skip
    if sent is None:
        ask_to_call(actor=actor, booking=row, now=now)
        done.to_call.append(row)
    done.proposed.append(held.booking)


def _rows(found: Impact) -> list[Booking]:
    """Return the broken bookings in the order of the talks."""
    rows = Booking.objects.filter(pk__in=[one.talk.id for one in found.broken])
    return list(
        rows.select_related("contact", "membership__user", "membership__organisation", "site").order_by(
            "starts_at", "pk"
        )
    )


def _write(network: Network, before: Plan, after: Plan) -> None:
    """Write the difference of two plans: the rule that shows a change is the one that makes it."""
    for model, old, new in (
        (Roster, before.hours, after.hours),
        (Absence, before.away, after.away),
        (Closure, before.closed, after.closed),
    ):
        known = {row.id: row for row in old}
        kept = {row.id for row in new}
        model.objects.filter(pk__in=[key for key in known if key not in kept]).delete()
        for row in new:
            if known.get(row.id) != row:
                values = asdict(row)
                values.pop("id")
                if model is Roster:
                    values.pop("organisation_id")
                    values["kinds"] = list(values["kinds"])
                model.objects.update_or_create(network=network, pk=row.id, defaults=values)

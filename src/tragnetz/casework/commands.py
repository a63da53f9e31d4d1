"""Take an enquiry, open a case, keep its household."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tragnetz.appointments.calls.commands import promise_callback
from tragnetz.appointments.claims import refuse_gone
from tragnetz.appointments.commands import Booked, book
from tragnetz.appointments.enums import CallbackState, Purpose
from tragnetz.appointments.models import Callback
from tragnetz.appointments.rules import Wanted
from tragnetz.appointments.waiting.commands import Waiting, put_on_list
from tragnetz.appointments.waiting.rules import Wishes
from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel, member_of, must_write, visible_enquiries
from tragnetz.casework.enums import Level, Outcome
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.levels.rules import MOVES
from tragnetz.casework.models import Case, Enquiry
from tragnetz.casework.ownpage.commands import end_dead_accesses
from tragnetz.casework.promises import contact_of, keep_promise, unfinished
from tragnetz.casework.queries import organisation_for
from tragnetz.casework.texts import MAX_TEXT
from tragnetz.clients.commands import PersonDetails, new_household, set_household
from tragnetz.clients.models import Contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now
from tragnetz.core.transactions import in_transaction, wait_for
from tragnetz.eligibility.facts import Facts, clean_facts
from tragnetz.network.actors import Actor
from tragnetz.network.models import District, Locality, Membership, Programme
from tragnetz.vault.sealing import code_for


@dataclass(frozen=True, slots=True)
class Asked:
    """What an enquiry is about: codes for counting, and `concern`, in the person's own words."""

    channel: str
    topic: str = ""
    urgency: str = "normal"
    language: str = "de"
    district: District | None = None
    locality: Locality | None = None
    programme: Programme | None = None
    concern: str = ""
    released: dict[str, Any] = field(default_factory=dict)


class Taken(NamedTuple):
    """An enquiry with what came of it."""

    enquiry: Enquiry
    booked: Booked | None
    callback: Callback | None
    waiting: Waiting | None = None


def take_enquiry(
    *,
    actor: Actor,
    asked: Asked,
    details: ContactDetails | None,
    wanted: Wanted | None,
    callback: bool,
    idempotency_key: str,
    now: datetime,
    purpose: str = Purpose.FIRST,
    waiting: Wishes | None = None,
    promise: Callback | None = None,
    known: Contact | None = None,
) -> Taken:
    """Take down an enquiry: an appointment, a promised call, a place on the waiting list, or nameless information.

    A sheet written while we kept a `promise` continues the contact and the enquiry of that promise, and who is `known`
    from before keeps their contact, unless the data become another organisation's. The same key is taken once.

    Raises SlotTakenError, NotPossibleError, PhoneError, EmailError, ContactError, CaseworkError; then nothing is kept.
    """

    def take() -> Taken:
        wait_for(f"enquiry:{idempotency_key}")
        same = Enquiry.objects.filter(Q(idempotency_key=idempotency_key) | Q(continued_key=idempotency_key))
        if same.exists():  # mostly not
            earlier = same.select_related("booking", "callback", "waiting")[0]
            return _again(actor, earlier, wanted, idempotency_key, now)
        if wanted is not None:
            refuse_gone(
                actor=actor, wanted=wanted, idempotency_key=idempotency_key, now=now, purpose=purpose,
                interpreter=bool(details and details.interpreter),
            )  # fmt: skip
        organisation_id = _organisation(actor, wanted, asked.district)
        kept = keep_promise(actor=actor, callback=promise, organisation_id=organisation_id, now=now)
        contact = contact_of(
            actor=actor, known=kept.contact if kept else known, organisation_id=organisation_id, details=details
        )
        booked, promised, listed, outcome = None, None, None, Outcome.INFORMATION
        if wanted is not None:
            booked = book(
                actor=actor, wanted=wanted, contact=contact, topic=asked.topic, language=asked.language,
                interpreter=bool(details and details.interpreter), idempotency_key=idempotency_key, now=now,
                purpose=purpose,
            )  # fmt: skip
            outcome = Outcome.APPOINTMENT
        elif callback:
            if contact is None or not contact.phone:
                raise CaseworkError(_("Für einen Rückruf brauchen wir eine Telefonnummer."))
            if not contact.may_call:
                raise CaseworkError(_("Diese Person darf nicht angerufen werden."))
            promised = promise_callback(
                actor=actor, organisation_id=organisation_id, contact=contact, district=asked.district,
                topic=asked.topic, urgency=asked.urgency, now=now,
            )  # fmt: skip
            outcome = Outcome.CALLBACK
        elif waiting is not None:
            if contact is None:
                raise CaseworkError(_("Für die Warteliste brauchen wir einen Namen."))
            listed = put_on_list(
                actor=actor, organisation_id=organisation_id, contact=contact, wishes=waiting, urgency=asked.urgency,
                idempotency_key=idempotency_key, now=now,
            )  # fmt: skip
            outcome = Outcome.WAITING
        begun = unfinished(kept) or _begin(actor, organisation_id, contact, idempotency_key, now)
        enquiry = _say(actor, begun, asked, idempotency_key)
        _conclude(enquiry, Taken(enquiry, booked, promised, listed), outcome)
        enquiry.save()
        event = "enquiry:continue" if enquiry.continued_key else "enquiry:take"
        record(actor, event, enquiry, outcome=outcome, channel=asked.channel)
        return Taken(enquiry, booked, promised, listed)

    return in_transaction(take)


def _begin(
    actor: Actor, organisation_id: uuid.UUID, contact: Contact | None, idempotency_key: str, now: datetime
) -> Enquiry:
    return Enquiry(
        network=actor.network, organisation_id=organisation_id, taken_by_id=actor.membership_id, contact=contact,
        idempotency_key=idempotency_key, created_at=now,
    )  # fmt: skip


def _say(actor: Actor, row: Enquiry, asked: Asked, key: str) -> Enquiry:
    """Put what was said into a new enquiry, or into the one that a sheet goes on with: what it leaves open stays."""
    if row.idempotency_key == key:
        row.channel = asked.channel
    else:
        row.continued_key, row.taken_by_id = key, row.taken_by_id or actor.membership_id
    row.topic, row.urgency, row.language = asked.topic or row.topic, asked.urgency, asked.language
    if asked.district is not None:
        same = row.district_id == asked.district.pk
        row.district, row.locality = asked.district, asked.locality or (row.locality if same else None)
    row.programme = asked.programme or row.programme
    if row.contact is None:
        return row
    if asked.concern:
        # Who may not read the old words did not see them in the sheet either: they are kept in front.
        seen = not row.concern or visible_enquiries(actor).filter(pk=row.pk).exists()
        row.concern = (asked.concern if seen else f"{row.concern}\n\n{asked.concern}")[:MAX_TEXT]
    if asked.released:
        old = json.loads(row.released) if row.released else {}
        facts = {**old.get("facts", {}), **asked.released.get("facts", {})}
        services = asked.released.get("services") or old.get("services", [])
        row.released = json.dumps({"facts": facts, "services": services})
    return row


def _conclude(row: Enquiry, came: Taken, outcome: str) -> None:
    """Say what came of an enquiry. If we called as promised and only told something, it stays one with a call."""
    if row.continued_key and outcome == Outcome.INFORMATION:
        return
    row.outcome, row.booking = outcome, came.booked.booking if came.booked else None
    row.callback, row.waiting = came.callback or row.callback, came.waiting.entry if came.waiting else None


def _again(actor: Actor, known: Enquiry, wanted: Wanted | None, key: str, now: datetime) -> Taken:
    """Answer a form that was sent twice with what the first one made."""
    booked = None
    if known.booking is not None and wanted is not None:
        booked = book(
            actor=actor, wanted=wanted, contact=None, topic="", language="de", interpreter=False,
            idempotency_key=key, now=now,
        )  # fmt: skip
    listed = Waiting(known.waiting, code_for(key)) if known.waiting is not None else None
    promised = known.callback
    if promised is not None and key == known.continued_key and promised.state != CallbackState.OPEN:
        promised = None  # that one was kept by the sheet, not made by it
    return Taken(known, booked, promised, listed)


def _organisation(actor: Actor, wanted: Wanted | None, district: District | None) -> Any:  # noqa: ANN401 -- a UUID
    """Return whose data it becomes: of the counsellor booked, of whoever took it down, of whoever picks up the line."""
    if wanted is not None:
        member = Membership.objects.filter(pk=wanted.membership_id).values_list("organisation_id", flat=True).first()
        if member is None:
            raise CaseworkError(_("Diesen Termin gibt es nicht mehr. Bitte wählen Sie einen anderen."))
        return member
    if actor.organisation_id is not None:
        return actor.organisation_id
    found = organisation_for(district)
    if found is None:
        raise CaseworkError(_("In diesem Netz berät noch niemand."))
    return found


@transaction.atomic
def open_case(*, actor: Actor, enquiry: Enquiry, today: date, level: str = Level.SHORT) -> Case:
    """Open the case of an enquiry, prepared with what the person released; opening twice gives the same one.

    It begins as short counselling unless somebody says that it is more.
    """
    if not can_counsel(actor):
        raise CaseworkError(_("Nur Beraterinnen und Berater öffnen Fälle."))
    if level not in MOVES[Level.ENQUIRY]:
        raise CaseworkError(_("Bitte wählen Sie Kurzberatung oder Fallbegleitung."))
    known = Case.objects.filter(enquiry=enquiry).first()
    if known is not None:
        return known
    facts = _released_facts(enquiry)
    household = new_household(actor=actor, organisation_id=enquiry.organisation_id, facts=facts)
    if enquiry.contact is not None:
        person = PersonDetails(enquiry.contact.name, "self", None)
        set_household(actor=actor, household=household, people=[person])
    case = Case(
        network=actor.network,
        organisation_id=enquiry.organisation_id,
        counsellor_id=_booked_with(enquiry) or member_of(actor),
        enquiry=enquiry,
        contact=enquiry.contact,
        household=household,
        programme=enquiry.programme,
        topic=enquiry.topic,
        level=level,
        opened_on=today,
    )
    case.save()
    record(actor, "case:open", case, level=level)
    return case


def _booked_with(enquiry: Enquiry) -> uuid.UUID | None:
    """Return with whom the talk of an enquiry is, if they are of the organisation whose data it is."""
    rows = Membership.objects.filter(organisation=enquiry.organisation_id, bookings=enquiry.booking_id)
    return rows.values_list("pk", flat=True).first() if enquiry.booking_id else None


def _released_facts(enquiry: Enquiry) -> Facts:
    released = json.loads(enquiry.released) if enquiry.released else {}
    return clean_facts(released.get("facts", {}))


@transaction.atomic
def change_household(*, actor: Actor, case: Case, people: Sequence[PersonDetails], facts: Facts) -> Case:
    """Replace who lives in the household of a case, and what is known of it."""
    must_write(actor, case)
    set_household(actor=actor, household=case.household, people=people, facts=facts)
    end_dead_accesses(actor=actor, now=now(), case=case)
    return case

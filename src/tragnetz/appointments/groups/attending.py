"""Who was there: marked by staff, or signed in by people themselves."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.appointments.enums import Presence, RegistrationState
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.groups.access import must_change
from tragnetz.appointments.groups.queries import is_off, markable, registration_by_code
from tragnetz.appointments.groups.registering import Registered, register
from tragnetz.appointments.groups.rules import Span, may_check_in
from tragnetz.appointments.models import Attendance, Registration, Session
from tragnetz.audit.commands import record
from tragnetz.clients.rules import ContactDetails
from tragnetz.network.actors import Actor


@transaction.atomic
def mark_attendance(*, actor: Actor, session: Session, marks: Mapping[uuid.UUID, str], now: datetime) -> int:
    """Say of people at one date whether they were there; an empty mark takes it back. Returns how many were marked."""
    must_change(actor, session.group)
    _must_take_place(session)
    known = {row.pk: row for row in markable(session)}
    before = {row.registration_id: row for row in Attendance.objects.filter(session=session)}
    changed = 0
    for registration_id, mark in marks.items():
        old = before.get(registration_id)
        if registration_id not in known or mark == (old.presence if old else ""):
            continue
        if mark:
            _mark(actor, session, known[registration_id], Presence(mark), now)
        elif old:
            old.delete()
        changed += 1
    if changed:
        record(actor, "attendance:mark", session, marked=changed)
    return changed


def _mark(actor: Actor, session: Session, registration: Registration, presence: Presence, now: datetime) -> None:
    Attendance.objects.update_or_create(
        network=actor.network,
        session=session,
        registration=registration,
        defaults={"presence": presence, "marked_by_id": actor.membership_id, "at": now},
    )


def _must_take_place(session: Session) -> None:
    if is_off(session):
        raise NotPossibleError(_("Dieser Termin ist abgesagt."))


@transaction.atomic
def check_in(*, actor: Actor, session: Session, code: str, now: datetime) -> Registration:
    """Let somebody sign in at a date by their code, from half an hour before until its end."""
    _must_take_place(session)
    if not may_check_in(Span(session.starts_at, session.ends_at), now):
        raise NotPossibleError(_("Hier kann man sich erst kurz vor Beginn anmelden, und nur bis zum Ende."))
    registration = registration_by_code(code)
    if registration is None or registration.group_id != session.group_id:
        raise NotPossibleError(_("Diesen Code kennen wir hier nicht. Bitte prüfen Sie ihn. Oder sagen Sie es uns."))
    if registration.state != RegistrationState.REGISTERED:
        raise NotPossibleError(_("Zu diesem Code gehört kein Platz. Bitte sprechen Sie uns an."))
    _mark(actor, session, registration, Presence.CAME, now)
    record(actor, "attendance:check_in", session)
    return registration


@transaction.atomic
def add_at_the_door(
    *, actor: Actor, session: Session, details: ContactDetails, idempotency_key: str, now: datetime
) -> Registered:
    """Take in somebody who came without registration: they get a free seat and were there."""
    must_change(actor, session.group)
    _must_take_place(session)
    found = register(
        actor=actor, group=session.group, details=details, idempotency_key=idempotency_key, now=now, at_the_door=True
    )
    _mark(actor, session, found.registration, Presence.CAME, now)
    return found


def sign_session(session: Session) -> str:
    """Return the secret part of the address at which people sign in at one date."""
    return Signer(salt="group-check-in").sign(session.pk.hex)


def read_signed(signed: str) -> Session | None:
    """Return the date of such an address; nothing when it was not made by us."""
    try:
        session_id = uuid.UUID(Signer(salt="group-check-in").unsign(signed))
    except (BadSignature, ValueError):
        return None
    rows = Session.objects.select_related("booking", "group__organisation", "group__network", "site__network")
    return rows.filter(pk=session_id).first()

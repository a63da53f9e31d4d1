"""Keep the list of interpreters with their declarations; ask one for a talk, settle it, let go."""

import uuid
from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.appointments.enums import BookingState
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.interpreters.access import can_ask_interpreters, must_keep
from tragnetz.appointments.interpreters.enums import AssignmentState, DeclarationForm, InterpreterKind
from tragnetz.appointments.interpreters.queries import declaration_for
from tragnetz.appointments.interpreters.rules import MOVES
from tragnetz.appointments.interpreters.telling import tell_asked, tell_off
from tragnetz.appointments.models import Booking, Interpreter, InterpreterAssignment, SecrecyDeclaration
from tragnetz.appointments.models.interpreters import LIVE
from tragnetz.audit.commands import record
from tragnetz.network.actors import Actor
from tragnetz.network.rules import LANGUAGE_NAMES


class InterpreterDetails(NamedTuple):
    """Who interprets, as typed."""

    kind: str
    name: str
    languages: Collection[str]
    email: str = ""
    phone: str = ""


@transaction.atomic
def keep_interpreter(
    *, actor: Actor, details: InterpreterDetails, interpreter: Interpreter | None = None
) -> Interpreter:
    """Put somebody on the list, or change what is known of them. Raises NotPossibleError."""
    must_keep(actor, interpreter)
    if actor.organisation_id is None:
        raise NotPossibleError(_("Bitte melden Sie sich an."))
    row = interpreter or Interpreter(network=actor.network, organisation_id=actor.organisation_id)
    row.name, row.kind = details.name.strip()[:120], details.kind
    row.languages = [code for code in LANGUAGE_NAMES if code in details.languages]
    row.email, row.phone = _email(details.email), details.phone.strip()[:40]
    if not row.name or row.kind not in InterpreterKind.values:
        raise NotPossibleError(_("Bitte geben Sie einen Namen an."))
    if not row.languages:
        raise NotPossibleError(_("Bitte wählen Sie mindestens eine Sprache."))
    if not row.email and not row.phone:
        raise NotPossibleError(_("Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer an."))
    row.save()
    record(actor, "interpreter:keep", row, new=interpreter is None)
    return row


def _email(typed: str) -> str:
    email = typed.strip()
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise NotPossibleError(_("Diese E-Mail-Adresse stimmt nicht. Bitte prüfen Sie sie.")) from error
    return email


@transaction.atomic
def record_declaration(
    *, actor: Actor, interpreter: Interpreter, declared_on: date, valid_until: date, form: str, today: date
) -> SecrecyDeclaration:
    """Record that an interpreter has declared to keep secret what they hear; sent twice it is one row.

    Raises NotPossibleError.
    """
    must_keep(actor, interpreter)
    if actor.membership_id is None:
        raise NotPossibleError(_("Bitte melden Sie sich an."))
    if form not in DeclarationForm.values:
        raise NotPossibleError(_("Bitte wählen Sie, wie die Erklärung vorliegt."))
    if declared_on > today:
        raise NotPossibleError(_("Der Tag der Erklärung liegt in der Zukunft. Bitte prüfen Sie ihn."))
    if valid_until < max(declared_on, today):
        raise NotPossibleError(_("Diese Erklärung gilt heute nicht mehr. Bitte lassen Sie eine neue unterschreiben."))
    Interpreter.objects.select_for_update().get(pk=interpreter.pk)
    same = {"declared_on": declared_on, "valid_until": valid_until, "form": form}
    known = interpreter.declarations.filter(**same).first()
    if known is not None:
        return known
    row = SecrecyDeclaration(
        network=actor.network, interpreter=interpreter, recorded_by_id=actor.membership_id, **same
    )  # fmt: skip
    row.save()
    record(actor, "interpreter:declare", interpreter, form=form)
    return row


@transaction.atomic
def end_interpreter(*, actor: Actor, interpreter: Interpreter, now: datetime) -> Interpreter:
    """Ask somebody no more; talks to come for which they were asked need somebody else. Raises NotPossibleError."""
    must_keep(actor, interpreter)
    row = Interpreter.objects.select_for_update().get(pk=interpreter.pk)
    if row.ended_on is not None:
        return row
    row.ended_on = now.astimezone(actor.network.zone).date()
    row.save(update_fields=["ended_on"])
    coming = InterpreterAssignment.objects.filter(interpreter=row, state__in=LIVE, booking__starts_at__gt=now)
    for assignment in coming.select_related("booking"):
        _let_go(actor, assignment, now)
    record(actor, "interpreter:end", row)
    return row


@transaction.atomic
def ask_interpreter(
    *, actor: Actor, booking: Booking, interpreter_id: uuid.UUID, now: datetime
) -> InterpreterAssignment:
    """Ask an interpreter for a talk, by mail where there is an address; asked twice it is one.

    The caller has looked whether the actor sees the talk. Raises NotPossibleError.
    """
    if not can_ask_interpreters(actor) or actor.membership_id is None:
        raise NotPossibleError(_("Dolmetschen bestellt, wer am Telefon oder in der Beratung arbeitet."))
    talk = Booking.objects.select_for_update(of=("self",)).select_related("site__network").get(pk=booking.pk)
    # One after the other for each interpreter: nobody is asked for two talks at once.
    found = Interpreter.objects.select_for_update().filter(
        pk=interpreter_id, organisation=actor.organisation_id, ended_on=None
    )
    interpreter = found.first()
    if interpreter is None:
        raise NotPossibleError(_("Bitte wählen Sie jemanden aus der Liste."))
    live = InterpreterAssignment.objects.filter(booking=talk, state__in=LIVE).first()
    if live is not None:
        if live.interpreter_id == interpreter.pk:
            return live
        raise NotPossibleError(_("Für diesen Termin ist schon jemand angefragt. Bestellen Sie erst ab."))
    row = InterpreterAssignment(
        network=actor.network, booking=talk, interpreter=interpreter, language=talk.language,
        declaration=_declaration(actor, interpreter, talk, now), asked_by_id=actor.membership_id, asked_at=now,
    )  # fmt: skip
    row.save()
    tell_asked(actor=actor, assignment=row, now=now)
    record(actor, "interpreter:ask", talk)
    return row


def _declaration(actor: Actor, interpreter: Interpreter, talk: Booking, now: datetime) -> SecrecyDeclaration:
    """Return the declaration on which somebody is asked; raises NotPossibleError if they cannot be."""
    if not talk.interpreter or talk.state != BookingState.BOOKED or talk.starts_at <= now:
        raise NotPossibleError(_("Für diesen Termin kann niemand mehr bestellt werden."))
    if talk.language not in interpreter.languages:
        raise NotPossibleError(_("Diese Sprache steht bei der Person nicht in der Liste."))
    zone = actor.network.zone
    rows = interpreter.declarations.order_by("-valid_until", "-pk")
    days = {"today": now.astimezone(zone).date(), "on": talk.starts_at.astimezone(zone).date()}
    declaration = declaration_for(rows, **days)
    if declaration is None:
        raise NotPossibleError(
            _("Für den Tag des Termins gibt es keine gültige Erklärung zur Verschwiegenheit. Bitte holen Sie sie ein.")
        )
    taken = InterpreterAssignment.objects.filter(
        interpreter=interpreter, state__in=LIVE, booking__starts_at__lt=talk.ends_at,
        booking__ends_at__gt=talk.starts_at,
    )  # fmt: skip
    if interpreter.kind == InterpreterKind.PERSON and taken.exists():
        raise NotPossibleError(
            _("Diese Person dolmetscht zu dieser Zeit schon woanders. Bitte wählen Sie jemand anderen.")
        )
    return declaration


@transaction.atomic
def settle_assignment(*, actor: Actor, booking: Booking, state: str, now: datetime) -> InterpreterAssignment:
    """Note what the interpreter answered, or call them off (`cancelled`). Raises NotPossibleError."""
    if not can_ask_interpreters(actor):
        raise NotPossibleError(_("Dolmetschen bestellt, wer am Telefon oder in der Beratung arbeitet."))
    Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    row = InterpreterAssignment.objects.filter(booking=booking, state__in=LIVE).first()
    if row is None or state not in MOVES[row.state]:
        raise NotPossibleError(_("Das ist schon erledigt. Bitte laden Sie die Seite neu."))
    if state == AssignmentState.CANCELLED:
        _let_go(actor, row, now)
    else:
        row.state, row.settled_at = state, now
        row.save(update_fields=["state", "settled_at"])
    record(actor, "interpreter:settle", booking, state=state)
    return row


def let_go_interpreter(*, actor: Actor, booking: Booking, now: datetime) -> None:
    """Call off who was asked for a talk that is moved or called off: part of that command and of its event."""
    if not booking.interpreter:
        return
    for row in InterpreterAssignment.objects.filter(booking=booking, state__in=LIVE).select_related("booking"):
        _let_go(actor, row, now)


def _let_go(actor: Actor, row: InterpreterAssignment, now: datetime) -> None:
    row.state, row.settled_at = AssignmentState.CANCELLED, now
    row.save(update_fields=["state", "settled_at"])
    tell_off(actor=actor, assignment=row, now=now)

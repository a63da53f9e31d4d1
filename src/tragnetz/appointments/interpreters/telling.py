"""What an interpreter is told of a talk: time, place, language. Nothing about the person, nothing of the topic."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from tragnetz.appointments.enums import Kind
from tragnetz.appointments.models import Booking, InterpreterAssignment
from tragnetz.messaging import commands as outbox
from tragnetz.messaging.enums import Channel, Template
from tragnetz.network.actors import Actor
from tragnetz.network.languages import language_name
from tragnetz.network.queries import told_phone


def place_of(booking: Booking) -> str:
    """Return where a talk is, as an interpreter is told; where somebody lives is never written."""
    if booking.kind == Kind.ON_SITE and booking.site is not None:
        return booking.site.address
    return {
        Kind.PHONE.value: _("am Telefon, wir rufen Sie an"),
        Kind.VIDEO.value: _("per Video, den Link bekommen Sie von uns"),
    }.get(booking.kind, _("sagen wir Ihnen am Telefon"))


def tell_asked(*, actor: Actor, assignment: InterpreterAssignment, now: datetime) -> None:
    """Ask by mail; whoever has no address is phoned, as the page says."""
    _tell(actor, assignment, Template.INTERPRETER_ASKED, now)


def tell_off(*, actor: Actor, assignment: InterpreterAssignment, now: datetime) -> None:
    """Call off by mail, unless the asking had not gone out yet: then it never does."""
    unsent = outbox.cancel(actor=actor, key_prefix=_key(assignment, Template.INTERPRETER_ASKED))
    if not unsent and assignment.booking.starts_at > now:
        _tell(actor, assignment, Template.INTERPRETER_OFF, now)


def _key(assignment: InterpreterAssignment, template: str) -> str:
    return f"interpreter:{assignment.pk}:{template}"


def _tell(actor: Actor, assignment: InterpreterAssignment, template: str, now: datetime) -> None:
    interpreter, booking = assignment.interpreter, assignment.booking
    if not interpreter.email:
        return
    with override("de"):  # the letter is German: whoever interprets reads it
        params = {
            "starts_at": booking.starts_at.isoformat(),
            "end": f"{booking.ends_at.astimezone(actor.network.zone):%H:%M}",
            "place": place_of(booking),
            "spoken": language_name(assignment.language),
            "phone": told_phone(),
        }
    outbox.queue(
        actor=actor, key=_key(assignment, template), channel=Channel.EMAIL, address=interpreter.email,
        template=template, params=params, code="", language="de", due_at=now, name=interpreter.name,
        organisation_id=interpreter.organisation_id,
    )  # fmt: skip

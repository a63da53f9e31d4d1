"""Who keeps the list of interpreters, and who asks one for a talk. Each organisation has its own list."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.models import Interpreter
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, may


def can_ask_interpreters(actor: Actor) -> bool:
    """Whether somebody asks interpreters for talks."""
    return may(actor, Deed.INTERPRETER_ASK)


def can_keep_interpreters(actor: Actor) -> bool:
    """Whether somebody keeps the list of interpreters and their declarations."""
    return may(actor, Deed.INTERPRETER_KEEP)


def visible_interpreters(actor: Actor) -> QuerySet[Interpreter]:
    """Return the interpreters of one's own organisation, also those who are not asked any more."""
    rows = Interpreter.objects.filter(organisation=actor.organisation_id)
    return rows if can_ask_interpreters(actor) else rows.none()


def must_keep(actor: Actor, interpreter: Interpreter | None = None) -> None:
    """Raise NotPossibleError unless the actor keeps this organisation's list."""
    own = interpreter is None or interpreter.organisation_id == actor.organisation_id
    if not can_keep_interpreters(actor) or not own:
        raise NotPossibleError(_("Die Liste der Dolmetscherinnen und Dolmetscher führt die Leitung."))

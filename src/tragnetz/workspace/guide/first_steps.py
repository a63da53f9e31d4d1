"""What a new counsellor finds in their day until work comes: what is set up, what is not, and where to read on."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from tragnetz.appointments.calendars.queries import feed_of
from tragnetz.appointments.models import Booking, Roster
from tragnetz.casework.access import visible_cases
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership
from tragnetz.staff.queries import has_second_factor


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to set up: on which page, and whether it is done."""

    text: str | StrPromise
    page: str
    done: bool


def first_steps(actor: Actor) -> list[Step]:
    """Return what to set up for a counsellor who has neither a case nor an appointment yet; nothing for others."""
    if actor.membership_id is None or not actor.has(Role.COUNSELLOR) or visible_cases(actor).exists():
        return []
    own = Membership.objects.select_related("user").filter(pk=actor.membership_id).first()
    if own is None or Booking.objects.filter(membership=own).exists():
        return []
    planned = Roster.objects.filter(membership=own).exists()
    return [
        Step(_("Die Anmeldung mit einem zweiten Faktor sichern"), "mfa_index", has_second_factor(own.user)),
        Step(_("Dienste: ohne sie keine freien Zeiten (plant Ihre Leitung)"), "workspace:planning", planned),
        Step(_("Termine im eigenen Kalender sehen"), "workspace:calendar", feed_of(actor) is not None),
    ]

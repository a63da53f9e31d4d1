"""After the log-in: the first page of one's own work."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tragnetz.appointments.groups.access import can_see_groups
from tragnetz.appointments.planning.access import can_see_plan
from tragnetz.casework.access import can_counsel, can_look_up, can_see_waits, can_take_calls
from tragnetz.directory.access import can_edit
from tragnetz.messaging.access import can_handle
from tragnetz.network.actors import Actor
from tragnetz.network.middleware import NetworkRequest
from tragnetz.privacy.access import can_see_privacy
from tragnetz.reporting.access import can_see_figures, can_see_participations
from tragnetz.staff.access import can_answer_remarks, can_manage, can_see_state
from tragnetz.workspace.entry import staff

# The pages of the menu, in order: address, name, and for whom.
PAGES: tuple[tuple[str, object, Callable[[Actor], bool]], ...] = (
    ("workspace:day", _("Tag"), can_take_calls),
    ("workspace:desk", _("Telefon"), can_take_calls),
    ("workspace:callbacks", _("Rückrufe"), can_take_calls),
    ("workspace:groups", _("Gruppen"), can_see_groups),
    ("workspace:messages", _("Nachrichten"), can_handle),
    ("workspace:waiting", _("Warteliste"), can_take_calls),
    ("workspace:cases", _("Fälle"), can_counsel),
    ("workspace:referrals", _("Vermittlungen"), can_counsel),
    ("workspace:projects", _("Projekte"), can_see_participations),
    ("workspace:figures", _("Zahlen"), can_see_figures),
    ("workspace:waits", _("Wartezeiten"), can_see_waits),
    ("workspace:planning", _("Planung"), can_see_plan),
    ("workspace:catalogue", _("Verzeichnis"), can_edit),
    ("workspace:responsible", _("Zuständig"), can_look_up),
    ("workspace:deadline_calculator", _("Fristen"), can_take_calls),
    ("workspace:team", _("Team"), can_manage),
    ("state", _("Zustand"), can_see_state),
    ("workspace:remarks", _("Rückmeldungen"), can_answer_remarks),
    ("workspace:privacy", _("Datenschutz"), can_see_privacy),
)


def pages_of(actor: Actor) -> list[tuple[str, object]]:
    """Return address and name of the pages that an actor works with."""
    return [(name, label) for name, label, allowed in PAGES if actor.is_staff and allowed(actor)]


@staff(lambda actor: actor.is_staff)
@require_safe
def home(request: NetworkRequest) -> HttpResponse:
    """Go on to the first page of one's own work."""
    pages = pages_of(request.actor)
    if not pages:
        raise PermissionDenied
    return redirect(pages[0][0])

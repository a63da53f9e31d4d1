"""Paper of a group: the sheet with the QR code for the door, and certificates. Neither names what could hurt."""

import uuid

from babel.dates import format_date
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_safe

from tragnetz.appointments.groups.access import can_plan_groups
from tragnetz.appointments.groups.attending import sign_session
from tragnetz.appointments.groups.queries import GroupView, Participant, is_off, participants, view_of
from tragnetz.audit.commands import record
from tragnetz.core.clock import now, today
from tragnetz.core.downloads import file_answer
from tragnetz.core.links import page_address
from tragnetz.core.texts import choose
from tragnetz.network.middleware import NetworkRequest
from tragnetz.printing.pdf import render_pdf
from tragnetz.printing.qr import qr_image
from tragnetz.workspace.entry import staff
from tragnetz.workspace.groups.dates import own_session
from tragnetz.workspace.groups.views import own_group

# An employer or an office may read a certificate: only names of groups about work and learning stand on it.
_NAMED = frozenset({"work", "training"})


@staff(can_plan_groups)
@require_safe
def arrival_sheet(request: NetworkRequest, session_id: uuid.UUID) -> HttpResponse:
    """Give the sheet for the door of one date: whoever scans it says by code that they are there."""
    session = own_session(request, session_id)
    if is_off(session):
        raise Http404
    zone = request.network.zone
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    with override("de"):
        address = page_address(request, "portal:group_arrive", sign_session(session))
        data = {
            "title": _("Ich bin da"),
            "network": choose(request.network.name, "de").text,
            "organisation": session.group.organisation.name,
            "when": f"{format_date(starts, 'EEEE, d. MMMM y', locale='de')}, {starts:%H:%M}–{ends:%H:%M}",
            "where": ", ".join(filter(None, (session.site.name if session.site else "", session.room))),
            "steps": [
                _("Scannen Sie das Bild mit der Kamera Ihres Handys."),
                _("Geben Sie den Code Ihrer Anmeldung ein."),
                _("Kein Handy, kein Code? Sagen Sie uns Ihren Namen. Das gilt genauso."),
            ],
            "qr": qr_image(address),
            "qr_alt": _("QR-Code: öffnet die Seite, auf der man sagt, dass man da ist"),
        }
    return file_answer(render_pdf("arrival", data, language="de"), "ankommen.pdf")


@staff(can_plan_groups)
@require_safe
def certificates(request: NetworkRequest, group_id: uuid.UUID) -> HttpResponse:
    """Give certificates of all who earned one, or of one person (`wer`)."""
    view = view_of(own_group(request, group_id), now())
    wanted = request.GET.get("wer", "")
    people = [
        one
        for one in participants(request.actor, view)
        if one.earned and one.registration.contact is not None and wanted in {"", str(one.registration.pk)}
    ]
    if not people:
        raise Http404
    record(request.actor, "certificate:print", view.group, people=len(people))
    with override("de"):
        data = {
            "title": _("Bescheinigung"),
            "network": choose(request.network.name, "de").text,
            "pages": [_certificate(request, view, one) for one in people],
        }
    return file_answer(render_pdf("certificate", data, language="de"), "bescheinigung.pdf")


def _certificate(request: NetworkRequest, view: GroupView, one: Participant) -> dict[str, object]:
    zone, group = request.network.zone, view.group
    days = [session.starts_at.astimezone(zone) for session in one.came]
    place = request.network.city
    hours, minutes = divmod(one.minutes, 60)
    contact = one.registration.contact
    return {
        "name": contact.name if contact else "",
        "course": group.title["de"]
        if group.topic in _NAMED
        else _("Kurs zur persönlichen und beruflichen Entwicklung"),
        "dates": [format_date(day, "d.\u00a0MMMM\u00a0y", locale="de") for day in days],  # none breaks at a line's end
        "share": _("%(came)s von %(held)s Terminen") % {"came": len(days), "held": len(view.held)},
        "hours": _("%s Stunden") % f"{hours}:{minutes:02}"
        if minutes
        else ngettext("%s Stunde", "%s Stunden", hours) % hours,
        "organisation": group.organisation.name,
        "leaders": sorted({str(session.leader.user) for session in one.came}),
        "signed": f"{place}, {format_date(today(zone), 'long', locale='de')}",
    }

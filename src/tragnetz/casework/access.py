"""The only door to people's records: what is not visible does not exist.

Programme managers, data-protection officers, administrators and catalogue editors see no person here.
"""

from django.db.models import Q, QuerySet

from tragnetz.appointments.enums import CallbackState
from tragnetz.appointments.models import Booking, Callback, WaitingEntry
from tragnetz.casework.models import Case, Enquiry
from tragnetz.directory.access import can_edit
from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Return the cases of the counsellor, those they deputise for, and for the lead all of the organisation."""
    rows = Case.objects.filter(organisation=actor.organisation_id)
    if actor.has(Role.LEAD):
        return rows
    if actor.has(Role.COUNSELLOR):
        return rows.filter(Q(counsellor=actor.membership_id) | Q(deputy=actor.membership_id))
    return rows.none()


def visible_bookings(actor: Actor) -> QuerySet[Booking]:
    """Return the bookings of the counsellor and of those they accompany; for lead and desk the organisation's."""
    rows = Booking.objects.filter(membership__organisation=actor.organisation_id)
    if actor.has(Role.LEAD, Role.INTAKE):
        return rows
    if actor.has(Role.COUNSELLOR):
        accompanied = visible_cases(actor).order_by().values("contact")
        return rows.filter(Q(membership=actor.membership_id) | Q(contact__in=accompanied))
    return rows.none()


def visible_enquiries(actor: Actor) -> QuerySet[Enquiry]:
    """Return the enquiries of the organisation for desk and lead; for a counsellor those booked with them."""
    rows = Enquiry.objects.filter(organisation=actor.organisation_id)
    if actor.has(Role.LEAD, Role.INTAKE):
        return rows
    if actor.has(Role.COUNSELLOR):
        return rows.filter(Q(booking__membership=actor.membership_id) | Q(taken_by=actor.membership_id))
    return rows.none()


def visible_callbacks(actor: Actor) -> QuerySet[Callback]:
    """Return the open promises of the organisation, for those who phone."""
    return visible_promises(actor).filter(state=CallbackState.OPEN).select_related("contact", "district")


def visible_promises(actor: Actor) -> QuerySet[Callback]:
    """Return all promises of the organisation, settled ones too, for those who phone."""
    rows = Callback.objects.filter(organisation=actor.organisation_id)
    return rows if can_take_calls(actor) else rows.none()


def visible_waiting(actor: Actor) -> QuerySet[WaitingEntry]:
    """Return who waits or has waited for a time of the organisation, for those who phone."""
    rows = WaitingEntry.objects.filter(organisation=actor.organisation_id)
    return rows if can_take_calls(actor) else rows.none()


def can_take_calls(actor: Actor) -> bool:
    """Whether somebody sits at the desk: intake, and counsellors who step in."""
    return actor.is_staff and actor.has(Role.INTAKE, Role.COUNSELLOR, Role.LEAD)


def can_counsel(actor: Actor) -> bool:
    """Whether somebody works on cases."""
    return actor.is_staff and actor.has(Role.COUNSELLOR, Role.LEAD)


def can_see_waits(actor: Actor) -> bool:
    """Whether somebody sees how long people wait, over all organisations: figures without names."""
    return actor.is_staff and actor.has(Role.LEAD, Role.PROGRAMME)


def can_look_up(actor: Actor) -> bool:
    """Whether somebody asks which office decides: those who phone, and those who keep the directory."""
    return can_take_calls(actor) or can_edit(actor)

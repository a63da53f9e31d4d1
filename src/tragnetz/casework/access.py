"""The only door to people's records: what is not visible does not exist.

Programme managers, data-protection officers, administrators and catalogue editors see no person here.
"""

from django.db.models import Model, Q, QuerySet

from tragnetz.appointments.enums import CallbackState
from tragnetz.appointments.models import Booking, Callback, WaitingEntry
from tragnetz.casework.models import Case, Enquiry
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, Reach, may, reach


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Return the cases of the counsellor, those they deputise for, and for the lead all of the organisation."""
    rows = Case.objects.filter(organisation=actor.organisation_id)
    if not may(actor, Deed.RESTRICTED_READ):
        rows = rows.filter(restricted_on=None)
    return _within(
        rows, reach(actor, Deed.CASE_READ), Q(counsellor=actor.membership_id) | Q(deputy=actor.membership_id)
    )


def changeable_cases(actor: Actor) -> QuerySet[Case]:
    """Return those of the visible cases that may be written to: a restricted one is only kept (Art. 18 DSGVO)."""
    return visible_cases(actor).filter(restricted_on=None)


def visible_bookings(actor: Actor) -> QuerySet[Booking]:
    """Return the bookings of the counsellor and of those they accompany; for lead and desk the organisation's."""
    rows = Booking.objects.filter(membership__organisation=actor.organisation_id)
    accompanied = visible_cases(actor).order_by().values("contact")
    own = Q(membership=actor.membership_id) | Q(contact__in=accompanied)
    return _within(_unrestricted(actor, rows), reach(actor, Deed.BOOKING_READ), own)


def visible_enquiries(actor: Actor) -> QuerySet[Enquiry]:
    """Return the enquiries of the organisation for desk and lead; for a counsellor those booked with them."""
    rows = Enquiry.objects.filter(organisation=actor.organisation_id)
    own = Q(booking__membership=actor.membership_id) | Q(taken_by=actor.membership_id)
    return _within(_unrestricted(actor, rows), reach(actor, Deed.ENQUIRY_READ), own)


def _unrestricted[ModelT: Model](actor: Actor, rows: QuerySet[ModelT]) -> QuerySet[ModelT]:
    """Leave out what belongs to somebody whose data may only be kept; the lead sees it."""
    if may(actor, Deed.RESTRICTED_READ):
        return rows
    return rows.exclude(contact__restricted_on__isnull=False)


def _within[ModelT: Model](rows: QuerySet[ModelT], far: Reach, own: Q) -> QuerySet[ModelT]:
    """Return those of an organisation's rows that a reach covers."""
    if far >= Reach.ORGANISATION:
        return rows
    return rows.filter(own) if far == Reach.OWN else rows.none()


def visible_callbacks(actor: Actor) -> QuerySet[Callback]:
    """Return the open promises of the organisation, for those who phone."""
    return visible_promises(actor).filter(state=CallbackState.OPEN).select_related("contact", "district")


def visible_promises(actor: Actor) -> QuerySet[Callback]:
    """Return all promises of the organisation, settled ones too, for those who phone."""
    rows = Callback.objects.filter(organisation=actor.organisation_id)
    return _unrestricted(actor, rows) if may(actor, Deed.CALLBACK_READ) else rows.none()


def visible_waiting(actor: Actor) -> QuerySet[WaitingEntry]:
    """Return who waits or has waited for a time of the organisation, for those who phone."""
    rows = WaitingEntry.objects.filter(organisation=actor.organisation_id)
    return _unrestricted(actor, rows) if may(actor, Deed.WAITING_READ) else rows.none()


def can_take_calls(actor: Actor) -> bool:
    """Whether somebody sits at the desk: intake, and counsellors who step in."""
    return may(actor, Deed.DESK_USE)


def can_counsel(actor: Actor) -> bool:
    """Whether somebody works on cases."""
    return may(actor, Deed.CASE_WRITE)


def can_see_waits(actor: Actor) -> bool:
    """Whether somebody sees how long people wait, over all organisations: figures without names."""
    return may(actor, Deed.WAITS_SEE)


def can_look_up(actor: Actor) -> bool:
    """Whether somebody asks which office decides: those who phone, and those who keep the directory."""
    return may(actor, Deed.OFFICE_LOOK_UP)

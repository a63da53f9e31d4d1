"""A case is opened for somebody of the organisation whose enquiry it is."""

from tests.personas import actor_of, booked_enquiry
from tragnetz.appointments.models import Booking
from tragnetz.casework.commands import open_case
from tragnetz.casework.models import Enquiry
from tragnetz.core.clock import today
from tragnetz.network.models import Membership


def opened(herne, enquiry_id, *, by):
    enquiry = Enquiry.objects.select_related("booking", "contact").get(pk=enquiry_id)
    return open_case(actor=by, enquiry=enquiry, today=today(herne.zone))


def test_the_counsellor_who_was_booked_has_the_case(herne):
    hanna = actor_of(herne, "counsellor")

    assert opened(herne, booked_enquiry(herne).enquiry.pk, by=hanna).counsellor_id == hanna.membership_id


def test_nobody_of_another_organisation_has_the_case(herne):
    """As after a talk that was moved there before that was refused."""
    hanna, taken = actor_of(herne, "counsellor"), booked_enquiry(herne)
    other = Membership.objects.exclude(organisation=hanna.organisation_id).filter(ended_on=None)[0]
    Booking.objects.filter(pk=taken.enquiry.booking_id).update(membership=other)

    case = opened(herne, taken.enquiry.pk, by=hanna)

    assert case.counsellor_id == hanna.membership_id
    assert case.organisation_id == case.counsellor.organisation_id == hanna.organisation_id

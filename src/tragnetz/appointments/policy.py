"""What holds for all bookings of the network in scope: its policy, lengths of talks, ways between sites."""

import uuid

from django.db import connection

from tragnetz.appointments.models import BookingPolicy
from tragnetz.appointments.rules import Length, Terms
from tragnetz.network.models import Network

_HOUR = 3600
# All in one question: it is asked before every other one about times.
_TERMS = """
SELECT
  (SELECT release_hours FROM appointments_bookingpolicy WHERE network_id = %(network)s),
  (SELECT json_agg(json_build_array(kind, first_minutes, follow_minutes, buffer_minutes))
     FROM appointments_talklength WHERE network_id = %(network)s),
  (SELECT json_agg(json_build_array(site_id, other_id, minutes))
     FROM appointments_travel WHERE network_id = %(network)s),
  (SELECT json_agg(json_build_array(membership_id, most_a_day))
     FROM appointments_workload WHERE network_id = %(network)s AND most_a_day IS NOT NULL)
"""


def policy_of(network: Network) -> BookingPolicy:
    """Return the policy of a network; one with our defaults where it has none of its own."""
    return BookingPolicy.objects.first() or BookingPolicy(network=network)


def terms_of(network: Network) -> Terms:
    """Return what slots of a network obey."""
    with connection.cursor() as cursor:
        cursor.execute(_TERMS, {"network": network.pk})
        release, lengths, ways, limits = cursor.fetchone()
    return Terms(
        lengths={kind: Length(first, follow, rest) for kind, first, follow, rest in lengths or ()},
        ways={frozenset({uuid.UUID(site), uuid.UUID(other)}): minutes * 60 for site, other, minutes in ways or ()},
        release=_HOUR * (BookingPolicy().release_hours if release is None else release),
        most_a_day={uuid.UUID(member): most for member, most in limits or ()},
    )

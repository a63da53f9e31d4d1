"""What holds for all bookings of the network in scope: its policy, lengths of talks, ways between sites."""

from datetime import timedelta

from tragnetz.appointments.models import BookingPolicy, TalkLength, Travel
from tragnetz.appointments.rules import Length, Terms
from tragnetz.network.models import Network


def policy_of(network: Network) -> BookingPolicy:
    """Return the policy of a network; one with our defaults where it has none of its own."""
    return BookingPolicy.objects.first() or BookingPolicy(network=network)


def terms_of(network: Network) -> Terms:
    """Return what slots of a network obey."""
    lengths = TalkLength.objects.values_list("kind", "first_minutes", "follow_minutes", "buffer_minutes")
    ways = Travel.objects.values_list("site_id", "other_id", "minutes")
    return Terms(
        lengths={kind: Length(first, follow, rest) for kind, first, follow, rest in lengths},
        ways={frozenset({site, other}): minutes * 60 for site, other, minutes in ways},
        release=int(timedelta(hours=policy_of(network).release_hours).total_seconds()),
    )

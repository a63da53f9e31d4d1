"""Reads for calendars: the feed behind a secret, and what stands in it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from tragnetz.appointments.calendars.writing import Entry, Status
from tragnetz.appointments.enums import BookingState, Kind
from tragnetz.appointments.models import Absence, Booking, CalendarFeed
from tragnetz.core.ids import made_at
from tragnetz.core.links import secret_hash
from tragnetz.network.actors import Actor
from tragnetz.network.models import Network

BACK, AHEAD = timedelta(days=60), timedelta(days=366)
CANCELLED_SHOWN = timedelta(days=30)  # so long a program that was off still learns that an appointment is gone


def open_feed(secret: str) -> CalendarFeed | None:
    """Return the feed of a secret; nothing for an unknown or ended one, or when its counsellor has left."""
    rows = CalendarFeed.objects.select_related("network", "membership__workload")
    in_force = Q(ended_at=None, membership__ended_on=None, membership__user__is_active=True)
    return rows.filter(in_force, secret_hash=secret_hash(secret)).first()


def feed_of(actor: Actor) -> CalendarFeed | None:
    """Return the feed that a member of staff has at present."""
    return CalendarFeed.objects.filter(membership=actor.membership_id, ended_at=None).first()


def entries_of(feed: CalendarFeed, now: datetime) -> Iterator[Entry]:
    """Yield what a counsellor's calendar shows, in order of time; two queries, whatever stands in it."""
    around = Q(ends_at__gte=now - BACK, starts_at__lt=now + AHEAD)
    live = Q(state=BookingState.HELD, held_until__gt=now) | ~Q(state__in=[BookingState.HELD, BookingState.CANCELLED])
    gone = Q(state=BookingState.CANCELLED, changed_at__gte=now - CANCELLED_SHOWN)
    bookings = Booking.objects.filter(around, live | gone, membership=feed.membership_id)
    room = getattr(getattr(feed.membership, "workload", None), "video_url", "")
    found = [
        entry_of(booking, feed.network, _what(booking), room)
        for booking in bookings.select_related("site__network", "session__site__network")
    ]
    found += [_away(row, feed.network) for row in Absence.objects.filter(around, membership=feed.membership_id)]
    return iter(sorted(found, key=lambda entry: (entry.starts_at, entry.uid)))


def own_entry(booking: Booking, network: Network) -> Entry:
    """Return an appointment as the person who comes sees it in their calendar: nobody else learns what it is."""
    room = getattr(getattr(booking.membership, "workload", None), "video_url", "")
    return entry_of(booking, network, _("Termin"), room)


def entry_of(booking: Booking, network: Network, summary: str, video_room: str) -> Entry:
    """Return a booking as an entry. A home is nobody's business: a visit there has no place."""
    return Entry(
        uid=f"{booking.pk}@{network.key}",
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        summary=summary,
        changed_at=booking.changed_at,
        location=_where(booking, video_room),
        sequence=booking.sequence,
        status=_STATUS.get(booking.state, Status.CONFIRMED),
    )


_STATUS = {BookingState.HELD.value: Status.TENTATIVE, BookingState.CANCELLED.value: Status.CANCELLED}


def _what(booking: Booking) -> str:
    if booking.session_id:
        return _("Gruppe")
    return _("Termin %(kind)s") % {"kind": _COUNSELLORS_WORDS[Kind(booking.kind)]()}


# A counsellor goes to somebody's home, which "bei Ihnen zu Hause" would turn round.
_COUNSELLORS_WORDS = {
    Kind.PHONE: lambda: _("am Telefon"),
    Kind.ON_SITE: lambda: _("vor Ort"),
    Kind.HOME: lambda: _("beim Hausbesuch"),
    Kind.VIDEO: lambda: _("per Video"),
}


def _where(booking: Booking, video_room: str) -> str:
    if booking.session is not None and booking.session.site is not None:
        return f"{booking.session.site.address}, {booking.session.room}".removesuffix(", ")
    if booking.kind == Kind.VIDEO:
        return video_room
    return booking.site.address if booking.site is not None else ""


def _away(row: Absence, network: Network) -> Entry:
    return Entry(
        uid=f"{row.pk}@{network.key}",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        summary=_("Abwesend"),
        changed_at=made_at(row.pk),
    )

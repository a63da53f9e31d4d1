"""Who works when: weekly hours, times away, closed houses, ways between sites, and what holds for all."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tragnetz.appointments.enums import AbsenceKind, Kind
from tragnetz.network.models import Membership, NetworkModel, Organisation, Site


class Roster(NetworkModel):
    """Hours of a counsellor on one weekday (0 is Monday), local time, every so many weeks between two dates.

    Hours of a single day are a row that is valid on that day alone. `public_percent` of its hours anybody may book,
    `desk_percent` (those included) the desk; the rest is the counsellor's own until it is released (`BookingPolicy`).
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="rosters")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    kinds = ArrayField(models.CharField(max_length=10, choices=Kind))
    every = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    public_percent = models.PositiveSmallIntegerField(default=100)
    desk_percent = models.PositiveSmallIntegerField(default=100)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="roster_weekday_exists"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="roster_ends_after_start"),
            models.CheckConstraint(condition=Q(every__gte=1), name="roster_recurs"),
            models.CheckConstraint(
                condition=Q(public_percent__lte=F("desk_percent"), desk_percent__lte=100),
                name="roster_shares_are_nested",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="roster_term_is_not_reversed"
            ),
        ]


class Absence(NetworkModel):
    """A time when a counsellor is not there; the `deputy` takes over what cannot wait."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=AbsenceKind, default=AbsenceKind.AWAY)
    deputy = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["membership", "starts_at"], name="absence_by_person")]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_start")]


class Closure(NetworkModel):
    """A time when a site, an organisation or (neither given) the whole network is closed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="closure_ends_after_start"),
            models.CheckConstraint(condition=Q(organisation=None) | Q(site=None), name="closure_has_one_subject"),
        ]


class Travel(NetworkModel):
    """How many minutes it takes from one site to another, both ways."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "other"], name="travel_is_unique"),
            # One row for both ways: the smaller id comes first.
            models.CheckConstraint(condition=Q(site__lt=F("other")), name="travel_sites_are_ordered"),
        ]


class TalkLength(NetworkModel):
    """How many minutes a talk of one kind takes, the first one and later ones, and the rest after it."""

    kind = models.CharField(max_length=10, choices=Kind)
    first_minutes = models.PositiveSmallIntegerField()
    follow_minutes = models.PositiveSmallIntegerField()
    buffer_minutes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "kind"], name="talk_length_is_unique"),
            models.CheckConstraint(
                condition=Q(first_minutes__range=(15, 240), follow_minutes__range=(15, 240), buffer_minutes__lte=120),
                name="talk_length_is_sensible",
            ),
        ]


class BookingPolicy(NetworkModel):
    """What holds for all bookings of a network.

    `release_hours` before its start a time that nobody took is open to everybody; the public books `notice_hours` ahead
    at the soonest and `horizon_days` at the latest; a chosen time is held `hold_minutes` while the form is filled in;
    an offered one `offer_hours`; one person on a line returns `calls_per_hour` calls.
    """

    release_hours = models.PositiveSmallIntegerField(default=24)
    notice_hours = models.PositiveSmallIntegerField(default=2)
    horizon_days = models.PositiveSmallIntegerField(default=28)
    hold_minutes = models.PositiveSmallIntegerField(default=10)
    offer_hours = models.PositiveSmallIntegerField(default=24)
    calls_per_hour = models.PositiveSmallIntegerField(default=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network"], name="one_booking_policy"),
            models.CheckConstraint(
                condition=Q(
                    horizon_days__range=(1, 180),
                    hold_minutes__range=(1, 60),
                    offer_hours__range=(1, 168),
                    calls_per_hour__range=(1, 30),
                ),
                name="booking_policy_is_sensible",
            ),
        ]


class Workload(NetworkModel):
    """How much a counsellor takes: share of a full post in per cent, talks a day at most; who deputises; video room."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="workload")
    percent = models.PositiveSmallIntegerField(default=100)
    most_a_day = models.PositiveSmallIntegerField(null=True)
    deputy = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    video_url = models.URLField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__range=(1, 100)), name="workload_is_a_share"),
            models.CheckConstraint(condition=Q(most_a_day=None) | Q(most_a_day__gte=1), name="workload_allows_a_talk"),
            models.CheckConstraint(condition=~Q(deputy=F("membership")), name="nobody_deputises_for_oneself"),
        ]

"""Rows of time sheets: about staff, never about clients."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tragnetz.network.models import Membership, NetworkModel, Programme
from tragnetz.reporting.timesheets.enums import Activity, Origin, SheetState

LONGEST_MINUTES = 1440
OPEN_STATES = (SheetState.DRAFT, SheetState.RETURNED, SheetState.SIGNED)


class ProjectShare(NetworkModel):
    """Stellenanteil: `percent` of a position of `weekly_minutes` is paid by a project, in a term.

    Without `keeps_sheet` the share is fixed by a letter of assignment, and no hours are written down (Art. 55 Abs. 5
    Verordnung (EU) 2021/1060; zu prüfen).
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="project_shares")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="shares")
    percent = models.PositiveSmallIntegerField()
    weekly_minutes = models.PositiveSmallIntegerField()
    starts = models.DateField()
    ends = models.DateField(null=True)
    keeps_sheet = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts", "id"]
        indexes = [models.Index(fields=["membership", "starts"], name="share_by_person")]
        constraints = [
            models.CheckConstraint(condition=Q(percent__range=(1, 100)), name="share_is_a_percentage"),
            models.CheckConstraint(condition=Q(weekly_minutes__range=(60, 3600)), name="share_is_of_a_position"),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="share_ends_after_start"),
        ]


class TimeSheet(NetworkModel):
    """One person's month. A correction is a further `version`; what was approved before stays until it is, too.

    `paper_approver` is who signed on paper for somebody whose organisation has nobody else to approve it.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="time_sheets")
    month = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=SheetState, default=SheetState.DRAFT)
    correction = models.CharField(max_length=300, blank=True)
    returned = models.CharField(max_length=300, blank=True)
    signed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    paper_approver = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-month", "-version"]
        indexes = [models.Index(fields=["month", "state"], name="sheet_by_month")]
        constraints = [
            models.UniqueConstraint(fields=["membership", "month", "version"], name="version_of_a_sheet_is_unique"),
            models.UniqueConstraint(
                fields=["membership", "month"], condition=Q(state__in=OPEN_STATES), name="one_open_sheet_a_month"
            ),
            models.UniqueConstraint(
                fields=["membership", "month"],
                condition=Q(state=SheetState.APPROVED),
                name="one_approved_sheet_a_month",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="sheet_is_of_a_month"),
            models.CheckConstraint(condition=~Q(approved_by=F("membership")), name="nobody_approves_their_own_sheet"),
            models.CheckConstraint(
                condition=Q(state__in=[SheetState.DRAFT, SheetState.RETURNED])
                | Q(signed_at__isnull=False) & (Q(state=SheetState.SIGNED) | Q(approved_at__isnull=False)),
                name="sheet_is_signed_before_it_is_approved",
            ),
        ]


class TimeLine(NetworkModel):
    """Hours of a day for a project, or (no `programme`) for other work."""

    sheet = models.ForeignKey(TimeSheet, on_delete=models.CASCADE, related_name="lines")
    day = models.DateField()
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="+")
    activity = models.CharField(max_length=10, choices=Activity)
    minutes = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=6, choices=Origin, default=Origin.OWN)

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(1, LONGEST_MINUTES)), name="line_lasts_a_day_at_most")
        ]

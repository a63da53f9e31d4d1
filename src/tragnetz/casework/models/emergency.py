"""Cases that were opened because somebody was in danger."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tragnetz.casework.models.cases import Case
from tragnetz.network.models import Membership, NetworkModel
from tragnetz.vault.fields import SealedTextField


class EmergencyAccess(NetworkModel):
    """A counsellor opened a colleague's case for a day, and why; `seen` by the lead afterwards."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="emergencies")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    begun_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    seen_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-begun_at"]
        indexes = [
            models.Index(fields=["membership", "ends_at"], name="emergency_by_member"),
            models.Index(fields=["begun_at"], condition=Q(seen_at=None), name="emergency_unseen"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=models.F("begun_at")), name="emergency_ends_after_it_began")
        ]

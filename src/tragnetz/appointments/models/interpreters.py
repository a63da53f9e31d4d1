"""Who interprets, on which declaration of secrecy, at which talk."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tragnetz.appointments.interpreters.enums import AssignmentState, DeclarationForm, InterpreterKind
from tragnetz.appointments.models.bookings import Booking
from tragnetz.network.models import Membership, NetworkModel, Organisation
from tragnetz.vault.fields import SealedTextField

LIVE = (AssignmentState.ASKED, AssignmentState.CONFIRMED)


class Interpreter(NetworkModel):
    """Somebody who interprets for an organisation, or a pool or agency that sends people. Kept by its lead.

    From `ended_on` nobody is asked any more; the row stays as proof until its time is over (privacy).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=InterpreterKind)
    name = SealedTextField()
    email = SealedTextField(default="")
    phone = SealedTextField(default="")
    languages = ArrayField(models.CharField(max_length=10))
    created_at = models.DateTimeField(default=timezone.now)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(languages=[]), name="interpreter_speaks_something"),
        ]


class SecrecyDeclaration(NetworkModel):
    """An interpreter has declared to keep secret what they hear; a renewal is a row of its own. Never altered."""

    interpreter = models.ForeignKey(Interpreter, on_delete=models.CASCADE, related_name="declarations")
    declared_on = models.DateField()
    valid_until = models.DateField()
    form = models.CharField(max_length=10, choices=DeclarationForm)
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-valid_until"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("declared_on")), name="declaration_ends_after_it_was_made"
            )
        ]


class InterpreterAssignment(NetworkModel):
    """An interpreter was asked to come to a talk, on a declaration that holds on its day."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="assignments")
    interpreter = models.ForeignKey(Interpreter, on_delete=models.CASCADE, related_name="assignments")
    declaration = models.ForeignKey(SecrecyDeclaration, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=AssignmentState, default=AssignmentState.ASKED)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["interpreter"], condition=Q(state__in=LIVE), name="assignment_live")]
        constraints = [
            models.UniqueConstraint(fields=["booking"], condition=Q(state__in=LIVE), name="one_interpreter_at_a_talk"),
            models.CheckConstraint(
                condition=Q(state=AssignmentState.ASKED, settled_at=None)
                | (~Q(state=AssignmentState.ASKED) & Q(settled_at__isnull=False)),
                name="settled_assignment_says_when",
            ),
        ]

"""Rows of the net around a household."""

from django.db import models
from django.utils import timezone

from tragnetz.casework.networkmap.enums import Sphere, Strength
from tragnetz.network.models import NetworkModel
from tragnetz.vault.envelopes import EnvelopeTextField


class Tie(NetworkModel):
    """Somebody or some office around a household: who it is and what to whom (sealed), where, and how strong."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="ties")
    compartment = models.ForeignKey("casework.Compartment", on_delete=models.CASCADE, related_name="+")
    name = EnvelopeTextField()
    relation = EnvelopeTextField(default="")
    sphere = models.CharField(max_length=10, choices=Sphere)
    strength = models.CharField(max_length=1, choices=Strength)
    request_key = models.CharField(max_length=32)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "request_key"], name="tie_is_made_once")]

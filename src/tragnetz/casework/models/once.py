"""What somebody sends twice is kept once: the constraint behind it."""

from django.db import models
from django.db.models import Q


def asked_once(name: str) -> models.UniqueConstraint:
    """Return the constraint that a case holds one row of each `request_key`; rows that no form sent have none."""
    return models.UniqueConstraint(fields=["case", "request_key"], condition=~Q(request_key=""), name=name)

"""How the person and the counsellor see the domains of life on a day."""

from django.db import models
from django.db.models import Q

from tragnetz.casework.enums import LEAST_LEVEL, MOST_LEVEL, LifeDomain, Need, Occasion
from tragnetz.casework.models.cases import Case, Compartment
from tragnetz.network.models import Membership, NetworkModel
from tragnetz.vault.envelopes import EnvelopeTextField


class Rating(NetworkModel):
    """A look at the domains of life on a day; whose life, the compartment says: the household's, or one adult's.

    Without an `author` the person made it alone, on their own page.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ratings")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    rated_on = models.DateField()
    occasion = models.CharField(max_length=10, choices=Occasion)
    idempotency_key = models.CharField(max_length=64)

    class Meta:
        ordering = ["rated_on", "id"]
        indexes = [models.Index(fields=["case", "rated_on"], name="rating_by_case")]
        constraints = [models.UniqueConstraint(fields=["network", "idempotency_key"], name="rating_request_is_unique")]


class RatingLine(NetworkModel):
    """One domain of a rating: the counsellor's `level` beside the person's `own_level`, each 1 to 5.

    No level means that it was not talked about; that never counts as low. Domains nobody talked about have no row.
    """

    rating = models.ForeignKey(Rating, on_delete=models.CASCADE, related_name="lines")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="+")
    domain = models.CharField(max_length=12, choices=LifeDomain)
    level = models.PositiveSmallIntegerField(null=True)
    own_level = models.PositiveSmallIntegerField(null=True)
    urgency = models.CharField(max_length=8, choices=Need, default=Need.NONE)
    strength = EnvelopeTextField(default="")
    need = EnvelopeTextField(default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "domain"], name="domain_is_rated_once"),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__range=(LEAST_LEVEL, MOST_LEVEL)), name="level_is_on_its_scale"
            ),
            models.CheckConstraint(
                condition=Q(own_level=None) | Q(own_level__range=(LEAST_LEVEL, MOST_LEVEL)),
                name="own_level_is_on_its_scale",
            ),
        ]

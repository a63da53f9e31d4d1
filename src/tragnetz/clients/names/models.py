"""What the database may know of names."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from tragnetz.network.models import NetworkModel, Organisation


class NameEntry(NetworkModel):
    """The tokens of one name, of a contact or of a person in a household: keyed hashes of 63 bits, in no order."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    contact = models.OneToOneField("clients.Contact", on_delete=models.CASCADE, null=True, related_name="name_entry")
    person = models.OneToOneField("clients.Person", on_delete=models.CASCADE, null=True, related_name="name_entry")
    tokens = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [GinIndex(fields=["tokens"], name="name_by_token", fastupdate=False)]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact=None, person__isnull=False) | Q(contact__isnull=False, person=None),
                name="name_is_of_one",
            )
        ]

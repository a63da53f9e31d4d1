"""Rows about people. All that could name or hurt somebody is sealed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragnetz.clients.rules import speakable_phone
from tragnetz.network.models import NetworkModel, Organisation
from tragnetz.vault.fields import SealedTextField


class Contact(NetworkModel):
    """How one person wants to be reached. The outbox obeys the `may_` fields; `address` is where a letter goes.

    `address_blocked` (Auskunftssperre): where and how somebody is found stays here, unless they release just that.
    From `restricted_on` it may only be kept (Art. 18 DSGVO): nobody changes it, and lists leave it out.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = SealedTextField()
    phone = SealedTextField(default="")
    email = SealedTextField(default="")
    address = SealedTextField(default="")
    language = models.CharField(max_length=10, default="de")
    interpreter = models.BooleanField(default=False)
    may_call = models.BooleanField(default=True)
    may_text = models.BooleanField(default=False)
    may_voicemail = models.BooleanField(default=False)
    may_email = models.BooleanField(default=False)
    may_letter = models.BooleanField(default=False)
    safe_note = SealedTextField(default="")
    address_blocked = models.BooleanField(default=False)
    restricted_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    @property
    def spoken_phone(self) -> str:
        """The number as one reads it out."""
        return speakable_phone(self.phone) if self.phone else ""


class Takeaway(NetworkModel):
    """A resident's answers, sealed with a key that only the code can make. We cannot read it."""

    code_hash = models.CharField(max_length=64)
    sealed = models.BinaryField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "code_hash"], name="takeaway_code_is_unique")]
        indexes = [models.Index(fields=["expires_at"], name="takeaway_by_end")]


class Household(NetworkModel):
    """The people a case is about. `facts` (sealed JSON) is what the benefit rules know of them."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    facts = SealedTextField(default="")
    created_at = models.DateTimeField(default=timezone.now)


class Relation(models.TextChoices):
    """What a person is to the one who asked for help."""

    SELF = "self", _("fragt selbst")
    PARTNER = "partner", _("Partner oder Partnerin")
    CHILD = "child", _("Kind")
    PARENT = "parent", _("Elternteil")
    OTHER = "other", _("andere Person")


class Person(NetworkModel):
    """Somebody in a household. Who moved out (`left_on`) stays where something they decided or told hangs on them."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="people")
    name = SealedTextField()
    birth_year = models.PositiveSmallIntegerField(null=True)
    relation = models.CharField(max_length=10, choices=Relation, default=Relation.SELF)
    left_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(birth_year=None) | models.Q(birth_year__range=(1900, 2100)),
                name="birth_year_is_plausible",
            )
        ]


from tragnetz.clients.names.models import NameEntry  # noqa: E402 -- part of this app's models, and refers to the above

__all__ = ["Contact", "Household", "NameEntry", "Person", "Relation", "Takeaway"]

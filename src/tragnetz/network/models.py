"""Rows of the network. Loaded from a city's folder; public but for `User` and `Membership`."""

from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tragnetz.core.models import BaseModel
from tragnetz.network.enums import OrganisationKind, Regime
from tragnetz.network.fields import ScopedManyToManyField
from tragnetz.network.rules import DaysOff
from tragnetz.network.scope import ScopedManager


class Network(BaseModel):
    """One joint counselling network: a city with its partners. Created by `tragnetz city load`, public."""

    key = models.SlugField(unique=True)
    name: models.JSONField[Any, Any] = models.JSONField()
    city = models.CharField(max_length=100)
    ags = models.CharField(max_length=8)
    timezone = models.CharField(max_length=50, default="Europe/Berlin")
    holiday_country = models.CharField(max_length=2, default="DE")
    holiday_subdivision = models.CharField(max_length=3, blank=True)
    closing_days: models.JSONField[Any, Any] = models.JSONField(default=dict, db_default={})  # "12-24": "Heiligabend"
    languages = ArrayField(models.CharField(max_length=10))
    emergency: models.JSONField[Any, Any] = models.JSONField(default=list)
    rent_level: models.JSONField[Any, Any] = models.JSONField(default=dict)
    notices: models.JSONField[Any, Any] = models.JSONField(default=dict)
    is_demo = models.BooleanField(default=False)
    # Since when it stands still, to be moved to another server: no page, no task of the worker (config.moving).
    frozen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the city."""
        return ZoneInfo(self.timezone)

    @property
    def days_off(self) -> DaysOff:
        """On which days it is closed here: public holidays, and the days of each year that the city names."""
        return DaysOff(self.holiday_country, self.holiday_subdivision, tuple(sorted(self.closing_days.items())))


class NetworkModel(BaseModel):
    """A row that belongs to one network and is seen only inside its scope."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True


class KeyedModel(NetworkModel):
    """A row with the id that a city's folder gives it."""

    key = models.SlugField(max_length=80)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


class ImportableModel(KeyedModel):
    """A row that a city's folder or an import may bring; what was `imported` stays when the folder is loaded again."""

    imported = models.BooleanField(default=False)

    class Meta:
        abstract = True


class District(KeyedModel):
    """A Stadtbezirk. The intake line follows from it; a postcode does not decide it."""

    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="district_key_is_unique")]


class Locality(KeyedModel):
    """An Ortsteil of a district. The coordinates are of its middle; without them distances are told in words.

    On the city's map it is drawn by its `outline` (path, place of the name, box) or else by its `tile` (column, row).
    """

    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="localities")
    name = models.CharField(max_length=80)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    tile: models.JSONField[Any, Any] = models.JSONField(default=dict)
    outline: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="locality_key_is_unique")]


class StreetRange(NetworkModel):
    """A street, or a range of its house numbers, and the Ortsteil it lies in."""

    street = models.CharField(max_length=120)
    from_number = models.PositiveIntegerField(null=True)
    to_number = models.PositiveIntegerField(null=True)
    side = models.CharField(max_length=4, default="all")
    locality = models.ForeignKey(Locality, on_delete=models.CASCADE, related_name="streets")
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["street", "from_number"]
        indexes = [GinIndex(OpClass(Lower("street"), name="gin_trgm_ops"), name="street_trigram")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_number__gte=models.F("from_number")) | models.Q(to_number=None),
                name="street_range_is_not_reversed",
            )
        ]

    def __str__(self) -> str:
        return self.street


class Organisation(ImportableModel):
    """A body that offers help. `member` ones run the joint offer and have staff; each is its own data controller.

    `kept` holds what an import brought that we have no field for: it is given out again as it came. What people write
    of an `edited` one stays when the city's folder is loaded again. `truth` and `review_on`: `directory.truth.rows`.
    """

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=30, choices=OrganisationKind)
    regime = models.CharField(max_length=20, choices=Regime)
    is_member = models.BooleanField(default=False)
    url = models.URLField(max_length=400, blank=True)
    description: models.JSONField[Any, Any] = models.JSONField(default=dict)
    email = models.EmailField(blank=True)
    phones: models.JSONField[Any, Any] = models.JSONField(default=list)
    privacy: models.JSONField[Any, Any] = models.JSONField(default=dict)
    kept: models.JSONField[Any, Any] = models.JSONField(default=dict)
    source: models.JSONField[Any, Any] = models.JSONField(default=dict)
    edited = models.BooleanField(default=False)
    truth: models.JSONField[Any, Any] = models.JSONField(default=dict, db_default={})
    review_on = models.DateField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="organisation_key_is_unique")]

    def __str__(self) -> str:
        return self.short_name


class Site(ImportableModel):
    """A place where an organisation can be met; `kept`, `edited`, `truth` and `review_on` as at `Organisation`."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=120)
    number = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    city = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=10, default="physical")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    transport: models.JSONField[Any, Any] = models.JSONField(default=dict)
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, null=True, related_name="+")
    step_free = models.BooleanField(null=True)
    kept: models.JSONField[Any, Any] = models.JSONField(default=dict)
    edited = models.BooleanField(default=False)
    truth: models.JSONField[Any, Any] = models.JSONField(default=dict, db_default={})
    review_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="site_key_is_unique")]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The address in one line."""
        street = f"{self.street} {self.number}".strip()
        return f"{street}, {self.postcode} {self.city or self.network.city}".replace("  ", " ")


class Hotline(KeyedModel):
    """An intake number with its districts and weekly hours (`hours`: list of days, opens, closes).

    `closed_message` is what a caller hears out of hours, by language.
    """

    name: models.JSONField[Any, Any] = models.JSONField()
    phone = models.CharField(max_length=40)
    districts = ScopedManyToManyField(District, related_name="hotlines")
    hours: models.JSONField[Any, Any] = models.JSONField()
    closed_message: models.JSONField[Any, Any] = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="hotline_key_is_unique")]


class Programme(KeyedModel):
    """A funded project: who pays, from when to when, whom it may take (`target_group`, a rule), what it must reach.

    `line` is the funding line by whose questions and indicators it reports; without one no participations are kept.
    `terms` is what its funding decision says (`shapes.Terms`).
    """

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=40)
    funder: models.JSONField[Any, Any] = models.JSONField()
    starts = models.DateField()
    ends = models.DateField()
    organisations = ScopedManyToManyField(Organisation, related_name="programmes")
    target: models.JSONField[Any, Any] = models.JSONField(default=dict)
    target_group: models.JSONField[Any, Any] = models.JSONField(default=dict)
    line = models.CharField(max_length=40, blank=True)
    terms: models.JSONField[Any, Any] = models.JSONField(default=dict)
    budget_eur = models.PositiveIntegerField(null=True)
    note: models.JSONField[Any, Any] = models.JSONField(default=dict)
    source: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="programme_key_is_unique"),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="programme_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.short_name


class UserManager(BaseUserManager["User"]):
    """Creates staff accounts; there is no superuser."""

    def create_user(self, email: str, password: str | None, **fields: Any) -> "User":  # noqa: ANN401 -- model fields
        """Create an account; without a password it cannot log in until one is set."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, BaseModel):
    """A log-in of a member of staff. What it may do follows from its memberships alone; nobody is superuser."""

    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    first_name = models.CharField(_("Vorname"), max_length=80)
    last_name = models.CharField(_("Nachname"), max_length=80)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["last_name", "first_name"]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin site would be open: never, there is none."""
        return False

    @property
    def is_superuser(self) -> bool:
        """Nobody stands above the policy."""
        return False


class Membership(NetworkModel):
    """A person's place in an organisation: roles, languages, topics. Ended by a date, never deleted.

    `last_day` is planned: access ends after it. `ended_on` says that it has ended, whatever the date. `deadline_mails`:
    they are told by mail when a deadline of their cases is near.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=20))
    languages = ArrayField(models.CharField(max_length=10), default=list)
    topics = ArrayField(models.CharField(max_length=40), default=list)
    gender = models.CharField(max_length=1, blank=True)
    districts = ScopedManyToManyField(District, related_name="+", blank=True)
    last_day = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    deadline_mails = models.BooleanField(default=True)

    class Meta:
        ordering = ["user__last_name", "user__first_name"]
        constraints = [
            models.UniqueConstraint(fields=["network", "user", "organisation"], name="one_membership_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.organisation})"

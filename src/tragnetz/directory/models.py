"""Rows of the directory. Texts are maps of language to text; rules are data (docs/city-data.md)."""

from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Value
from django.utils.translation import gettext_lazy as _

from tragnetz.core.clock import now
from tragnetz.network.fields import ScopedManyToManyField
from tragnetz.network.models import District, ImportableModel, KeyedModel, Network, NetworkModel, Organisation, Site
from tragnetz.network.scope import ScopedManager


class Topic(KeyedModel):
    """A field of life that help is sorted by."""

    name: models.JSONField[Any, Any] = models.JSONField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="topic_key_is_unique")]


class Authority(ImportableModel):
    """A kind of office that a law names; a city fills it by `Office`."""

    name: models.JSONField[Any, Any] = models.JSONField()
    phone = models.CharField(max_length=40, blank=True)
    url = models.URLField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="authority_key_is_unique")]


class Paper(KeyedModel):
    """A paper that offices ask for, and who gives it out: the offices of an authority, or a service one applies for.

    Where nobody of the directory does (an employer, a landlord), `where` says it in words; `hint` is what to mind.
    """

    name: models.JSONField[Any, Any] = models.JSONField()
    # Without index: there are some forty papers.
    authority = models.ForeignKey(
        Authority, on_delete=models.SET_NULL, null=True, related_name="issues", db_index=False
    )
    service = models.ForeignKey("Service", on_delete=models.SET_NULL, null=True, related_name="issues", db_index=False)
    where: models.JSONField[Any, Any] = models.JSONField(default=dict)
    hint: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="paper_key_is_unique"),
            models.CheckConstraint(
                condition=models.Q(authority=None) | models.Q(service=None), name="paper_has_one_issuer"
            ),
        ]


class Office(KeyedModel):
    """The office of this city that is the authority for some districts, or under a rule (`when`).

    `otherwise` is the authority to which it sends those whom its rule excludes. What people changed of an `edited` one
    the city's folder leaves as it is (`history.kept_of`). `truth` and `review_on`: `truth.rows`; of what nobody
    confirmed here `source` and `checked` speak, which are the folder's.
    """

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="offices")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="offices")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="offices")
    name: models.JSONField[Any, Any] = models.JSONField()
    phone = models.CharField(max_length=40, blank=True)
    url = models.URLField(max_length=400, blank=True)
    districts = ScopedManyToManyField(District, related_name="+")
    when: models.JSONField[Any, Any] = models.JSONField(default=dict)
    otherwise = models.ForeignKey(Authority, on_delete=models.SET_NULL, null=True, related_name="+")
    hours: models.JSONField[Any, Any] = models.JSONField(default=list)
    source: models.JSONField[Any, Any] = models.JSONField()
    checked: models.JSONField[Any, Any] = models.JSONField()
    position = models.PositiveSmallIntegerField(default=0)
    edited = models.BooleanField(default=False)
    truth: models.JSONField[Any, Any] = models.JSONField(default=dict, db_default={})
    review_on = models.DateField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="office_key_is_unique")]

    def __str__(self) -> str:
        return str(self.name.get("de", ""))


class ServiceKind(models.TextChoices):
    """What sort of help."""

    BENEFIT = "benefit", _("Leistung")
    OFFER = "offer", _("Angebot")


class ServiceStatus(models.TextChoices):
    """Whether it is given at present, in the words of HSDS."""

    ACTIVE = "active", "läuft"
    PAUSED = "temporarily closed", "macht Pause"
    INACTIVE = "inactive", "ruht"
    ENDED = "defunct", "beendet"


class Service(ImportableModel):
    """A benefit or an offer of help. `kept` holds what an import brought that we have no field for.

    `truth` tells of fields who confirmed them last (`truth.rules.Confirmation`); for the others `source` and `checked`
    speak. `review_on` is the day from which a field is no longer sure. `translations` holds the state of each
    language's texts. What people changed of an `edited` one the city's folder leaves as it is (`history.kept_of`).
    `gives` are the benefits of rules that it is under another name. `paper_order` are the keys of its papers, the most
    important first (`papers.in_order`).

    `search_text` feeds the full text, `search_words` (each word of names and keywords once) the misspellings.
    """

    kind = models.CharField(max_length=10, choices=ServiceKind)
    status = models.CharField(max_length=20, choices=ServiceStatus, default=ServiceStatus.ACTIVE)
    name: models.JSONField[Any, Any] = models.JSONField()
    summary: models.JSONField[Any, Any] = models.JSONField()
    description: models.JSONField[Any, Any] = models.JSONField()
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="services")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="services")
    topics = ScopedManyToManyField(Topic, related_name="services")
    papers = ScopedManyToManyField(Paper, related_name="services")
    paper_order = ArrayField(models.SlugField(max_length=80), default=list, db_default=[])
    districts = ScopedManyToManyField(District, related_name="+")
    keywords: models.JSONField[Any, Any] = models.JSONField(default=dict)
    legal_basis = models.CharField(max_length=200, blank=True)
    prerequisites: models.JSONField[Any, Any] = models.JSONField(default=dict)
    exclusions_text: models.JSONField[Any, Any] = models.JSONField(default=dict)
    date_rule: models.JSONField[Any, Any] = models.JSONField(default=dict)
    cost: models.JSONField[Any, Any] = models.JSONField(default=dict)
    cost_options: models.JSONField[Any, Any] = models.JSONField(default=list)
    capacities: models.JSONField[Any, Any] = models.JSONField(default=list)
    waiting: models.JSONField[Any, Any] = models.JSONField(default=dict)
    languages = ArrayField(models.CharField(max_length=10), default=list)
    contact: models.JSONField[Any, Any] = models.JSONField(default=dict)
    hours: models.JSONField[Any, Any] = models.JSONField(default=list)
    opens = ArrayField(models.SlugField(max_length=80), default=list)
    excludes = ArrayField(models.SlugField(max_length=80), default=list)
    gives = ArrayField(models.SlugField(max_length=80), default=list, db_default=[])
    sensitive = models.BooleanField(default=False)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    source: models.JSONField[Any, Any] = models.JSONField()
    checked: models.JSONField[Any, Any] = models.JSONField()
    truth: models.JSONField[Any, Any] = models.JSONField(default=dict)
    translations: models.JSONField[Any, Any] = models.JSONField(default=dict)
    review_on = models.DateField(null=True)
    edited = models.BooleanField(default=False)
    kept: models.JSONField[Any, Any] = models.JSONField(default=dict)
    modified_at = models.DateTimeField(default=now)
    search_name = models.TextField()
    search_text = models.TextField()
    search_words = models.TextField(default="")
    search_vector = SearchVectorField(null=True)
    vectors = models.BinaryField(null=True)
    vectors_of = models.CharField(max_length=64, blank=True)
    embedded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="service_key_is_unique"),
            models.CheckConstraint(
                condition=models.Q(authority=None, organisation__isnull=False)
                | models.Q(authority__isnull=False, organisation=None),
                name="service_has_authority_or_organisation",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="service_search", gin_pending_list_limit=512),
            models.Index(fields=["network", "embedded_at"], name="service_embedded"),
            models.Index(fields=["network", "search_name", "id"], name="service_by_name"),
            models.Index(fields=["network", "modified_at"], name="service_modified"),
            models.Index(fields=["network", "review_on"], name="service_to_review"),
            models.Index(fields=["network", "valid_until"], name="service_ends"),
            GinIndex(
                Func("search_words", Value(" "), function="string_to_array"),
                name="service_has_word",
                gin_pending_list_limit=512,
            ),
        ]

    @property
    def to_check(self) -> bool:
        """Whether nobody has confirmed it yet: shown to everybody."""
        return bool(self.checked.get("state") == "to_check")


# Columns of services that no page shows: most of a row's bytes.
NEVER_SHOWN = (
    "keywords", "search_text", "search_words", "search_vector", "translations", "truth", "vectors",
)  # fmt: skip


class Word(NetworkModel):
    """A word of names and keywords of a network's services: what a misspelled one is compared with.

    A trigger of services adds them (migration 0008). One that no service has any more finds nothing.
    """

    word = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "word"], name="word_is_unique")]
        indexes = [GinIndex(OpClass("word", name="gin_trgm_ops"), name="word_trigram", gin_pending_list_limit=512)]


class ServiceAtLocation(NetworkModel):
    """Where a service is given: at a site of its organisation, or at an office of its authority (`office`)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="places")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="places")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, null=True, related_name="places")
    hours: models.JSONField[Any, Any] = models.JSONField(default=list)
    phones: models.JSONField[Any, Any] = models.JSONField(default=list)
    note: models.JSONField[Any, Any] = models.JSONField(default=dict)
    kept: models.JSONField[Any, Any] = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.service} @ {self.site}"


class Situation(KeyedModel):
    """What a resident would say; picks facts and the most useful services."""

    name: models.JSONField[Any, Any] = models.JSONField()
    summary: models.JSONField[Any, Any] = models.JSONField()
    icon = models.CharField(max_length=20)
    topics = ScopedManyToManyField(Topic, related_name="situations")
    facts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    urgent = models.BooleanField(default=False)
    services = ArrayField(models.SlugField(max_length=80), default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="situation_key_is_unique")]


class Origin(models.TextChoices):
    """By which way a change came."""

    CITY = "city", "Stadtdaten"
    IMPORT = "import", "Import"
    EDITOR = "editor", "Redaktion"
    PROVIDER = "provider", "Träger"
    UNDO = "undo", "Rücknahme"


class Subject(models.TextChoices):
    """What a change is of."""

    SERVICE = "service", "Eintrag"
    ORGANISATION = "organisation", "Organisation"
    SITE = "site", "Ort"
    OFFICE = "office", "Stelle"


class Revision(NetworkModel):
    """One change of a row, never altered. `fields` names what changed, `before` and `after` hold only that.

    The row is found by its `subject` and `key`. A new one has no fields and no `before`. One that was removed keeps its
    history: the last change has no fields and holds the whole row `before`. `service` is set for services that are
    there: they are read together with theirs.
    """

    subject = models.CharField(max_length=12, choices=Subject, default=Subject.SERVICE)
    service = models.ForeignKey(Service, on_delete=models.SET_NULL, null=True, related_name="revisions")
    key = models.SlugField(max_length=80)
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)
    origin = models.CharField(max_length=12, choices=Origin)
    user_id = models.UUIDField(null=True)
    by = models.CharField(max_length=200, blank=True)
    comment = models.CharField(max_length=400, blank=True)
    fields = ArrayField(models.CharField(max_length=40), default=list)
    before: models.JSONField[Any, Any] = models.JSONField(null=True)
    after: models.JSONField[Any, Any] = models.JSONField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["network", "subject", "key", "number"], name="revision_number_is_unique")
        ]
        indexes = [models.Index(fields=["network", "at"], name="revision_by_time")]

    def __str__(self) -> str:
        return f"{self.key} {self.number}"


class ConfirmationLink(NetworkModel):
    """A secret address by which an organisation keeps its entries true, without account; only its hash is kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="confirmation_links")
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=now)
    created_by = models.CharField(max_length=200, blank=True)
    sent_to = models.EmailField(blank=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.created_at:%Y-%m-%d}"


class ReportKind(models.TextChoices):
    """What a visitor found to be wrong."""

    PHONE = "phone", _("Telefon oder Adresse stimmt nicht")
    HOURS = "hours", _("Die Zeiten stimmen nicht")
    GONE = "gone", _("Das Angebot gibt es nicht mehr")
    FULL = "full", _("Es gibt keine Plätze")
    REQUIREMENTS = "requirements", _("Voraussetzungen, Kosten oder Papiere stimmen nicht")
    WORDS = "words", _("Der Text ist schwer zu verstehen oder falsch übersetzt")
    OTHER = "other", _("Etwas anderes")


class ReportState(models.TextChoices):
    """What became of it."""

    OPEN = "open", "offen"
    MENDED = "mended", "berichtigt"
    DISMISSED = "dismissed", "stimmte doch"


class Report(NetworkModel):
    """Somebody says that an entry is not true. No name is asked; the text goes some time after it was settled."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=12, choices=ReportKind)
    text = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=10)
    by_provider = models.BooleanField(default=False)
    at = models.DateTimeField(default=now)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.OPEN)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at"]
        indexes = [
            models.Index(fields=["network", "at"], condition=models.Q(state="open"), name="report_open"),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.kind}"


class WebAddress(NetworkModel):
    """What the last look at a web address of the directory showed."""

    url = models.URLField(max_length=400)
    checked_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=40, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "url"], name="web_address_is_unique")]
        indexes = [models.Index(fields=["network", "checked_at"], name="web_address_by_check")]

    def __str__(self) -> str:
        return self.url


class SearchGap(NetworkModel):
    """Words for which the search had nothing: how often, and when first and last. Nothing about who asked."""

    words = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    first_on = models.DateField()
    last_on = models.DateField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-times", "words"]
        constraints = [
            models.UniqueConstraint(fields=["network", "language", "words"], name="search_gap_is_unique"),
        ]

    def __str__(self) -> str:
        return self.words


class ExampleHousehold(KeyedModel):
    """An invented household on which editors try their rules."""

    name: models.JSONField[Any, Any] = models.JSONField()
    story: models.JSONField[Any, Any] = models.JSONField()
    facts: models.JSONField[Any, Any] = models.JSONField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="example_household_key_is_unique")]


class Edition(models.Model):
    """Which state a network's directory is in. Written by triggers alone (`edition.py`), never by us."""

    network = models.OneToOneField(Network, on_delete=models.CASCADE, primary_key=True, related_name="+")
    number = models.BigIntegerField()
    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    def __str__(self) -> str:
        return str(self.number)

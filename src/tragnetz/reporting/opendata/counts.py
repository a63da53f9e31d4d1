"""Count a year for publishing. Everybody is in one cell at most, so that a number is one of people."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date

from django.db.models import Min, Q
from django.db.models.functions import Coalesce, ExtractMonth

from tragnetz.casework.models import Enquiry
from tragnetz.directory.queries import topics
from tragnetz.network.models import District
from tragnetz.referrals.enums import Refusal
from tragnetz.referrals.models import Referral
from tragnetz.reporting.models import Participation
from tragnetz.reporting.opendata.models import Dataset
from tragnetz.reporting.statistics import OUTSIDE, Table, suppressed

UNKNOWN = "unbekannt"
MONTHS = tuple(f"{month:02}" for month in range(1, 13))
# Dimensions of each dataset, as they are named in the files.
DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    Dataset.ENQUIRIES: ("monat", "stadtbezirk", "thema"),
    Dataset.REACHED: ("stadtbezirk",),
    Dataset.GAPS: ("thema", "grund"),
}
# Refusals that say something about the help landscape, not about the person.
GAPS = (Refusal.NO_CAPACITY, Refusal.NOT_RESPONSIBLE, Refusal.NOT_ELIGIBLE)


def table_of(dataset: str, year: int) -> Table:
    """Return a dataset of a year of the network in scope, as it may be published."""
    counted = _COUNTS[Dataset(dataset)](year)
    districts = tuple(District.objects.order_by("key").values_list("key", flat=True))
    known = {
        "monat": MONTHS, "stadtbezirk": districts, "thema": tuple(sorted(topic.key for topic in topics())),
        "grund": tuple(str(one.value) for one in GAPS),
    }  # fmt: skip
    values = []
    for place, name in enumerate(DIMENSIONS[dataset]):
        seen = {key[place] for key in counted}
        values.append([*known[name], *sorted(seen - set(known[name]))])
    return suppressed(counted, least=OUTSIDE, values=values)


def first_year() -> int | None:
    """Return the year of the first enquiry or participation."""
    days = [
        Enquiry.objects.aggregate(first=Min("created_at"))["first"],
        Participation.objects.aggregate(first=Min("entered_on"))["first"],
    ]
    return min([day.year for day in days if day is not None], default=None)


def _enquiries(year: int) -> Counter[tuple[str, ...]]:
    """Count enquiries: somebody whose contact is known counts once a year, with the first of them."""
    rows = (
        Enquiry.objects.filter(created_at__year=year).annotate(who=Coalesce("contact", "id"))
        .order_by("who", "created_at", "id").distinct("who")
        .annotate(month=ExtractMonth("created_at")).values_list("month", "district__key", "topic")
    )  # fmt: skip
    return Counter((f"{month:02}", district or UNKNOWN, topic or UNKNOWN) for month, district, topic in rows)


def _reached(year: int) -> Counter[tuple[str, ...]]:
    """Count people who entered a project: in several projects still once."""
    rows = (
        Participation.objects.filter(entered_on__year=year, is_countable=True).annotate(who=Coalesce("person", "id"))
        .order_by("who", "entered_on", "id").distinct("who").values_list("district__key", flat=True)
    )  # fmt: skip
    return Counter((district or UNKNOWN,) for district in rows)


def _gaps(year: int) -> Counter[tuple[str, ...]]:
    """Count cases for which no help was found: each once, with the first refusal of the year."""
    rows = (
        Referral.objects.filter(Q(refusal__in=GAPS), answered_at__date__range=(date(year, 1, 1), date(year, 12, 31)))
        .order_by("case", "answered_at", "id").distinct("case").values_list("topic", "refusal")
    )  # fmt: skip
    return Counter((topic or UNKNOWN, refusal) for topic, refusal in rows)


_COUNTS: Mapping[Dataset, Callable[[int], Counter[tuple[str, ...]]]] = {
    Dataset.ENQUIRIES: _enquiries, Dataset.REACHED: _reached, Dataset.GAPS: _gaps,
}  # fmt: skip

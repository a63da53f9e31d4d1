"""Count a year for publishing. Everybody is in one cell at most, so that a number is one of people."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db.models import Min
from django.db.models.functions import ExtractMonth

from tragnetz.casework.models import Enquiry
from tragnetz.directory.queries import topics
from tragnetz.network.models import District
from tragnetz.referrals.enums import Refusal
from tragnetz.referrals.models import Referral
from tragnetz.reporting.models import Participation
from tragnetz.reporting.opendata.models import Dataset
from tragnetz.reporting.statistics import FIVES, TOTAL, Table

type Key = tuple[str, ...]

UNKNOWN = "unbekannt"
MONTHS = tuple(f"{month:02}" for month in range(1, 13))
# Dimensions of each dataset, as they are named in the files.
DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    Dataset.ENQUIRIES: ("monat", "stadtbezirk", "thema"),
    Dataset.REACHED: ("stadtbezirk",),
    Dataset.GAPS: ("thema", "grund"),
}
# Datasets of more dimensions than their people fill: which of them stand together.
APART: Mapping[str, Sequence[Sequence[int]]] = {Dataset.ENQUIRIES: ((0,), (1, 2))}
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
        values.append((*known[name], *sorted(seen - set(known[name]))))
    cells: dict[Key, int | None] = {}
    for places in APART.get(dataset, (range(len(values)),)):
        # Each of these tables adds up, and of the others it knows nothing but how many there are in all.
        part = FIVES.table(_over(counted, places), [values[at] for at in places])
        for key, number in part.rows():
            named = dict(zip(places, key, strict=True))
            cells[tuple(named.get(at, TOTAL) for at in range(len(values)))] = number
    return Table(tuple(values), cells)


def _over(counted: Counter[Key], places: Sequence[int]) -> Counter[Key]:
    found: Counter[Key] = Counter()
    for key, number in counted.items():
        found[tuple(key[at] for at in places)] += number
    return found


def first_year() -> int | None:
    """Return the year of the first enquiry, participation or refusal."""
    days = [
        Enquiry.objects.aggregate(first=Min("created_at"))["first"],
        Participation.objects.aggregate(first=Min("entered_on"))["first"],
        Referral.objects.filter(refusal__in=GAPS).aggregate(first=Min("answered_at"))["first"],
    ]
    return min([day.year for day in days if day is not None], default=None)


def _enquiries(year: int) -> Counter[Key]:
    """Count enquiries: somebody whose contact is known counts once a year, with the first of them."""
    rows = (
        Enquiry.objects.filter(created_at__year=year).annotate(month=ExtractMonth("created_at"))
        .order_by("created_at", "id").values_list("contact", "id", "month", "district__key", "topic")
    )  # fmt: skip
    return _once(
        (contact or row, (f"{month:02}", district or UNKNOWN, topic or UNKNOWN))
        for contact, row, month, district, topic in rows.iterator()
    )


def _reached(year: int) -> Counter[Key]:
    """Count people who entered a project: in several projects still once."""
    rows = (
        Participation.objects.filter(entered_on__year=year, is_countable=True)
        .order_by("entered_on", "id").values_list("person", "id", "district__key")
    )  # fmt: skip
    return _once((person or row, (district or UNKNOWN,)) for person, row, district in rows.iterator())


def _gaps(year: int) -> Counter[Key]:
    """Count cases for which no help was found: each once, with the first refusal of the year."""
    rows = (
        Referral.objects.filter(refusal__in=GAPS, answered_at__year=year)
        .order_by("answered_at", "id").values_list("case", "topic", "refusal")
    )  # fmt: skip
    return _once((case, (topic or UNKNOWN, refusal)) for case, topic, refusal in rows.iterator())


def _once(rows: Iterable[tuple[uuid.UUID, Key]]) -> Counter[Key]:
    """Count everybody with the first of their rows."""
    first: dict[uuid.UUID, Key] = {}
    for who, key in rows:
        first.setdefault(who, key)
    return Counter(first.values())


_COUNTS: Mapping[Dataset, Callable[[int], Counter[Key]]] = {
    Dataset.ENQUIRIES: _enquiries, Dataset.REACHED: _reached, Dataset.GAPS: _gaps,
}  # fmt: skip

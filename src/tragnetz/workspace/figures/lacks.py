"""The page of gaps as values: each with what could be done about it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tragnetz.core.texts import choose
from tragnetz.directory.models import SearchGap
from tragnetz.directory.queries import topics
from tragnetz.network.models import District
from tragnetz.printing.charts import Bar, bar
from tragnetz.referrals.enums import Refusal
from tragnetz.reporting.gaps.queries import (
    UNANSWERED,
    Offer,
    asks_of,
    ending_offers,
    fruitless,
    offers_by_topic,
    offers_named,
    refusals_of,
    slow_offers,
)
from tragnetz.reporting.statistics import FIVES
from tragnetz.workspace.figures.board import Share, shares


@dataclass(frozen=True, slots=True)
class Want:
    """A topic or a district: who asked, which offers there are (None: not counted so), who was refused."""

    name: str
    asks: int | None
    offers: int | None
    refused: int | None
    bar: Bar


@dataclass(frozen=True, slots=True)
class Lacks:
    """All gaps since a time."""

    refused: int | None
    reasons: tuple[Share, ...]
    offers: tuple[Offer, ...]
    topics: tuple[Want, ...]
    districts: tuple[Want, ...]
    searches: tuple[SearchGap, ...]
    slow: tuple[Offer, ...]
    ending: tuple[Offer, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known to be missing."""
        return not (self.refused or self.searches or self.slow or self.ending)


@dataclass(frozen=True, slots=True)
class Looked:
    """Since when, of which topic and from which district one looks at gaps."""

    since: datetime
    topic: str = ""
    district: District | None = None


def lacks_of(looked: Looked, day: date) -> Lacks:
    """Return the gaps that are looked at, in fives."""
    district = looked.district.pk if looked.district else None
    refusals = refusals_of(looked.since, looked.topic, district)
    by_topic, by_district = asks_of(looked.since, looked.topic, district)
    names = {str(reason.value): str(reason.label) for reason in Refusal} | {UNANSWERED: _("Keine Antwort vom Partner")}
    topic_names = {row.key: choose(row.name, "de").text for row in topics() if looked.topic in ("", row.key)}
    places = [looked.district] if looked.district else list(District.objects.all())
    kept = {key: FIVES.one(number) for key, number in refusals.offers.items()}
    return Lacks(
        FIVES.one(refusals.number),
        shares({names[key]: number for key, number in refusals.reasons.items()}),
        tuple(offers_named({key: number for key, number in kept.items() if number is not None})),
        _wants(topic_names, by_topic, refusals.topics, offers_by_topic(day)),
        _wants({row.pk: row.name for row in places}, by_district, refusals.districts, None),
        # Nobody knows who searched, from where or what for.
        () if looked.topic or looked.district else tuple(fruitless()),
        tuple(slow_offers(day, looked.topic)),
        tuple(ending_offers(day, looked.topic)),
    )


def _wants[KeyT: (str, uuid.UUID)](
    names: Mapping[KeyT, str],
    asks: Mapping[KeyT, int],
    refused: Mapping[KeyT, int],
    offers: Mapping[KeyT, int] | None,
) -> tuple[Want, ...]:
    asked = FIVES.many({key: asks.get(key, 0) for key in names})
    no = FIVES.many({key: refused.get(key, 0) for key in names})
    most = max((number or 0 for number in asked.values()), default=0)
    return tuple(
        Want(
            names[key], asked[key], None if offers is None else offers.get(key, 0), no[key], bar(asked[key] or 0, most)
        )
        for key in names
    )

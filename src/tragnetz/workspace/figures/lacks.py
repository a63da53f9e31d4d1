"""The page of gaps as values: each with what could be done about it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tragnetz.core.charts import Bar, bar
from tragnetz.core.texts import choose
from tragnetz.directory.models import SearchGap
from tragnetz.directory.queries import topics
from tragnetz.network.models import District
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
from tragnetz.reporting.reach.tables import shown
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

    refused: int
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


def lacks_of(since: datetime, day: date, *, least: int) -> Lacks:
    """Return the gaps since a time; numbers of fewer than `least` people are hidden."""
    refusals = refusals_of(since)
    by_topic, by_district = asks_of(since)
    names = {str(reason.value): str(reason.label) for reason in Refusal} | {UNANSWERED: _("Keine Antwort vom Partner")}
    topic_names = {row.key: choose(row.name, "de").text for row in topics()}
    kept = shown(refusals.offers, least)
    return Lacks(
        0 if refusals.number < least else refusals.number,
        shares({names[key]: number for key, number in refusals.reasons.items()}, least),
        tuple(offers_named({key: number for key, number in kept.items() if number is not None})),
        _wants(topic_names, by_topic, refusals.topics, offers_by_topic(day), least),
        _wants({row.pk: row.name for row in District.objects.all()}, by_district, refusals.districts, None, least),
        tuple(fruitless()),
        tuple(slow_offers(day)),
        tuple(ending_offers(day)),
    )


def _wants[KeyT: (str, uuid.UUID)](
    names: Mapping[KeyT, str],
    asks: Mapping[KeyT, int],
    refused: Mapping[KeyT, int],
    offers: Mapping[KeyT, int] | None,
    least: int,
) -> tuple[Want, ...]:
    asked = shown({key: asks.get(key, 0) for key in names}, least)
    no = shown({key: refused.get(key, 0) for key in names}, least)
    most = max((number or 0 for number in asked.values()), default=0)
    return tuple(
        Want(
            names[key], asked[key], None if offers is None else offers.get(key, 0), no[key], bar(asked[key] or 0, most)
        )
        for key in names
    )

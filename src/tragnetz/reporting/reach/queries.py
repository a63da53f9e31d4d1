"""The cells of some projects, in a few queries however many take part."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from tragnetz.network.models import Programme
from tragnetz.reporting.enums import Moment
from tragnetz.reporting.lines.derive import open_questions
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.programmes import line_of, questions_of, terms_of
from tragnetz.reporting.reach.cells import Cell, Counts

_FIRST = ("entered_on", "-children", "id")  # which of the entries of a household is its first
_GROUPS = ("month", "programme", "organisation", "district", "topic")
type _Key = tuple[date, uuid.UUID, uuid.UUID, uuid.UUID | None, str]


def cells_of(programmes: Collection[Programme], *, until: date) -> list[Cell]:
    """Return who entered up to a day, in the time of each project (P1 finds the others).

    A household is counted once for all these projects: at its first complete entry.
    Who may see them, the caller has asked.
    """
    in_time = Q(entered_on__gte=F("programme__starts"), entered_on__lte=F("programme__ends"))
    entries = Participation.objects.filter(in_time, programme__in=programmes, entered_on__lte=until)
    persons = _grouped(entries).annotate(
        persons=Count("pk", filter=Q(is_countable=True)), incomplete=Count("pk", filter=Q(is_countable=False))
    )
    complete = entries.filter(is_countable=True)
    first = complete.order_by("family", *_FIRST).distinct("family")
    households = _grouped(Participation.objects.filter(pk__in=first.values("pk"))).annotate(
        households=Count("pk"), families=Count("pk", filter=Q(children__gt=0)), kids=Sum("children")
    )
    found = {_key(row): Counts(persons=row["persons"], incomplete=row["incomplete"]) for row in persons}
    for row in households:
        found[_key(row)] += Counts(households=row["households"], families=row["families"], children=row["kids"])
    if len(programmes) > 1:  # with one target: who came to another of them before
        here = complete.order_by("family", "programme_id", *_FIRST).distinct("family", "programme_id")
        others = Participation.objects.filter(pk__in=here.values("pk")).exclude(pk__in=first.values("pk"))
        for row in _grouped(others).annotate(elsewhere=Count("pk")):
            found[_key(row)] += Counts(elsewhere=row["elsewhere"])
    missing = _missing(entries, programmes)
    return [
        Cell(*key, counts, missing.get(key, {})) for key, counts in sorted(found.items(), key=lambda one: str(one[0]))
    ]


def _missing(entries: QuerySet[Participation], programmes: Collection[Programme]) -> dict[_Key, Counter[str]]:
    """Return how many entries lack each question of part 1, in its words, for each cell."""
    entry = Q(moments__moment=Moment.ENTRY) | Q(moments=None)
    rows = entries.filter(entry, is_countable=False).order_by().annotate(month=TruncMonth("entered_on"))
    needed = {
        row.pk: [one for one in questions_of(line_of(row), terms_of(row)) if one.part == 1 and one.moment == "entry"]
        for row in programmes
    }
    found: dict[_Key, Counter[str]] = defaultdict(Counter)
    told = rows.values_list(*_GROUPS, "moments__answers")
    for month, programme, organisation, district, topic, answers in told:
        lacking = open_questions(needed[programme], {Moment.ENTRY: answers or {}})
        found[month, programme, organisation, district, topic].update(one.text for one in lacking)
    return found


def _grouped(rows: QuerySet[Participation]) -> Any:  # noqa: ANN401 -- rows of values, whose type has no name
    return rows.order_by().annotate(month=TruncMonth("entered_on")).values(*_GROUPS)


def _key(row: dict[str, Any]) -> _Key:
    return row["month"], row["programme"], row["organisation"], row["district"], row["topic"]

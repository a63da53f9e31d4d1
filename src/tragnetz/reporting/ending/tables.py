"""The end of a project in counts, by organisation: in fives, but for who sees each case anyway."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from tragnetz.network.models import Organisation, Programme
from tragnetz.reporting.ending.enums import Promise, Way
from tragnetz.reporting.ending.promises import promises_of_organisations
from tragnetz.reporting.ending.queries import cases_in, unasked
from tragnetz.reporting.enums import Moment
from tragnetz.reporting.models import Answers, Participation
from tragnetz.reporting.statistics import TOTAL, Grain

UNDECIDED = "open"
WAYS: Mapping[str, str | Lazy] = {
    UNDECIDED: _("noch offen"), Way.STAYS: _("bleibt ohne Projekt"), Way.MOVES: _("anderes Projekt"),
    Way.HANDED: _("andere Organisation"), Way.CLOSES: _("Fall endet"),
}  # fmt: skip
# Everybody stands in the first of these that is true.
PEOPLE: Mapping[str, str | Lazy] = {
    "incomplete": _("nimmt teil, Angaben unvollständig"), "running": _("nimmt teil"),
    "results": _("ausgetreten, Ergebnis fehlt"), "questions": _("ausgetreten, niemand fragt nach"),
    "left": _("ausgetreten"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it is shown: a title, the columns, and of each organisation and all together the cells as written."""

    title: str
    columns: list[str]
    rows: list[tuple[str, list[str]]]

    @property
    def names(self) -> list[str]:
        """The organisations, and all together."""
        return [name for name, _cells in self.rows]

    @property
    def turned(self) -> list[tuple[str, list[str]]]:
        """The same with a row for each column: narrow enough for a phone."""
        return [(column, [cells[at] for _name, cells in self.rows]) for at, column in enumerate(self.columns)]


def sheets_of(programme: Programme, organisations: Sequence[Organisation], today: date, grain: Grain) -> list[Sheet]:
    """Return cases by what was decided, people by what they lack, and open promises, of some organisations."""
    keys = [row.pk for row in organisations]
    cases: QuerySet[Any] = cases_in(programme).filter(organisation__in=keys)
    decided = [
        (organisation, way or UNDECIDED, number)
        for organisation, way, number in cases.order_by()
        .values("organisation", "way")
        .annotate(number=Count("pk"))
        .values_list("organisation", "way", "number")
    ]
    promised = [(key, kind, number) for (key, kind), number in promises_of_organisations(programme, cases).items()]
    people = _people(programme, keys, today)
    promises = {one.value: one.label for one in Promise}
    return [
        _sheet(str(_("Fälle: Wie geht es weiter?")), organisations, WAYS, decided, grain),
        _sheet(str(_("Menschen im Projekt seit dem Beginn")), organisations, PEOPLE, people, grain),
        _sheet(str(_("Was noch versprochen ist")), organisations, promises, promised, grain),
    ]


def _people(programme: Programme, keys: list[uuid.UUID], today: date) -> list[tuple[uuid.UUID, str, int]]:
    exits = Answers.objects.filter(participation=OuterRef("pk"), moment=Moment.EXIT)
    rows = Participation.objects.filter(programme=programme, organisation__in=keys)
    stands = Case(
        When(Q(left_on=None, is_countable=False), then=Value("incomplete")),
        When(Q(left_on=None), then=Value("running")),
        When(~Exists(exits), then=Value("results")),
        When(Q(pk__in=unasked(programme, today).order_by().values("pk")), then=Value("questions")),
        default=Value("left"), output_field=CharField(),
    )  # fmt: skip
    counted = rows.order_by().annotate(stands=stands).values("organisation", "stands").annotate(number=Count("pk"))
    return list(counted.values_list("organisation", "stands", "number"))


def _sheet(
    title: str, organisations: Sequence[Organisation], columns: Mapping[str, str | Lazy],
    counts: Iterable[tuple[uuid.UUID, str, int]], grain: Grain,
) -> Sheet:  # fmt: skip
    """Return a table as it may be shown; it adds up."""
    names = {str(row.pk): row.short_name for row in organisations}
    cells: Counter[tuple[str, ...]] = Counter()
    for key, name, number in counts:
        if str(key) in names:
            cells[str(key), name] += number
    table = grain.table(cells, [list(names), list(columns)])
    if len(names) > 1:
        names[TOTAL] = str(_("zusammen"))
    rows = [(words, [table.written(key, column) for column in (*columns, TOTAL)]) for key, words in names.items()]
    return Sheet(title, [*map(str, columns.values()), str(_("zusammen"))], rows)

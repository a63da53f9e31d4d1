"""The end of a project in counts, by organisation: small cells are hidden, and what they could be computed from."""

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
from tragnetz.reporting.statistics import HIDDEN, TOTAL, Table, suppressed

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
# The same in few columns, and what each is made of.
type Parts = Mapping[str, tuple[str | Lazy, Sequence[str]]]
DECIDED: Parts = {UNDECIDED: (_("noch offen"), [UNDECIDED]), "decided": (_("entschieden"), list(Way))}
TAKING_PART: Parts = {
    "running": (_("nimmt teil"), ["incomplete", "running"]),
    "left": (_("ausgetreten"), ["results", "questions", "left"]),
}


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


def sheets_of(programme: Programme, organisations: Sequence[Organisation], today: date, least: int) -> list[Sheet]:
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
        _sheet(str(_("Fälle: Wie geht es weiter?")), organisations, WAYS, decided, least, DECIDED),
        _sheet(str(_("Menschen im Projekt seit dem Beginn")), organisations, PEOPLE, people, least, TAKING_PART),
        _sheet(str(_("Was noch versprochen ist")), organisations, promises, promised, least),
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
    counts: Iterable[tuple[uuid.UUID, str, int]], least: int, parts: Parts | None = None,
) -> Sheet:  # fmt: skip
    """Return a table as it may be shown: first few columns, then of what each is made, where there are enough.

    Whether a column is opened hangs on nothing but numbers that stand beside it, so that this tells nothing either.
    """
    names = {str(row.pk): row.short_name for row in organisations}
    cells: Counter[tuple[str, ...]] = Counter()
    for key, name, number in counts:
        if str(key) in names:
            cells[str(key), name] += number
    shown = [*names, *([TOTAL] if len(names) > 1 else [])]
    few: Parts = parts or {name: (words, [name]) for name, words in columns.items()}
    whole = suppressed(_put_together(cells, few), least=least, values=[list(names), list(few)])
    found: list[tuple[str, list[str]]] = []
    for name, (words, inner) in few.items():
        found.append((str(words), [whole.written(key, name) for key in shown]))
        if len(inner) > 1:
            found += _opened(
                cells, {one: columns[one] for one in inner}, {key: whole.of(key, name) for key in shown}, least
            )
    if not parts:
        found += _hidden_ones(whole, list(few), shown, str(_("mit Strich, zusammen")))
    found.append((str(_("zusammen")), [whole.written(key, TOTAL) for key in shown]))
    names[TOTAL] = str(_("zusammen"))
    rows = [(names[key], [numbers[at] for _column, numbers in found]) for at, key in enumerate(shown)]
    return Sheet(title, [column for column, _numbers in found], rows)


def _put_together(cells: Mapping[tuple[str, ...], int], few: Parts) -> Counter[tuple[str, ...]]:
    place = {one: name for name, (_words, inner) in few.items() for one in inner}
    found: Counter[tuple[str, ...]] = Counter()
    for (key, name), number in cells.items():
        found[key, place[name]] += number
    return found


def _opened(
    cells: Mapping[tuple[str, ...], int], inner: Mapping[str, str | Lazy], sums: Mapping[str, int | None], least: int
) -> list[tuple[str, list[str]]]:
    """Return what a column is made of, as a table of its own below it; nothing where a sum is hidden or too small.

    Its sums stand above it. What protects a small part changes no sum, so the numbers above do not tell on it.
    """
    enough = least * len(inner) if least > 1 else 0
    if not any(sums.values()) or any(number is None or 0 < number < enough for number in sums.values()):
        return []
    inside = {key: number for key, number in cells.items() if key[1] in inner}
    table = suppressed(inside, least=least, values=[[key for key in sums if key != TOTAL], list(inner)])
    if any(table.of(key, TOTAL) is None for key in sums):
        return []
    rows = [(str(_("davon: %s")) % words, [table.written(key, name) for key in sums]) for name, words in inner.items()]
    return rows + _hidden_ones(table, list(inner), list(sums), str(_("davon mit Strich, zusammen")))


def _hidden_ones(
    table: Table, columns: Sequence[str], shown: Sequence[str], title: str
) -> list[tuple[str, list[str]]]:  # fmt: skip
    """Return how many the hidden cells of a table are together: its sum less the cells that are shown.

    Made of nothing but what is shown, it tells nobody more than they could compute. Nothing where it would say no more
    than the sum.
    """
    numbers = [
        None if total is None else total - sum(table.of(key, column) or 0 for column in columns)
        for key, total in ((key, table.of(key, TOTAL)) for key in shown)
    ]
    if all(number in (None, 0, table.of(key, TOTAL)) for key, number in zip(shown, numbers, strict=True)):
        return []
    return [(title, [HIDDEN if number is None else str(number) for number in numbers])]

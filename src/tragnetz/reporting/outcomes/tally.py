"""Count what came of cases, from codes alone: no sealed text is read, and no name.

What cases tell is one statement over the same cases (tally.sql), money another (money.sql). A row that is dated before
its case began was copied from another case (a household that was split) and counts there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Count

from tragnetz.casework.models import Feedback
from tragnetz.casework.models.feedback import QUESTIONS
from tragnetz.network.models import Network, Programme
from tragnetz.reporting.models import Answers
from tragnetz.reporting.outcomes.filters import Filters, cases_of, participations_of, period
from tragnetz.reporting.participation.programmes import indicators_of, line_of, terms_of

type Counted = Iterator[tuple[str, str, int]]  # group, key, number
type Groups = dict[str, dict[str, int]]

OF_BENEFIT, OF_ALL = 1, 3  # of what a row of money.sql tells
CASES, RESULTS, FEEDBACK = "cases", "results", "feedback"


class Tally(Counter[str]):
    """How often, by the key of what was counted."""


def count(network: Network, filters: Filters, now: datetime) -> dict[str, Tally]:
    """Return what came of the cases and participations of some filters, by group of `filters.split`."""
    return narrowed(gather(network, filters, now), filters)


def gather(network: Network, filters: Filters, now: datetime) -> dict[str, Groups]:
    """Return all that was counted of a project and a time, by group of cases: `narrowed` takes what filters name.

    The same few queries, whatever there is. What people say without a name is grouped by organisation alone.
    """
    today = now.astimezone(network.zone).date()
    since, until = period(filters, today)
    given = {"since": since, "until": until, "today": today, "now": now, "zone": str(network.zone)}
    return {
        CASES: _grouped(chain(_of_cases(filters, given), _money(filters, given))),
        RESULTS: _grouped(_results(filters, since, until)),
        FEEDBACK: {} if filters.programme else _grouped(_feedback(since, until)),
    }


def narrowed(gathered: Mapping[str, Groups], filters: Filters) -> dict[str, Tally]:
    """Return what was counted of the cases that filters name, by group of `filters.split`. Pure."""
    found: dict[str, Tally] = {"": Tally()}

    def add(group: str, numbers: Mapping[str, int]) -> None:
        found.setdefault(group, Tally()).update(numbers)

    for group, numbers in gathered[CASES].items():
        if filters.takes(group):
            add(filters.group_of(group), numbers)
    for group, numbers in gathered[RESULTS].items():
        if filters.takes(group):
            add("", numbers)
    if not filters.district and not filters.topic:
        for organisation, numbers in gathered[FEEDBACK].items():
            if filters.organisation in ("", organisation):
                add(organisation if filters.split == "organisation" else "", numbers)
    return found


def whole_of(groups: Mapping[str, Tally]) -> Tally:
    """Return what was counted in all groups together."""
    found = Tally()
    for one in groups.values():
        found.update(one)
    return found


def _grouped(rows: Iterable[tuple[str, str, int]]) -> Groups:
    found: Groups = {}
    for group, key, number in rows:
        numbers = found.setdefault(group, {})
        numbers[key] = numbers.get(key, 0) + number
    return found


def _of_cases(filters: Filters, given: Mapping[str, Any]) -> Counted:
    for group, key, number in _rows("tally", filters, given):
        yield group, key, int(number)


def _money(filters: Filters, given: Mapping[str, Any]) -> Counted:
    """Return cents (`eur|benefit|rhythm`, `running|benefit`) and cases (`paid|benefit`, of all `paid`, `paying`)."""
    for group, level, benefit, rhythm, cents, running, cases, paying in _rows("money", filters, given):
        if level == OF_ALL:
            yield group, "paid", cases
            yield group, "paying", paying
        elif level == OF_BENEFIT:
            yield group, f"running|{benefit}", running
            yield group, f"paid|{benefit}", cases
        else:
            yield group, f"eur|{benefit}|{rhythm}", cents


def _rows(name: str, filters: Filters, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    sql, params = cases_of(filters).query.sql_with_params()
    named = {f"case_{number}": value for number, value in enumerate(params)}
    within = sql % tuple(f"%({name})s" for name in named)
    with connection.cursor() as cursor:
        cursor.execute(_statement(name).replace("{cases}", within), {**given, **named})
        return list(cursor.fetchall())


@cache
def _statement(name: str) -> str:
    text = Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")
    return "\n".join(line.split("--", maxsplit=1)[0] for line in text.splitlines())


def _feedback(since: date, until: date) -> Counted:
    """Return the answers without names: of them only organisation and month are known."""
    rows = Feedback.objects.filter(month__gte=since.replace(day=1), month__lte=until).order_by()
    for name in QUESTIONS:
        counts = rows.exclude(**{name: None}).values_list("organisation__key", name).annotate(number=Count("pk"))
        for key, answer, number in counts:
            yield key, f"feedback|{name}|{answer}", number


def _results(filters: Filters, since: date, until: date) -> Counted:
    """Return for those who left a project in the period: `left|project`, and of each result who has it and who could.

    Who has no answers of the moment is in neither: nobody knows yet.
    """
    left = participations_of(filters).filter(left_on__range=(since, until)).exclude(programme__line="")
    moments = Answers.objects.filter(participation__in=left.values("pk")).order_by()
    told = set(moments.values_list("participation_id", "moment"))
    rows = list(left.values_list("pk", "programme_id", "codes", "bases", "grp"))  # type: ignore[misc]  # annotated there
    programmes = Programme.objects.in_bulk({programme for _pk, programme, *_rest in rows})
    counted = {
        pk: (row.key, [one for one in indicators_of(line_of(row), terms_of(row)) if one.kind != "output"])
        for pk, row in programmes.items()
    }
    for pk, programme, codes, bases, group in rows:
        key, indicators = counted[programme]
        yield group, f"left|{key}", 1
        for one in indicators:
            moment = next(condition.at for condition in one.when)
            if one.code in bases and (pk, moment) in told:
                yield group, f"result|{key}|{one.code}|{one.code in codes}", 1

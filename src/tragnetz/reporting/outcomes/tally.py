"""Count what came of cases, from codes alone: no sealed text is read, and no name.

What cases tell is one statement over the same cases (tally.sql), money another (money.sql). A row that is dated before
its case began was copied from another case (a household that was split) and counts there.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import CharField, Count, F, Value

from tragnetz.casework.models import Feedback
from tragnetz.casework.models.feedback import QUESTIONS
from tragnetz.network.models import Network, Programme
from tragnetz.reporting.lines.derive import in_base
from tragnetz.reporting.models import Answers
from tragnetz.reporting.outcomes.filters import Filters, cases_of, participations_of, period
from tragnetz.reporting.participation.programmes import indicators_of, line_of, terms_of

type Tally = Counter[str]  # how often, by the key of what was counted
type Counted = Iterator[tuple[str, str, int]]  # group, key, number

OF_BENEFIT, OF_ALL = 1, 3  # of what a row of money.sql tells


def count(network: Network, filters: Filters, now: datetime) -> dict[str, Tally]:
    """Return what came of the cases and participations of some filters, by group of `filters.split`."""
    today = now.astimezone(network.zone).date()
    since, until = period(filters, today)
    given = {"since": since, "until": until, "today": today, "now": now, "zone": str(network.zone)}
    found: dict[str, Tally] = {}
    for rows in (_of_cases(filters, given), _money(filters, given), _feedback(filters, since, until)):
        for group, key, number in rows:
            found.setdefault(group, Counter())[key] += number
    found.setdefault("", Counter()).update(_results(filters, since, until))
    return found


def whole_of(groups: Mapping[str, Tally]) -> Tally:
    """Return what was counted in all groups together."""
    return sum(groups.values(), Counter())


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


def _feedback(filters: Filters, since: date, until: date) -> Counted:
    """Return the answers without names: of an organisation and a month, so there are none for anything narrower."""
    if set(filters.chosen) - {"organisation"}:
        return
    rows = Feedback.objects.filter(month__gte=since.replace(day=1), month__lte=until).order_by()
    if filters.organisation:
        rows = rows.filter(organisation__key=filters.organisation)
    group = F("organisation__key") if filters.split == "organisation" else Value("", output_field=CharField())
    for name in QUESTIONS:
        counts = rows.exclude(**{name: None}).values_list(group, name).annotate(number=Count("pk"))
        for key, answer, number in counts:
            yield key, f"feedback|{name}|{answer}", number


def _results(filters: Filters, since: date, until: date) -> Tally:
    """Return for those who left a project in the period: `left|project`, and of each result who has it and who could.

    Who has no answers of the moment is in neither: nobody knows yet.
    """
    found: Tally = Counter()
    left = participations_of(filters).filter(left_on__range=(since, until)).exclude(programme__line="")
    told: dict[Any, dict[str, Any]] = {}
    for row in (
        Answers.objects.filter(participation__in=left).order_by().values_list("participation_id", "moment", "answers")
    ):
        told.setdefault(row[0], {})[row[1]] = row[2]
    rows = list(left.values_list("pk", "programme_id", "codes"))
    programmes = Programme.objects.in_bulk({programme for _pk, programme, _codes in rows})
    counted = {
        pk: (row.key, [one for one in indicators_of(line_of(row), terms_of(row)) if one.kind != "output"])
        for pk, row in programmes.items()
    }
    for pk, programme, codes in rows:
        key, indicators = counted[programme]
        found[f"left|{key}"] += 1
        for one in indicators:
            moment = next(condition.at for condition in one.when)
            if moment in told.get(pk, {}) and in_base(one, told[pk]):
                found[f"result|{key}|{one.code}|{one.code in codes}"] += 1
    return found

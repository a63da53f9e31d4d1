"""The page of waiting times: figures without names, split as the address says, and what-if."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tragnetz.appointments.load import load_of
from tragnetz.appointments.simulation import RUNS, Outcome, outcomes
from tragnetz.casework.access import can_see_waits
from tragnetz.core.clock import now
from tragnetz.network.middleware import NetworkRequest
from tragnetz.printing.charts import Bar, bar
from tragnetz.reporting.waits import (
    SHARES_FROM,
    SPLITS,
    TIMES_FROM,
    Attendance,
    Wait,
    attendances,
    call_waits,
    talk_waits,
)
from tragnetz.workspace.entry import staff

PERIODS = {"90": _("letzte 90 Tage"), "365": _("letzte 12 Monate"), "1095": _("letzte drei Jahre")}
SPLIT_WORDS = {
    "bezirk": _("Stadtbezirk"),
    "thema": _("Thema"),
    "sprache": _("Sprache"),
    "organisation": _("Organisation"),
    "monat": _("Monat"),
}
DEMANDS = {
    "75": _("ein Viertel weniger"),
    "100": _("wie bisher"),
    "150": _("die Hälfte mehr"),
    "200": _("doppelt so viele"),
}
MORE_OR_LESS = (-2, -1, 0, 1, 2)
ROOMY = 0.5  # days in the queue below which there is none to speak of
SEED = 20_261_125  # any number; the same one meets the same people, so that two looks show the same


@dataclass(frozen=True, slots=True)
class Whatif:
    """A number of counsellors with what one would have to expect: today's wait and the difference by simulation."""

    outcome: Outcome
    expected: int | None
    bar: Bar
    is_today: bool


@staff(can_see_waits)
@require_safe
def waits(request: NetworkRequest) -> HttpResponse:
    """Show how long people wait and how many do not come; with `anfragen` in the address also what-if."""
    days = _chosen(request, "tage", PERIODS, "365")
    split = _chosen(request, "nach", dict.fromkeys(SPLITS), "bezirk")
    at = now()
    since = at - timedelta(days=int(days))
    talks = talk_waits(request.network, since, at, split)
    missed = attendances(request.network, since, at, split)
    context: dict[str, Any] = {
        "days": days, "periods": PERIODS, "split": split, "splits": SPLIT_WORDS, "split_word": SPLIT_WORDS[split],
        "talks": talks[0], "talk_rows": _rows(talks), "calls": call_waits(request.network, since, at)[0],
        "missed": missed[0], "missed_rows": _shares(missed),
        "few_talks": [row.name for row in talks[1:] if row.is_few],
        "few_missed": [row.name for row in missed[1:] if row.is_few],
        "times_from": TIMES_FROM, "shares_from": SHARES_FROM,
        "demands": DEMANDS, "demand": _chosen(request, "anfragen", DEMANDS, ""), "runs": RUNS,
    }  # fmt: skip
    if context["demand"]:
        context |= _whatif(request, since, talks[0], int(context["demand"]) / 100)
    return render(request, "workspace/waits.html", context)


def _chosen(request: NetworkRequest, name: str, known: dict[str, Any], otherwise: str) -> str:
    typed = request.GET.get(name, "")
    return typed if typed in known else otherwise


def _rows(found: Sequence[Wait]) -> list[tuple[Wait, Bar]]:
    shown = [row for row in found[1:] if not row.is_few]
    most = max((row.half or 0 for row in shown), default=0)
    return [(row, bar(row.half or 0, most)) for row in shown]


def _shares(found: Sequence[Attendance]) -> list[tuple[Attendance, Bar]]:
    shown = [row for row in found[1:] if not row.is_few]
    most = max((row.missed_share for row in shown), default=0)
    return [(row, bar(row.missed_share, most)) for row in shown]


def _whatif(request: NetworkRequest, since: Any, today: Wait, demand: float) -> dict[str, Any]:  # noqa: ANN401 -- an instant
    history = load_of(request.network, since, now())
    if history is None:
        return {"whatif": []}
    load = replace(history.load, asked=tuple(number * demand for number in history.load.asked))
    numbers = [history.counsellors + change for change in MORE_OR_LESS if history.counsellors + change >= 1]
    found = outcomes(load, numbers, seed=SEED)
    base = outcomes(history.load, [history.counsellors], seed=SEED)[0]
    # What people wait for beyond the queue is the same with any number of counsellors.
    beyond = max(today.half - base.half, 0) if today.half is not None else None
    most = max([one.high for one in found] + [1.0])
    rows = [
        Whatif(
            one,
            None if beyond is None else round(beyond + one.half),
            bar(one.half, most, (one.low, one.high)),
            one.counsellors == history.counsellors,
        )
        for one in found
    ]
    return {"whatif": rows, "base": base, "beyond": beyond, "roomy": all(one.half < ROOMY for one in found)}

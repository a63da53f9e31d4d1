"""What a project asked and counted when its figures were fixed.

It is fixed along with the rows: when the funding line or the terms of the project change later, fixed figures keep
their indicators, their names and their limits. Figures from before this was kept are read by the line of today.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tragnetz.network.models import Programme
from tragnetz.reporting.groups import wholes_of
from tragnetz.reporting.lines.line import Indicator, Line, Question
from tragnetz.reporting.participation.programmes import indicators_of, line_of, questions_of, terms_of
from tragnetz.reporting.reach.course import Goal, goals_of
from tragnetz.reporting.snapshots.models import Snapshot


@dataclass(frozen=True, slots=True)
class Counting:
    """A funding line, what of it a project asks and counts, and what the project is to reach.

    `shared_with`: the short names of the projects with which it has its goals together.
    """

    line: Line
    indicators: Sequence[Indicator]
    questions: Sequence[Question]
    goals: Sequence[Goal] = ()
    shared_with: Sequence[str] = ()


def counting_of(programme: Programme) -> Counting:
    """Return what a project asks and counts today. Raises ReportingError for a project without a funding line."""
    line, terms = line_of(programme), terms_of(programme)
    group = next(one for one in wholes_of(Programme.objects.all()) if programme in one.programmes)
    others = [row.short_name for row in group.programmes if row != programme]
    goals = goals_of(group.target, group.yearly)
    return Counting(line, indicators_of(line, terms), questions_of(line, terms), goals, others)


def counting_in(snapshot: Snapshot) -> Counting:
    """Return what was asked and counted when figures were fixed."""
    kept = snapshot.counting
    if not kept:
        return counting_of(snapshot.programme)
    line = Line.model_validate(kept["line"])
    return Counting(
        line,
        [one for one in line.indicators if one.code in kept["indicators"]],
        [one for one in line.questions if one.key in kept["questions"]],
        [Goal(unit, number, {int(year): one for year, one in years.items()}) for unit, number, years in kept["goals"]],
        kept["shared_with"],
    )


def written(counting: Counting) -> dict[str, Any]:
    """Return it as it is kept."""
    return {
        "line": counting.line.model_dump(mode="json"),
        "indicators": [one.code for one in counting.indicators],
        "questions": [one.key for one in counting.questions],
        "goals": [
            [one.unit, one.number, {str(year): number for year, number in one.yearly.items()}] for one in counting.goals
        ],
        "shared_with": list(counting.shared_with),
    }

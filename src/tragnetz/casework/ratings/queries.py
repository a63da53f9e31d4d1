"""Read ratings: all of a case, two of them side by side, the latest word on each domain."""

from collections.abc import Sequence
from dataclasses import dataclass

from tragnetz.casework.compartments import part_names
from tragnetz.casework.models import Case, Rating, RatingLine
from tragnetz.casework.ratings.rules import Change, Line, changes


@dataclass(frozen=True, slots=True)
class Compared:
    """The ratings of one part of a case (`person`: whose it is, empty for the household), two of them side by side."""

    person: str
    ratings: list[Rating]
    first: Rating
    last: Rating
    changes: list[Change]

    @property
    def is_two(self) -> bool:
        """Whether there are two days to compare."""
        return self.first.pk != self.last.pk


def lines_of(rating: Rating) -> list[Line]:
    """Return the domains of a rating, as they were said."""
    return [
        Line(row.domain, row.level, row.own_level, row.urgency, row.strength, row.need) for row in rating.lines.all()
    ]


def compared(case: Case, wanted: Sequence[str] = ()) -> list[Compared]:
    """Return for each part of a case its first and last rating, or the two whose ids are wanted; household first."""
    rows = list(Rating.objects.filter(case=case).select_related("author__user"))
    names = part_names(case)
    parts: dict[object, list[Rating]] = {}
    for row in rows:
        parts.setdefault(row.compartment_id, []).append(row)
    chosen = []
    for part, ratings in sorted(parts.items(), key=lambda item: names[item[0]]):  # type: ignore[index]
        asked = [row for row in ratings if str(row.pk) in wanted]
        first, last = (asked[0], asked[-1]) if len(asked) > 1 else (ratings[0], ratings[-1])
        chosen.append((names[part], ratings, first, last))  # type: ignore[index]
    lines: dict[object, list[Line]] = {}
    shown = {row.pk for _name, _rows, first, last in chosen for row in (first, last)}
    for line in RatingLine.objects.filter(rating__in=shown):
        lines.setdefault(line.rating_id, []).append(
            Line(line.domain, line.level, line.own_level, line.urgency, line.strength, line.need)
        )
    return [
        Compared(name, ratings, first, last, changes(lines.get(first.pk, []), lines.get(last.pk, [])))
        for name, ratings, first, last in chosen
    ]


def latest_words(case: Case) -> list[RatingLine]:
    """Return the latest line of each domain in each part of a case, in the order of the domains' codes."""
    return list(
        RatingLine.objects.filter(rating__case=case)
        .select_related("rating", "compartment")
        .order_by("compartment_id", "domain", "-rating__rated_on", "-rating_id")
        .distinct("compartment_id", "domain")
    )

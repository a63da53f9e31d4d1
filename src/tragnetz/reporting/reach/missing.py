"""Why entries are not complete: which questions of part 1 have no answer yet."""

import uuid
from collections import Counter
from collections.abc import Collection

from django.db.models import Q

from tragnetz.core.months import months_later
from tragnetz.network.models import Programme
from tragnetz.reporting.enums import Moment
from tragnetz.reporting.lines.derive import open_questions
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.programmes import line_of, questions_of, terms_of
from tragnetz.reporting.reach.cells import Wanted


def missing_answers(programmes: Collection[Programme], wanted: Wanted) -> Counter[str]:
    """Return how many entries of those wanted lack each question, in its words, the most frequent first."""
    rows = Participation.objects.filter(
        programme__in=[row.pk for row in programmes], is_countable=False,
        entered_on__gte=wanted.first, entered_on__lt=months_later(wanted.last, 1), **_narrowed(wanted),
    )  # fmt: skip
    entry = Q(moments__moment=Moment.ENTRY) | Q(moments=None)
    told = rows.order_by().filter(entry).values_list("programme", "moments__answers")
    needed = {row.pk: [one for one in questions_of(line_of(row), terms_of(row)) if one.part == 1] for row in programmes}
    found: Counter[str] = Counter()
    for programme, answers in told:
        asked = [one for one in needed[programme] if one.moment == Moment.ENTRY]
        found.update(one.text for one in open_questions(asked, {Moment.ENTRY: answers or {}}))
    return Counter(dict(found.most_common()))


def _narrowed(wanted: Wanted) -> dict[str, uuid.UUID | str]:
    chosen = {"organisation": wanted.organisation, "district": wanted.district, "topic": wanted.topic}
    return {name: value for name, value in chosen.items() if value}

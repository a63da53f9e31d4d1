"""What an organisation keeps until when because a project ends: counts and days, no names."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from tragnetz.casework.enums import CaseState, FileState
from tragnetz.casework.models import CaseFile
from tragnetz.network.models import Organisation, Programme
from tragnetz.privacy.retention.queries import periods_of
from tragnetz.privacy.retention.rules import CLASSES, kept_until
from tragnetz.reporting.ending.enums import Way
from tragnetz.reporting.ending.queries import cases_in
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.programmes import line_of, terms_of

YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Kept:
    """One class of data of an organisation: how much, from when its period runs, the last day it is kept.

    `asked` is how long the funder wants the proof in months, where the organisation decided on less.
    """

    organisation: Organisation
    key: str
    label: Promise
    number: int
    start: date
    until: date
    why: Promise
    asked: int = 0

    @property
    def due_on(self) -> date:
        """The first day on which it may not be kept any more."""
        return self.until + timedelta(days=1)


def kept_after(programme: Programme, organisations: Sequence[Organisation]) -> list[Kept]:
    """Return what the organisations keep until when, if the cases that are to end do so on the last day.

    The proof for the funder runs from the last payment, where it is known, else from the project's end. Cases that go
    on keep their own time, which begins when they end.
    """
    line, terms = line_of(programme), terms_of(programme)
    paid = terms.last_payment_on or programme.ends
    asked = (terms.retention_years or line.retention_years) * YEAR
    closing = Q(way=Way.CLOSES) | Q(state=CaseState.CLOSED)
    ends = cases_in(programme).filter(closing, organisation__in=organisations)
    files = CaseFile.objects.filter(case__in=ends.order_by().values("pk")).exclude(state=FileState.SEEN)
    numbers = {
        "funder": _by(Participation.objects.filter(programme=programme), "organisation"),
        "case": _by(ends, "organisation"), "file": _by(files, "case__organisation"),
    }  # fmt: skip
    found = []
    for organisation in organisations:
        periods = periods_of(organisation.pk)
        for key, start in (("funder", paid), ("case", programme.ends), ("file", programme.ends)):
            months = periods[key].months
            until = kept_until(start, months, year_end=CLASSES[key].year_end)
            short = asked if key == "funder" and months < asked else 0
            found.append(
                Kept(
                    organisation, key, CLASSES[key].label, numbers[key].get(organisation.pk, 0), start, until,
                    CLASSES[key].why, short,
                )
            )  # fmt: skip
    return found


def _by(rows: QuerySet[Any], field: str) -> dict[uuid.UUID, int]:
    return dict(rows.order_by().values_list(field).annotate(number=Count("pk")))

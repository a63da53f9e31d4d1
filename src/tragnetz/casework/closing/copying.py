"""Copy what belongs to a household into the case of those who leave it: only what was asked for."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import Model, QuerySet

from tragnetz.casework.closing.rules import Shared
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.models import Case, CaseContact, Compartment, Goal, LifeEvent, Note, Rating, RatingLine, Step
from tragnetz.core.ids import new_id


def copy_shared(old: Case, new: Case, shared: Collection[str]) -> int:
    """Copy rows of the household's part of one case into that of another; returns how many. Nothing named: none."""
    source, target = compartment_of(old), compartment_of(new)
    copied: dict[uuid.UUID, Model] = {}
    if Shared.EVENTS in shared:
        _copy(LifeEvent.objects.filter(compartment=source), target, copied)
    if Shared.CONTACTS in shared:
        _copy(CaseContact.objects.filter(compartment=source), target, copied)
        _copy(Note.objects.filter(compartment=source), target, copied, parent="contact")
    if Shared.GOALS in shared:
        _copy(Goal.objects.filter(compartment=source, ended_on=None), target, copied)
        _copy(Step.objects.filter(compartment=source, done_on=None), target, copied, parent="goal")
    if Shared.RATINGS in shared:
        _copy(Rating.objects.filter(compartment=source), target, copied)
        _copy(RatingLine.objects.filter(compartment=source), target, copied, parent="rating")
    return len(copied)


def _copy(rows: QuerySet[Any], target: Compartment, copied: dict[uuid.UUID, Model], parent: str = "") -> None:
    """Copy rows, each below the copy of its parent; a row whose parent was not copied stands alone."""
    for row in rows.order_by("pk"):
        old_key = row.pk
        row.pk, row.compartment = new_id(), target
        row._state.adding = True  # noqa: SLF001 -- Django's documented way to copy a row
        if hasattr(row, "case_id"):
            row.case = target.case
        if hasattr(row, "idempotency_key"):
            row.idempotency_key = row.pk.hex
        if parent:
            setattr(row, parent, copied.get(getattr(row, f"{parent}_id")))
        row.save()
        copied[old_key] = row
